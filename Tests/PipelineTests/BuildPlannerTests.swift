import Recipes
import Records
import TestSupport
import Testing

@testable import Pipeline

struct BuildPlannerTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder(["q.csv": "q,a\nWhy?,So.\n", "n/1.txt": "A note."])
  }

  private static let table =
    "{name: q, corpus: table, path: q.csv, license: CC0-1.0, shape: question-answer, "
    + "fields: {question: q, answer: a}}"

  /// The messages of a plan that fails; none when it can be made.
  private func problems(
    source: String = Self.table, task: String = "{for: q, task: question-answering}",
    emit: String = "{dialect: messages}", _ lines: String = "", replacing: [String: [String]] = [:]
  ) throws -> [String] {
    let text = """
      version: 1
      name: tiny
      sources: [\(source)]
      tasks: [\(task)]
      emit: [\(emit)]
      \(lines)
      """
    var options = BuildOptions()
    options.sourcePaths = replacing
    let recipe = try Recipe.load(Array(text.utf8), file: "r.yaml")
    do {
      _ = try BuildPipeline(recipe: recipe, recipePath: folder("r.yaml"), options: options).plan()
      return []
    } catch let error as PipelineError {
      #expect(error.exitCode == 2)
      return error.diagnostics.map(\.description)
    }
  }

  @Test func `a recipe whose names and files are there has a plan`() throws {
    #expect(try problems() == [])
  }

  @Test func `every unknown name is told at once, at its place`() throws {
    let found = try problems(
      source: "{name: q, corpus: tabel, path: q.csv}", task: "{for: q, task: question-answer}",
      emit: "{dialect: mesages}", "training: {base_model: m, adapters: [lorra]}")
    #expect(
      found == [
        """
        r.yaml:3:29: error: there is no corpus 'tabel'
        hint: did you mean 'table'?
        """,
        """
        r.yaml:4:24: error: there is no task 'question-answer'
        hint: 'materia tasks' lists them
        """,
        """
        r.yaml:5:18: error: there is no dialect 'mesages'
        hint: did you mean 'messages'?
        """,
        """
        r.yaml:6:38: error: there is no adapter 'lorra'
        hint: did you mean 'lora'?
        """,
      ])
  }

  @Test func `a missing file is told at its own path of several`() throws {
    let source = Self.table.replacing("q.csv", with: "[q.csv, zz.csv]")
    #expect(
      try problems(source: source) == [
        """
        r.yaml:3:50: error: cannot open 'zz.csv': no such file
        hint: give its place with '--source q=PATH'
        """
      ])
  }

  @Test func `what a dialect's readers do not take is told`() throws {
    #expect(
      try problems(
        emit: "{dialect: mlx, shard_rows: 9}, {dialect: bedrock, compression: gzip, form: standard}"
      ) == [
        "r.yaml:5:18: error: dialect 'mlx' has one file a split, which its readers find by name: "
          + "'shard_rows' cannot be",
        "r.yaml:5:49: error: dialect 'bedrock' has no 'form'",
        "r.yaml:5:49: error: dialect 'bedrock' is not read compressed: 'compression: gzip' "
          + "cannot be",
      ])
  }

  @Test func `what files of a dialect cannot be is told with what they are`() throws {
    let found = try problems(
      emit: "{dialect: mlx, format: parquet}, {dialect: nemo, shards: license}, "
        + "{dialect: messages, format: parquet, compression: gzip}, "
        + "{dialect: llama-factory, form: standard}")
    let messages = found.map {
      $0.split(separator: "\n").map { $0.split(separator: ": ", maxSplits: 1).last ?? "" }
    }
    #expect(
      messages == [
        ["error: dialect 'mlx' is not read as parquet", "its files are jsonl"],
        [
          "error: dialect 'nemo' has one file a split, which its readers find by name: "
            + "'shards: license' cannot be",
          "emit a dialect besides whose rows can be passed on apart",
        ],
        [
          "error: dialect 'messages' has parquet files, which 'gzip' does not pack",
          "'compression' of parquet is zstd or snappy or none",
        ],
        [
          "error: dialect 'llama-factory' has no form 'standard'",
          "there are conversational, ranking",
        ],
      ])
  }

  @Test func `preferences need a task whose records offer wrong answers`() throws {
    let found = try problems(emit: "{dialect: preference}")
    #expect(found.count == 1)
    #expect(
      found.first?.contains(
        "dialect 'preference' needs a rejected answer, and task 'question-answering' offers none")
        == true)
  }

  @Test func `a trainer needs a dialect that it reads, and LoRA`() throws {
    #expect(
      try problems(
        emit: "{dialect: alpaca}",
        "training: {base_model: m, adapters: [ia3], trainers: [peft, mlx, axolotl, trll]}") == [
          "r.yaml:6:61: error: trainer 'mlx' reads no dialect that is emitted\nhint: emit mlx",
          "r.yaml:6:61: error: trainer 'mlx' trains LoRA only\n"
            + "hint: add lora to the adapters; training/train.py trains the others",
          "r.yaml:6:66: error: trainer 'axolotl' trains LoRA only\n"
            + "hint: add lora to the adapters; training/train.py trains the others",
          "r.yaml:6:75: error: there is no trainer 'trll'\nhint: did you mean 'trl'?",
        ])
  }

  @Test func `a path that replaces a source's must be of a source`() throws {
    let found = try problems(replacing: ["p": ["x"]])
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("error: '--source' names 'p'") == true)
  }

  @Test(arguments: [
    (
      "{name: q, corpus: pubmed, path: q.csv, license: CC0-1.0}", "research",
      "is asserted to be under CC0-1.0, but its corpus declares"
    ),
    ("{name: q, corpus: text-notes, path: n}", "research", "source 'q' has no known license"),
    ("{name: q, corpus: text-notes, path: n}", "redistribution", "has no known license"),
    (
      "{name: q, corpus: text-notes, path: n, license: CC-BY-NC-4.0}", "commercial",
      "forbids commercial use"
    ),
    (
      "{name: q, corpus: text-notes, path: n, license: CC-BY-ND-4.0}", "redistribution",
      "forbids passing on changed copies"
    ),
    (
      "{name: q, corpus: mimic-iii-notes, path: n}", "research",
      "an agreement that the recipe does not accept"
    ),
    (
      "{name: q, corpus: mimic-iii-notes, path: n, accept_terms: LicenseRef-PhysioNet-Credentialed-1.5.0}",
      "redistribution",
      "source 'q' is under LicenseRef-PhysioNet-Credentialed-1.5.0"
    ),
    (
      "{name: q, corpus: text-notes, path: n, license: CC-BY-4}", "research",
      "there is no license 'CC-BY-4'"
    ),
  ])
  func `the licence gate rules before anything is read`(
    source: String, use: String, message: String
  ) throws {
    let task =
      source.contains("pubmed")
      ? "{for: q, task: title-generation}" : "{for: q, task: note-summarisation}"
    let found = try problems(source: source, task: task, "use: \(use)")
    #expect(found.contains { $0.contains(message) }, "\(found)")
  }

  @Test func `evidence settles a conflict of licences`() throws {
    let source =
      "{name: q, corpus: pubmed, path: q.csv, license: CC0-1.0, "
      + "license_evidence: invented for this test}"
    #expect(try problems(source: source, task: "{for: q, task: title-generation}") == [])
  }

  @Test func `a task that does not fit a source's records is told with those that do`() throws {
    let found = try problems(task: "{for: q, task: note-summarisation}")
    #expect(
      found.first?.hasPrefix(
        "r.yaml:4:24: error: task 'note-summarisation' does not fit source 'q', whose records are "
          + "of shape question-answer\nhint: tasks that fit: question-answering") == true)
  }

  @Test(arguments: [
    (
      "[consumer-qaa]", "there is no template set 'consumer-qaa'\nhint: did you mean 'consumer-qa'?"
    ),
    ("[note-summary]", "template set 'note-summary' is for task 'note-summarisation'"),
    ("[{name: x, output: \"{anser}\", wordings: [{instruction: \"{question}\"}]}]", "anser"),
  ])
  func `a template that cannot be used is told`(templates: String, message: String) throws {
    let found = try problems(
      task: "{for: q, task: question-answering, templates: \(templates)}")
    #expect(found.contains { $0.contains(message) }, "\(found)")
  }

  @Test func `a source without a task and a task given twice are told`() throws {
    let second = Self.table.replacing("name: q", with: "name: p")
    #expect(
      try problems(source: "\(Self.table), \(second)")
        .first?.contains("no task is given to source 'p'") == true)
    let use = "{for: q, task: question-answering}"
    #expect(
      try problems(task: "\(use), \(use)")
        .first?.contains("task 'question-answering' is given to 'q' twice") == true)
  }

  @Test func `a dialect that cannot hold a task's examples is told`() throws {
    let found = try problems(emit: "{dialect: text}")
    #expect(found.first?.contains("dialect 'text' cannot hold examples of task") == true)
  }
}
