import Records

/// A document of a BioC collection, XML or JSON, before its pieces are put together.
///
/// The text is that of the sentences where there are any, else of the passages, in order. Where the
/// offsets leave room for one unit between two pieces a blank stands, as between title and abstract;
/// where they leave more, or overlap, a line end. Offsets are absolute. Whether they count code points,
/// bytes or UTF-16 units is told by which of them finds the mentions, code points first.
struct BioCDocument {
  /// A stretch of text and the offset that it is declared to start at.
  struct Piece {
    var offset: Int
    var text: String
  }

  /// A mention, its places as declared.
  struct Annotation {
    var id = ""
    var text = ""
    var locations: [TextSpan] = []
    var infons: [Infon] = []
  }

  /// A named fact.
  struct Infon {
    var key: String
    var value: String
  }

  /// A relation: what it links are nodes, or concepts in its infons.
  struct Link {
    /// An annotation's or a relation's id, and what part it plays.
    struct Node {
      var id: String
      var role: String
    }

    var nodes: [Node] = []
    var infons: [Infon] = []
  }

  var id = ""
  var pieces: [Piece] = []
  var annotations: [Annotation] = []
  var links: [Link] = []
  /// Whether an offset or a length is no number.
  var isMalformed = false

  /// The span of an offset and a length; nil, and the document malformed, when they are no places.
  mutating func span(offset: Int?, length: Int?) -> TextSpan? {
    let range = 0...(1 << 40)
    guard let offset, let length, range.contains(offset), range.contains(length) else {
      isMalformed = true
      return nil
    }
    return TextSpan(offset, offset + length)
  }
}

// MARK: Putting it together

extension BioCDocument {
  /// The annotated text, and the tags that say how it was come by.
  func content(_ check: AnnotationCheck) -> (content: AnnotatedText, tags: [Tag]) {
    let relations = links.compactMap(\.relation)
    let named = Set(relations.flatMap { [$0.first, $0.second] })
    let layout = fittingLayout(check)
    let content = AnnotatedText(
      text: layout.text.text, entities: entities(in: layout, named: named), relations: relations)
    let skipped = links.count - relations.count
    let tags =
      (layout.unit == .codePoints ? [] : [Tag("offsets", layout.unit.rawValue)])
      + (skipped == 0 ? [] : [Tag("relations_not_of_two", String(skipped))])
    return (content, tags)
  }

  /// The first layout in which every mention is where it should be, or the one in code points.
  private func fittingLayout(_ check: AnnotationCheck) -> BioCLayout {
    let layouts = CodePointText.Unit.allCases.lazy.map { BioCLayout(pieces, unit: $0) }
    let fitting = layouts.first { layout in
      check.finds(entities(in: layout, named: []), in: layout.text)
    }
    return fitting ?? BioCLayout(pieces, unit: .codePoints)
  }

  /// The mentions; their ids stay only where a relation names one.
  private func entities(in layout: BioCLayout, named: Set<String>) -> [Entity] {
    let needsIDs = annotations.contains { !$0.id.isEmpty && named.contains($0.id) }
    return annotations.map { annotation in
      Entity(
        id: needsIDs ? annotation.id : "", type: annotation.type,
        spans: layout.spans(of: annotation.locations), text: annotation.text,
        concepts: annotation.concepts)
    }
  }
}

/// The pieces of a document as one text, under one reading of its offsets.
private struct BioCLayout {
  let unit: CodePointText.Unit
  let text: CodePointText
  private var pieces: [(declared: TextSpan, text: CodePointText, start: Int)] = []

  init(_ pieces: [BioCDocument.Piece], unit: CodePointText.Unit) {
    var whole = ""
    var count = 0
    var end: Int?
    for piece in pieces where !piece.text.isEmpty {
      let gap = end.map { Self.gap(piece.offset - $0) } ?? ""
      let text = CodePointText(piece.text)
      whole += gap + piece.text
      count += gap.utf8.count
      let declared = TextSpan(piece.offset, piece.offset + text.length(in: unit))
      self.pieces.append((declared, text, count))
      count += text.count
      end = declared.end
    }
    self.unit = unit
    self.text = CodePointText(whole)
  }

  private static func gap(_ room: Int) -> String {
    switch room {
    case 0: ""
    case 1: " "
    default: "\n"
    }
  }

  /// Declared places in the text; none when one of them is outside of every piece.
  func spans(of locations: [TextSpan]) -> [TextSpan] {
    let spans = locations.compactMap { location -> TextSpan? in
      guard let start = place(pieces.last { $0.declared.start <= location.start }, location.start),
        let end = place(pieces.last { $0.declared.start < location.end }, location.end)
      else { return nil }
      return TextSpan(start, end)
    }
    return spans.count == locations.count ? spans : []
  }

  private func place(
    _ piece: (declared: TextSpan, text: CodePointText, start: Int)?, _ offset: Int
  ) -> Int? {
    guard let piece else { return nil }
    return piece.text.codePoint(at: offset - piece.declared.start, in: unit)
      .map { piece.start + $0 }
  }
}

// MARK: Infons

extension BioCDocument.Annotation {
  /// The infon `type`, or empty.
  fileprivate var type: String { infons.value(of: "type") ?? "" }

  /// The concepts of the infons `identifier` and `cui`, and of those named after a vocabulary, with its
  /// name before each.
  fileprivate var concepts: [String] {
    infons.flatMap { infon -> [String] in
      if ["identifier", "cui"].contains(infon.key.lowercased()) {
        return ConceptIDs.list(of: infon.value)
      }
      guard Self.vocabularies.contains(infon.key.uppercased()) else { return [] }
      return ConceptIDs.list(of: infon.value).map { "\(infon.key.uppercased()):\($0)" }
    }
  }

  private static let vocabularies: Set = ["MESH", "OMIM", "NCBIGENE", "NCBITAXON", "UMLS", "CHEBI"]
}

extension BioCDocument.Link {
  /// The relation when it is between two: its nodes, or else its infons beside type, novelty and
  /// score.
  fileprivate var relation: Relation? {
    let type = infons.value(of: "type") ?? infons.value(of: "relation") ?? ""
    let novelty = infons.value(of: "novel") ?? ""
    var ends = nodes
    if ends.isEmpty {
      ends = infons.filter { !["type", "relation", "novel", "score"].contains($0.key) }.map {
        Node(id: $0.value, role: ["entity1", "entity2"].contains($0.key) ? "" : $0.key)
      }
    }
    guard ends.count == 2 else { return nil }
    return Relation(
      type: type, first: ends[0].id, second: ends[1].id, firstRole: ends[0].role,
      secondRole: ends[1].role, note: novelty)
  }
}

extension [BioCDocument.Infon] {
  fileprivate func value(of key: String) -> String? { first { $0.key == key }?.value }
}
