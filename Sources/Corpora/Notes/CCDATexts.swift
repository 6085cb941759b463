import Formats
import Records

/// The texts of a C-CDA document or fragment, as sections of a note.
struct CCDATexts {
  private(set) var sections: [NoteSection] = []
  /// What the texts that cannot be read are: `text/rtf`, `application/pdf, compressed`.
  private(set) var unreadForms: [String] = []

  /// The texts of entries, which repeat the narrative where there is one, or refer to it.
  private var entryTexts: [NoteSection] = []

  init(of root: XMLElement) {
    walk(root, parent: nil)
    if sections.isEmpty { sections = entryTexts }
  }

  private mutating func walk(_ element: XMLElement, parent: XMLElement?) {
    guard element.isNamed("text") else {
      for child in element.children { walk(child, parent: element) }
      return
    }
    switch parent?.name {
    case "section": takeNarrative(element, of: parent)
    case "nonXMLBody": takeBody(element)
    default:
      let name = parent?.first("code")?.attribute("displayName") ?? ""
      if let content = content(of: element) { entryTexts.append(section(name, text: content)) }
    }
  }

  private mutating func takeNarrative(_ text: XMLElement, of parent: XMLElement?) {
    guard let content = content(of: text) else { return }
    let title = parent?.first("title").map(MarkupText.line) ?? ""
    let code = parent?.first("code")
    let header = title.isEmpty ? code?.attribute("displayName") ?? "" : title
    let loinc = TidyText.line(code?.attribute("code") ?? "")
    sections.append(section(header, loinc: loinc, text: content))
  }

  private mutating func takeBody(_ text: XMLElement) {
    if let content = content(of: text) {
      sections += NoteSections.sections(of: content)
    } else if let reference = text.first("reference")?.attribute("value"), unreadForms.isEmpty {
      unreadForms.append("reference to .\(EntryName(reference).kind)")
    }
  }

  private func section(_ header: String, loinc: String = "", text: String) -> NoteSection {
    NoteSection(
      code: CCDASectionCodes.byLOINC[loinc] ?? NoteSections.code(of: header), header: header,
      text: text)
  }

  /// The text of an element `text`, decoded where it is in Base64; nil where it has none that can be
  /// read.
  private mutating func content(of text: XMLElement) -> String? {
    let type = text.attribute("mediaType")?.lowercased() ?? ""
    let isCompressed = text.attribute("compression") != nil
    guard text.attribute("representation") == "B64" else {
      let content =
        type == "text/plain" ? TidyText.paragraphs(text.text) : CCDANarrative.text(of: text)
      return content.isEmpty ? nil : content
    }
    let payload = text.withTextBytes { bytes in Base64.decoded(Array(bytes)) }
    guard type.isEmpty || type == "text/plain", !isCompressed,
      let decoded = payload?.withUnsafeBytes({ try? TextDecoder.sniff($0).text })
    else {
      unreadForms.append((type.isEmpty ? "Base64" : type) + (isCompressed ? ", compressed" : ""))
      return nil
    }
    return TidyText.isBlank(decoded) ? nil : decoded
  }
}

/// The narrative of CDA → plain text.
///
/// Paragraphs, captions, items of lists and rows of tables are lines; the cells of a row are set apart
/// by ` | `, items start with `- ` or their number, footnotes stand in brackets where they are called.
/// Superscripts and subscripts are those of `MarkupText`. Pictures leave their caption.
enum CCDANarrative {
  static func text(of element: XMLElement) -> String {
    var lines = Lines()
    lines.add(contentOf: element)
    return lines.finished().joined(separator: "\n")
  }

  private struct Lines {
    private var lines: [String] = []
    private var line = ""

    mutating func finished() -> [String] {
      endLine()
      return lines
    }

    mutating func add(contentOf element: XMLElement) {
      for piece in element.content {
        switch piece {
        case .text(let text): line += text
        case .element(let inner): add(inner)
        }
      }
    }

