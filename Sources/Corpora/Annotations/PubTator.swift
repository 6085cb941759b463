import Formats
import Records

/// Abstracts with marked mentions and relations, in PubTator's text format.
///
///     8528200|t|Title of the abstract
///     8528200|a|Its text
///     8528200	173	195	Machado-Joseph disease	SpecificDisease	D017827
///     8528200	CID	D008750	D007022
///
/// Offsets count code points over the title, a blank and the abstract. A mention row has a concept field
/// or none; a seventh column, the parts of a composite mention (BC5CDR), says nothing beyond the
/// concepts and is not kept. A relation row names a type and two concepts, and in BioRED whether the
/// finding is new. Rows with an id before the type (`id T1 Type start end text`) are read as well.
/// Documents start at their title; blank lines mean nothing. The second document of one id in a file
/// gets `.1` behind it, the third `.2`, as the standoff form of the NCBI disease corpus has it, and
/// its contents decide whether it is a copy.
///
/// The split is the one that the file's name or folder tells. Options: those of `AnnotationCheck`.
///
/// Format: www.ncbi.nlm.nih.gov/research/bionlp/APIs/format, and the files of the NCBI disease
/// corpus (2014), BC5CDR (2016) and BioRED (2022).
struct PubTator: CorpusReader {
  static let facts = CorpusFacts(
    name: "pubtator", title: "Annotated abstracts in PubTator's format", shape: .annotatedText,
    license: nil, language: "en", forms: ".txt, .PubTator, also .gz",
    tasks: ["entity-extraction", "entity-normalisation", "relation-extraction"],
    reference: "https://www.ncbi.nlm.nih.gov/research/bionlp/APIs/format/",
    options: AnnotationCheck.options,
    signatures: [.format("PubTator"), .ending(".pubtator"), .ending(".pubtator.txt")])

  private let settings: ReaderSettings
  private let check: AnnotationCheck

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    check = try AnnotationCheck(settings)
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ["txt", "pubtator"].contains(name.kind) && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let split = Split(of: entry)
    var documents = PubTatorDocuments(path: entry.path)
    var outlet = AnnotationOutlet(settings, check)
    try EnoughReadings.ends {
      try entry.forEachLine { line in
        guard let document = try documents.take(line) else { return }
        try outlet.read(document, split, into: sink)
      }
      if let document = documents.last { try outlet.read(document, split, into: sink) }
    }
  }
}

extension AnnotationOutlet {
  fileprivate mutating func read(
    _ document: PubTatorDocument, _ split: Split?, into sink: ReadingSink
  ) throws {
    guard let line = document.malformedLine else {
      return try pass(
        document.content, id: document.uniqueID, groups: [GroupKey(.pmid, document.id)],
        split: split, tags: [Tag("pmid", document.id)], at: document.byteOffset, to: sink)
    }
    try reject(
      document.uniqueID, .malformed, value: "line \(line)", at: document.byteOffset, to: sink)
  }
}

/// Puts the lines of a file together to documents.
private struct PubTatorDocuments {
  let path: String
  private var document: PubTatorDocument?
  private var ids = RepeatedIDs()

  init(path: String) { self.path = path }

  /// The document that ends at the end of the file.
  var last: PubTatorDocument? { document }

  /// Takes a line and gives the document that ends before it, if one does.
  ///
  /// - Throws: `Diagnostic` when the file does not start with a title.
  mutating func take(_ line: TextLines.Line) throws -> PubTatorDocument? {
    guard !TidyText.isBlank(line.text) else { return nil }
    if let passage = Self.passage(of: line.text) {
      guard passage.kind == "t" else {
        document?.add(passage: passage.text, of: passage.id, line: line.number)
        return nil
      }
      let uniqueID = ids.unique(passage.id)
      defer {
        document = PubTatorDocument(
          id: passage.id, uniqueID: uniqueID, title: passage.text, line: line.number,
          byteOffset: line.byteOffset)
      }
      return document
    }
    guard document != nil else {
      throw Diagnostic(
        at: Position(entry: path, line: line.number),
        "not PubTator: the first line has no title (PMID|t|title)")
    }
    document?.add(row: line.text, line: line.number)
    return nil
  }

  /// The parts of `8528200|t|text`; nil when it is another line.
  private static func passage(of line: String) -> (id: String, kind: String, text: String)? {
    let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[1].utf8.count == 1, !parts[0].isEmpty else { return nil }
    guard !parts[0].utf8.contains(UInt8(ascii: "\t")) else { return nil }
    return (TidyText.line(String(parts[0])), String(parts[1]), String(parts[2]))
  }
}

/// One document as it is put together.
private struct PubTatorDocument {
  let id: String
  let uniqueID: String
  let byteOffset: Int
  /// The first line that is no row of the document.
  private(set) var malformedLine: Int?
  private var passages: [String]
  private var entities: [Entity] = []
  private var relations: [Relation] = []

  init(id: String, uniqueID: String, title: String, line: Int, byteOffset: Int) {
    self.id = id
    self.uniqueID = uniqueID
    passages = [title]
    self.byteOffset = byteOffset
    // Lines that end in a carriage return alone would all be one title.
    if title.utf8.contains(0x0D) { mark(line) }
  }

  var content: AnnotatedText {
    AnnotatedText(
      text: passages.joined(separator: " "), entities: entities, relations: relations)
  }

  mutating func add(passage: String, of id: String, line: Int) {
    guard id == self.id else { return mark(line) }
    // Title only: nothing stands behind it, not even the blank.
    if !passage.isEmpty { passages.append(passage) }
  }

  mutating func add(row: String, line: Int) {
    let fields = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard fields.count >= 4, TidyText.line(fields[0]) == id else { return mark(line) }
    if let entity = Self.mention(fields) ?? Self.numberedMention(fields) {
      entities.append(entity)
    } else if let relation = Self.relation(fields) {
      relations.append(relation)
    } else {
      mark(line)
    }
  }

  private mutating func mark(_ line: Int) { malformedLine = malformedLine ?? line }

  /// `id start end text type concepts parts`, the last two optional.
  private static func mention(_ fields: [String]) -> Entity? {
    guard (5...7).contains(fields.count), let start = Int(fields[1]), let end = Int(fields[2])
    else { return nil }
    return Entity(
      type: TidyText.line(fields[4]), spans: [TextSpan(start, end)], text: fields[3],
      concepts: fields.count > 5 ? ConceptIDs.list(of: fields[5]) : [])
  }

  /// `id concept type start end text`.
  private static func numberedMention(_ fields: [String]) -> Entity? {
    guard fields.count == 6, let start = Int(fields[3]), let end = Int(fields[4]) else {
      return nil
    }
    return Entity(
      type: TidyText.line(fields[2]), spans: [TextSpan(start, end)], text: fields[5],
      concepts: ConceptIDs.list(of: fields[1]))
  }

  /// `id type concept concept Novel|No`, the last one optional.
  private static func relation(_ fields: [String]) -> Relation? {
    let fields = fields.map { TidyText.line($0) }
    guard (4...5).contains(fields.count), !fields[1...3].contains("") else { return nil }
    return Relation(
      type: fields[1], first: fields[2], second: fields[3], note: fields.count > 4 ? fields[4] : "")
  }
}
