import Formats
import Records

/// Abstracts with chemicals and proteins and how these relate, as BioCreative VI published ChemProt.
///
///     chemprot_training_abstracts.tsv   90000001	Title	Abstract
///     chemprot_training_entities.tsv    90000001	T1	CHEMICAL	24	31	mirazol
///     chemprot_training_relations.tsv   90000001	CPR:4	Y 	INHIBITOR	Arg1:T1	Arg2:T2
///
/// The tables lie in an archive for each official split, inside the one that is downloaded; none has a header.
/// Offsets count code points over the title, a blank and the abstract. A relation's type is its own
/// name, its note the group (`CPR:4`). Only relations that are evaluated (`Y`) are taken, unless the
/// option `relations` is `all`. Tables of gold standards hold the same relations and are not read.
/// A line of other columns stops the build where others need it, and is rejected as `malformed` among
/// the abstracts; so is an abstract with a relation on an entity that is not there. Options: also those
/// of `AnnotationCheck`.
///
/// Format: biocreative.bioinformatics.udel.edu, BioCreative VI track 5, 2017.
struct ChemProtAbstracts: IndexingReader {
  private enum Selection: String, CaseIterable {
    case evaluated
    case all
  }

  static let facts = CorpusFacts(
    name: "chemprot-abstracts", title: "ChemProt: relations of chemicals and proteins, by abstract",
    shape: .annotatedText, license: .ccPDM, language: "en", forms: ".zip of .zip of .tsv",
    tasks: ["relation-extraction", "entity-extraction"],
    reference: "https://biocreative.bioinformatics.udel.edu/tasks/biocreative-vi/track-5/",
    options: AnnotationCheck.options + [
      ReaderOption("relations", "evaluated", "which relations are taken: `evaluated` or `all`")
    ])

  private let settings: ReaderSettings
  private let check: AnnotationCheck
  private let selection: Selection
  private var entities: [String: [Entity]] = [:]
  private var relations: [String: [Relation]] = [:]

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    check = try AnnotationCheck(settings)
    selection = try settings.choice("relations", default: .evaluated)
  }

  func accepts(path: String) -> Bool { Self.isTable("_abstracts", path) }

  func indexes(path: String) -> Bool {
    Self.isTable("_entities", path) || Self.isTable("_relations", path)
  }

  private static func isTable(_ kind: String, _ path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "tsv" && name.stem.contains(kind) && !name.isLitter
  }

  mutating func index(_ entry: inout some EntryBytes) throws {
    let path = entry.path
    let isOfEntities = Self.isTable("_entities", path)
    try entry.forEachLine { line in
      guard !TidyText.isBlank(line.text) else { return }
      let fields = line.text.split(separator: "\t", omittingEmptySubsequences: false)
        .map(String.init)
      guard isOfEntities ? takeEntity(fields) : takeRelation(fields) else {
        throw Diagnostic(
          at: Position(entry: path, line: line.number),
          "the line is no \(isOfEntities ? "entity" : "relation") of ChemProt")
      }
    }
  }

  private mutating func takeEntity(_ fields: [String]) -> Bool {
    guard fields.count == 6, let start = Int(fields[3]), let end = Int(fields[4]) else {
      return false
    }
    entities[fields[0], default: []].append(
      Entity(id: fields[1], type: fields[2], spans: [TextSpan(start, end)], text: fields[5]))
    return true
  }

  private mutating func takeRelation(_ fields: [String]) -> Bool {
    let cells = fields.map { TidyText.line($0) }
    guard cells.count == 6, cells[4].hasPrefix("Arg1:"), cells[5].hasPrefix("Arg2:") else {
      return false
    }
    guard selection == .all || cells[2] == "Y" else { return true }
    relations[cells[0], default: []].append(
      Relation(
        type: cells[3], first: String(cells[4].dropFirst(5)), second: String(cells[5].dropFirst(5)),
        firstRole: "Arg1", secondRole: "Arg2", note: cells[1]))
    return true
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let split = Split(of: entry)
    var outlet = AnnotationOutlet(settings, check)
    try EnoughReadings.ends {
      try entry.forEachLine { line in
        guard !TidyText.isBlank(line.text) else { return }
        let fields = line.text.split(separator: "\t", omittingEmptySubsequences: false)
        guard fields.count == 3 else {
          return try outlet.reject(
            "", .malformed, value: "line \(line.number)", at: line.byteOffset, to: sink)
        }
        try read(
          String(fields[0]), text: "\(fields[1]) \(fields[2])", split, at: line.byteOffset, &outlet,
          into: sink)
      }
    }
  }

  private func read(
    _ pmid: String, text: String, _ split: Split?, at byteOffset: Int,
    _ outlet: inout AnnotationOutlet, into sink: ReadingSink
  ) throws {
    let document = AnnotatedText(
      text: text, entities: entities[pmid] ?? [], relations: relations[pmid] ?? [])
    let ids = Set(document.entities.map(\.id))
    guard document.relations.allSatisfy({ ids.contains($0.first) && ids.contains($0.second) })
    else {
      return try outlet.reject(
        pmid, .malformed, value: "relation on no entity", at: byteOffset, to: sink)
    }
    try outlet.pass(
      document, id: pmid, groups: [GroupKey(.pmid, pmid)], split: split,
      tags: [Tag("pmid", pmid)], at: byteOffset, to: sink)
  }
}
