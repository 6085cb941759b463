import Records

/// What was written of a source, by licence, language and task.
struct SourceTally: Sendable {
  /// The records under each licence.
  var licenses: [License: Int] = [:]
  /// The records in each language, by BCP 47 subtag; `und` where none is known.
  var languages: [String: Int] = [:]
  /// The examples of each task.
  var tasks: [String: Int] = [:]

  mutating func count(_ record: Record) {
    licenses[record.license, default: 0] += 1
    languages[record.language ?? "und", default: 0] += 1
  }

  static func += (first: inout SourceTally, second: SourceTally) {
    first.licenses.merge(second.licenses, uniquingKeysWith: +)
    first.languages.merge(second.languages, uniquingKeysWith: +)
    first.tasks.merge(second.tasks, uniquingKeysWith: +)
  }
}
