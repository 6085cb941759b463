import Archives
import Formats
import Glibc
import Records

/// The texts of files of any kind, one after another, to be looked at or rewritten.
///
/// Plain text comes in pieces, JSON Lines value by value, tables cell by cell. Memory is bounded by a
/// piece, a line or a row.
struct FileTexts {
  var form = TextFileForm.auto
  /// The fields or columns that are taken; all when empty.
  var fields: Set<String> = []
  /// The field or column with the key of the patient.
  var patient: String?

  /// A text with its place.
  struct Text {
    var text: String
    /// The 1-based line that it, or its row, begins on.
    var line: Int
    /// The field or column that it is of; nil for plain text.
    var field: String?
    /// What tells one patient's texts from another's, as far as known: a key, or the row.
    var patient: String
  }

  /// Calls `edit` with every text of an entry; writes the entry with what it returns to `output`.
  func visit(
    _ entry: inout some EntryBytes, edit: (Text) throws -> String,
    output: (([UInt8]) throws -> Void)?
  ) throws {
    let path = entry.path
    try withoutActuallyEscaping(edit) { edit in
      let visit = Visit(texts: self, path: path, edit: edit, output: output)
      try entry.forEachChunk { try visit.take($0) }
      try visit.finish()
    }
  }

  /// The path as a person finds it: from the current folder.
  static func shownPath(of file: InputFile) -> String {
    file.path.hasPrefix("./") ? String(file.path.dropFirst(2)) : file.path
  }
}

/// One entry on its way through.
private final class Visit {
  let texts: FileTexts
  let path: String
  let edit: (FileTexts.Text) throws -> String
  let output: (([UInt8]) throws -> Void)?

  private var form: TextFileForm?
  private var pieces = TextPieces()
  private var lines = JSONLines()
  private var table: CSVParser?
  private var delimiter = UInt8(ascii: ",")
  private var hasHeader = false

  init(
    texts: FileTexts, path: String, edit: @escaping (FileTexts.Text) throws -> String,
    output: (([UInt8]) throws -> Void)?
  ) {
    self.texts = texts
    self.path = path
    self.edit = edit
    self.output = output
  }

  func take(_ chunk: UnsafeRawBufferPointer) throws {
    switch form ?? begin(chunk) {
    case .jsonl: try lines.feed(chunk, take)
    case .csv: try table?.feed(chunk, onRow: take)
    default: try pieces.feed(chunk, take)
    }
  }

  func finish() throws {
    switch form {
    case .jsonl: try lines.finish(take)
    case .csv:
      try table?.finish(onRow: take)
      if !hasHeader, let names = table?.header.names { try write(names) }
    case nil: break
    default: try pieces.finish(take)
    }
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
      table = CSVParser(CSVFormat(delimiter: .byte(delimiter), maximumFieldBytes: 16 << 20))
    }
    return settled
  }

  private func take(_ piece: TextPieces.Piece) throws {
    let edited = try edit(
      FileTexts.Text(text: piece.text, line: piece.line, field: nil, patient: path))
    try output?(Array(edited.utf8))
  }

  // MARK: JSON Lines

  private func take(_ line: JSONLine) throws {
    let row = try JSON(JSONDocument(parsing: line).root)
    let key = texts.patient.flatMap { row[$0] }.flatMap(Self.key)
    let edited = try edited(
      row, path: "", isWanted: texts.fields.isEmpty, line: line.number,
      patient: key ?? "\(path)#\(line.number)")
    guard let output else { return }
    var json = JSONWriter()
    json.value(edited)
    json.newline()
    try output(json.take())
  }

  private static func key(_ value: JSON) -> String? {
    switch value {
    case .string(let text), .number(let text): text
    default: nil
    }
  }

  private func edited(
    _ value: JSON, path: String, isWanted: Bool, line: Int, patient: String
  ) throws -> JSON {
    let isWanted = isWanted || texts.fields.contains(path)
    switch value {
    case .string(let text):
      guard isWanted else { return value }
      return .string(
        try edit(FileTexts.Text(text: text, line: line, field: path, patient: patient)))
    case .array(let elements):
      return .array(
        try elements.map {
          try edited($0, path: path, isWanted: isWanted, line: line, patient: patient)
        })
    case .object(let members):
      return .object(
        try members.map { member in
          let name = path.isEmpty ? member.key : "\(path).\(member.key)"
          return JSON.Member(
            member.key,
            try edited(
              member.value, path: name, isWanted: isWanted, line: line, patient: patient))
        })
    default: return value
    }
  }

  // MARK: Tables

  private func take(_ reading: CSVParser.Reading) throws -> Bool {
    let row = try reading.get()
    if !hasHeader { try write(row.names) }
    hasHeader = true
    try take(row)
    return true
  }

  private func take(_ row: CSVRow) throws {
    let key = texts.patient.flatMap { row[$0] }
    let names = row.names
    for field in texts.fields.union(texts.patient.map { [$0] } ?? []) where !names.contains(field) {
      throw Diagnostic("the table has no column '\(field)'")
    }
    let cells = try names.indices.map { place in
      guard texts.fields.isEmpty || texts.fields.contains(names[place]) else { return row[place] }
      return try edit(
        FileTexts.Text(
          text: row[place], line: row.line, field: names[place],
          patient: key ?? "\(path)#\(row.number)"))
    }
    try write(cells)
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

/// Standard input as an entry.
struct StandardInput: EntryBytes {
  let path = "-"
  let archive = ""

  mutating func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw PipelineError.system(operation: "read", path: "standard input", code: errno)
      }
      guard count > 0 else { return }
      try buffer.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }
}
