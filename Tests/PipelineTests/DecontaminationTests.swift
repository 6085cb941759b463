import Formats
import Recipes
import Records
import Schemas
import Stages
import TestSupport
import Testing

@testable import Pipeline

/// What a recipe's benchmarks lead to, from the plan to the files on disk.
struct DecontaminationTests {
  private let folder: TemporaryFolder

  /// 300 questions of which the first 30 are the benchmark's in other words' order of options, and
  /// the next 30 have an answer of it.
  init() throws {
    let questions = (0..<300).map { number in
      Self.row(
        number, "c\(number) \(Self.phrase(number))",
        answer: number < 60 && number >= 30 ? Self.answer(number - 30) : "Number \(number).")
    }
    let exam = (0..<30).map { Self.row($0, "C\($0): \(Self.phrase($0))!", answer: Self.answer($0)) }
    folder = try TemporaryFolder([
      "q.jsonl": questions.joined(), "marks/exam.test.jsonl": exam.joined(),
      "marks/other.jsonl": Self.row(
        0, "Who goes there at night, friend or foe of ours?", answer: "I"),
    ])
  }

  private static func row(_ number: Int, _ question: String, answer: String) -> String {
    #"{"id": "q\#(number)", "question": "\#(question)", "answer": "\#(answer)"}"# + "\n"
  }

  private static func phrase(_ number: Int) -> String {
    (0..<14).map { "w\(number)x\($0)" }.joined(separator: " ")
  }

  private static func answer(_ number: Int) -> String {
    "The answer to it is \(number) as all of them know."
  }

  private func recipe(
    _ against: String = "marks/exam.test.jsonl", more: String = "",
    split: String = "{train: 0.6, validation: 0.2, test: 0.2}"
  ) throws -> String {
    try folder.write(
      """
      version: 1
      name: tiny
      seed: 17
      sources:
        - name: q
          corpus: jsonl
          path: q.jsonl
          license: CC0-1.0
          shape: question-answer
          fields: {id: id, question: question, answer: answer}
      stages: [{decontaminate: {against: [\(against)]\(more)}}]
      split: \(split)
      tasks: [{for: q, task: question-answering}]
      emit: [{dialect: messages}]
      """, to: "r.yaml")
  }

  private func problems(
    _ recipe: String, benchmarks: [String: String] = [:]
  ) throws -> [String] {
    var options = BuildOptions()
    options.benchmarkPaths = benchmarks
    do {
      _ = try BuildPipeline(
        recipe: try Recipe.load(from: recipe), recipePath: recipe, options: options
      ).plan()
      return []
    } catch let error as PipelineError {
      #expect(error.exitCode == 2)
      return error.diagnostics.map { $0.description.replacing("\(folder.path)/", with: "") }
    }
  }

  private func build(
    _ recipe: String, to output: String = "out", threads: Int = 2, isLocked: Bool = false,
    benchmarks: [String: String] = [:]
  ) async throws -> [String: [UInt8]] {
    var options = BuildOptions(threads: threads)
    options.benchmarkPaths = benchmarks
    options.output = folder(output)
    options.isLocked = isLocked
    _ = try await BuildPipeline(
      recipe: try Recipe.load(from: recipe), recipePath: recipe, options: options
    ).run()
    return FolderContent.files(in: folder(output))
  }

  private func rows(_ name: String, of files: [String: [UInt8]]) throws -> [JSON] {
    let text = String(decoding: files[name] ?? [], as: UTF8.self)
    return try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
  }

  // MARK: The dataset

