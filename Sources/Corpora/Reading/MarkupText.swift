import Formats

/// Inline markup → plain text that keeps its meaning.
///
/// Superscripts and subscripts become Unicode's where each character has one (`10⁵`, `H₂O`, `Ca²⁺`),
/// else `^x` and `_x`, in braces when longer (`T_{max}`); ordinals (`4th`) and signs that stand high
/// anyway (`®`, `*`, `°`) stay as they are. MathML becomes a formula on one line. All other markup
/// (bold, italic, underlined) is dropped around its text.
enum MarkupText {
  /// An element's text on one line.
  static func line(_ element: XMLElement) -> String {
    guard element.children.contains(where: { _ in true }) else {
      return element.withTextBytes { TidyText.line($0) }
    }
    return TidyText.line(flat(element))
  }

  /// What stands for an element whose markup means more than its text; nil where it does not.
  typealias Replacement = (XMLElement) -> String?

  /// An element's text as it is laid out.
  static func flat(
    _ element: XMLElement, replacing replacement: Replacement = { _ in nil }
  ) -> String {
    var text = ""
    for piece in element.content {
      switch piece {
      case .text(let run): text += run
      case .element(let inner): text += inlined(inner, replacing: replacement)
      }
    }
    return text
  }

  /// An element within the text of another.
  static func inlined(_ element: XMLElement, replacing replacement: Replacement) -> String {
    if let text = replacement(element) { return text }
    if element.isNamed("math") { return MathText.line(element) }
    let text = flat(element, replacing: replacement)
    return switch element.name {
    case "sup": keepingBlanks(around: text, superscript)
    case "sub": keepingBlanks(around: text, `subscript`)
    case "br", "p": " \(text) "
    default: text
    }
  }

  /// A text changed between the blanks at its ends, which part words though they stand inside the
  /// markup: `FEV<sub>1 </sub>rose`.
  private static func keepingBlanks(
    around text: String, _ change: (String) -> String
  ) -> String {
    let core = TidyText.line(text)
    guard let first = text.utf8.first, let last = text.utf8.last, !core.isEmpty else { return text }
    return (TidyText.isSpace(first) ? " " : "") + change(core) + (TidyText.isSpace(last) ? " " : "")
  }

  static func superscript(_ text: String) -> String {
    if text == "TM" { return "™" }
    if ["st", "nd", "rd", "th"].contains(text) { return text }
    return script(text, raised, mark: "^")
  }

  static func `subscript`(_ text: String) -> String { script(text, lowered, mark: "_") }

  private static func script(
    _ text: String, _ forms: [Unicode.Scalar: Unicode.Scalar], mark: String
  ) -> String {
    var mapped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard let form = forms[scalar] else { return marked(text, mark) }
      mapped.append(form)
    }
    return String(mapped)
  }

  private static func marked(_ text: String, _ mark: String) -> String {
    text.unicodeScalars.count == 1 ? mark + text : "\(mark){\(text)}"
  }

  private static let signs: [Unicode.Scalar: Unicode.Scalar] = [
    "®": "®", "™": "™", "©": "©", "*": "*", "†": "†", "‡": "‡", "§": "§", "°": "°", "º": "°",
    "′": "′", "″": "″", "'": "′",
  ]

  private static let raised = signs.merging(
    forms("0123456789+-−–=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾"), uniquingKeysWith: { $1 })

  private static let lowered = forms("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")

  private static func forms(_ plain: String, _ script: String) -> [Unicode.Scalar: Unicode.Scalar] {
    Dictionary(zip(plain.unicodeScalars, script.unicodeScalars), uniquingKeysWith: { $1 })
  }
}

/// Presentation MathML → a formula on one line: `x² + y`, `(a + b)/c`, `√(x)`.
enum MathText {
  static func line(_ math: XMLElement) -> String { TidyText.line(row(math)) }

