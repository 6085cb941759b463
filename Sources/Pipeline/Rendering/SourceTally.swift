import Records

/// What was written of a source, by licence, language and task.
struct SourceTally: Sendable {
  /// The records under each licence, or under several at once.
  var licenses: [Licenses: Int] = [:]
  /// The examples under each, the records of their worked examples included.
  var exampleLicenses: [Licenses: Int] = [:]
  /// The records whose statements on their licence do not agree.
  var conflicts: [RecordConflict: Int] = [:]
  /// The records in each language, by BCP 47 subtag; `und` where none is known.
  var languages: [String: Int] = [:]
  /// The examples of each task.
  var tasks: [String: Int] = [:]
  /// The records whose patient is known.
  var recordsWithPatient = 0

  /// - Parameter asserted: What the recipe says of the licence.
  mutating func count(_ record: Record, asserted: Licenses?) {
    licenses[record.licenses, default: 0] += 1
    for conflict in RecordConflict.all(of: record, asserted: asserted) {
      conflicts[conflict, default: 0] += 1
    }
    languages[record.language ?? "und", default: 0] += 1
    if record.groups.contains(where: { $0.kind == .patient }) { recordsWithPatient += 1 }
  }

  static func += (first: inout SourceTally, second: SourceTally) {
    first.licenses.merge(second.licenses, uniquingKeysWith: +)
    first.exampleLicenses.merge(second.exampleLicenses, uniquingKeysWith: +)
    first.conflicts.merge(second.conflicts, uniquingKeysWith: +)
    first.languages.merge(second.languages, uniquingKeysWith: +)
    first.tasks.merge(second.tasks, uniquingKeysWith: +)
    first.recordsWithPatient += second.recordsWithPatient
  }
}
