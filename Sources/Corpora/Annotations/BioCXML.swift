import Formats
import Records

/// Annotated documents of a BioC collection in XML.
///
///     <collection><document><id>14510914</id>
///       <passage><infon key="type">title</infon><offset>0</offset><text>…</text>
///         <annotation id="1"><infon key="type">Disease</infon><infon key="identifier">D003409</infon>
///           <location offset="0" length="25"/><text>…</text></annotation></passage>
///       <relation id="R1"><infon key="type">CID</infon>
///         <node refid="1" role="Chemical"/><node refid="2" role="Disease"/></relation></document>
///
/// Passages may hold sentences; annotations and relations may hang on a sentence, a passage or the
/// document, and relations may name concepts in their infons instead of nodes (BioRED, BC5CDR).
/// Relations that are not between two things are left out and counted in the tag
/// `relations_not_of_two`. `BioCDocument` says how the text is put together and offsets are read; the
/// tag `offsets` says when they count other things than code points. The split is the one that
/// the file's name or folder tells. Options: those of `AnnotationCheck`.
///
/// Format: bioc.sourceforge.net (BioC.dtd 1.0), 2013.
struct BioCXML: CorpusReader {
  static let facts = CorpusFacts(
    name: "bioc-xml", title: "Annotated documents in BioC XML", shape: .annotatedText, license: nil,
    language: "en", forms: ".xml, also .gz",
    tasks: ["entity-extraction", "entity-normalisation", "relation-extraction"],
    reference: "https://bioc.sourceforge.net",
    options: AnnotationCheck.options,
    signatures: [.xml(roots: ["collection"], elements: ["document", "passage"])])

  private let settings: ReaderSettings
  private let check: AnnotationCheck

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    check = try AnnotationCheck(settings)
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "xml" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = BioCOutlet(AnnotationOutlet(settings, check), split: Split(of: entry))
    let path = entry.path
    try EnoughReadings.ends {
      try XMLRecordParser(records: .named(["document"])).parse(&entry) { element in
        try outlet.pass(document(of: element), at: element.byteOffset, to: sink)
        return true
      }
    }
    guard outlet.hasDocuments else {
      throw Diagnostic(at: Position(entry: path), "not BioC: there is no element 'document'")
    }
  }

  private func document(of element: XMLElement) -> BioCDocument {
    var document = BioCDocument(id: TidyText.line(element.text(of: "id") ?? ""))
    for passage in element.elements(named: "passage") {
      addText(of: passage, to: &document)
      for sentence in passage.elements(named: "sentence") { addMarks(of: sentence, to: &document) }
      addMarks(of: passage, to: &document)
    }
    addMarks(of: element, to: &document)
    return document
  }

  /// The sentences' texts where there are any, else the passage's.
  private func addText(of passage: XMLElement, to document: inout BioCDocument) {
    let sentences = passage.elements(named: "sentence").filter { $0.first("text") != nil }
    for element in sentences.isEmpty ? [passage] : sentences {
      guard let text = element.text(of: "text"), !text.isEmpty else { continue }
      let offset = element.text(of: "offset").flatMap { Int(TidyText.line($0)) }
      if let span = document.span(offset: offset, length: 0) {
        document.pieces.append(BioCDocument.Piece(offset: span.start, text: text))
      }
    }
  }

  private func addMarks(of parent: XMLElement, to document: inout BioCDocument) {
    for element in parent.elements(named: "annotation") {
      let locations = element.elements(named: "location").compactMap { location in
        document.span(
          offset: location.attribute("offset").flatMap { Int($0) },
          length: location.attribute("length").flatMap { Int($0) })
      }
      document.annotations.append(
        BioCDocument.Annotation(
          id: element.attribute("id") ?? "", text: element.text(of: "text") ?? "",
          locations: locations, infons: infons(of: element)))
    }
    for element in parent.elements(named: "relation") {
      let nodes = element.elements(named: "node").map {
        BioCDocument.Link.Node(
          id: $0.attribute("refid") ?? "", role: $0.attribute("role") ?? "")
      }
      document.links.append(BioCDocument.Link(nodes: nodes, infons: infons(of: element)))
    }
  }

  private func infons(of element: XMLElement) -> [BioCDocument.Infon] {
    element.elements(named: "infon").map {
      BioCDocument.Infon(key: $0.attribute("key") ?? "", value: TidyText.line($0.text))
    }
  }
}
