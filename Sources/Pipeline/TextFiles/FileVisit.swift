import Archives
import Formats
import Records

/// One file on its way through, see `FileTexts`.
final class FileVisit {
  let texts: FileTexts
  let path: String
  let edit: (FileTexts.Text) throws -> String
  let tell: (Diagnostic) throws -> Void
  let output: (([UInt8]) throws -> Void)?

  private var form: TextFileForm?
  private var pieces: TextPieces
  private var lines = JSONLines()
  private var table: CSVParser?
  private var delimiter = UInt8(ascii: ",")
  /// The names of the columns; nil before the first row.
  private var columns: [String]?
  /// Whether the first row is one like all others, so that columns are told by their numbers.
  private var isHeadless = false
  /// The start of what may be one JSON document.
  private var document: [UInt8] = []
  /// Which keys are identifiers themselves, of those that were met.
  private var identifyingKeys: [String: Bool] = [:]
  /// Whether there was a JSON value, and the fields met in them that were asked for.
  private var hasValues = false
  private var met: Set<String> = []

  init(
    texts: FileTexts, path: String, edit: @escaping (FileTexts.Text) throws -> String,
    tell: @escaping (Diagnostic) throws -> Void, output: (([UInt8]) throws -> Void)?
  ) {
    self.texts = texts
    self.path = path
    self.edit = edit
    self.tell = tell
    self.output = output
    pieces = TextPieces(identifiers: texts.identifiers)
  }

  func take(_ chunk: UnsafeRawBufferPointer) throws {
    switch form ?? begin(chunk) {
    case .json: try takeDocument(chunk)
    case .jsonl: try lines.feed(chunk, take)
    case .csv: try table?.feed(chunk, onRow: take)
    default: try pieces.feed(chunk, take)
    }
  }

  func finish() throws {
    if form == .json { try finishDocument() }
    switch form {
    case .jsonl: try lines.finish(take)
    case .csv: try table?.finish(onRow: take)
    case .json, nil: break
    default: try pieces.finish(take)
    }
    try requireMetFields()
  }

  private func begin(_ chunk: UnsafeRawBufferPointer) -> TextFileForm {
    let settled = texts.form.settled(path: path, firstBytes: Array(chunk.prefix(64)))
    form = settled
    if settled == .csv {
      let head = chunk.prefix { $0 != 0x0A }
      let marks = path.lowercased().hasSuffix(".tsv") ? "\t" : ",\t;|"
      delimiter =
        marks.utf8.max { first, second in
          head.count { $0 == first } < head.count { $0 == second }
        } ?? delimiter
      table = CSVParser(
        CSVFormat(delimiter: .byte(delimiter), hasHeader: false, maximumFieldBytes: 16 << 20))
    }
    return settled
  }

  private func take(_ piece: TextPieces.Piece) throws {
    if let problem = piece.problem { try tell(problem) }
    let edited = try edit(
      FileTexts.Text(text: piece.text, line: piece.line, field: nil, patient: path))
    try output?(Array(edited.utf8))
  }
}

// MARK: JSON

extension FileVisit {
  /// The largest file that is taken as one document; larger ones are lines or plain text.
  private static let largestDocument = 64 << 20

  private func takeDocument(_ chunk: UnsafeRawBufferPointer) throws {
    document.append(contentsOf: chunk)
    if document.count > Self.largestDocument { try giveDocumentUp() }
  }

  private func finishDocument() throws {
    let parsed: JSONDocument
    do {
      parsed = try JSONDocument(parsing: document)
    } catch {
      if !isLines(document) { try tell(error.diagnostic) }
      return try giveDocumentUp()
    }
    try take(parsed)
  }

  /// Goes on with what was held back, as lines or as plain text.
  private func giveDocumentUp() throws {
    let held = document
    document = []
    form = isLines(held) ? .jsonl : .text
    try held.withUnsafeBytes { bytes in
      if form == .jsonl { try lines.feed(bytes, take) } else { try pieces.feed(bytes, take) }
    }
  }

  /// Whether the first line is a value of its own.
  private func isLines(_ bytes: [UInt8]) -> Bool {
    let line = bytes.drop { $0 <= 0x20 }.prefix { $0 != 0x0A }
    return line.count < bytes.count && (try? JSONDocument(parsing: Array(line))) != nil
  }

  /// Takes a document; lines are told of what stands at its top.
  private func take(_ document: JSONDocument) throws {
    let root = document.root
    var json = JSONWriter()
    var lines = LineCount(document: self.document)
    switch root.kind {
    case .array:
      json.beginArray()
      for (place, element) in root.elements.enumerated() {
        let line = lines.line(at: element.byteOffset)
        json.value(try edited(row: JSON(element), number: place + 1, line: line))
      }
      json.endArray()
    default:
      json.value(try edited(row: JSON(root), number: 1, line: lines.line(at: root.byteOffset)))
    }
    json.newline()
    try output?(json.take())
  }

  /// Tells the line of one place after another.
  private struct LineCount {
    let document: [UInt8]
    private var place = 0
    private var line = 1

    init(document: [UInt8]) { self.document = document }

    mutating func line(at offset: Int) -> Int {
      line += document[place..<max(place, min(offset, document.count))].count { $0 == 0x0A }
      place = max(place, min(offset, document.count))
      return line
    }
  }