  private static func row(_ element: XMLElement) -> String {
    var text = ""
    for piece in element.content {
      switch piece {
      case .text(let run): text += TidyText.line(run)
      case .element(let inner): text += self.text(of: inner)
      }
    }
    return text
  }

  private static func text(of element: XMLElement) -> String {
    let parts = Array(element.children)
    switch element.name {
    case "annotation", "annotation-xml": return ""
    case "mtext": return element.text
    case "mspace": return " "
    case "mo": return spaced(TidyText.line(element.text))
    case "mfrac" where parts.count == 2: return grouped(parts[0]) + "/" + grouped(parts[1])
    case "msqrt": return "√(\(row(element)))"
    case "mroot" where parts.count == 2: return "\(grouped(parts[0]))^{1/\(text(of: parts[1]))}"
    case "mover" where parts.count == 2: return accented(parts)
    case "msup", "mover": return scripted(parts, [MarkupText.superscript])
    case "msub", "munder": return scripted(parts, [MarkupText.subscript])
    case "msubsup", "munderover":
      return scripted(parts, [MarkupText.subscript, MarkupText.superscript])
    case "mfenced": return fenced(element, parts)
    case "mtr": return tableRow(parts)
    case "mtable": return parts.map(text).joined(separator: "; ")
    default: return row(element)
    }
  }

  private static func scripted(_ parts: [XMLElement], _ scripts: [(String) -> String]) -> String {
    guard let base = parts.first else { return "" }
    return zip(parts.dropFirst(), scripts).reduce(text(of: base)) { text, part in
      text + part.1(TidyText.line(self.text(of: part.0)))
    }
  }

  /// A row of a matrix, `a, b`, or of equations set below each other, whose cells are parts of one.
  private static func tableRow(_ cells: [XMLElement]) -> String {
    let texts = cells.map { TidyText.line(text(of: $0)) }.filter { !$0.isEmpty }
    return texts.joined(separator: texts.contains(where: wide.contains) ? " " : ", ")
  }

  /// A letter with what stands over it: `x̄`, where that is an accent.
  private static func accented(_ parts: [XMLElement]) -> String {
    let base = TidyText.line(text(of: parts[0]))
    guard base.unicodeScalars.count == 1, let accent = accents[TidyText.line(parts[1].text)] else {
      return scripted(parts, [MarkupText.superscript])
    }
    return base + accent
  }

  private static let accents = [
    "¯": "\u{304}", "‾": "\u{304}", "_": "\u{304}", "^": "\u{302}", "ˆ": "\u{302}",
    "~": "\u{303}", "˜": "\u{303}", "∼": "\u{303}", "˙": "\u{307}", ".": "\u{307}",
    "¨": "\u{308}", "ˇ": "\u{30c}", "→": "\u{20d7}", "⃗": "\u{20d7}",
  ]

  /// A part of a fraction, in parentheses when it is more than a name or a number.
  private static func grouped(_ element: XMLElement) -> String {
    let text = TidyText.line(text(of: element))
    let isSimple = text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.isNumber }
    return isSimple ? text : "(\(text))"
  }

  private static func fenced(_ element: XMLElement, _ parts: [XMLElement]) -> String {
    let inner = parts.map(text).joined(separator: element.attribute("separators") ?? ", ")
    return (element.attribute("open") ?? "(") + inner + (element.attribute("close") ?? ")")
  }

  /// Relations and sums stand between spaces; brackets, primes and commas do not.
  private static func spaced(_ sign: String) -> String { wide.contains(sign) ? " \(sign) " : sign }

  private static let wide: Set = [
    "=", "≠", "≈", "≡", "≅", "∼", "~", "<", ">", "≤", "≥", "≪", "≫", "+", "−", "±", "×", "·", "→",
    "←", "↔", "⇒", "∈", "∝", "⩽", "⩾", "-",
  ]
}

extension Unicode.Scalar {
  fileprivate var isNumber: Bool { properties.numericType != nil || self == "." }
}
