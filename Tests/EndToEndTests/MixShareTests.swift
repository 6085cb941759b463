import Formats
import Pipeline
import Records
import TestSupport
import Testing

/// Shares, totals and strata in whole builds.
struct MixShareTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func table(_ topic: String, rows: Int) -> String {
    "q,a,long,kind\n"
      + (1...rows).map {
        "What of \(topic) \($0)?,Rest the \(topic) \($0).,Rest the \(topic) until \($0).,\($0 % 10 == 0 ? "rare" : "common")\n"
      }.joined()
  }

  private func build(_ mix: String, general: Int = 500) async throws -> BuiltDataset {
    try await report(mix, general: general)
    return try BuiltDataset(path: folder("out"))
  }

  /// Builds with a rule of mixing, and other tasks than one for both where they are given.
  @discardableResult
  private func report(
    _ mix: String, general: Int = 500,
    tasks: String = "{for: [medical, general], task: question-answering}"
  ) async throws -> BuildReport {
    try folder.write(table("ankle", rows: 300), to: "medical.csv")
    try folder.write(table("kettle", rows: general), to: "general.csv")
    let sources = ["medical", "general"].map {
      """
        - name: \($0)
          corpus: table
          path: \($0).csv
          license: CC0-1.0
          shape: question-answer
          fields: {question: q, answer: a, long_answer: long, tag.kind: kind}
      """
    }
    try folder.write(
      """
      version: 1
      name: shares
      sources:
      \(sources.joined(separator: "\n"))
      split: {train: 0.8, validation: 0.1, test: 0.1}
      \(mix)
      tasks: [\(tasks)]
      emit: [{dialect: messages}]
      """, to: "r.yaml")
    return try await BuiltDataset.build(folder("r.yaml"), to: folder("out")).report
  }

  private func training(_ dataset: BuiltDataset, _ source: String) -> Int {
    dataset.source(source)?["mix"]?["training_examples"]?.int ?? -1
  }

  private func share(_ dataset: BuiltDataset, _ key: String) -> Double? {
    guard case .number(let text) = dataset.source("general")?["mix"]?[key] else { return nil }
    return Double(text)
  }

  @Test func `a replay share is reached, and the sum holds`() async throws {
    let dataset = try await build("mix: {general: {share: 0.1}}")
    #expect(dataset.unbalanced == [])
    let (medical, general) = (training(dataset, "medical"), training(dataset, "general"))
    #expect(medical > 200)
    #expect(general == Int((Double(medical) / 9).rounded()))
    #expect(dataset.rejected(in: "medical") == [:])
    #expect(Array(dataset.rejected(in: "general").keys) == ["over-mix-share"])
    #expect(share(dataset, "requested_share") == 0.1)
    let achieved = share(dataset, "achieved_share") ?? 0
    #expect(abs(achieved - 0.1) < 0.002)
  }

  @Test func `a share that cannot be reached is warned of`() async throws {
    let warnings = try await report("mix: {general: {share: 0.9}}").warnings
    let warning = try #require(warnings.first)
    #expect(warnings.count == 1)
    #expect(warning.message.hasPrefix("source 'general' makes up 0.6"))
    #expect(warning.message.hasSuffix("and the recipe asks for 0.9000"))
    #expect(try await report("mix: {general: {share: 0.1}}").warnings == [])
  }

  @Test func `a share counts the examples of every task`() async throws {
    try await report(
      "mix: {general: {share: 0.2}}",
      tasks: "{for: [medical, general], task: question-answering}, "
        + "{for: medical, task: long-form-qa}")
    let achieved = try share(BuiltDataset(path: folder("out")), "achieved_share") ?? 0
    #expect(abs(achieved - 0.2) < 0.005)
  }

  /// The questions of a topic that are written, those of train only or of all splits.
  private func questions(_ topic: String, in splits: [Split]) -> Set<Substring> {
    let text = splits.map {
      String(
        decoding: FolderContent.bytes(of: folder("out/messages/\($0.rawValue).jsonl")),
        as: UTF8.self)
    }.joined()
    return Set(
      text.matches(of: /What of [a-z]+ [0-9]+/).map(\.output).filter { $0.contains(topic) })
  }

  @Test func `more general records change no choice among the medical ones`() async throws {
    let mix = "total: {max_examples: 200, size_exponent: 0}"
    let few = try await build(mix, general: 400)
    #expect(training(few, "medical") == 100)
    #expect(training(few, "general") == 100)
    #expect(few.unbalanced == [])
    let before = questions("ankle", in: [.train])
    _ = try await build(mix, general: 500)
    #expect(before.count == 100)
    #expect(questions("ankle", in: [.train]) == before)
  }

  @Test func `a cap is spread over the values of a tag`() async throws {
    let dataset = try await build("mix: {medical: {max_examples: 40, stratify: kind}}")
    #expect(dataset.unbalanced == [])
    #expect(dataset.rejected(in: "medical") == ["over-mix-cap": 260])
    #expect(dataset.source("medical")?["mix"] == nil)
    let asked = questions("ankle", in: Split.allCases)
    #expect(asked.count == 40)
    #expect(asked.count { $0.hasSuffix("0") } == 20)
  }
}
