import Formats
import Records

/// The body of an article → sections in reading order, each with the path of its headings.
///
///     <sec sec-type="methods"><title>Methods</title>
///       <p>We enrolled 40 patients.</p>
///       <sec><title>Statistics</title><p>…</p></sec>
///
/// becomes `Methods` and `Methods > Statistics`. Lists have an item a line; captions of tables and
/// figures and the texts of boxes and footnotes stand behind the paragraph they are in.
struct JATSBody {
  private struct Heading {
    var title: String
    var code: String
  }

  private let text: JATSText
  private var headings: [Heading] = []
  private var paragraphs: [String] = []
  private var finished: [NoteSection] = []

  init(_ options: JATSOptions) { text = JATSText(options: options) }

  /// The sections so far.
  var sections: [NoteSection] {
    mutating get {
      close()
      return finished
    }
  }

  /// Reads the children of a body, a section or an item.
  mutating func readBlocks(of element: XMLElement) {
    for child in element.children { readBlock(child) }
  }

  /// Reads an element under a heading of its own.
  mutating func readSection(_ element: XMLElement, title: String, code: String = "") {
    close()
    let code = headings.last.map(\.code).flatMap { $0.isEmpty ? nil : $0 } ?? code
    headings.append(Heading(title: title, code: code))
    readBlocks(of: element)
    close()
    headings.removeLast()
  }

  /// Puts a section of its own at the end.
  mutating func addSection(title: String, text: String) {
    close()
    if !text.isEmpty { finished.append(NoteSection(header: title, text: text)) }
  }

  /// Puts a paragraph at the end.
  mutating func add(_ paragraph: String) {
    guard paragraph.unicodeScalars.contains(where: \.isTelling) else { return }
    paragraphs.append(paragraph)
  }

  /// Ends the section at hand.
  private mutating func close() {
    guard !paragraphs.isEmpty else { return }
    let titles = headings.map(\.title).filter { !$0.isEmpty }
    finished.append(
      NoteSection(
        code: headings.last?.code ?? "", header: titles.joined(separator: " > "),
        text: paragraphs.joined(separator: "\n\n")))
    paragraphs = []
  }
}

// MARK: Blocks

extension JATSBody {
  /// Reads an element that stands between paragraphs.
  mutating func readBlock(_ element: XMLElement) {
    switch element.name {
    case "p": readParagraph(element)
    case "sec", "app", "glossary", "notes", "bio": readTitled(element)
    case "ack": readTitled(element, else: "Acknowledgements")
    case "boxed-text": readTitled(element, else: "Box")
    case "list": add(list(element))
    case "def-list": add(definitions(element))
    case "table-wrap": readTable(element)
    case "fig": readFigure(element)
    case "preformat", "code": add(element.text)
    case "fn": add(footnote(element))
    case "caption": readBlocks(of: element)
    case "disp-formula": add(text.line(ofFlat: text.inlined(element)))
    case "title", "label", "subtitle", "sec-meta", "supplementary-material", "ref-list",
      "permissions":
      break
    default:
      if isContainer(element) { readBlocks(of: element) } else { add(text.line(element)) }
    }
  }

  /// Whether an element is made of blocks and has no text of its own.
  private func isContainer(_ element: XMLElement) -> Bool {
    for piece in element.content {
      if case .text(let text) = piece, !TidyText.isBlank(text) { return false }
    }
    return element.children.contains { Self.isBlock($0.name) || Self.isFloat($0.name) }
  }

  private mutating func readTitled(_ element: XMLElement, else preset: String = "") {
    let caption = element.first("caption")
    var title = text.line(element.first("title") ?? caption?.first("title"))
    if title.isEmpty { title = text.line(element.first("label")) }
    if title.isEmpty { title = preset }
    while let last = title.utf8.last, ".:".utf8.contains(last) { title.removeLast() }
    guard text.options.keepsBackMatter || !ArticleSection.isBackMatter(title) else { return }
    let code = ArticleSection.code(of: title, type: element.attribute("sec-type") ?? "")
    readSection(element, title: title, code: code)
  }