    private mutating func add(_ element: XMLElement) {
      switch element.name {
      case "sup": line += MarkupText.superscript(TidyText.line(element.text))
      case "sub": line += MarkupText.subscript(TidyText.line(element.text))
      case "br": endLine()
      case "footnote": line += " [" + CCDANarrative.inlined(element) + "]"
      case "footnoteRef", "col", "colgroup": return
      case "list": addList(element)
      case "tr": addRow(element)
      case "paragraph", "caption", "table", "thead", "tbody", "tfoot", "renderMultiMedia", "item":
        endLine()
        add(contentOf: element)
        endLine()
      default: add(contentOf: element)
      }
    }

    private mutating func addList(_ list: XMLElement) {
      endLine()
      let isOrdered = list.attribute("listType") == "ordered"
      var number = 0
      for child in list.children {
        guard child.isNamed("item") else {
          add(child)
          continue
        }
        var item = Lines()
        item.add(contentOf: child)
        let texts = item.finished()
        guard let first = texts.first else { continue }
        number += 1
        lines.append((isOrdered ? "\(number). " : "- ") + first)
        lines += texts.dropFirst().map { "  \($0)" }
      }
    }

    private mutating func addRow(_ row: XMLElement) {
      endLine()
      let cells = row.children.map(CCDANarrative.inlined)
      if cells.contains(where: { !$0.isEmpty }) {
        lines.append(TidyText.line(cells.joined(separator: " | ")))
      }
    }

    private mutating func endLine() {
      let text = TidyText.line(line)
      if !text.isEmpty { lines.append(text) }
      line = ""
    }
  }

  /// The text of a cell or footnote on one line.
  private static func inlined(_ element: XMLElement) -> String {
    var lines = Lines()
    lines.add(contentOf: element)
    return lines.finished().map(TidyText.line).joined(separator: "; ")
  }
}

/// The LOINC codes of C-CDA's sections (C-CDA R2.1, volume 2), as the 20 codes of MTS-Dialog.
enum CCDASectionCodes {
  static let byLOINC: [String: String] = [
    "10154-3": "CC", "46239-0": "CC", "29299-5": "CC", "42349-1": "CC",
    "10164-2": "GENHX", "61150-9": "GENHX",
    "11348-0": "PASTMEDICALHX", "11450-4": "PASTMEDICALHX",
    "10167-5": "PASTSURGICAL",
    "10157-6": "FAM/SOCHX", "29762-2": "FAM/SOCHX",
    "48765-2": "ALLERGY",
    "10160-0": "MEDICATIONS", "10183-2": "MEDICATIONS", "75311-1": "MEDICATIONS",
    "42346-7": "MEDICATIONS", "29549-3": "MEDICATIONS",
    "10187-3": "ROS",
    "29545-1": "EXAM", "8716-3": "EXAM", "10210-3": "EXAM", "8709-8": "EXAM", "10184-0": "EXAM",
    "10190-7": "EXAM",
    "30954-2": "LABS",
    "18748-4": "IMAGING", "121070": "IMAGING",
    "47519-4": "PROCEDURES", "29554-3": "PROCEDURES", "10223-6": "PROCEDURES",
    "11535-2": "DIAGNOSIS", "46241-6": "DIAGNOSIS", "42347-5": "DIAGNOSIS", "10218-6": "DIAGNOSIS",
    "10219-4": "DIAGNOSIS", "59769-0": "DIAGNOSIS",
    "51848-0": "ASSESSMENT", "51847-2": "ASSESSMENT", "121072": "ASSESSMENT",
    "18776-5": "PLAN", "59772-4": "PLAN", "61146-7": "PLAN", "62387-6": "PLAN",
    "59775-7": "DISPOSITION",
    "11369-6": "IMMUNIZATIONS",
    "10162-6": "GYNHX",
    "11329-0": "OTHER_HISTORY",
  ]
}
