/// Looks for identifiers of persons in a text with every recognizer, and settles what overlaps.
package struct IdentifierScanner: Sendable {
  private let recognizers: [any IdentifierRecognizer]

  package init(_ recognizers: [any IdentifierRecognizer] = IdentifierRecognizers.all) {
    self.recognizers = recognizers
  }

  /// The identifiers of a text in the order of their places, none overlapping another.
  ///
  /// Of those that overlap the longest stays; of equally long ones that of the first class.
  package func identifiers(in text: String) -> [Identifier] {
    let matched = MatchText(text)
    let found = recognizers.flatMap { $0.identifiers(in: matched) }
    var kept: [Identifier] = []
    for identifier in found.sorted(by: Self.precedes)
    where !kept.contains(where: { $0.range.overlaps(identifier.range) }) {
      kept.append(identifier)
    }
    return kept.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private static func precedes(_ first: Identifier, _ second: Identifier) -> Bool {
    if first.range.count != second.range.count { return first.range.count > second.range.count }
    if first.kind != second.kind { return first.kind < second.kind }
    return (first.range.lowerBound, first.rule) < (second.range.lowerBound, second.rule)
  }
}

/// The recognizers that the tool has.
package enum IdentifierRecognizers {
  package static let all: [any IdentifierRecognizer] = []
}