  @Test func `items of the benchmark leave train and validation, and every hit is listed`()
    async throws
  {
    let files = try await build(recipe())

    let hits = try rows("contamination.jsonl", of: files)
    #expect(hits.count == 30 + 30 + 30)
    #expect(Set(hits.compactMap { $0["rule"]?.string }) == ["question", "ngram", "target"])
    #expect(Set(hits.compactMap { $0["benchmark"]?.string }) == ["exam"])
    let removed = Set(hits.filter { $0["removed"] == .bool(true) }.compactMap { $0["id"]?.string })
    let stayed = Set(hits.filter { $0["removed"] == .bool(false) }.compactMap { $0["id"]?.string })
    #expect(removed.count + stayed.count == 60)
    #expect(!stayed.isEmpty)
    #expect(hits.allSatisfy { ($0["split"]?.string == "test") == ($0["removed"] == .bool(false)) })

    var written: [String: Set<String>] = [:]
    for split in ["train", "validation", "test"] {
      written[split] = Set(
        try rows("provenance/\(split).jsonl", of: files).compactMap { $0["id"]?.string })
    }
    #expect(written["train"]?.isDisjoint(with: removed.union(stayed)) == true)
    #expect(written["validation"]?.isDisjoint(with: removed.union(stayed)) == true)
    #expect(written["test"]?.isSuperset(of: stayed) == true)
    #expect(written.values.reduce(0) { $0 + $1.count } == 300 - removed.count)
  }

