/// Looks for identifiers of persons in a text with every recognizer, and settles what overlaps.
package struct IdentifierScanner: Sendable {
  private let recognizers: [any IdentifierRecognizer]

  package init(_ recognizers: [any IdentifierRecognizer] = IdentifierRecognizers.all) {
    self.recognizers = recognizers
  }

  /// The identifiers of a text in the order of their places, none overlapping another.
  ///
  /// Those that overlap become one over all their places, so that nothing that was found is left in
  /// part. Its class is that of the longest; of equally long ones that with a cue, then the first.
  package func identifiers(in text: String) -> [Identifier] { identifiers(in: MatchText(text)) }

  /// The same for a text that was made ready; the places are those of the text as it was given.
  package func identifiers(in matched: MatchText) -> [Identifier] {
    let found = recognizers.flatMap { $0.identifiers(in: matched) }
    return Self.settled(found)
  }

  /// The identifiers of several searches of one text as those of one search.
  package static func settled(_ found: [Identifier]) -> [Identifier] {
    var settled: [Identifier] = []
    var lead: Identifier?
    for identifier in found.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard let last = settled.last, last.range.upperBound > identifier.range.lowerBound else {
        settled.append(identifier)
        lead = identifier
        continue
      }
      let end = max(last.range.upperBound, identifier.range.upperBound)
      if let current = lead, precedes(identifier, current) { lead = identifier }
      var merged = lead ?? identifier
      merged.range = last.range.lowerBound..<end
      settled[settled.count - 1] = merged
    }
    return settled
  }

  private static func precedes(_ first: Identifier, _ second: Identifier) -> Bool {
    if first.range.count != second.range.count { return first.range.count > second.range.count }
    let isFirstCued = first.rule.hasSuffix("with-cue")
    if isFirstCued != second.rule.hasSuffix("with-cue") { return isFirstCued }
    if first.kind != second.kind { return first.kind < second.kind }
    return (first.range.lowerBound, first.rule) < (second.range.lowerBound, second.rule)
  }
}
