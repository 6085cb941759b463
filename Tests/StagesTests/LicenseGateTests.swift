import Records
import Testing

@testable import Stages

struct LicenseGateTests {
  /// What each use refuses, by class of licence, with the agreement accepted.
  private static let refused: [Use: Set<LicenseClass>] = [
    .research: [.unknown],
    .commercial: [.unknown, .agreement, .nonCommercial, .noDerivatives, .siteCopyright],
    .redistribution: [.unknown, .agreement, .noDerivatives, .siteCopyright],
  ]

  @Test(arguments: Use.allCases, License.allCases)
  func `refuses what the use does not allow`(use: Use, license: License) {
    let record = Record(
      id: "7", corpus: "c", license: license, content: .labelledText(.init(text: "")))
    let rejection = LicenseGate(use: use).rejection(of: record, isAccepted: true)
    if Self.refused[use]?.contains(license.licenseClass) == true {
      #expect(
        rejection
          == Rejection(
            id: "7", reason: .licenseRefused, stage: "license", value: license.rawValue))
    } else {
      #expect(rejection == nil)
    }
  }

  @Test(arguments: License.allCases.filter(\.needsAcceptance))
  func `an agreement must be accepted`(license: License) throws {
    let gate = LicenseGate(use: .research)
    let problem = try #require(
      gate.refusal(ofSource: "notes", asserted: nil, declared: license, acceptsTerms: false))
    #expect(
      problem.description == """
        error: source 'notes' is under \(license.rawValue), an agreement that the recipe does not accept
        hint: set 'accept_terms: true' on the source if you are a party to the agreement
        """)
    #expect(
      gate.refusal(ofSource: "notes", asserted: nil, declared: license, acceptsTerms: true) == nil)
  }

  @Test func `an unknown licence passes a research build that allows it, and no other`() {
    for use in Use.allCases {
      let verdict = LicenseGate(use: use, allowsUnknown: true).verdict(
        on: .unknown, isAccepted: false)
      #expect(verdict == (use == .research ? .allowedWithNote(.unknown) : .refused(.unknown)))
    }
  }

  @Test func `says which licence forbids what`() {
    let problem = LicenseGate(use: .commercial).refusal(
      ofSource: "x", asserted: nil, declared: .ccByNC4, acceptsTerms: false)
    #expect(
      problem?.message == "source 'x' is under CC-BY-NC-4.0, which forbids commercial use")
    #expect(problem?.hint == "remove the source, or set 'use: research'")
  }

  @Test(arguments: [
    (License.ccBy4, License.ccByNC4), (.mit, .physioNetCredentialed), (.ccByNC4, .ccByNCSA4),
    (.ccBySA4, .ccByNCSA4), (.cc0, .nlmTerms), (.unknown, .ccByNC4),
  ])
  func `an assertion cannot loosen what the corpus declares`(asserted: License, declared: License) {
    #expect(throws: Diagnostic.self) {
      try LicenseGate.license(asserted: asserted, declared: declared, ofSource: "x")
    }
  }

  @Test(arguments: [
    (License?.none, License?.some(.mit), License.mit), (.ccBy4, nil, .ccBy4), (nil, nil, .unknown),
    (.ccByNC4, .ccBy4, .ccByNC4), (.mit, .unknown, .mit),
    (.physioNetCredentialed, .ccByNCND4, .physioNetCredentialed),
    (.unknown, .mit, .unknown),
  ])
  func `a source is read under the stricter licence`(
    asserted: License?, declared: License?, expected: License
  ) throws {
    #expect(
      try LicenseGate.license(asserted: asserted, declared: declared, ofSource: "x") == expected)
  }
}
