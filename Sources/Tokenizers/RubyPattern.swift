/// A pattern in Ruby's syntax, as PCRE2 takes it.
///
/// Rewritten are `\w`, which PCRE2 10.42 takes for letters, numbers and the underscore alone, `\s`, and
/// scripts such as `\p{Han}`, which take in the signs that they share with others when PCRE2 reads them.
/// Refused is what both know under one name for two things: `\h`, `\b`, `\G`, `(?m)`, quantified intervals such as
/// `{1,3}+`, sets within sets, and intersections of sets.
struct RubyPattern {
  private(set) var translated = ""

  private let source: String
  private var rest: Substring.UnicodeScalarView
  private var isInSet = false
  /// The scalar before, unless it was part of an escape.
  private var previous: Unicode.Scalar?

  /// The members of `\w` in Oniguruma's Unicode.
  private static let word =
    #"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}"#
    + ScalarClass.circledLetters.map {
      #"\x{\#(String($0.lowerBound, radix: 16))}-\x{\#(String($0.upperBound, radix: 16))}"#
    }.joined()

  /// The property White_Space, which is `\s` to Oniguruma; PCRE2 adds U+180E.
  private static let whitespace = #"\p{Z}\t-\r\x{85}"#

  init(_ source: String) throws(TokenizerError) {
    self.source = source
    rest = source[...].unicodeScalars
    while let scalar = rest.popFirst() {
      if scalar == "\\" {
        try addEscape()
        previous = nil
      } else {
        try add(scalar)
        previous = scalar
      }
    }
  }

  private mutating func add(_ scalar: Unicode.Scalar) throws(TokenizerError) {
    switch scalar {
    case "[" where isInSet: throw refusal(of: "[[")
    case "[": isInSet = true
    // A bracket that opens a set's members is one of them.
    case "]" where isInSet && previous != "[" && previous != "^": isInSet = false
    case "&" where isInSet && previous == "&": throw refusal(of: "&&")
    case "+" where !isInSet && previous == "}": throw refusal(of: "}+")
    case "m" where !isInSet && previous == "?": throw refusal(of: "(?m")
    default: break
    }
    translated.unicodeScalars.append(scalar)
  }

  private mutating func addEscape() throws(TokenizerError) {
    guard let escaped = rest.popFirst() else { throw refusal(of: "\\") }
    switch escaped {
    case "w": add(members: Self.word)
    case "s": add(members: Self.whitespace)
    case "W": try add(allBut: Self.word, as: escaped)
    case "S": try add(allBut: Self.whitespace, as: escaped)
    case "h", "H", "b", "B", "G", "K", "X", "R", "y", "Y", "O", "N", "Z":
      throw refusal(of: "\\\(escaped)")
    case "p", "P": try addProperty(as: escaped)
    case "x" where rest.first == "{": translated += "\\x\(String(takeBraces()))"
    default: translated += "\\\(escaped)"
    }
  }

  /// General categories have one letter or two; all other names must be scripts to PCRE2, or it refuses
  /// them.
  private mutating func addProperty(as escaped: Unicode.Scalar) throws(TokenizerError) {
    // Without braces it is a mere letter to Oniguruma.
    guard rest.first == "{" else { throw refusal(of: "\\\(escaped)") }
    var name = takeBraces().dropFirst()
    let isInverted = name.first == "^"
    if isInverted { name = name.dropFirst() }
    let isCategory = name.dropLast().count <= 2 || name.elementsEqual("Any}".unicodeScalars)
    translated += "\\\(escaped){\(isInverted ? "^" : "")\(isCategory ? "" : "sc:")\(String(name))"
  }

  /// What stands in braces, with both; they are no interval.
  private mutating func takeBraces() -> Substring.UnicodeScalarView {
    let end = rest.firstIndex(of: "}").map(rest.index(after:)) ?? rest.endIndex
    defer { rest = rest[end...] }
    return rest[..<end]
  }

  private mutating func add(members: String) {
    translated += isInSet ? members : "[\(members)]"
  }

  private mutating func add(
    allBut members: String, as name: Unicode.Scalar
  ) throws(TokenizerError) {
    guard !isInSet else { throw refusal(of: "[\\\(name)]") }
    translated += "[^\(members)]"
  }

  private func refusal(of what: String) -> TokenizerError {
    .pattern(source, problem: "'\(what)' means something else to PCRE2")
  }
}
