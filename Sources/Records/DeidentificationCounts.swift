/// What looking for identifiers found in a source's records: numbers and names of classes, never text.
package struct DeidentificationCounts: Sendable, Equatable {
  /// The records that were looked at, and those in which something was found.
  package var records = 0
  package var recordsWithIdentifiers = 0
  /// The records of whose patient identifiers were known beforehand.
  package var recordsWithKnownIdentifiers = 0
  /// Those of them whose patient is in a table or another source that the recipe names.
  package var recordsOfListedPatients = 0
  /// The records of a patient of whom neither the recipe's tables nor the record itself tell anything.
  package var recordsOfUnknownPatients = 0
  /// What was found, by class.
  package var found: [String: Int] = [:]
  /// Those of them that were known beforehand, by class.
  package var known: [String: Int] = [:]
  /// The records whose language the rules were not written for, by language.
  package var languagesWithoutRules: [String: Int] = [:]
  /// The placeholders of our own form that texts held before.
  package var earlierPlaceholders = 0
  /// The annotated mentions that grew since a replacement cut them.
  package var widenedMentions = 0

  package init() {}

  package static func += (counts: inout DeidentificationCounts, other: DeidentificationCounts) {
    counts.records += other.records
    counts.recordsWithIdentifiers += other.recordsWithIdentifiers
    counts.recordsWithKnownIdentifiers += other.recordsWithKnownIdentifiers
    counts.recordsOfListedPatients += other.recordsOfListedPatients
    counts.recordsOfUnknownPatients += other.recordsOfUnknownPatients
    counts.found.merge(other.found, uniquingKeysWith: +)
    counts.known.merge(other.known, uniquingKeysWith: +)
    counts.languagesWithoutRules.merge(other.languagesWithoutRules, uniquingKeysWith: +)
    counts.earlierPlaceholders += other.earlierPlaceholders
    counts.widenedMentions += other.widenedMentions
  }
}
