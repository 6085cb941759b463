import Formats
import Records

/// Questions on research abstracts, to be answered with yes, no or maybe, and why.
///
///     {"21645374": {"QUESTION": "…?", "CONTEXTS": ["…"], "LABELS": ["BACKGROUND"], "MESHES": […],
///       "YEAR": "2011", "final_decision": "yes", "LONG_ANSWER": "…"}, …}
///
/// One object keyed by PMID per file: `ori_pqal.json`, `ori_pqaa.json`, and `ori_pqau.json` without
/// decisions, whose records are free questions with the long answer as the answer. The long answer
/// is the abstract's conclusion and never part of the context. The official test set is a list of
/// ids with their decisions in a file of its own (`test_ground_truth.json`), which is joined: its
/// questions are the official test split, and one that is decided otherwise there is rejected as
/// `contradictory-label`. The files that the authors' script makes (`train_set.json`, `dev_set.json`,
/// `test_set.json`) are splits by their names.
///
/// The Parquet files of the hub's copy are read too: `pubid`, `question`, `context` with `contexts`,
/// `labels`, `meshes` and `year`, `long_answer` and `final_decision`. They name no test questions; the
/// list beside them is joined all the same.
///
/// Format: github.com/pubmedqa/pubmedqa, 2019.
struct PubMedQA: IndexingReader {
  static let facts = CorpusFacts(
    name: "pubmedqa", title: "PubMedQA: yes, no or maybe from research abstracts",
    shape: .questionAnswer, license: .mit, language: "en", forms: ".json, .parquet",
    tasks: ["yes-no-maybe-qa", "long-form-qa", "question-answering"],
    reference: "https://github.com/pubmedqa/pubmedqa",
    signatures: [
      .json(keys: ["QUESTION", "CONTEXTS"]),
      .parquet(columns: ["pubid", "question", "context", "final_decision"]),
    ])

  private let settings: ReaderSettings
  /// The decisions of the official test set, by PMID.
  private var testDecisions: [String: String] = [:]

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ParquetTable.isNamed(path)
      || name.kind == "json" && !name.isLitter && !Self.isTestList(name)
  }

  func mayHoldIndex(file: String) -> Bool { !ParquetTable.isNamed(file) }

  func indexes(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "json" && !name.isLitter && Self.isTestList(name)
  }

  mutating func index(_ entry: inout some EntryBytes) throws {
    var items = JSONItems()
    let path = entry.path
    try entry.forEachChunk { chunk in
      try items.feed(chunk) { item in
        guard let pmid = item.key, let decision = item.value.string else {
          throw Diagnostic(
            at: Position(entry: path, byteOffset: item.byteOffset),
            "not PubMedQA's list of test questions: it is one object of decisions keyed by PMID")
        }
        testDecisions[pmid] = decision
      }
    }
    try items.finish()
  }

  private static func isTestList(_ name: EntryName) -> Bool { name.stem.contains("ground_truth") }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    guard !ParquetTable.isNamed(entry.path) else { return try readParquet(&entry, into: sink) }
    var items = JSONItems()
    var outlet = ReadingOutlet()
    let path = entry.path
    let split = Self.split(of: EntryName(path))
    try EnoughReadings.ends {
      try entry.forEachChunk { chunk in
        try items.feed(chunk) { item in
          guard let pmid = item.key, item.value.kind == .object else {
            throw Diagnostic(
              at: Position(entry: path, byteOffset: item.byteOffset),
              "not PubMedQA: it is one object of questions keyed by PMID")
          }
          try read(
            Item(item.value, pmid: pmid), split, at: item.byteOffset, &outlet, into: sink)
        }
      }
      try items.finish()
    }
  }

  private func readParquet(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = ReadingOutlet()
    let path = entry.path
    let table = try ParquetTable(&entry)
    try table.require(columns: Item.columns, of: "PubMedQA")
    try EnoughReadings.ends {
      try table.forEachRow(columns: Set(Item.columns)) { row in
        let item = Item(row)
        guard row.invalidText == nil, !item.pmid.isEmpty else {
          let reason = row.invalidText == nil ? Rejection.Reason.missingField : .invalidEncoding
          return try outlet.reject(
            "\(path)#\(row.number)", reason, value: row.invalidText ?? "pubid", to: sink)
        }
        try read(item, nil, at: nil, &outlet, into: sink)
      }
    }
  }

  private func read(
    _ item: Item, _ split: Split?, at offset: Int?, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink
  ) throws {
    let (pmid, decision) = (item.pmid, item.decision)
    guard !TidyText.isBlank(item.question) else {
      return try outlet.reject(pmid, .missingField, value: "QUESTION", at: offset, to: sink)
    }
    guard decision.isEmpty || Self.decisions.contains(decision) else {
      return try outlet.reject(pmid, .unknownLabel, value: "final_decision", at: offset, to: sink)
    }
    if let tested = testDecisions[pmid], !decision.isEmpty, tested != decision {
      return try outlet.reject(
        pmid, .contradictoryLabel, value: "final_decision", at: offset, to: sink)
    }
    guard !decision.isEmpty || !TidyText.isBlank(item.longAnswer) else {
      return try outlet.reject(pmid, .emptyAnswer, at: offset, to: sink)
    }
    let content = QuestionAnswer(
      kind: decision.isEmpty ? .free : .yesNoMaybe, question: item.question, context: item.context,
      answer: decision.isEmpty ? item.longAnswer : decision, longAnswer: item.longAnswer)
    try outlet.pass(
      settings.record(
        id: pmid, groups: [GroupKey(.pmid, pmid)],
        officialSplit: testDecisions[pmid] == nil ? split : .test, tags: item.tags,
        content: .questionAnswer(content)),
      at: offset, to: sink)
  }

  /// The split of a file that the authors' script made, such as `pqaa_train_set`.
  private static func split(of name: EntryName) -> Split? {
    guard name.stem.hasSuffix("_set") else { return nil }
    return name.stem.dropLast(4).split(separator: "_").last.flatMap {
      Split(corpusName: String($0))
    }
  }

  private static let decisions: Set = ["yes", "no", "maybe"]
}