  /// Reads a paragraph: lists and quotations in it divide it, floats follow it.
  private mutating func readParagraph(_ paragraph: XMLElement) {
    var line = ""
    var floats: [XMLElement] = []
    for piece in paragraph.content {
      switch piece {
      case .text(let run): line += run
      case .element(let element):
        if Self.isFloat(element.name) {
          floats.append(element)
        } else if Self.isBlock(element.name) {
          add(text.line(ofFlat: line))
          line = ""
          readBlock(element)
        } else {
          line += text.inlined(element)
        }
      }
    }
    add(text.line(ofFlat: line))
    for float in floats { readBlock(float) }
  }

  private static func isBlock(_ name: String) -> Bool { blocks.contains(name) }
  private static func isFloat(_ name: String) -> Bool { floats.contains(name) }

  private static let blocks: Set = [
    "p", "sec", "app", "list", "def-list", "disp-quote", "speech", "verse-group", "statement",
    "preformat", "code", "disp-formula-group",
  ]
  private static let floats: Set = [
    "table-wrap", "table-wrap-group", "fig", "fig-group", "boxed-text", "supplementary-material",
    "fn", "fn-group",
  ]
}

// MARK: Lists and notes

extension JATSBody {
  private func list(_ list: XMLElement) -> String {
    let title = text.line(list.first("title"))
    let isNumbered = Self.numberings.contains(list.attribute("list-type") ?? "")
    let items = list.elements(named: "list-item").enumerated().map { index, item in
      var label = text.line(item.first("label"))
      if label.isEmpty { label = isNumbered ? "\(index + 1)." : "-" }
      // An item's further lines stand under its text.
      return "\(label) \(lines(of: item).joined(separator: "\n  "))"
    }
    return ([title] + items).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private static let numberings: Set = [
    "order", "alpha-lower", "alpha-upper", "roman-lower", "roman-upper",
  ]

  private func definitions(_ list: XMLElement) -> String {
    let items = list.elements(named: "def-item").map { item in
      let definition = item.first("def").map { lines(of: $0).joined(separator: " ") } ?? ""
      return "\(text.line(item.first("term"))): \(definition)"
    }
    return ([text.line(list.first("title"))] + items).filter { !$0.isEmpty }
      .joined(separator: "\n")
  }

  private func footnote(_ note: XMLElement) -> String {
    let label = text.line(note.first("label"))
    return ([label] + lines(of: note)).filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The lines of what an element holds.
  private func lines(of element: XMLElement) -> [String] {
    var inner = JATSBody(text.options)
    inner.readBlocks(of: element)
    return inner.sections.flatMap { $0.text.split(separator: "\n").map(String.init) }
  }
}

// MARK: Tables and figures

extension JATSBody {
  private mutating func readTable(_ table: XMLElement) {
    switch text.options.tables {
    case .drop: return
    case .captions: add(caption(table))
    case .text:
      let rows = table.descendants(named: "tr").map { row in
        let cells = row.children.map { text.line($0) }
        return cells.allSatisfy(\.isEmpty) ? "" : cells.joined(separator: " | ")
      }
      let notes = table.first("table-wrap-foot").map { lines(of: $0) } ?? []
      add(([caption(table)] + rows + notes).filter { !$0.isEmpty }.joined(separator: "\n"))
    }
  }

  private mutating func readFigure(_ figure: XMLElement) {
    if text.options.figures == .captions { add(caption(figure)) }
  }

  /// The label and the caption as sentences, as in `Table 1. Baseline data. Values are means.`.
  private func caption(_ float: XMLElement) -> String {
    guard let caption = float.first("caption") else { return "" }
    let label = text.line(float.first("label"))
    let parts = [label, text.line(caption.first("title"))].filter { !$0.isEmpty }.map(sentence)
    return (parts + lines(of: caption)).joined(separator: " ")
  }

  private func sentence(_ text: String) -> String {
    text.utf8.last.map { ".:?!".utf8.contains($0) } == true ? text : text + "."
  }
}

extension Unicode.Scalar {
  /// Whether it says something: a letter, a digit, a sign, not punctuation alone.
  fileprivate var isTelling: Bool { properties.isAlphabetic || properties.numericType != nil }
}

/// The parts that articles are made of, by heading or by JATS' `sec-type`.
enum ArticleSection {
  /// `INTRODUCTION`, `METHODS`, `RESULTS`, `DISCUSSION`, `CONCLUSIONS`, or empty.
  static func code(of title: String, type: String) -> String {
    codes[type.lowercased()] ?? codes[heading(title)] ?? ""
  }

  /// Whether a heading is of what belongs to the back of an article: who paid, who did what.
  ///
  /// Many journals have such sections in the body.
  static func isBackMatter(_ title: String) -> Bool { backMatter.contains(heading(title)) }

  private static let backMatter: Set = [
    "acknowledgements", "acknowledgments", "acknowledgement", "acknowledgment", "funding",
    "financial support", "financial disclosure", "disclosure", "disclosures",
    "conflict of interest",
    "conflicts of interest", "conflict of interest statement", "conflict of interests",
    "competing interest", "competing interests", "declaration of interest",
    "declaration of interests", "declaration of conflicting interests", "declarations",
    "author contributions", "authors’ contributions", "authors' contributions",
    "author’s contributions", "authors contributions", "contributors",
    "author disclosure statement",
    "pre publication history", "supplementary material", "supplementary materials",
    "supporting information", "additional files", "supplementary data", "author information",
  ]

  /// NLM's category of an abstract's section, or empty.
  static func category(of title: String) -> String { categories[heading(title)] ?? "" }

  /// A heading in lower case without its number and marks: `2. Methods:` → `methods`.
  static func heading(_ title: String) -> String {
    let text = title.lowercased().drop { !$0.isLetter }
    let words = text.split { !($0.isLetter || $0 == "’" || $0 == "'") }
    return words.joined(separator: " ")
  }

  private static let codes = table([
    (
      "INTRODUCTION",
      ["intro", "introduction", "background", "introduction and background", "background and aims"]
    ),
    (
      "METHODS",
      [
        "methods", "method", "materials", "subjects", "materials methods", "materials and methods",
        "material and methods", "methods and materials", "patients and methods",
        "subjects and methods", "participants and methods", "experimental procedures",
        "experimental section", "methodology", "study design", "research design and methods",
        "methods and design", "methods design",
      ]
    ),
    ("RESULTS", ["results", "result", "findings", "main results"]),
    ("DISCUSSION", ["discussion", "comment", "comments"]),
    (
      "CONCLUSIONS", ["conclusions", "conclusion", "concluding remarks", "summary and conclusions"]
    ),
  ])

  private static let categories = table([
    (
      "BACKGROUND",
      [
        "background", "introduction", "context", "rationale", "importance", "purpose of review",
        "background and rationale", "background context",
      ]
    ),
    (
      "OBJECTIVE",
      [
        "objective", "objectives", "aim", "aims", "purpose", "goal", "goals", "hypothesis",
        "background and objective", "background and objectives", "background and aims",
        "background and purpose", "background objectives", "aims and objectives", "study objective",
        "study objectives", "aims background", "background aims",
      ]
    ),
    (
      "METHODS",
      [
        "methods", "method", "design", "materials and methods", "material and methods",
        "patients and methods", "subjects and methods", "methodology", "study design", "setting",
        "settings", "participants", "patients", "interventions", "intervention", "design setting",
        "main outcome measures", "main outcome measure", "outcome measures", "measurements",
        "methods and findings", "methodology principal findings", "research design and methods",
        "methods design", "design and methods", "data sources", "study selection",
        "data extraction", "design setting and participants", "setting and participants",
        "trial design", "data collection", "outcomes", "subjects", "experimental design",
        "design and setting", "procedure", "procedures", "statistical analysis",
        "trial registration",
        "study design and methods", "methods and results",
      ]
    ),
    (
      "RESULTS",
      ["results", "result", "findings", "main results", "key results", "results and discussion"]
    ),
    (
      "CONCLUSIONS",
      [
        "conclusions", "conclusion", "discussion", "interpretation", "conclusions significance",
        "conclusion significance", "implications", "conclusions and relevance",
        "discussion and conclusion", "discussion conclusion", "significance",
        "authors' conclusions", "clinical implications", "conclusion s",
      ]
    ),
  ])

  private static func table(_ rows: [(String, [String])]) -> [String: String] {
    Dictionary(
      rows.flatMap { code, names in names.map { ($0, code) } },
      uniquingKeysWith: { first, _ in first })
  }
}
