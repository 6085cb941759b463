import Formats
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
    var people = People()
    var own: [Identifier] = []
    var values: [Range<Int>] = []
    for match in known?.matches(in: matched) ?? [] {
      let range = matched.origin(of: match.range)
      if match.kind == .name { people.add(match.person, at: range) }
      own.append(Identifier(match.kind, range, rule: match.rule))
      if !Self.isOfPlaceholder(matched.bytes[match.range]) { values.append(range) }
    }
    let found = Self.merged(scanner.identifiers(in: matched), own)
      .filter { classes.contains($0.kind) }
    let places = Self.places(Self.joined(existing.places), without: values)
    var findings = Findings()
    findings.ownPlaceholders = existing.own
    let bytes = Array(text.utf8)
    findings.findings = Self.outside(places, found).map { identifier in
      Finding(identifier: identifier, value: value(of: identifier, in: bytes, &people))
    }
    return findings
  }

  /// Both kinds of findings in the order of their places: what is known takes in all that it overlaps,
  /// so that nothing of it stays.
  private static func merged(_ found: [Identifier], _ own: [Identifier]) -> [Identifier] {
    guard !own.isEmpty else { return found }
    let all = (found.map { ($0, false) } + own.map { ($0, true) })
      .sorted { $0.0.range.lowerBound < $1.0.range.lowerBound }
    var merged: [Identifier] = []
    var first = 0
    while first < all.count {
      var end = all[first].0.range.upperBound
      var next = first + 1
      while next < all.count, all[next].0.range.lowerBound < end {
        end = max(end, all[next].0.range.upperBound)
        next += 1
      }
      let group = all[first..<next]
      if let known = group.last(where: \.1)?.0 {
        var whole = joined(known, with: group.lazy.filter { !$0.1 }.map(\.0))
        whole.range = all[first].0.range.lowerBound..<end
        merged.append(whole)
      } else {
        merged += group.map(\.0)
      }
      first = next
    }
    return merged
  }

  private static func joined(
    _ known: Identifier, with others: some Sequence<Identifier>
  ) -> Identifier {
    var known = known
    for identifier in others {
      // Of an address of the net that holds a name, all is the address.
      if identifier.range.count > known.range.count, known.kind == .name {
        known.kind = identifier.kind
      }
      let start = min(identifier.range.lowerBound, known.range.lowerBound)
      known.range = start..<max(identifier.range.upperBound, known.range.upperBound)
    }
    return known
  }

  /// Ascending places without those that lie in or across another.
  private static func joined(_ places: [Range<Int>]) -> [Range<Int>] {
    var joined: [Range<Int>] = []
    for place in places {
      if let last = joined.last, place.lowerBound < last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, place.upperBound)
      } else {
        joined.append(place)
      }
    }
    return joined
  }

  /// The placeholders that hold no known value: what is known is taken out whatever stands around it.
  private static func places(
    _ places: [Range<Int>], without values: [Range<Int>]
  ) -> [Range<Int>] {
    guard !values.isEmpty else { return places }
    var next = 0
    return places.filter { place in
      while next < values.count, values[next].upperBound <= place.lowerBound { next += 1 }
      return next == values.count || !values[next].overlaps(place)
    }
  }

  /// Whether a match may be a placeholder's own word or number, as in `[MRN_12]` of somebody called
  /// Name, and tells nobody.
  private static func isOfPlaceholder(_ bytes: some Collection<UInt8>) -> Bool {
    let isNumber = bytes.allSatisfy { (0x30...0x39).contains($0) }
    guard !isNumber else { return bytes.count < 4 }
    let words = String(decoding: bytes, as: UTF8.self)
    return !words.contains(where: \.isNumber)
      && (Placeholders.isStandIn(words)
        || ExistingPlaceholders.isPlaceholder(words, isRound: false))
  }

  /// What of identifiers stands outside of placeholders; both in order and apart from each other.
  private static func outside(
    _ places: [Range<Int>], _ identifiers: [Identifier]
  ) -> [Identifier] {
    var rest: [Identifier] = []
    var next = 0
    for identifier in identifiers {
      while next < places.count, places[next].upperBound <= identifier.range.lowerBound {
        next += 1
      }
      var start = identifier.range.lowerBound
      var place = next
      while place < places.count, places[place].lowerBound < identifier.range.upperBound {
        if start < places[place].lowerBound {
          rest.append(
            Identifier(identifier.kind, start..<places[place].lowerBound, rule: identifier.rule))
        }
        start = max(start, places[place].upperBound)
        place += 1
      }
      if start < identifier.range.upperBound {
        rest.append(
          Identifier(identifier.kind, start..<identifier.range.upperBound, rule: identifier.rule))
      }
    }
    return rest
  }

  /// Where the names of known persons stand, asked about in the order of the text.
  private struct People {
    private var people: [(range: Range<Int>, person: Int)] = []
    private var next = 0

    mutating func add(_ person: Int, at range: Range<Int>) { people.append((range, person)) }

    /// Whose name is the first in a range that begins at no earlier place than those before it.
    mutating func person(in range: Range<Int>) -> Int? {
      while next < people.count, people[next].range.upperBound <= range.lowerBound { next += 1 }
      guard next < people.count, people[next].range.overlaps(range) else { return nil }
      return people[next].person
    }
  }

  /// Names of one known person are one value, whatever the form.
  private func value(
    of identifier: Identifier, in bytes: [UInt8], _ people: inout People
  ) -> String {
    if identifier.kind == .name, identifier.rule.hasPrefix("own-"),
      let person = people.person(in: identifier.range)
    {
      return "person \(person)"
    }
    if identifier.rule == "own-date" { return "own date" }
    let words = String(decoding: bytes[identifier.range], as: UTF8.self)
    return String(decoding: FoldedText.key(words), as: UTF8.self)
  }
}
