import Formats
import Records

/// Pairs of a consumer's question and a frequently asked one, and whether answers to the second answer
/// the first, even in part.
///
///     <MEDIQA2019-Task2-RQE-TestSet>
///       <pair pid="1" value="false"><chq>…</chq><faq>…</faq></pair>
///
/// One file for each official split; the test set without labels has no `value` and its pairs are
/// rejected as `missing-field`. Pairs that a file has twice, with both values, are rejected as
/// `contradictory-label`, each of them. The group is the consumer's question.
///
/// Format: github.com/abachaa/MEDIQA2019, task 2 (RQE).
struct MEDIQARQE: CorpusReader {
  static let facts = CorpusFacts(
    name: "mediqa-rqe", title: "MEDIQA 2019 RQE: does one question entail another",
    shape: .textPair, license: nil, language: "en", forms: ".xml",
    tasks: ["text-pair"], reference: "https://github.com/abachaa/MEDIQA2019",
    signatures: [
      .xml(
        roots: [
          "MEDIQA2019-Task2-RQE-TrainingSet-AMIA2016",
          "MEDIQA2019-Task2-RQE-ValidationSet-AMIA2016", "MEDIQA2019-Task2-RQE-TestSet",
        ])
    ])

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "xml" && !name.isLitter
  }

  /// A pair as published.
  private struct Pair {
    let id: String
    let first: String
    let second: String
    let value: String
    let byteOffset: Int?

    var key: String { "\(first)\n\(second)" }
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let split = Split(of: entry)
    let set = split?.rawValue ?? EntryName(entry.path).stem
    var pairs: [Pair] = []
    try XMLRecordParser(records: .named(["pair"])).parse(&entry) { element in
      pairs.append(
        Pair(
          id: "\(set)-\(element.attribute("pid") ?? "line\(element.line)")",
          first: TidyText.line(element.text(of: "chq") ?? ""),
          second: TidyText.line(element.text(of: "faq") ?? ""),
          value: element.attribute("value") ?? "", byteOffset: element.byteOffset))
      return true
    }
    guard !pairs.isEmpty else {
      throw Diagnostic(
        at: Position(entry: entry.path), "not MEDIQA RQE: there is no element 'pair'")
    }
    let values = Dictionary(grouping: pairs, by: \.key).mapValues { Set($0.map(\.value)) }
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      for pair in pairs {
        try read(
          pair, isContradicted: values[pair.key, default: []].count > 1, split, &outlet, sink)
      }
    }
  }

  private func read(
    _ pair: Pair, isContradicted: Bool, _ split: Split?, _ outlet: inout ReadingOutlet,
    _ sink: ReadingSink
  ) throws {
    for (field, text) in [("chq", pair.first), ("faq", pair.second), ("value", pair.value)]
    where text.isEmpty {
      return try outlet.reject(pair.id, .missingField, value: field, at: pair.byteOffset, to: sink)
    }
    guard Self.labels.contains(pair.value) else {
      return try outlet.reject(
        pair.id, .unknownLabel, value: "value", at: pair.byteOffset, to: sink)
    }
    guard !isContradicted else {
      return try outlet.reject(
        pair.id, .contradictoryLabel, value: "both values", at: pair.byteOffset, to: sink)
    }
    let record = settings.record(
      id: pair.id, groups: [QuestionKey.group(pair.first)], officialSplit: split,
      content: .textPair(
        TextPair(
          first: pair.first, second: pair.second, label: pair.value, labelSet: Self.labels)))
    try outlet.pass(record, at: pair.byteOffset, to: sink)
  }

  private static let labels = ["true", "false"]
}
