import Formats
import Records

/// Passages of trial reports and what they say of an outcome under two treatments.
///
///     prompts_merged.csv            PromptID,PMCID,Outcome,Intervention,Comparator
///     v2_annotations.csv            UserID,PromptID,PMCID,Valid Label,Valid Reasoning,Label,Annotations,…,
///                                   Evidence Start,Evidence End
///     txt_files/PMC2939509.txt      the article's text
///     splits/test_article_ids.txt   5741844
///
/// A record for each prompt: the evidence is the first text, the question that the prompt asks the second, and
/// what most annotators said of it the label; `significantly increase` is spelt `significantly
/// increased`. Offsets must find the evidence in the article; else the next annotation of that label is
/// tried, and when none fits the prompt is rejected as `offset-mismatch`. Also rejected are prompts
/// without the article's text or without annotations (`missing-counterpart`), whose annotators are
/// divided (`contradictory-label`), whose label is another or not held valid (`unknown-label`), and
/// those that the README lists as incorrect (`unsupported-record`). The split is that of the
/// unprefixed lists; the group is the article.
///
/// Annotations are under MIT's licence, the articles under CC-BY or CC0.
///
/// Format: github.com/jayded/evidence-inference, version 2.0, 2020.
struct EvidenceInference: IndexingReader {
  static let facts = CorpusFacts(
    name: "evidence-inference", title: "Evidence Inference: what trials say of an outcome",
    shape: .textPair, license: .mit, language: "en", forms: ".tar.gz of .csv and .txt",
    tasks: ["text-pair"], reference: "https://github.com/jayded/evidence-inference",
    signatures: [.table(columns: ["PromptID", "PMCID", "Outcome", "Intervention", "Comparator"])])

  private let settings: ReaderSettings
  private var index = EvidenceIndex()

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    EvidenceIndex.isPrompts(path) || EvidenceIndex.isArticle(path)
  }

  func indexes(path: String) -> Bool { EvidenceIndex.holds(path) }

  mutating func index(_ entry: inout some EntryBytes) throws { try index.take(&entry) }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      guard EvidenceIndex.isArticle(entry.path) else {
        for prompt in index.promptsWithoutArticle {
          try outlet.reject(
            prompt.id, .missingCounterpart, value: "no text of PMC\(prompt.article)", to: sink)
        }
        return
      }
      let article = EvidenceIndex.article(of: entry.path)
      let prompts = index.prompts(on: article)
      guard !prompts.isEmpty else { return }
      let text = CodePointText(try entry.wholeText())
      for prompt in prompts { try read(prompt, in: text, &outlet, into: sink) }
    }
  }

  private func read(
    _ prompt: EvidencePrompt, in text: CodePointText, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink
  ) throws {
    func reject(_ reason: Rejection.Reason, _ value: String) throws {
      try outlet.reject(prompt.id, reason, value: value, to: sink)
    }
    guard !index.isIncorrect(prompt) else {
      return try reject(.unsupportedRecord, "listed as incorrect")
    }
    let judgements = index.judgements(of: prompt)
    guard !judgements.isEmpty else { return try reject(.missingCounterpart, "no annotation") }
    let votes = EvidenceVotes(judgements)
    guard let label = votes.winner else {
      return votes.isEmpty
        ? try reject(.unknownLabel, "no valid label")
        : try reject(.contradictoryLabel, "\(votes.count) annotators")
    }
    let chosen = judgements.filter { $0.isValid && $0.label == label }
    guard let evidence = chosen.first(where: { $0.isFound(in: text) }) else {
      let place = chosen.first.map { "\($0.span.start)-\($0.span.end)" } ?? ""
      return try reject(.offsetMismatch, "\(place), \(chosen.count) of \(chosen.count) annotations")
    }
    let pair = TextPair(
      first: evidence.text, second: prompt.question, label: label, labelSet: EvidenceVotes.labels)
    let record = settings.record(
      id: prompt.id, groups: [GroupKey(.document, "PMC\(prompt.article)")],
      officialSplit: index.split(of: prompt), tags: [Tag("annotators", String(votes.count))],
      content: .textPair(pair))
    try outlet.pass(record, to: sink)
  }
}

/// What is asked of an article.
struct EvidencePrompt: Sendable {
  let id: String
  let article: String
  let outcome: String
  let intervention: String
  let comparator: String

  /// The question in the words of the corpus' authors.
  var question: String {
    "With respect to \(outcome), characterize the reported difference between patients receiving "
      + "\(intervention) and those receiving \(comparator)."
  }
}

/// What an annotator said of a prompt, and where the article says so.
struct EvidenceJudgement: Sendable {
  let annotator: String
  let isValid: Bool
  let label: String
  let text: String
  let span: TextSpan

  func isFound(in article: CodePointText) -> Bool {
    !TidyText.isBlank(text) && article[span].map { $0.utf8.elementsEqual(text.utf8) } == true
  }
}

/// What the annotators of a prompt chose, one voice each for every label of theirs.
private struct EvidenceVotes {
  static let labels = [
    "significantly increased", "significantly decreased", "no significant difference",
  ]

  private var annotators: [String: Set<String>] = [:]

  init(_ judgements: [EvidenceJudgement]) {
    for judgement in judgements where judgement.isValid && Self.labels.contains(judgement.label) {
      annotators[judgement.label, default: []].insert(judgement.annotator)
    }
  }

  var isEmpty: Bool { annotators.isEmpty }

  var count: Int { annotators.values.reduce(into: Set<String>()) { $0.formUnion($1) }.count }

  /// The label that more annotators chose than any other.
  var winner: String? {
    let ranked = Self.labels.map { ($0, annotators[$0, default: []].count) }
      .sorted { $0.1 > $1.1 }
    return ranked[0].1 > ranked[1].1 ? ranked[0].0 : nil
  }
}
