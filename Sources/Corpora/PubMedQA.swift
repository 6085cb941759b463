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
/// ids in a file of its own (`test_ground_truth.json`), which a reader of single entries cannot
/// join; it is not read.
///
/// Format: github.com/pubmedqa/pubmedqa, 2019.
struct PubMedQA: CorpusReader {
  static let facts = CorpusFacts(
    name: "pubmedqa", title: "PubMedQA: yes, no or maybe from research abstracts",
    shape: .questionAnswer, license: .mit, language: "en", forms: ".json",
    tasks: ["yes-no-maybe-qa", "long-form-qa", "question-answering"],
    reference: "https://github.com/pubmedqa/pubmedqa")

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "json" && !name.isLitter && !name.stem.contains("ground_truth")
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var items = JSONItems()
    var outlet = ReadingOutlet()
    let path = entry.path
    try EnoughReadings.ends {
      try entry.forEachChunk { chunk in
        try items.feed(chunk) { item in
          guard let pmid = item.key, item.value.kind == .object else {
            throw Diagnostic(
              at: Position(entry: path, byteOffset: item.byteOffset),
              "not PubMedQA: it is one object of questions keyed by PMID")
          }
          try read(item.value, pmid, at: item.byteOffset, &outlet, into: sink)
        }
      }
      try items.finish()
    }
  }

  private func read(
    _ item: JSONNode, _ pmid: String, at offset: Int, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink
  ) throws {
    let question = item["QUESTION"]?.string ?? ""
    guard !TidyText.isBlank(question) else {
      return try outlet.reject(pmid, .missingField, value: "QUESTION", at: offset, to: sink)
    }
    let decision = item["final_decision"]?.string ?? ""
    guard decision.isEmpty || Self.decisions.contains(decision) else {
      return try outlet.reject(pmid, .unknownLabel, value: "final_decision", at: offset, to: sink)
    }
    let longAnswer = item["LONG_ANSWER"]?.string ?? ""
    guard !decision.isEmpty || !TidyText.isBlank(longAnswer) else {
      return try outlet.reject(pmid, .emptyAnswer, at: offset, to: sink)
    }
    let content = QuestionAnswer(
      kind: decision.isEmpty ? .free : .yesNoMaybe, question: question, context: context(of: item),
      answer: decision.isEmpty ? longAnswer : decision, longAnswer: longAnswer)
    try outlet.pass(
      settings.record(
        id: pmid, groups: [GroupKey(.pmid, pmid)], tags: tags(of: item, pmid),
        content: .questionAnswer(content)),
      at: offset, to: sink)
  }

  private static let decisions: Set = ["yes", "no", "maybe"]

  /// The passages with their labels, which are joined by position.
  private func context(of item: JSONNode) -> [AbstractSection] {
    let labels = item["LABELS"].map { Array($0.elements) } ?? []
    let passages = item["CONTEXTS"].map { Array($0.elements) } ?? []
    return passages.enumerated().map { index, passage in
      let label = labels.indices.contains(index) ? labels[index].string : nil
      return AbstractSection(label: label ?? "", text: passage.string ?? "")
    }
  }

  private func tags(of item: JSONNode, _ pmid: String) -> [Tag] {
    let year = item["YEAR"].flatMap { $0.string ?? $0.numberText } ?? ""
    let headings = item["MESHES"]?.elements.compactMap(\.string) ?? []
    return [Tag("pmid", pmid)] + (year.isEmpty ? [] : [Tag("year", year)])
      + headings.map { Tag("mesh", $0) }
  }
}
