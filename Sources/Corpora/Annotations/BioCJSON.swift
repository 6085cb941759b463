import Formats
import Records

/// Annotated documents of a BioC collection in JSON.
///
///     {"source": "PubTator", "documents": [{"id": "14510914",
///       "passages": [{"offset": 0, "text": "…", "infons": {"type": "title"}, "annotations": [
///         {"id": "1", "infons": {"type": "Disease", "identifier": "D003409"}, "text": "…",
///          "locations": [{"offset": 0, "length": 25}]}]}],
///       "relations": [{"id": "R1", "infons": {"type": "Association", "entity1": "D003409",
///         "entity2": "D007454", "novel": "No"}}]}]}
///
/// As `BioCXML`, member for element. Numbers may be strings; the documents may also stand in a list of
/// collections, in a plain list, or under `PubTator3`, as its service sends them.
///
/// Format: www.ncbi.nlm.nih.gov/research/bionlp/APIs/BioC-PubMed, 2019.
struct BioCJSON: CorpusReader {
  static let facts = CorpusFacts(
    name: "bioc-json", title: "Annotated documents in BioC JSON", shape: .annotatedText,
    license: nil, language: "en", forms: ".json, also .gz",
    tasks: ["entity-extraction", "entity-normalisation", "relation-extraction"],
    reference: "https://www.ncbi.nlm.nih.gov/research/bionlp/APIs/BioC-PubMed/",
    options: AnnotationCheck.options,
    signatures: [.json(keys: ["passages", "id"]), .json(keys: ["documents", "source", "key"])])

  private let settings: ReaderSettings
  private let check: AnnotationCheck

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    check = try AnnotationCheck(settings)
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "json" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = BioCOutlet(AnnotationOutlet(settings, check), split: Split(of: entry))
    var items = JSONItems()
    let path = entry.path
    try EnoughReadings.ends {
      try entry.forEachChunk { chunk in
        try items.feed(chunk) { item in
          for document in documents(of: item) {
            try outlet.pass(self.document(of: document), at: document.byteOffset, to: sink)
          }
        }
      }
      try items.finish()
    }
    guard outlet.hasDocuments else {
      throw Diagnostic(at: Position(entry: path), "not BioC: there is no list 'documents'")
    }
  }

  private func documents(of item: JSONItems.Item) -> [JSONNode] {
    switch item.key {
    case "documents", "PubTator3": Array(item.value.elements)
    case nil where item.value["passages"] != nil: [item.value]
    case nil: item.value.list("documents")
    default: []
    }
  }

  private func document(of node: JSONNode) -> BioCDocument {
    var document = BioCDocument(id: TidyText.line(node["id"]?.scalarText ?? ""))
    for passage in node.list("passages") {
      addText(of: passage, to: &document)
      for sentence in passage.list("sentences") {
        addMarks(of: sentence, to: &document)
      }
      addMarks(of: passage, to: &document)
    }
    addMarks(of: node, to: &document)
    return document
  }

  /// The sentences' texts where there are any, else the passage's.
  private func addText(of passage: JSONNode, to document: inout BioCDocument) {
    let sentences = passage.list("sentences").filter { $0["text"] != nil }
    for node in sentences.isEmpty ? [passage] : sentences {
      guard let text = node["text"]?.string, !text.isEmpty else { continue }
      if let span = document.span(offset: node["offset"]?.offset, length: 0) {
        document.pieces.append(BioCDocument.Piece(offset: span.start, text: text))
      }
    }
  }

  private func addMarks(of parent: JSONNode, to document: inout BioCDocument) {
    for node in parent.list("annotations") {
      let locations = node.list("locations").compactMap { location in
        document.span(offset: location["offset"]?.offset, length: location["length"]?.offset)
      }
      document.annotations.append(
        BioCDocument.Annotation(
          id: node["id"]?.scalarText ?? "", text: node["text"]?.string ?? "", locations: locations,
          infons: infons(of: node)))
    }
    for node in parent.list("relations") {
      let ends = node.list("nodes").map {
        BioCDocument.Link.Node(
          id: $0["refid"]?.scalarText ?? "", role: $0["role"]?.scalarText ?? "")
      }
      document.links.append(BioCDocument.Link(nodes: ends, infons: infons(of: node)))
    }
  }

  /// The infons; one that is an object, as PubTator 3 writes the ends of relations, by its identifier.
  private func infons(of node: JSONNode) -> [BioCDocument.Infon] {
    guard let infons = node["infons"] else { return [] }
    return infons.members.map { member in
      let value = member.value["identifier"] ?? member.value
      return BioCDocument.Infon(key: member.name, value: TidyText.line(value.scalarText ?? ""))
    }
  }
}

extension JSONNode {
  /// The elements of a member's array; none where there is no such member.
  fileprivate func list(_ name: String) -> [JSONNode] {
    self[name].map { Array($0.elements) } ?? []
  }

  /// A place in a text, also where it is a string.
  fileprivate var offset: Int? { int ?? string.flatMap { Int($0) } }
}