  private func take(_ line: JSONLine) throws {
    let row: JSON
    do {
      row = try JSON(JSONDocument(parsing: line).root)
    } catch {
      try tell(error.diagnostic)
      // What cannot be read as it should be is looked at all the same.
      let text = String(decoding: line.bytes, as: UTF8.self)
      _ = try edit(FileTexts.Text(text: text, line: line.number, field: nil, patient: path))
      return
    }
    let edited = try edited(row: row, number: line.number, line: line.number)
    guard let output else { return }
    var json = JSONWriter()
    json.value(edited)
    json.newline()
    try output(json.take())
  }

  /// Stops when a field that was asked for is in no value: its texts would be left as they are.
  private func requireMetFields() throws {
    guard hasValues, let field = texts.named.first(where: { !met.contains($0) }) else { return }
    throw Diagnostic("no row has the field '\(field)'")
  }

  private func edited(row: JSON, number: Int, line: Int) throws -> JSON {
    hasValues = true
    let key = texts.patient.flatMap { row[$0]?.scalarText }
    if key != nil, let name = texts.patient { met.insert(name) }
    return try edited(
      row, Place(line: line, patient: key ?? "\(path)#\(number)"), isWanted: texts.fields.isEmpty)
  }

  /// Where a value stands: its field by the file's names, and as it may be told.
  private struct Place {
    var field = ""
    var shown = ""
    var line: Int
    var patient: String

    func text(_ text: String) -> FileTexts.Text {
      FileTexts.Text(text: text, line: line, field: shown, patient: patient)
    }
  }

  private func edited(_ value: JSON, _ place: Place, isWanted: Bool) throws -> JSON {
    let isNamed = texts.fields.contains(place.field)
    if isNamed { met.insert(place.field) }
    let isWanted = isWanted || isNamed
    switch value {
    case .string(let text):
      return isWanted ? .string(try edit(place.text(text))) : value
    case .number(let text):
      // Shorter ones are no identifier without a word before them.
      guard isWanted, text.utf8.count >= 7 else { return value }
      let edited = try edit(place.text(text))
      return edited == text ? value : .string(edited)
    case .array(let elements):
      return .array(try elements.map { try edited($0, place, isWanted: isWanted) })
    case .object(let members):
      return .object(
        try members.enumerated().map { number, member in
          try edited(member, number + 1, place, isWanted: isWanted)
        })
    default: return value
    }
  }

  private func edited(
    _ member: JSON.Member, _ number: Int, _ place: Place, isWanted: Bool
  ) throws -> JSON.Member {
    let isIdentifying = isIdentifying(member.key)
    let shown = isIdentifying ? "#\(number)" : member.key
    var inner = place
    inner.field = place.field.isEmpty ? member.key : "\(place.field).\(member.key)"
    inner.shown = place.shown.isEmpty ? shown : "\(place.shown).\(shown)"
    let isWantedKey = isIdentifying && (isWanted || texts.fields.contains(inner.field))
    return JSON.Member(
      isWantedKey ? try edit(inner.text(member.key)) : member.key,
      try edited(member.value, inner, isWanted: isWanted))
  }

  /// Keys stand in every line again: each is looked at once.
  private func isIdentifying(_ key: String) -> Bool {
    if let known = identifyingKeys[key] { return known }
    let isIdentifying = !texts.identifiers(key).isEmpty
    if identifyingKeys.count < 1 << 14 { identifyingKeys[key] = isIdentifying }
    return isIdentifying
  }
}

// MARK: Tables

extension FileVisit {
  private func take(_ reading: CSVParser.Reading) throws -> Bool {
    switch reading {
    case .success(let row): try take(row)
    case .failure(let error): try tell(error.diagnostic)
    }
    return true
  }

  private func take(_ row: CSVRow) throws {
    guard let columns else { return try begin(row) }
    let key = texts.patient.flatMap(columns.firstIndex(of:)).map { row[$0] }
    try take(row, columns, patient: key ?? "\(path)#\(row.number - 1)")
  }

  /// Takes the first row: names, unless an identifier is among them.
  private func begin(_ row: CSVRow) throws {
    let names = row.fields
    columns = names
    for field in texts.fields.union(texts.patient.map { [$0] } ?? []) where !names.contains(field) {
      throw Diagnostic("the table has no column '\(field)'")
    }
    isHeadless = names.contains { !texts.identifiers($0).isEmpty }
    guard isHeadless else { return try write(names) }
    try tell(
      Diagnostic(
        at: Position(line: row.line),
        "the first row holds an identifier: it is taken as a row, and columns by their numbers",
        severity: .warning))
    try take(row, names, patient: "\(path)#0")
  }

  private func take(_ row: CSVRow, _ columns: [String], patient: String) throws {
    try write(
      try columns.indices.map { place in
        guard texts.fields.isEmpty || texts.fields.contains(columns[place]) else {
          return row[place]
        }
        return try edit(
          FileTexts.Text(
            text: row[place], line: row.line,
            field: isHeadless ? "#\(place + 1)" : columns[place], patient: patient))
      })
  }

  private func write(_ cells: [String]) throws {
    guard let output else { return }
    var bytes: [UInt8] = []
    for (place, cell) in cells.enumerated() {
      if place > 0 { bytes.append(delimiter) }
      let needsQuotes = cell.utf8.contains {
        $0 == delimiter || $0 == 0x0A || $0 == 0x0D || $0 == UInt8(ascii: "\"")
      }
      guard needsQuotes else {
        bytes += cell.utf8
        continue
      }
      bytes.append(UInt8(ascii: "\""))
      for byte in cell.utf8 {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(0x0A)
    try output(bytes)
  }
}