  @Test func `a rejection names benchmark, item, rule and score, and the manifest the report`()
    async throws
  {
    let files = try await build(recipe(split: "{train: 1}"))

    let rejected = try rows("rejected.jsonl", of: files)
    #expect(rejected.count == 60)
    #expect(rejected.allSatisfy { $0["reason"]?.string == "contaminated" })
    #expect(rejected.allSatisfy { $0["stage"]?.string == "decontaminate" })
    #expect(
      rejected.first { $0["id"]?.string == "q3" }?["value"]?.string == "exam#q3 question 1.0000")
    #expect(
      rejected.first { $0["id"]?.string == "q33" }?["value"]?.string == "exam#q3 target 1.0000")
    let manifest = try JSON(parsing: files["manifest.json"] ?? [])
    let listed = manifest["files"]?.array?.first { $0["path"]?.string == "contamination.jsonl" }
    #expect(listed?["rows"]?.int == 90)
    let benchmark = try #require(manifest["benchmarks"]?.array?.first)
    #expect(["items", "hits", "removed"].map { benchmark[$0]?.int } == [30, 60, 60])
    #expect(
      try Schema(embedded: "manifest").isValid(
        JSONDocument(parsing: files["manifest.json"] ?? []).root))
    for name in ["contamination.jsonl", "rejected.jsonl"] {
      #expect(!String(decoding: files[name] ?? [], as: UTF8.self).contains("w3x4"))
    }
  }

  @Test func `one thread and several write the same bytes`() async throws {
    let recipe = try recipe("marks/exam.test.jsonl, marks/other.jsonl")
    let one = try await build(recipe, to: "one", threads: 1)
    let several = try await build(recipe, to: "several", threads: 7)
    #expect(one == several)
  }

  @Test func `a benchmark that nothing is like leaves no report`() async throws {
    let files = try await build(recipe("marks/other.jsonl"))
    #expect(files["contamination.jsonl"] == nil)
    let benchmarks = try JSON(parsing: files["manifest.json"] ?? [])["benchmarks"]?.array
    #expect(benchmarks?.map { $0["hits"]?.int } == [0])
    #expect(try rows("rejected.jsonl", of: files).isEmpty)
  }

  @Test func `a benchmark that changed breaks the lock`() async throws {
    let recipe = try recipe()
    let files = try await build(recipe)
    let lock = String(decoding: files["recipe.lock.yaml"] ?? [], as: UTF8.self)
    #expect(lock.contains(#"source: "benchmark exam""#))
    _ = try await build(recipe, isLocked: true)
    try folder.write(Self.row(0, "Another?", answer: "Yes."), to: "marks/exam.test.jsonl")
    let error = await #expect(throws: PipelineError.self) {
      _ = try await build(recipe, isLocked: true)
    }
    #expect(error?.diagnostic.message == "'exam.test.jsonl' of source 'benchmark exam' has changed")
  }

  // MARK: What cannot be read

  @Test func `a benchmark that is missing stops the build where it is named`() throws {
    let problems = try problems(
      recipe("marks/exam.test.jsonl, {path: marks/no.jsonl, corpus: medqa}"))
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("r.yaml:11:") == true)
    #expect(problems.first?.contains("marks/no.jsonl") == true)
    #expect(problems.first?.contains("'--benchmark no=PATH'") == true)
  }

  @Test func `a benchmark is read from the place that is given for it`() async throws {
    let recipe = try recipe("nowhere/exam.jsonl")
    let files = try await build(recipe, benchmarks: ["exam": folder("marks/exam.test.jsonl")])
    #expect(try !rows("contamination.jsonl", of: files).isEmpty)
    let told = try problems(recipe, benchmarks: ["axam": "x"])
    #expect(told.contains { $0.contains("did you mean 'exam'?") })
  }

  @Test(arguments: [
    ("{path: marks/exam.test.jsonl, corpus: medqua}", "there is no corpus 'medqua'"),
    ("{path: marks/exam.test.jsonl, field: stem}", "benchmark 'exam' has no field 'stem'"),
    ("{path: marks/blank.bin}", "speaks for no corpus"),
    ("{path: marks/exam.test.jsonl, corpus: medqa, fields: {question: q}}", "cannot map them"),
  ])
  func `a benchmark that cannot be is a mistake of the recipe`(entry: String, message: String)
    throws
  {
    try folder.write([0, 1, 2, 3, 0, 0], to: "marks/blank.bin")
    let problems = try problems(recipe(entry))
    #expect(problems.count == 1)
    #expect(problems.first?.contains(message) == true, "\(problems)")
  }

  @Test(arguments: [
    ("marks/a.jsonl, other/a.jsonl", "benchmark name 'a' is taken already"),
    ("{path: marks/a.jsonl, twins: p}", "there is no source 'p'"),
    ("{path: marks/a.jsonl, corpse: medqa}", "'corpse' is not a known key"),
  ])
  func `the recipe is checked before a file is looked for`(entries: String, message: String) throws
  {
    let path = try recipe(entries)
    let error = #expect(throws: RecipeProblems.self) { _ = try Recipe.load(from: path) }
    #expect(error?.problems.map(\.message) == [message])
  }

  @Test func `a damaged benchmark stops the build, whatever could be read of it`() async throws {
    try folder.write(
      folder.text(of: "marks/exam.test.jsonl") + #"{"id": "q", "question": "#,
      to: "marks/exam.test.jsonl")
    let recipe = try recipe()
    let error = await #expect(throws: PipelineError.self) { _ = try await build(recipe) }
    #expect(
      error?.diagnostic.message
        == "record 31 is malformed; benchmark 'exam' must be read as a whole")
    #expect(error?.diagnostic.position.file == "exam.test.jsonl")
    #expect(!folder.has("out"))
  }

  @Test func `items that a reader leaves out are told`() async throws {
    try folder.write(
      folder.text(of: "marks/exam.test.jsonl") + Self.row(31, "", answer: "a"),
      to: "marks/exam.test.jsonl")
    var options = BuildOptions(threads: 2)
    options.output = folder("out")
    let recipe = try recipe()
    let report = try await BuildPipeline(
      recipe: try Recipe.load(from: recipe), recipePath: recipe, options: options
    ).run()
    #expect(
      report.warnings.map(\.message) == [
        "1 records of benchmark 'exam' could not be used and are not looked for"
      ])
  }

  // MARK: Indexes

  private func index(
    _ name: String, settings: ContaminationSettings = ContaminationSettings()
  ) throws -> String {
    let file = try BenchmarkIndexFile(
      of: [folder("marks/exam.test.jsonl"), folder("marks/other.jsonl")], settings: settings)
    #expect(file.index.benchmarks.map(\.name) == ["exam", "other"])
    #expect(file.index.benchmarks.map(\.items) == [30, 1])
    try file.write(to: folder(name))
    return folder(name)
  }

  @Test func `an index stands for the benchmarks it was made of`() async throws {
    _ = try index("marks.index")
    let direct = try await build(recipe("marks/exam.test.jsonl, marks/other.jsonl"), to: "direct")
    let shipped = try await build(recipe("marks.index"), to: "shipped")
    for name in ["contamination.jsonl", "rejected.jsonl", "messages/train.jsonl"] {
      #expect(direct[name] == shipped[name])
      #expect(direct[name] != nil)
    }
    #expect(
      String(decoding: shipped["recipe.lock.yaml"] ?? [], as: UTF8.self)
        .contains(#"source: "benchmark marks""#))
  }

  @Test func `an index of the same benchmarks has the same bytes`() throws {
    #expect(
      FolderContent.bytes(of: try index("one.index"))
        == FolderContent.bytes(of: try index("two.index")))
  }

  @Test func `an index that lost or changed a byte is refused`() throws {
    let bytes = FolderContent.bytes(of: try index("marks.index"))
    for place in stride(from: bytes.count - 1, to: 90, by: -bytes.count / 7) {
      var changed = bytes
      changed[place] ^= 1
      try folder.write(changed, to: "changed.index")
      #expect(try problems(recipe("changed.index")).first?.contains("is damaged") == true)
    }
    try folder.write(Array(bytes.dropLast()), to: "cut.index")
    #expect(try problems(recipe("cut.index")).first?.contains("is damaged") == true)
    for count in [14, 15, 20, 80, 81] {
      try folder.write(Array(bytes.prefix(count)), to: "stub.index")
      #expect(try problems(recipe("stub.index")).first?.contains("is damaged") == true)
    }
    try folder.write(
      Array("materia-index 9 ab\n".utf8) + bytes, to: "newer.index")
    #expect(try problems(recipe("newer.index")).first?.contains("of a version") == true)
  }

  @Test func `an index of other n-grams is refused, with both settings named`() throws {
    _ = try index("marks.index", settings: ContaminationSettings(ngramWords: 13))
    let problems = try problems(recipe("marks.index"))
    #expect(problems.first?.contains("was made with ngram 13") == true)
    #expect(problems.first?.contains("the recipe asks for ngram 8") == true)
    #expect(try self.problems(recipe("marks.index", more: ", ngram: 13, overlap: 0.5")) == [])
  }

  @Test func `a corpus is given for one benchmark or for all, and only for those that are there`()
    throws
  {
    try folder.write("What is it?,one,two,three,four,A\n", to: "marks/anatomy_test.csv")
    let paths = [folder("marks/anatomy_test.csv"), folder("marks/other.jsonl")]
    let file = try BenchmarkIndexFile(
      of: paths, corpora: ["anatomy_test": "mmlu"], settings: ContaminationSettings())
    #expect(file.index.benchmarks.map(\.items) == [1, 1])
    for corpora in [["anatomy": "mmlu"], ["anatomy_test": "mmmlu"], ["": "medquad"]] {
      let error = #expect(throws: PipelineError.self) {
        _ = try BenchmarkIndexFile(of: paths, corpora: corpora, settings: ContaminationSettings())
      }
      #expect(error?.diagnostics.isEmpty == false)
    }
  }

  @Test func `a benchmark that the index has already is told`() throws {
    _ = try index("marks.index")
    let problems = try problems(recipe("marks.index, marks/other.jsonl"))
    #expect(problems.first?.contains("benchmark 'other' is in the index") == true)
  }

  @Test func `an index is not written over a file, and not made of nothing or of an index`() throws
  {
    let path = try index("marks.index")
    let file = try BenchmarkIndexFile(
      of: [folder("marks/other.jsonl")], settings: ContaminationSettings())
    #expect(throws: PipelineError.self) { try file.write(to: path) }
    #expect(throws: PipelineError.self) {
      _ = try BenchmarkIndexFile(of: [path], settings: ContaminationSettings())
    }
    #expect(throws: PipelineError.self) {
      _ = try BenchmarkIndexFile(of: [folder("no.jsonl")], settings: ContaminationSettings())
    }
  }
}
