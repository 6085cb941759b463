import Formats
import Recipes
import Records
import TestSupport

@testable import Pipeline

/// A small dataset of invented questions in published splits, built in a temporary folder.
struct SplitDataset {
  let folder: TemporaryFolder

  /// A question with its answer, in a split, of a patient.
  struct Row {
    var id: String
    var split = ""
    var patient = ""
    var question: String
    var answer: String
  }

  init(_ rows: [Row]) throws {
    folder = try TemporaryFolder()
    try write(rows)
  }

  func write(_ rows: [Row], to name: String = "q.jsonl") throws {
    let lines = rows.map { row in
      var json = JSONWriter()
      json.value(
        .object(
          [
            ("id", row.id), ("split", row.split), ("patient", row.patient), ("q", row.question),
            ("a", row.answer),
          ].filter { !$0.1.isEmpty }.map { JSON.Member($0.0, .string($0.1)) }))
      return String(decoding: json.take(), as: UTF8.self) + "\n"
    }
    try folder.write(lines.joined(), to: name)
  }

  func recipe(
    split: String = "{train: 1}", stages: String = "[]", emit: String = "{dialect: messages}",
    fields: String = "id: id, split: split, patient: patient, question: q, answer: a"
  ) throws -> String {
    try folder.write(
      """
      version: 1
      name: tiny
      seed: 17
      sources:
        - name: q
          corpus: jsonl
          path: "*.jsonl"
          license: CC0-1.0
          shape: question-answer
          fields: {\(fields)}
      stages: \(stages)
      split: \(split)
      tasks: [{for: q, task: question-answering}]
      emit: [\(emit)]
      """, to: "r.yaml")
  }

  /// Builds the recipe; the dataset is in `out`.
  func build(
    _ recipe: String, threads: Int = 2, memoryBytes: Int = 1 << 30, to output: String = "out"
  ) async throws -> (report: BuildReport, proof: JSON) {
    var options = BuildOptions(threads: threads, memoryBytes: memoryBytes)
    options.output = folder(output)
    let report = try await BuildPipeline(
      recipe: try Recipe.load(from: recipe), recipePath: recipe, options: options
    ).run()
    return (report, try JSON(parsing: folder.bytes(of: "\(output)/proof.json")))
  }

  /// Fourteen words that no other number has.
  static func phrase(_ number: Int, word: String = "w") -> String {
    (0..<14).map { "\(word)\(number)x\($0)" }.joined(separator: " ")
  }

  /// Questions that have nothing in common.
  static func questions(_ numbers: Range<Int>, split: String = "") -> [Row] {
    numbers.map {
      Row(
        id: "\($0)", split: split, question: "What of \(phrase($0))?",
        answer: "It is \(phrase($0, word: "a")).")
    }
  }
}

extension JSON {
  /// The pair of splits in a proof.
  func pair(_ split: String, _ against: String) -> JSON? {
    self["pairs"]?.array?.first {
      $0["split"]?.string == split && $0["against"]?.string == against
    }
  }

  /// The rows of both sides that a measure counts.
  func rows(_ measure: String) -> [Int] {
    ["rows", "against_rows"].compactMap { self[measure]?[$0]?.int }
  }
}
