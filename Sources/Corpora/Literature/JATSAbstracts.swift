import Formats
import Records

/// The abstracts of an article, told apart by type: the article's own and the one in plain language.
///
/// Tables of contents, highlights, graphical and teaser abstracts are neither.
///
///     <abstract><sec><title>Methods</title><p>…</p></sec>…</abstract>
///     <abstract abstract-type="summary"><title>Author Summary</title><p>…</p></abstract>
///
/// Sections are also found where their headings are only bold: `<p><bold>Methods:</bold> …`.
struct JATSAbstracts {
  private(set) var main: [AbstractSection] = []
  private(set) var plain = ""

  init(_ meta: XMLElement?, _ options: JATSOptions) {
    let text = JATSText(options: options)
    let abstracts = meta.map { Array($0.elements(named: "abstract")) } ?? []
    let own =
      abstracts.firstIndex { $0.attribute("abstract-type") == nil }
      ?? abstracts.firstIndex { Self.mainTypes.contains(Self.type(of: $0)) }
    main = own.map { Self.sections(of: abstracts[$0], text) } ?? []
    let others = abstracts.indices.filter { $0 != own }.map { abstracts[$0] }
    let lay = Self.plainTypes.lazy.compactMap { type in
      others.first { Self.type(of: $0) == type && Self.isPlain($0, type) }
    }.first
    guard let lay else { return }
    var body = JATSBody(options)
    body.readBlocks(of: lay)
    // The editors' summaries of PLOS end in a list of web sites.
    plain = body.sections.filter { $0.header != "Additional Information" }.map { section in
      section.header.isEmpty ? section.text : "\(section.header)\n\(section.text)"
    }.joined(separator: "\n\n")
  }

  private static func type(of abstract: XMLElement) -> String {
    abstract.attribute("abstract-type") ?? ""
  }

  /// What publishers call the article's own abstract where they name it.
  private static let mainTypes: Set = [
    "normal", "executive-summary", "abstract", "section", "main",
  ]

  /// What they call the one in plain language, the authors' own first.
  private static let plainTypes = [
    "plain-language-summary", "plain-language", "author-summary", "summary", "lay-summary",
    "lay-abstract", "patient", "synopsis", "executive-summary", "editors-summary", "editor",
  ]

  /// Whether an abstract is what its type promises: `editor` may also be a commentary.
  private static func isPlain(_ abstract: XMLElement, _ type: String) -> Bool {
    guard type == "editor" else { return true }
    let title = abstract.first("title").map { $0.text.lowercased() } ?? ""
    return title.utf8.firstRange(of: "summary".utf8) != nil
  }
}

// MARK: Sections

extension JATSAbstracts {
  private static func sections(of abstract: XMLElement, _ text: JATSText) -> [AbstractSection] {
    var sections: [AbstractSection] = []
    for child in abstract.children {
      switch child.name {
      case "title", "label", "object-id": break
      case "sec": sections.append(section(child, text))
      case "p": sections += headed(child, text)
      default:
        var body = JATSBody(text.options)
        body.readBlock(child)
        sections.append(AbstractSection(text: oneLine(body.sections)))
      }
    }
    return sections.filter { !$0.text.isEmpty }
  }

  private static func section(_ element: XMLElement, _ text: JATSText) -> AbstractSection {
    var body = JATSBody(text.options)
    body.readBlocks(of: element)
    let title = label(text.line(element.first("title")))
    return AbstractSection(
      label: title, category: ArticleSection.category(of: title), text: oneLine(body.sections))
  }

  private static func oneLine(_ sections: [NoteSection]) -> String {
    sections.map { section in
      let text = TidyText.line(section.text)
      return section.header.isEmpty ? text : "\(section.header): \(text)"
    }.joined(separator: " ")
  }

  /// A paragraph, cut where a bold heading that is known starts a section.
  private static func headed(_ paragraph: XMLElement, _ text: JATSText) -> [AbstractSection] {
    var sections: [AbstractSection] = []
    var heading = ""
    var line = ""
    func close() {
      sections.append(
        AbstractSection(
          label: heading, category: ArticleSection.category(of: heading),
          text: withoutColon(text.line(ofFlat: line), after: heading)))
      line = ""
    }
    for piece in paragraph.content {
      switch piece {
      case .text(let run): line += run
      case .element(let element):
        let title = isBold(element) ? label(text.line(element)) : ""
        guard !ArticleSection.category(of: title).isEmpty, endsSentence(line) else {
          line += text.inlined(element)
          continue
        }
        close()
        heading = title
      }
    }
    close()
    return sections.filter { !$0.text.isEmpty }
  }

  private static func isBold(_ element: XMLElement) -> Bool {
    element.isNamed("bold") || element.isNamed("italic") || element.isNamed("underline")
      || element.isNamed("sc")
  }

  /// Whether a heading may follow: at the start, or behind a full stop.
  private static func endsSentence(_ line: String) -> Bool {
    let last = line.utf8.last { !TidyText.isSpace($0) }
    return last.map { ".;?!)".utf8.contains($0) } ?? true
  }

  /// A heading without its colon or full stop.
  private static func label(_ heading: String) -> String {
    var heading = heading
    while let last = heading.utf8.last, ":.".utf8.contains(last) { heading.removeLast() }
    return TidyText.line(heading)
  }

  private static func withoutColon(_ text: String, after heading: String) -> String {
    guard !heading.isEmpty else { return text }
    return TidyText.line(String(text.drop { $0 == ":" || $0 == "." || $0 == " " }))
  }
}
