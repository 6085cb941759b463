import Records

/// The version of the rules: it changes when they find other things than before.
package enum DeidentificationRules {
  package static let version = "1"
}

/// What must work before texts are trusted to the rules: a build that hides nothing must not look like
/// one that does.
package enum DeidentificationSelfTest {
  /// The names of what does not work; empty when all does.
  package static var failures: [String] {
    var failures: [String] = []
    if IdentifierRecognizers.all.isEmpty { failures.append("recognizers") }
    if !findsKnown { failures.append("known-identifiers") }
    if !keepsPlaceholders { failures.append("placeholders") }
    if !hasMAC { failures.append("keyed-hash") }
    return failures
  }

  private static var findsKnown: Bool {
    let matcher = KnownIdentifierMatcher([
      KnownIdentifier(.name, "Jo\u{E9}l Ziegler"),
      KnownIdentifier(.medicalRecordNumber, "00412377"),
      KnownIdentifier(.date, "1957-03-09"),
    ])
    let text = MatchText("Mr ZIEGLER's chart 00-412-377, born March 9, 1957. J. Ziegler; Joel.")
    let found = matcher.matches(in: text).map(\.kind)
    return found == [.name, .medicalRecordNumber, .date, .name, .name]
  }

  private static var keepsPlaceholders: Bool {
    let found = TextDeidentifier().findings(
      in: "[**Name 1**] ___ [NAME_7]",
      known: KnownIdentifierMatcher([KnownIdentifier(.name, "Name")]))
    return found.findings.isEmpty && found.ownPlaceholders.count == 1
  }

  /// The second case of RFC 4231 cannot be asked through a key of our length; equal inputs must give
  /// equal, and other keys other, MACs.
  private static var hasMAC: Bool {
    let bytes = (0..<32).map { UInt8($0) }
    guard let one = SecretKey(bytes), let other = SecretKey(Array(bytes.reversed())) else {
      return false
    }
    return one.mac("a", "b") == one.mac("a", "b") && one.mac("a", "b") != other.mac("a", "b")
      && one.mac("a", "b") != one.mac("b", "a") && SecretKey([1, 2, 3]) == nil
  }
}
