import Formats
import Records

/// Tokens with tags, one a line, a blank line between sentences: CoNLL, IOB, IOBES and BILOU.
///
///     -DOCSTART- -X- O O          # doc_id = 354896
///
///     Lidocaine	O                 Lidocaine	0	9	S-Chemical
///     cardiac	B-Disease           -	9	10	O
///     asystole	I-Disease
///
/// The text is put together anew: tokens with a blank between them and sentences with a line end; with columns of
/// offsets, without a blank where they leave no room. A document is what `-DOCSTART-`, `# doc_id =`,
/// `# newdoc id =` or `###MEDLINE:` starts; in a file without any of them each sentence is a record
/// of its own. `I-` after another type starts a mention, as in IOB1. A tag without a type (`B`) has the
/// type of the option `type`. A line with other columns, or another tag, makes its document
/// `malformed`.
///
/// Options: `columns`, the names of the columns by commas: `token`, `tag`, `start`, `end`, anything
/// else for those that are not read; by default the first is the token and the last the tag.
/// `type` (`entity`); those of `AnnotationCheck`.
///
/// Format: www.clips.uantwerpen.be/conll2003/ner, and its relatives.
struct CoNLL: CorpusReader {
  static let facts = CorpusFacts(
    name: "conll", title: "Tokens with tags in CoNLL's format", shape: .annotatedText, license: nil,
    language: nil, forms: ".conll, .tsv, .iob, .bio, .txt", tasks: ["entity-extraction"],
    reference: "https://www.clips.uantwerpen.be/conll2003/ner/",
    options: AnnotationCheck.options + [
      ReaderOption(
        "columns", "token first, tag last", "the names of the columns: `token,start,end,tag`"),
      ReaderOption("type", "entity", "the type of mentions whose tag has none (`B`, `I`)"),
    ], signatures: [.ending(".conll"), .ending(".iob")])

  private let settings: ReaderSettings
  private let check: AnnotationCheck
  private let columns: CoNLLColumns

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    check = try AnnotationCheck(settings)
    columns = try CoNLLColumns(settings.list("columns"), type: settings.text("type") ?? "entity")
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ["conll", "tsv", "iob", "bio", "txt"].contains(name.kind) && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let split = Split(of: entry)
    var outlet = AnnotationOutlet(settings, check)
    var documents = CoNLLDocuments(file: EntryName(entry.path).stem, columns: columns)
    try EnoughReadings.ends {
      try entry.forEachLine { line in
        guard let document = documents.take(line) else { return }
        try outlet.read(document, split, into: sink)
      }
      if let document = documents.last { try outlet.read(document, split, into: sink) }
    }
    guard outlet.count > 0 else {
      throw Diagnostic(at: Position(entry: entry.path), "there is no token in it")
    }
  }
}

extension AnnotationOutlet {
  fileprivate mutating func read(
    _ document: CoNLLDocument, _ split: Split?, into sink: ReadingSink
  ) throws {
    if let line = document.malformedLine {
      return try reject(
        document.id, .malformed, value: "line \(line)", at: document.byteOffset, to: sink)
    }
    try pass(
      document.content, id: document.id,
      groups: document.name.isEmpty ? [] : [GroupKey(.document, document.name)], split: split,
      at: document.byteOffset, to: sink)
  }
}
