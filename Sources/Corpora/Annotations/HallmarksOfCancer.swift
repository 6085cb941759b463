import Formats
import Records

/// Abstracts whose sentences are labelled with the hallmarks of cancer that they are evidence of.
///
///     text/23201559.txt     one tokenised sentence a line
///     labels/23201559.txt   < < <Resisting cell death--Apoptosis AND Genomic instability and mutation--…<
///
/// The labels of a sentence stand behind its `<`, several joined by ` AND`; `--` parts the levels of one.
/// `NULL` says what an empty place does: none. A document with more or fewer places than sentences is
/// rejected as `malformed`, one without its labels, or labels without a text, as
/// `missing-counterpart`, one with a label that is under none of the 10 hallmarks as `unknown-label`.
///
/// Options: `level`: `sentence` (default) or `document`, which has the labels of all its sentences;
/// `depth`: `top` (default), the closed set of the 10 hallmarks, or `full`, labels as they are. The group is
/// the abstract.
///
/// Format: github.com/sb895/Hallmarks-of-Cancer, 2016.
struct HallmarksOfCancer: IndexingReader {
  private enum Level: String, CaseIterable {
    case sentence
    case document
  }

  private enum Depth: String, CaseIterable {
    case top
    case full
  }

  static let facts = CorpusFacts(
    name: "hoc", title: "Hallmarks of Cancer", shape: .labelledText, license: .gpl3,
    language: "en", forms: ".tar.gz of .txt in text/ and labels/", tasks: ["classification"],
    reference: "https://github.com/sb895/Hallmarks-of-Cancer",
    options: [
      ReaderOption("level", "sentence", "what becomes a record: `sentence` or `document`"),
      ReaderOption("depth", "top", "the 10 hallmarks (`top`), or labels of all levels (`full`)"),
    ])

  static let hallmarks = [
    "Sustaining proliferative signaling", "Evading growth suppressors", "Resisting cell death",
    "Enabling replicative immortality", "Inducing angiogenesis",
    "Activating invasion and metastasis", "Genomic instability and mutation",
    "Tumor promoting inflammation", "Cellular energetics", "Avoiding immune destruction",
  ]

  private let settings: ReaderSettings
  private let level: Level
  private let depth: Depth
  /// The label file of each abstract, by what it shares with its text.
  private var labels: [String: String] = [:]
  private var texts: Set<String> = []

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    level = try settings.choice("level", default: .sentence)
    depth = try settings.choice("depth", default: .top)
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    // Bare files come without their folders.
    guard let folder = name.folders.last else { return name.kind == "txt" && !name.isLitter }
    return name.kind == "txt" && !name.isLitter && ["text", "labels"].contains(folder)
  }

  func indexes(path: String) -> Bool { accepts(path: path) }

  mutating func index(_ entry: inout some EntryBytes) throws {
    if Self.isText(entry) {
      texts.insert(Self.place(of: entry))
    } else {
      labels[Self.place(of: entry)] = try entry.wholeText()
    }
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = ReadingOutlet()
    let id = EntryName(entry.path).stem
    let place = Self.place(of: entry)
    try EnoughReadings.ends {
      guard Self.isText(entry) else {
        guard !texts.contains(place) else { return }
        return try outlet.reject(id, .missingCounterpart, value: "no text", to: sink)
      }
      guard let labels = labels[place] else {
        return try outlet.reject(id, .missingCounterpart, value: "no labels", to: sink)
      }
      var sentences: [(text: String, byteOffset: Int)] = []
      try entry.forEachLine { line in
        if !TidyText.isBlank(line.text) {
          sentences.append((TidyText.line(line.text), line.byteOffset))
        }
      }
      let places = Self.places(of: labels)
      guard places.count == sentences.count else {
        let measure = "labels of \(places.count) for \(sentences.count) sentences"
        return try outlet.reject(id, .malformed, value: measure, to: sink)
      }
      let shortened = places.map(shortened)
      let strays = depth == .full ? 0 : shortened.joined().count { !Self.hallmarks.contains($0) }
      guard strays == 0 else {
        return try outlet.reject(id, .unknownLabel, value: "\(strays) labels", to: sink)
      }
      try read(sentences, shortened, of: id, &outlet, into: sink)
    }
  }

  private func read(
    _ sentences: [(text: String, byteOffset: Int)], _ labels: [[String]], of id: String,
    _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    guard level == .sentence else {
      let text = sentences.map(\.text).joined(separator: "\n")
      return try outlet.pass(
        record(text, labels.flatMap(\.self), id: id, of: id), at: 0, to: sink)
    }
    for (number, (sentence, labels)) in zip(sentences, labels).enumerated() {
      try outlet.pass(
        record(sentence.text, labels, id: "\(id)#\(number + 1)", of: id), at: sentence.byteOffset,
        to: sink)
    }
  }

  private func record(
    _ text: String, _ labels: [String], id: String, of abstract: String
  ) -> Record {
    var unique: [String] = []
    for label in labels where !unique.contains(label) { unique.append(label) }
    if depth == .top { unique = Self.hallmarks.filter(unique.contains) }
    return settings.record(
      id: id, groups: [GroupKey(.pmid, abstract)], tags: [Tag("pmid", abstract)],
      content: .labelledText(
        LabelledText(text: text, labels: unique, labelSet: depth == .top ? Self.hallmarks : [])))
  }

  /// The labels of each sentence.
  private static func places(of labels: String) -> [[String]] {
    labels.split(separator: "<", omittingEmptySubsequences: false).dropFirst().map { place in
      place.split(separator: " AND").map { TidyText.line(String($0)) }
        .filter { !$0.isEmpty && $0 != "NULL" }
    }
  }

  private func shortened(_ labels: [String]) -> [String] {
    guard depth == .top else { return labels }
    return labels.map { label in
      label.split(separator: "--").first.map { TidyText.line(String($0)) } ?? label
    }
  }

  private static func isText(_ entry: some EntryBytes) -> Bool {
    entry.placeFolders.last != "labels"
  }

  /// The place without the folder that tells texts from labels.
  private static func place(of entry: some EntryBytes) -> String {
    (entry.placeFolders.dropLast() + [EntryName(entry.path).stem]).joined(separator: "/")
  }
}
