import Archives
import Formats
import Pipeline
import Recipes
import Records
import TestSupport
import Testing

/// Overlaps of real corpora that are known, through the whole build.
@Suite(.enabled(if: SharedFolder.hasCorpora, "\(SharedFolder.absence)"))
struct RealBenchmarkTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Builds one source against benchmarks and returns the rows of the report.
  private func build(
    _ source: String, task: String, against: String, split: String = "{train: 1}"
  ) async throws -> (dataset: BuiltDataset, rows: [JSON]) {
    let recipe = try folder.write(
      """
      version: 1
      name: real
      sources:
        - \(source)
      stages: [{decontaminate: {\(against)}}]
      split: \(split)
      tasks: [{for: a, task: \(task)}]
      emit: [{dialect: messages}]
      """, to: "r.yaml")
    _ = try await BuiltDataset.build(recipe, to: folder("out"))
    let dataset = try BuiltDataset(path: folder("out"))
    #expect(dataset.unbalanced == [])
    return (dataset, try dataset.rows("contamination.jsonl"))
  }

  private func records(_ rows: [JSON], _ benchmark: String, _ rule: String) -> Int {
    rows.count { $0["benchmark"]?.string == benchmark && $0["rule"]?.string == rule }
  }

  private static let medqa = SharedFolder.corpus("medqa-mmlu/medqa_us_test.jsonl.xz")

  /// The counts of the corpus survey: training rows whose target, and whose dialogue, occurs again.
  @Test func `MTS-Dialog: 84, 113 and 115 targets and 2 dialogues each are published twice`()
    async throws
  {
    let zip = SharedFolder.corpus("mts-dialog/MTS-Dialog.zip")
    func set(_ name: String, _ member: String) -> String {
      "{name: \(name), path: \(zip), members: {include: \"**/*\(member)*.csv\"}}"
    }
    let sets = [
      set("validation", "ValidationSet"), set("test1", "TestSet-1"), set("test2", "TestSet-2"),
    ]
    let source =
      "{name: a, corpus: mts-dialog, path: \(zip), members: {include: \"**/MTS-Dialog-TrainingSet.csv\"}}"
    let (dataset, rows) = try await build(
      source, task: "section-generation",
      against: "target_words: 1, against: [\(sets.joined(separator: ", "))]")
    #expect(
      ["validation", "test1", "test2"].map { records(rows, $0, "target") } == [84, 113, 115])
    #expect(["validation", "test1", "test2"].map { records(rows, $0, "question") } == [2, 2, 2])
    #expect(["validation", "test1", "test2"].map { records(rows, $0, "ngram") } == [2, 2, 3])
    #expect(dataset.source("a")?["read"]?.int == 1201)
    #expect(dataset.rejected(in: "a") == ["contaminated": 150])

    // "None" and the like are no leak: with targets of eight words or more little is left.
    let usual = try await build(
      source, task: "section-generation", against: "against: [\(sets.joined(separator: ", "))]")
    #expect(
      ["validation", "test1", "test2"].map { records(usual.rows, $0, "question") } == [2, 2, 2])
    #expect(usual.rows.allSatisfy { $0["removed"] == .bool(true) })
    #expect((1...40).contains(usual.dataset.rejected(in: "a")["contaminated"] ?? 0))
  }

  @Test func `MedQA's test set is found in itself, every question`() async throws {
    let source = "{name: a, corpus: medqa, path: \(Self.medqa)}"
    let (dataset, rows) = try await build(
      source, task: "multiple-choice-qa", against: "against: [\(Self.medqa)]",
      split: "{train: 0.9, test: 0.1, official: ignore}")
    #expect(Set(rows.compactMap { $0["id"]?.string }).count == 1273)
    for rule in ["id", "question", "options", "ngram"] {
      #expect(records(rows, "medqa_us_test", rule) == 1273)
    }
    let splits = dataset.manifest["splits"]
    #expect(splits?["train"]?["records"]?.int == 0)
    #expect(
      (splits?["test"]?["records"]?.int ?? 0) + (dataset.rejected(in: "a")["contaminated"] ?? 0)
        == 1273)
  }

  /// Instructions made of the test set: in lower case, with a request before the question and the
  /// options turned round behind it.
  private func writePrompts() throws -> String {
    let archive = try Archive.open(path: Self.medqa, displayPath: "medqa")
    var entry = try #require(try archive.nextEntry())
    let lines = try entry.allBytes().split(separator: 0x0A)
    let rows = try lines.map { line in
      let row = try JSON(parsing: Array(line))
      let options = (row["options"]?.members ?? []).reversed().compactMap(\.value.string)
      return JSON.object([
        JSON.Member("instruction", .string("You are a doctor. Answer the question below.")),
        JSON.Member(
          "input",
          .string(
            "Question: \((row["question"]?.string ?? "").lowercased())\n"
              + options.map { "(x) \($0)" }.joined(separator: "\n"))),
        JSON.Member("output", .string("It is \(row["answer"]?.string ?? "").")),
      ])
    }
    var json = JSONWriter()
    json.value(.array(rows))
    return try folder.write(json.take(), to: "alpaca.json")
  }

  @Test
  func `MedQA's questions are found in prompts of another form, with their options turned round`()
    async throws
  {
    let prompts = try writePrompts()
    let (_, rows) = try await build(
      "{name: a, corpus: alpaca, path: \(prompts), license: CC0-1.0}",
      task: "instruction-following", against: "against: [\(Self.medqa)]")
    // One stem has too few words to be told from a stock phrase.
    #expect(Set(rows.compactMap { $0["id"]?.string }).count == 1272)
    #expect(rows.allSatisfy { $0["rule"]?.string == "ngram" })
    #expect(
      rows.allSatisfy { row in
        row["item"]?.string?.split(separator: "-").last
          == row["id"]?.string?.split(separator: "-").last
      })
  }

  @Test func `MMLU's medical questions are not MedQA's`() async throws {
    let mmlu = SharedFolder.corpus("medqa-mmlu/mmlu_medical_test.tar")
    let (dataset, rows) = try await build(
      "{name: a, corpus: mmlu, path: \(mmlu)}", task: "multiple-choice-qa",
      against: "against: [\(Self.medqa)]", split: "{train: 1, official: ignore}")
    #expect(rows.isEmpty)
    #expect(dataset.source("a")?["written"]?.int == 1089)
  }
}
