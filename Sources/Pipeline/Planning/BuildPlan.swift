import Archives
import Corpora
import Deidentification
import Emitters
import Formats
import Recipes
import Records
import Schemas
import Stages
import Templates

/// A recipe whose names were all looked up and whose files were all found: ready to run.
package struct BuildPlan: Sendable {
  let recipe: Recipe
  let sources: [PlannedSource]
  var stages: RecordStages
  /// What training records must not repeat, in the order of the recipe's paths.
  var benchmarks: [PlannedBenchmark]
  /// What records may not be copies of, in the order of the recipe's paths.
  var references: [PlannedBenchmark] = []
  /// The fingerprints of these, once they were read.
  var referencePrints: ReferencePrints?
  /// What each source's records are rendered for, by source name.
  let tasks: [String: [PlannedTask]]
  let dialects: [PlannedDialect]
  /// How examples are measured; nil without 'training'.
  var fitting: ExampleFitting?
  /// The secret that surrogates and pseudonyms are made by.
  var key: SecretKey?
  /// The tables and sources of patients' own identifiers.
  var patients: [PlannedPatients] = []
  /// The tables among them, once they were read.
  var patientInputs: [UnitReading.Input] = []

  /// What the recipe asserts of its sources' licences, by source name.
  var assertedLicenses: [String: Licenses] = [:]

  /// Whether the output is written for its owner only.
  var isSensitive: Bool { sources.contains(where: \.isSensitive) }

  /// Why a record is in its split, where its authors did not say.
  var splitReason: String {
    let unit = recipe.split.isByGroup ? "group" : "record"
    guard recipe.split.balancedTolerance == nil else { return "\(unit)-balanced" }
    return recipe.split.folds == nil ? "\(unit)-hash" : "\(unit)-fold"
  }

  /// Whether the examples are plain text and not conversations.
  var holdsText: Bool { tasks.holdText }

  /// Whether a dialect's rows hold a rejected answer beside the right one.
  var needsRejectedAnswers: Bool { dialects.contains { $0.emitter.needsRejectedAnswers } }

  /// Whether a task puts worked examples of training records before its requests.
  var wantsExemplars: Bool {
    tasks.values.joined().contains { $0.renderer.prompting.shots > 0 }
  }

  /// That dialects without preferences hold no more examples than those with them.
  var rankingWarnings: [Diagnostic] {
    guard let dialect = dialects.first(where: \.emitter.needsRejectedAnswers) else { return [] }
    let others = dialects.filter { !$0.emitter.needsRejectedAnswers }.map(\.folder)
    guard !others.isEmpty else { return [] }
    return [
      Diagnostic(
        "only records with a rejected answer are written, for '\(dialect.folder)' needs one",
        severity: .warning,
        hint: "give \(others.joined(separator: ", ")) a recipe of its own to keep the others")
    ]
  }

  /// The files of sampled answers with the task that votes on them, in the order of the recipe.
  var sampleFiles: [(task: String, samples: SampledAnswers)] {
    var seen: Set<Int> = []
    return tasks.values.joined().sorted { $0.number < $1.number }
      .filter { seen.insert($0.number).inserted }
      .compactMap { task in task.samples.map { (task.name, $0) } }
  }

  /// Gives a record of the spill what only the decisions know: the numbers of its placeholders, what
  /// stands for its ids, and the number that tells it from another of its id; takes from it what an
  /// earlier record of its patient holds.
  func complete(_ record: inout Record, number: Int, _ fates: Fates) throws {
    record.numberPlaceholders(fates.placeholders.numbers(of: number))
    try fates.passageCuts?.apply(to: &record, number: number)
    source(named: record.source)?.pseudonyms?.hide(&record, number: number, fates.placeholders)
    if let suffix = fates.idNumbers[number] { record.id += "~\(suffix)" }
  }

  func source(named name: String) -> PlannedSource? { sources.first { $0.name == name } }

  /// A record's id in the build.
  func recordID(of record: Record) -> String { "\(record.source):\(record.id)" }

  /// An example's id: the record's, the task where the source has several, the number of a copy.
  func exampleID(of record: Record, task: String, copy: Int) -> String {
    var id = recordID(of: record)
    if (tasks[record.source]?.count ?? 0) > 1 { id += "#\(task)" }
    if copy > 0 { id += "+\(copy)" }
    return id
  }
}

/// A source with its reader and its files.
struct PlannedSource: Sendable {
  /// The place among the recipe's sources.
  var number: Int
  var name: String
  var facts: CorpusFacts
  var reader: any CorpusReader
  var files: [InputFile]
  /// Files of folders and patterns that are not read.
  var skipped: [UnitReading.Skipped]
  var limits: ArchiveLimits
  var members: MemberFilter
  var language: String?
  var priority: Int
  var rejectsDamage: Bool
  var licensing: PlannedLicensing
  var isSensitive: Bool
  /// The source's own filter, which also rules on retracted articles.
  var filter: RecordFilter
  /// What stands for ids and paths in the output; nil where they stand themselves.
  var pseudonyms: SourcePseudonyms?
  /// The field or tag whose values a cap is spread over.
  var stratum: String?

  /// Whether the works of its records may be named: never where their ids are hidden, or where they are
  /// about patients.
  var namesWorks: Bool { pseudonyms == nil && !isSensitive }
}

/// A dialect with what its files look like.
struct PlannedDialect: Sendable {
  var emitter: any Dialect
  var schema: Schema
  var shardRows: Int?
  var format = RowFileFormat.jsonl
  var compression = RowFileFormat.Compression.none
  /// What the rows of a split are kept apart by.
  var parts = RowPart.Rule.none

  /// The folder of the dialect's files.
  var folder: String { emitter.name }

  /// The path of a split's files without what follows in parts and shards.
  func stem(of split: Split) -> String { "\(folder)/\(emitter.stem(of: split))" }

  /// The files of the dialect's rows among those of the dataset, split by split.
  func rowFiles(among files: [WrittenFile]) -> [DatasetDescription.File] {
    Split.allCases.flatMap { split in
      files.filter { $0.split == split && $0.path.hasPrefix("\(folder)/") }.map {
        DatasetDescription.File(
          split: split, path: $0.path, sha256: $0.sha256, bytes: $0.byteCount, rows: $0.rows ?? 0)
      }
    }
  }

  /// The same, as those know them who read the folder.
  func dialectFiles(among files: [WrittenFile]) -> [DialectFile] {
    rowFiles(among: files).map {
      DialectFile(
        split: $0.split, name: String($0.path.dropFirst(folder.count + 1)), rows: $0.rows)
    }
  }

  /// Whether a row parses and its schema accepts it.
  func accepts(_ row: [UInt8]) -> Bool {
    guard let document = try? JSONDocument(parsing: row) else { return false }
    return schema.isValid(document.root)
  }
}

extension BuildPlan {
  /// What is to hold the report's training examples.
  var emptySample: ExampleSample { ExampleSample(count: recipe.report.samples, seed: recipe.seed) }
}

extension [String: [PlannedTask]] {
  /// Whether the examples of all tasks are plain text and not conversations.
  var holdText: Bool {
    !isEmpty && values.joined().allSatisfy { $0.renderer.task.form == .text }
  }
}
