import Records
import Testing

struct LicenseExpressionTests {
  private static func parsed(_ text: String) throws -> String {
    try LicenseExpression(parsing: text).description
  }

  @Test(arguments: [
    ("CC-BY-4.0", "CC-BY-4.0"), ("  cc-by-4.0 ", "CC-BY-4.0"), ("(mit)", "MIT"),
    ("MIT AND CC-BY-4.0", "MIT AND CC-BY-4.0"), ("mit and cc-by-4.0", "MIT AND CC-BY-4.0"),
    ("MIT OR CC0-1.0 AND CC-BY-4.0", "MIT OR CC0-1.0 AND CC-BY-4.0"),
    ("(MIT OR CC0-1.0)AND(CC-BY-4.0)", "(MIT OR CC0-1.0) AND CC-BY-4.0"),
    ("MIT AND (CC0-1.0 AND CC-BY-4.0)", "MIT AND CC0-1.0 AND CC-BY-4.0"),
    ("licenseref-umls", "LicenseRef-UMLS"),
    ("GPL-3.0", "GPL-3.0-only"), ("gpl-3.0+", "GPL-3.0-or-later"),
    ("GPL-3.0-only+", "GPL-3.0-or-later"), ("CC-BY-3.0+", "CC-BY-3.0"),
  ])
  func `reads what SPDX writes`(text: String, expected: String) throws {
    #expect(try Self.parsed(text) == expected)
  }

  @Test(
    arguments: [
      ("", .empty, 1), ("   ", .empty, 1), ("MIT AND", .missingLicense, 8),
      ("OR MIT", .missingLicense, 1), ("MIT OR AND MIT", .missingLicense, 8),
      ("()", .missingLicense, 2), ("(MIT", .unclosed, 1), ("MIT)", .unopened, 4),
      ("MIT MIT", .unexpected("MIT"), 5), ("(MIT MIT)", .unexpected("MIT"), 6),
      ("MIT (CC0-1.0)", .unexpected("("), 5), ("MIT And MIT", .unexpected("And"), 5),
      ("MIT AND CC-BY-5.0", .unknownLicense("CC-BY-5.0"), 9), ("+", .unknownLicense("+"), 1),
      ("LicenseRef-UMLS+", .unknownLicense("LicenseRef-UMLS+"), 1),
      ("MIT, CC0-1.0", .unknownLicense("MIT,"), 1),
      ("GPL-3.0-only WITH", .missingException, 18),
      (
        "GPL-3.0-only WITH Classpath-exception-2.0",
        .unknownException("Classpath-exception-2.0"), 19
      ),
      (
        "DocumentRef-x:LicenseRef-y", .otherDocument("DocumentRef-x:LicenseRef-y"), 1
      ),
      ("𝔐IT", .unknownLicense("𝔐IT"), 1),
    ] as [(String, LicenseExpressionError.Problem, Int)])
  func `says what is wrong and at which character`(
    text: String, problem: LicenseExpressionError.Problem, column: Int
  ) throws {
    let error = try #require(throws: LicenseExpressionError.self) {
      try LicenseExpression(parsing: text)
    }
    #expect(error.problem == problem)
    #expect(error.column == column)
  }

  @Test func `names the nearest id, and a depth that nobody needs`() throws {
    let slip = try #require(throws: LicenseExpressionError.self) {
      try LicenseExpression(parsing: "CC-BY-NC-SA-4,0")
    }
    #expect(slip.message == "there is no license 'CC-BY-NC-SA-4,0'")
    #expect(slip.hint == "did you mean 'CC-BY-NC-SA-4.0'?")

    let deep = String(repeating: "(", count: 100_000)
    let error = try #require(throws: LicenseExpressionError.self) {
      try LicenseExpression(parsing: deep)
    }
    #expect(error.problem == .tooDeep(32))
  }

  @Test(arguments: [
    ("MIT", "MIT"), ("MIT AND CC-BY-4.0", "CC-BY-4.0 AND MIT"),
    ("GPL-3.0-only OR MIT", "MIT"), ("MIT OR CC0-1.0", "CC0-1.0"),
    ("CC-BY-NC-4.0 OR GPL-3.0-only", "GPL-3.0-only"),
    ("(MIT OR GPL-3.0-only) AND CC-BY-4.0", "CC-BY-4.0 AND MIT"),
    ("MIT OR Apache-2.0", "MIT"), ("Apache-2.0 OR MIT", "Apache-2.0"),
    ("LicenseRef-PhysioNet-Credentialed-1.5.0 OR ODbL-1.0", "ODbL-1.0"),
  ])
  func `of alternatives takes the one that asks for least`(text: String, choice: String) throws {
    #expect(try LicenseExpression(parsing: text).choice.expression == choice)
  }

  @Test func `the choice is allowed by every class that allows any alternative`() throws {
    var draw = Draw(state: 17)
    for _ in 0..<2000 {
      let expression = draw.expression(depth: 3)
      let best = try #require(expression.alternatives.map(\.licenseClass).min())
      #expect(expression.choice.licenseClass == best)
      #expect(expression.alternatives.contains(expression.choice))
    }
  }

  @Test func `what is written is read as the same`() throws {
    var draw = Draw(state: 4)
    for _ in 0..<2000 {
      let expression = draw.expression(depth: 4)
      let text = expression.description
      let again = try LicenseExpression(parsing: text)
      #expect(again.description == text)
      #expect(Set(again.alternatives) == Set(expression.alternatives))
    }
  }

  @Test func `any text is an expression or an error inside it`() {
    var draw = Draw(state: 99)
    let pieces = [
      "MIT", "cc-by-4.0", "GPL-3.0", "+", "AND", "OR", "WITH", "and", "(", ")", " ", "\t", "é",
      "DocumentRef-", "LicenseRef-UMLS", "\u{0}", "🧬", "-", ":",
    ]
    for _ in 0..<20_000 {
      let text = (0..<draw.below(9)).map { _ in pieces[draw.below(pieces.count)] }.joined()
      do {
        let expression = try LicenseExpression(parsing: text)
        #expect((try? LicenseExpression(parsing: expression.description)) == expression)
      } catch {
        #expect((1...text.count + 1).contains(error.column), "\(text)")
      }
    }
  }
}

extension LicenseExpression {
  /// Every set of licences that satisfies it.
  fileprivate var alternatives: [Licenses] {
    switch self {
    case .license(let license): [Licenses(license)]
    case .or(let parts): parts.flatMap(\.alternatives)
    case .and(let parts):
      parts.dropFirst().reduce(parts[0].alternatives) { sets, part in
        sets.flatMap { set in part.alternatives.map { set.union($0) } }
      }
    }
  }
}

/// Numbers and expressions from a seed.
private struct Draw {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  mutating func expression(depth: Int) -> LicenseExpression {
    switch depth == 0 ? 0 : below(4) {
    case 1: .and((0..<2 + below(2)).map { _ in expression(depth: depth - 1) })
    case 2: .or((0..<2 + below(2)).map { _ in expression(depth: depth - 1) })
    default: .license(License.allCases[below(License.allCases.count)])
    }
  }
}
