import Formats

/// Running text of JATS → plain text: what `MarkupText` does, with formulas, citations and
/// cross-references treated as the options say.
///
/// A formula becomes `[FORMULA: x² + y]`, or `[FORMULA]` where it is only a picture. A citation goes
/// with its brackets; a name that the sentence needs stays (`Smith et al. (2004) showed`). Marks of
/// footnotes go, mentions of figures and tables stay.
struct JATSText: Sendable {
  let options: JATSOptions

  /// An element's text on one line.
  func line(_ element: XMLElement) -> String {
    line(ofFlat: MarkupText.flat(element, replacing: replacement))
  }

  /// The same for the first element of that name, or an empty text.
  func line(_ element: XMLElement?) -> String { element.map { line($0) } ?? "" }

  /// Text that `inlined` gave, on one line, without its citations.
  func line(ofFlat text: String) -> String {
    TidyText.line(options.keepsReferences ? text : CitationMarks.dropped(from: text))
  }

  /// An element within a line.
  func inlined(_ element: XMLElement) -> String {
    MarkupText.inlined(element, replacing: replacement)
  }

  /// What stands for an element; nil for markup that JATS shares with others.
  private func replacement(for element: XMLElement) -> String? {
    switch element.name {
    case "xref": crossReference(element)
    case "sup" where holdsOnly(Self.noteKinds, element): ""
    case "sup" where !options.keepsReferences && holdsOnly(Self.citationKinds, element):
      CitationMarks.marked(element.text)
    case "inline-formula", "disp-formula", "tex-math", "math": formula(element)
    case "alternatives":
      element.first("tex-math") != nil || element.first("math") != nil ? formula(element) : nil
    case "inline-graphic", "private-char": options.formulas == .drop ? "" : Self.mark
    case "break": " "
    case "list", "list-item", "title", "disp-quote":
      " \(MarkupText.flat(element, replacing: replacement)) "
    case "fn", "table-wrap", "fig", "supplementary-material", "target": ""
    default: nil
    }
  }
}

// MARK: Citations

extension JATSText {
  private func crossReference(_ element: XMLElement) -> String? {
    let kind = element.attribute("ref-type") ?? ""
    if Self.noteKinds.contains(kind) { return "" }
    guard Self.citationKinds.contains(kind), !options.keepsReferences else { return nil }
    return CitationMarks.marked(element.text)
  }

  /// What cross-references to footnotes and to works are called.
  private static let noteKinds: Set = ["fn", "table-fn", "aff", "corresp", "author-notes"]
  private static let citationKinds: Set = ["bibr", "ref"]

  /// Whether an element holds such references and what stands between them, nothing else.
  private func holdsOnly(_ kinds: Set<String>, _ element: XMLElement) -> Bool {
    var hasReference = false
    for piece in element.content {
      switch piece {
      case .text(let text):
        guard text.utf8.allSatisfy(CitationMarks.separates) else { return false }
      case .element(let inner):
        guard inner.isNamed("xref"), let kind = inner.attribute("ref-type"), kinds.contains(kind)
        else { return false }
        hasReference = true
      }
    }
    return hasReference
  }
}

// MARK: Formulas

extension JATSText {
  private static let mark = "[FORMULA]"

  private func formula(_ element: XMLElement) -> String {
    if options.formulas == .drop { return "" }
    let tex = element.isNamed("tex-math") ? element : element.descendants(named: "tex-math").first
    let math = element.isNamed("math") ? element : element.descendants(named: "math").first
    let source = tex.map { TeXFormula.body(of: $0.text) } ?? ""
    if options.formulas == .latex, !source.isEmpty {
      return element.isNamed("disp-formula") ? " $$\(source)$$ " : "$\(source)$"
    }
    var text = math.map(MathText.line) ?? source
    if text.isEmpty, math == nil, tex == nil {
      text = TidyText.line(MarkupText.flat(element) { $0.isNamed("label") ? "" : nil })
    }
    return text.isEmpty ? Self.mark : "[FORMULA: \(text)]"
  }
}

/// LaTeX as JATS has it: a whole document for each formula.
enum TeXFormula {
  /// The formula inside `\begin{document}$$ … $$\end{document}`.
  static func body(of source: String) -> String {
    var text = source[...]
    if let start = text.utf8.firstRange(of: "\\begin{document}".utf8) {
      text = text[start.upperBound...]
    }
    if let end = text.utf8.firstRange(of: "\\end{document}".utf8) { text = text[..<end.lowerBound] }
    var line = TidyText.line(String(text))[...]
    for (open, close) in [("$$", "$$"), ("$", "$"), ("\\[", "\\]"), ("\\(", "\\)")]
    where line.hasPrefix(open) && line.hasSuffix(close) && line.utf8.count >= 2 * open.utf8.count {
      line = line.dropFirst(open.count).dropLast(close.count)
    }
    return TidyText.line(String(line))
  }
}
