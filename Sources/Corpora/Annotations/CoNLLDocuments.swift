import Formats
import Records

/// Which column of a line is what.
struct CoNLLColumns: Sendable {
  private let names: [String]?
  /// The type of a mention whose tag has none.
  let type: String

  /// - Parameter names: what the recipe calls the columns; nil for the token first and the tag last.
  /// - Throws: `Diagnostic` when there is no token or no tag among them.
  init(_ names: [String]?, type: String) throws {
    self.names = names
    self.type = type
    guard let names else { return }
    for name in ["token", "tag"] where !names.contains(name) {
      throw Diagnostic(
        "option 'columns' has no column '\(name)'", hint: "for example token,start,end,tag")
    }
  }

  /// A token with its tag, and its offsets where there are columns for them.
  struct Cell {
    let token: String
    let tag: String
    let span: TextSpan?
  }

  /// The cells of a line; nil when it has other columns.
  func cell(of line: String) -> Cell? {
    let separator: Character = line.utf8.contains(0x09) ? "\t" : " "
    let fields = line.split(separator: separator, omittingEmptySubsequences: separator == " ")
      .map(String.init)
    guard let names else {
      guard fields.count >= 2, !fields[0].isEmpty else { return nil }
      return Cell(token: fields[0], tag: fields[fields.count - 1], span: nil)
    }
    guard fields.count == names.count else { return nil }
    let byName = Dictionary(zip(names, fields), uniquingKeysWith: { first, _ in first })
    guard let token = byName["token"], !token.isEmpty, let tag = byName["tag"] else { return nil }
    guard names.contains("start"), names.contains("end") else {
      return Cell(token: token, tag: tag, span: nil)
    }
    guard let start = byName["start"].flatMap({ Int($0) }),
      let end = byName["end"].flatMap({ Int($0) })
    else { return nil }
    return Cell(token: token, tag: tag, span: TextSpan(start, end))
  }
}

/// Puts the lines of a file together to documents, or to sentences where it names no documents.
struct CoNLLDocuments {
  private let file: String
  private let columns: CoNLLColumns
  private var document: CoNLLDocument?
  private var namesDocuments = false
  private var count = 0
  private var ids = RepeatedIDs()

  init(file: String, columns: CoNLLColumns) {
    self.file = file
    self.columns = columns
  }

  /// The document that ends at the end of the file.
  var last: CoNLLDocument? { document.flatMap { $0.isEmpty ? nil : $0 } }

  /// Takes a line and gives the document that ends before it, if one does.
  mutating func take(_ line: TextLines.Line) -> CoNLLDocument? {
    if let name = Self.documentName(in: line.text) {
      namesDocuments = true
      let ended = last
      document = new(name, at: line.byteOffset)
      return ended
    }
    if TidyText.isBlank(line.text) {
      guard !namesDocuments else {
        document?.endSentence()
        return nil
      }
      defer { document = nil }
      return last
    }
    guard !Self.isComment(line.text) else { return nil }
    var current = document ?? new("", at: line.byteOffset)
    current.add(columns.cell(of: line.text), line: line.number, defaultType: columns.type)
    document = current
    return nil
  }

  private mutating func new(_ name: String, at byteOffset: Int) -> CoNLLDocument {
    count += 1
    let id = name.isEmpty ? "\(file)#\(count)" : ids.unique(name)
    return CoNLLDocument(id: id, name: name, byteOffset: byteOffset)
  }

  /// The name of the document that a line starts; empty where it has none, nil where it starts none.
  private static func documentName(in line: String) -> String? {
    if line.hasPrefix("-DOCSTART-") { return "" }
    for mark in ["# doc_id =", "# newdoc id =", "###MEDLINE:"] where line.hasPrefix(mark) {
      return TidyText.line(String(line.dropFirst(mark.count)))
    }
    return nil
  }

  /// Whether it is a line such as `# text = …`, and no token `#`.
  private static func isComment(_ line: String) -> Bool {
    line.hasPrefix("# ") && line.utf8.contains(UInt8(ascii: "=")) && !line.utf8.contains(0x09)
  }
}

/// A document as it is put together.
struct CoNLLDocument {
  let id: String
  /// The document's name, or empty.
  let name: String
  let byteOffset: Int
  private(set) var malformedLine: Int?
  private var text = ""
  private var count = 0
  private var entities: [Entity] = []
  /// The type of the mention that the next token may belong to.
  private var openType: String?
  private var lastEnd: Int?
  private var startsSentence = false

  init(id: String, name: String, byteOffset: Int) {
    self.id = id
    self.name = name
    self.byteOffset = byteOffset
  }

  var isEmpty: Bool { text.isEmpty && malformedLine == nil }

  var content: AnnotatedText { AnnotatedText(text: text, entities: entities) }

  mutating func endSentence() {
    startsSentence = !text.isEmpty
    openType = nil
  }

  mutating func add(_ cell: CoNLLColumns.Cell?, line: Int, defaultType: String) {
    guard let cell, let tag = CoNLLTag(cell.tag, defaultType: defaultType) else {
      malformedLine = malformedLine ?? line
      return
    }
    let gap = gap(before: cell)
    text += gap
    count += gap.utf8.count
    let start = count
    text += cell.token
    count += cell.token.unicodeScalars.count
    lastEnd = cell.span?.end
    startsSentence = false
    mark(tag, TextSpan(start, count), gap + cell.token)
  }

  private func gap(before cell: CoNLLColumns.Cell) -> String {
    guard !text.isEmpty else { return "" }
    if startsSentence { return "\n" }
    if let start = cell.span?.start, let lastEnd, start == lastEnd { return "" }
    return " "
  }

  private mutating func mark(_ tag: CoNLLTag, _ span: TextSpan, _ words: String) {
    guard let type = tag.type else {
      openType = nil
      return
    }
    if !tag.begins, openType == type, var entity = entities.popLast() {
      entity.spans = [TextSpan(entity.spans[0].start, span.end)]
      entity.text += words
      entities.append(entity)
    } else {
      let word = words.unicodeScalars.suffix(span.end - span.start)
      entities.append(Entity(type: type, spans: [span], text: String(word)))
    }
    openType = tag.ends ? nil : type
  }
}

/// A tag: where in a mention a token stands, and of which type.
private struct CoNLLTag {
  /// Nil outside of every mention.
  let type: String?
  let begins: Bool
  let ends: Bool

  /// - Returns: nil for what is no tag of IOB, IOBES or BILOU.
  init?(_ text: String, defaultType: String) {
    let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.count > 1 ? String(parts[1]) : defaultType
    switch parts.first {
    case "O" where parts.count == 1: (type, begins, ends) = (nil, false, true)
    case "B": (type, begins, ends) = (name, true, false)
    case "I", "M": (type, begins, ends) = (name, false, false)
    case "E", "L": (type, begins, ends) = (name, false, true)
    case "S", "U": (type, begins, ends) = (name, true, true)
    default: return nil
    }
  }
}
