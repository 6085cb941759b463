import Formats
import Records

/// Texts with brat's standoff annotations beside them, one pair of files for each document.
///
///     train/PMID-17488804.txt      the text, as it is
///     train/PMID-17488804.ann      T1	Tissue 292 301	specimens
///                                  T2	Cell 762 776;782 787	embryonic stem cells
///                                  R1	CID Arg1:T1 Arg2:T2
///                                  N1	Reference T1 MeSH:D017827	specimens
///                                  A1	Negation T1
///
/// `BratAnnotations` says what becomes of each kind of line. An empty `.ann` file is a document without
/// mentions, and a record. A text without annotations, and annotations without a text, are rejected
/// as `missing-counterpart`. The text is kept to the last line end, as offsets count all of it;
/// a byte order mark goes, whether offsets count it or not.
///
/// The group is the article of names such as `PMID-17488804` and `PMC-2958911-sec-05`, else the document
/// itself. The split is the one that a folder names. Options: those of `AnnotationCheck`, and the
/// patterns of paths `pmid`, `document` and `patient` (`notes/{patient}_*.txt`, see `PathPattern`),
/// which name the group where they fit.
///
/// Format: brat.nlplab.org/standoff.html, version 1.3.
struct Brat: IndexingReader {
  static let facts = CorpusFacts(
    name: "brat", title: "Texts with brat standoff annotations", shape: .annotatedText,
    license: nil, language: nil, forms: ".txt with .ann",
    tasks: [
      "entity-extraction", "entity-normalisation", "relation-extraction", "de-identification",
    ],
    reference: "https://brat.nlplab.org/standoff.html",
    options: AnnotationCheck.options
      + groupKinds.map {
        ReaderOption($0.rawValue, "none", "a pattern of paths with `{\($0.rawValue)}` in it")
      }, signatures: [.ending(".ann")])

  private static let groupKinds: [GroupKey.Kind] = [.pmid, .document, .patient]

  private let settings: ReaderSettings
  private let check: AnnotationCheck
  private let groupPatterns: [(kind: GroupKey.Kind, pattern: PathPattern)]
  /// The annotation files, by the place that they share with their texts.
  private var annotations: [String: String] = [:]
  private var texts: Set<String> = []

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    check = try AnnotationCheck(settings)
    groupPatterns = try Self.groupKinds.compactMap { [settings] kind in
      try settings.text(kind.rawValue).map {
        (kind, try PathPattern($0, capturing: kind.rawValue))
      }
    }
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ["txt", "ann"].contains(name.kind) && !name.isLitter
  }

  func indexes(path: String) -> Bool { accepts(path: path) }

  mutating func index(_ entry: inout some EntryBytes) throws {
    guard EntryName(entry.path).kind == "ann" else {
      texts.insert(entry.placeWithoutExtension)
      return
    }
    annotations[entry.placeWithoutExtension] = try entry.wholeText()
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = AnnotationOutlet(settings, check)
    let name = EntryName(entry.path)
    try EnoughReadings.ends {
      guard name.kind == "txt" else {
        guard !texts.contains(entry.placeWithoutExtension) else { return }
        return try outlet.reject(name.stem, .missingCounterpart, value: "no .txt", to: sink)
      }
      guard let lines = annotations[entry.placeWithoutExtension] else {
        return try outlet.reject(name.stem, .missingCounterpart, value: "no .ann", to: sink)
      }
      let text: String
      do { text = try entry.wholeMarkedText() } catch let error as TextError {
        let place = error.position.byteOffset.map { "byte \($0)" }
        return try outlet.reject(name.stem, .invalidEncoding, value: place, to: sink)
      }
      let annotations = BratAnnotations(lines)
      if let line = annotations.malformedLine {
        return try outlet.reject(name.stem, .malformed, value: "line \(line) of .ann", to: sink)
      }
      let groups = groups(of: entry.path, name.stem)
      try outlet.pass(
        annotations.content(of: text, check), id: name.stem, groups: groups,
        split: Split(of: entry),
        tags: groups.filter { $0.kind == .pmid }.map { Tag("pmid", $0.value) } + annotations.tags,
        at: 0, to: sink)
    }
  }

  private func groups(of path: String, _ stem: String) -> [GroupKey] {
    let named = groupPatterns.compactMap { kind, pattern in
      pattern.capture(in: path).map { GroupKey(kind, $0) }
    }
    return named.isEmpty ? [Self.article(stem) ?? GroupKey(.document, stem)] : named
  }

  /// The article that a name such as `PMID-17488804` or `PMC-2958911-sec-05` is of.
  private static func article(_ stem: String) -> GroupKey? {
    let parts = stem.split(separator: "-")
    guard parts.count >= 2, parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    switch parts[0] {
    case "PMID": return GroupKey(.pmid, String(parts[1]))
    case "PMC": return GroupKey(.document, "PMC\(parts[1])")
    default: return nil
    }
  }
}
