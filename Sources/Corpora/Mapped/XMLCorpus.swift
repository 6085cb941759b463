import Formats
import Records

/// Any XML file of record elements, their parts mapped to a shape by the recipe.
///
///     corpus: xml
///     shape: question-answer
///     fields: {id: "@pid", question: Question, question_type: "Question/@qtype", answer: Answer,
///       focus: "^/Focus"}
///     options: {records: QAPair}
///
/// Option `records` names the record elements, whatever they lie in (`.` for the root element). A
/// place is a path of element names joined by `/`, `*` for any; `@name` at its end is an attribute,
/// `.` the record's own text; `^/` before one starts from the element around the record, `^/^/` from
/// the one around that. Namespace prefixes are left out of names. Several elements at a place are a
/// list. Markup inside a text is dropped but for raised and lowered digits; line ends stay.
///
/// Records are parsed one at a time, unless a place starts with `^`: then the file is held in memory.
struct XMLCorpus: IdentifyingReader {
  static let facts = CorpusFacts(
    name: "xml", title: "Any XML file of record elements, by 'fields'", shape: .questionAnswer,
    license: nil, language: nil, forms: ".xml, .xml.gz", tasks: ["question-answering"],
    reference: "XML 1.0",
    options: [
      ReaderOption(
        "records", "required", "the name of the element that each record is in, or `.` for the root"
      )
    ] + MappedRecords.options)

  private let records: MappedRecords
  /// The local name of the record elements; nil for the root.
  private let element: String?
  private let looksAround: Bool

  var unmetIdentifiers: [String] { records.mapping.unmetIdentifiers }

  init(options: ReaderOptions) throws {
    records = try MappedRecords(Self.facts, options)
    guard let name = records.settings.text("records"), !name.isEmpty else {
      throw Diagnostic(
        "corpus 'xml' needs option 'records', the name of the element that each record is in",
        hint: "'materia inspect' shows the elements of a file; '.' is the root")
    }
    element = name == "." ? nil : name
    looksAround = records.mapping.columns.contains { $0.hasPrefix("^/") }
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ["xml", "nxml"].contains(name.kind) && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = ReadingOutlet()
    var count = 0
    let path = entry.path
    try EnoughReadings.ends {
      let parser = XMLRecordParser(
        records: element.flatMap { looksAround ? nil : .named([$0]) } ?? .root)
      try parser.parse(&entry) { found in
        for row in rows(of: found) {
          count += 1
          try records.read(
            row, unnamed: "\(path)#\(outlet.ordinal)", at: row.path[0].byteOffset, &outlet,
            into: sink)
        }
        return true
      }
    }
    guard count == 0, let element else { return }
    throw Diagnostic(
      at: Position(entry: path), "no element '\(element)' is in the file",
      hint: "option 'records' names the element that each record is in, without its prefix")
  }

  private func rows(of found: XMLElement) -> [XMLRow] {
    guard looksAround, let element else { return [XMLRow(path: [found])] }
    return XMLRow(path: [found]).descendants(named: element)
  }
}

/// An element as a row, with the elements around it.
private struct XMLRow: MappedRow {
  /// The record's element, then those around it, the innermost first.
  let path: [XMLElement]

  func value(at place: String) -> JSON? {
    var steps = place.split(separator: "/").map(String.init)
    let ups = steps.prefix { $0 == "^" }.count
    guard ups < path.count else { return nil }
    steps.removeFirst(ups)
    let texts = Self.texts(at: steps[...], in: path[ups])
    guard texts.count > 1 else { return texts.first.map(JSON.string) }
    return .array(texts.map(JSON.string))
  }

  /// The rows of all elements of the name at any depth, none inside another.
  func descendants(named name: String) -> [XMLRow] {
    if path[0].name == name { return [self] }
    return path[0].children.flatMap { XMLRow(path: [$0] + path).descendants(named: name) }
  }

  private static func texts(at steps: ArraySlice<String>, in element: XMLElement) -> [String] {
    guard let step = steps.first, step != "." else {
      return [TidyText.paragraphs(MarkupText.flat(element))]
    }
    if step.hasPrefix("@") {
      return element.attributes.filter { $0.name == step.dropFirst() }.map(\.value)
    }
    return element.children.filter { step == "*" || $0.name == step }.flatMap {
      texts(at: steps.dropFirst(), in: $0)
    }
  }
}
