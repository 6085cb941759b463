import Records

/// Looks for identifiers in one text after another, those that are known of the patient among them.
package struct TextDeidentifier: Sendable {
  /// The classes that are looked for.
  package let classes: Set<IdentifierClass>
  private let scanner: IdentifierScanner

  package init(
    classes: Set<IdentifierClass> = Set(IdentifierClass.allCases),
    scanner: IdentifierScanner = IdentifierScanner()
  ) {
    self.classes = classes
    self.scanner = scanner
  }

  /// An identifier in a text, with what tells it from others of its class.
  package struct Finding: Sendable, Equatable {
    package var identifier: Identifier
    /// Equal for values that are the same person's or thing's; made of the text itself, and thus never
    /// to be written.
    package var value: String

    package var kind: IdentifierClass { identifier.kind }
    package var range: Range<Int> { identifier.range }
    /// Whether it was known from a structured record.
    package var isOwn: Bool { identifier.rule.hasPrefix("own-") }
  }

  /// What a text holds.
  package struct Findings: Sendable {
    package var findings: [Finding] = []
    /// The numbered placeholders of the tool's own form that the text holds already.
    package var ownPlaceholders: [(kind: IdentifierClass, number: Int)] = []
  }

  /// The identifiers of a text in the order of their places, apart from each other.
  package func findings(
    in text: String, known: KnownIdentifierMatcher? = nil
  ) -> Findings {
    guard !text.isEmpty else { return Findings() }
    var text = text
    text.makeContiguousUTF8()
    let existing = text.withUTF8 { ExistingPlaceholders.found(in: $0) }
    let matched = MatchText(text)
    var found = scanner.identifiers(in: matched)
    var people: [(range: Range<Int>, person: Int)] = []
    let own = known?.matches(in: matched) ?? []
    for match in own {
      let range = matched.origin(of: match.range)
      if match.kind == .name { people.append((range, match.person)) }
      found = Self.merged(found, Identifier(match.kind, range, rule: match.rule))
    }
    found = found.filter { classes.contains($0.kind) }
    let apart = found.flatMap { Self.outside(existing.places, $0) }
      .sorted { $0.range.lowerBound < $1.range.lowerBound }
    var findings = Findings()
    findings.ownPlaceholders = existing.own
    let bytes = Array(text.utf8)
    findings.findings = apart.map { identifier in
      Finding(identifier: identifier, value: value(of: identifier, in: bytes, people))
    }
    return findings
  }

  /// The findings with one more, which takes in all that it overlaps: of what is known nothing stays.
  private static func merged(_ found: [Identifier], _ known: Identifier) -> [Identifier] {
    var known = known
    var others: [Identifier] = []
    for identifier in found {
      guard identifier.range.overlaps(known.range) else {
        others.append(identifier)
        continue
      }
      // Of an address of the net that holds a name, all is the address.
      if !identifier.rule.hasPrefix("own-"), identifier.range.count > known.range.count,
        known.kind == .name
      {
        known.kind = identifier.kind
      }
      known.range =
        min(
          identifier.range.lowerBound, known.range.lowerBound)..<max(
          identifier.range.upperBound, known.range.upperBound)
    }
    return others + [known]
  }

  /// What of an identifier stands outside of placeholders.
  private static func outside(_ places: [Range<Int>], _ identifier: Identifier) -> [Identifier] {
    var rest = [identifier.range]
    for place in places where place.overlaps(identifier.range) {
      rest = rest.flatMap { range -> [Range<Int>] in
        guard range.overlaps(place) else { return [range] }
        return [
          range.lowerBound..<max(range.lowerBound, min(range.upperBound, place.lowerBound)),
          min(range.upperBound, max(range.lowerBound, place.upperBound))..<range.upperBound,
        ].filter { !$0.isEmpty }
      }
    }
    return rest.map { Identifier(identifier.kind, $0, rule: identifier.rule) }
  }

  /// Names of one known person are one value, whatever the form.
  private func value(
    of identifier: Identifier, in bytes: [UInt8], _ people: [(range: Range<Int>, person: Int)]
  ) -> String {
    if identifier.kind == .name, identifier.rule.hasPrefix("own-"),
      let person = people.first(where: { identifier.range.overlaps($0.range) })?.person
    {
      return "person \(person)"
    }
    if identifier.rule == "own-date" { return "own date" }
    let words = String(decoding: bytes[identifier.range], as: UTF8.self)
    return String(decoding: FoldedText.key(words), as: UTF8.self)
  }
}
