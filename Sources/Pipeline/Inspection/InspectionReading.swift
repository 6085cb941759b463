import Corpora
import Records
import Templates

/// What a corpus' reader makes of the entries that speak for it.
package struct InspectionReading: Sendable {
  package var facts: CorpusFacts
  /// The shape of the records: the corpus' own, or the guessed one of a mapped reader.
  package var shape: Content.Shape
  package var evidence: InspectionEvidence
  /// The reading's place among those of its path.
  package var number: Int
  package var entries = 0
  /// Entries whose content speaks for the corpus but whose names the reader does not accept.
  package var unacceptedEntries = 0
  /// Entries whose names the reader accepts but whose content speaks against it: a build must be
  /// told to leave them out.
  package var foreignEntries = 0
  /// The first of them.
  package var foreignPaths: [String] = []
  /// The paths of the first entries read.
  package private(set) var entryPaths: [String] = []
  /// The first files that entries were read from, as they can be opened.
  package private(set) var filePaths: [String] = []
  /// The endings of the names of the entries read.
  package var endings = InspectionTally()
  /// How many folders the entries read lie in, up to a bound.
  package var folderCount = 0
  package var records = 0
  package var rejections = InspectionTally()
  package var withdrawals = 0
  package var licenses = InspectionTally()
  package var languages = InspectionTally()
  /// The kinds of the records' groups.
  package var groups = InspectionTally()
  /// The named texts of the first records with how many are filled.
  package var fields = InspectionFields()
  /// The tags of the first records.
  package var tags = InspectionFields()
  /// How many of the first records each task fits.
  package var tasks = InspectionTally()
  /// The records that fields, tags and tasks were counted over.
  package var sampledRecords = 0
  /// The first record's fields, cut short; empty unless text was asked for.
  package var sample: [(field: String, text: String)] = []

  private static let maximumSampledRecords = 1_000
  private static let sampleCharacters = 200

  /// Paths beyond these are not worth listing one by one in a recipe.
  static let maximumForeignPaths = 50

  init(facts: CorpusFacts, evidence: InspectionEvidence, number: Int) {
    self.facts = facts
    self.evidence = evidence
    self.number = number
    shape = evidence.mapping?.shape ?? facts.shape
  }

  package var mapping: InspectionMapping? { evidence.mapping }

  /// Counts an entry of the reading.
  mutating func addEntry(_ path: String, in file: String) {
    entries += 1
    if entries <= Self.maximumForeignPaths { entryPaths.append(path) }
    guard filePaths.count <= Self.maximumForeignPaths, filePaths.last != file else { return }
    filePaths.append(file)
  }

  /// Counts an entry that belongs to another reading, or to none.
  mutating func addForeign(_ path: String) {
    foreignEntries += 1
    if foreignPaths.count < Self.maximumForeignPaths { foreignPaths.append(path) }
  }

  /// Counts a reading.
  ///
  /// - Parameter showsText: whether the first record's text is kept.
  mutating func take(_ reading: Reading, showsText: Bool) {
    switch reading {
    case .record(let record): take(record, showsText: showsText)
    case .rejection(let rejection): rejections.add(rejection.reason.rawValue)
    case .withdrawal: withdrawals += 1
    case .count: break
    }
  }

  /// The task that the starter recipe gives: the corpus' first that suits at least one record in
  /// ten, else the one that suits most.
  package var defaultTask: String? {
    let names = candidateTasks.map(\.name)
    if let first = names.first(where: { tasks.count(of: $0) * 10 >= max(1, sampledRecords) }) {
      return first
    }
    return names.max { tasks.count(of: $0) < tasks.count(of: $1) }
  }

  /// The corpus' own tasks, then all others that take the shape, plain text last.
  private var candidateTasks: [TrainingTask] {
    let own = facts.tasks.compactMap(TaskRegistry.task(named:))
    let others = TaskRegistry.all.filter { task in !own.contains { $0.name == task.name } }
    let fitting = (own + others).filter { $0.shapes.contains(shape) }
    return fitting.filter { $0.form != .text } + fitting.filter { $0.form == .text }
  }

  private mutating func take(_ record: Record, showsText: Bool) {
    records += 1
    licenses.add(record.licenses.expression)
    languages.add(record.language ?? "unknown")
    for kind in Set(record.groups.map(\.kind.rawValue)).sorted() { groups.add(kind) }
    guard sampledRecords < Self.maximumSampledRecords else { return }
    sampledRecords += 1
    shape = record.content.shape
    for name in Content.fieldNames(of: shape) {
      let text = record.content.text(of: name) ?? ""
      fields.add(name, isFilled: text.utf8.contains { $0 > 0x20 })
      if showsText, records == 1 {
        sample.append((name, String(text.prefix(Self.sampleCharacters))))
      }
    }
    // A tag may be there several times; a record counts once.
    var names: Set<String> = []
    for tag in record.tags where names.insert(tag.name).inserted {
      tags.add(tag.name, isFilled: tag.value.utf8.contains { $0 > 0x20 })
    }
    tags.setCounts(to: sampledRecords)
    for task in candidateTasks {
      if case .refused = task.filling(of: record) { continue }
      tasks.add(task.name)
    }
  }
}