/// A question as either form has it.
private struct Item {
  var pmid: String
  var question: String
  var decision: String
  var longAnswer: String
  var year: String
  var passages: [String]
  var labels: [String]
  var headings: [String]

  static let columns = ["pubid", "question", "context", "long_answer", "final_decision"]

  /// A member of the authors' files.
  init(_ item: JSONNode, pmid: String) {
    self.pmid = pmid
    question = item["QUESTION"]?.string ?? ""
    decision = item["final_decision"]?.string ?? ""
    longAnswer = item["LONG_ANSWER"]?.string ?? ""
    year = item["YEAR"]?.scalarText ?? ""
    passages = item["CONTEXTS"]?.elements.map { $0.string ?? "" } ?? []
    labels = item["LABELS"]?.elements.map { $0.string ?? "" } ?? []
    headings = item["MESHES"]?.elements.compactMap(\.string) ?? []
  }

  /// A row of the hub's files.
  init(_ row: ParquetRow) {
    let context = row["context"]
    pmid = row["pubid"]?.text ?? ""
    question = row["question"]?.string ?? ""
    decision = row["final_decision"]?.string ?? ""
    longAnswer = row["long_answer"]?.string ?? ""
    year = context?["year"]?.scalarText ?? ""
    passages = context?["contexts"]?.array?.map { $0.string ?? "" } ?? []
    labels = context?["labels"]?.array?.map { $0.string ?? "" } ?? []
    headings = context?["meshes"]?.array?.compactMap(\.string) ?? []
  }

  /// The passages with their labels, which are joined by position.
  var context: [AbstractSection] {
    passages.enumerated().map { index, passage in
      AbstractSection(label: labels.indices.contains(index) ? labels[index] : "", text: passage)
    }
  }

  var tags: [Tag] {
    [Tag("pmid", pmid)] + (year.isEmpty ? [] : [Tag("year", year)])
      + headings.map { Tag("mesh", $0) }
  }
}
