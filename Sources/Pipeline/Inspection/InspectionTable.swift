/// The first rows of a delimited table, read leniently: enough to name its columns.
package struct InspectionTable: Sendable, Equatable {
  /// What stands between two cells.
  package enum Delimiter: UInt8, Sendable, CaseIterable {
    case tab = 0x09
    case comma = 0x2C
    case semicolon = 0x3B
    case pipe = 0x7C

    package var label: String {
      switch self {
      case .tab: "TSV"
      case .comma: "CSV"
      case .semicolon: "CSV (;)"
      case .pipe: "CSV (|)"
      }
    }
  }

  package var delimiter: Delimiter
  /// The cells of the first row when it is a header; empty otherwise.
  package var header: [String]
  package var columnCount: Int
  var rows: [[ArraySlice<UInt8>]]

  /// The table that the bytes are the start of; nil when rows do not agree in their cells.
  ///
  /// - Parameter isNamedTable: whether the entry's name says so (`.csv`), which lets shorter
  ///   tables pass.
  init?(_ bytes: [UInt8], isWhole: Bool, isNamedTable: Bool) {
    for delimiter in Delimiter.allCases {
      let rows = Self.rows(of: bytes, delimiter: delimiter.rawValue, isWhole: isWhole)
      guard let count = Self.agreedCount(of: rows, isNamedTable: isNamedTable) else { continue }
      self.delimiter = delimiter
      self.rows = rows
      columnCount = count
      header = rows.first.map { Self.isHeader($0) ? $0.map(Self.text) : [] } ?? []
      if isNamedTable || !header.isEmpty || delimiter == .tab { return }
    }
    return nil
  }

  /// The columns with the share of filled cells over the rows read.
  var fields: InspectionFields {
    var fields = InspectionFields()
    let names = header.isEmpty ? (0..<columnCount).map { "column \($0 + 1)" } : header
    for row in rows.dropFirst(header.isEmpty ? 0 : 1) {
      for (name, cell) in zip(names, row) {
        fields.add(name, isFilled: cell.contains { $0 > 0x20 })
      }
    }
    if fields.isEmpty {
      for name in names { fields.add(InspectionFields.Field(name, filled: 0, of: 0)) }
    }
    return fields
  }

  /// The data rows read.
  var recordCount: Int { rows.count - (header.isEmpty ? 0 : 1) }

  /// The number of cells that the rows agree on, two at least.
  private static func agreedCount(of rows: [[ArraySlice<UInt8>]], isNamedTable: Bool) -> Int? {
    guard let count = rows.first?.count, count >= 2 else { return nil }
    let agreeing = rows.count { $0.count == count }
    if isNamedTable { return agreeing * 10 >= rows.count * 9 ? count : nil }
    return rows.count >= 3 && agreeing == rows.count ? count : nil
  }

  /// Whether a row looks like names: short, distinct words that are neither numbers nor sentences.
  ///
  /// Errs towards no, since what is taken for a header is printed.
  private static func isHeader(_ row: [ArraySlice<UInt8>]) -> Bool {
    let names = row.map(text)
    guard Set(names).count == names.count, names.count(where: \.isEmpty) <= 1 else { return false }
    return names.allSatisfy(isName)
  }

  private static func isName(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let last = bytes.last else { return true }
    guard bytes.count <= 64, bytes.count(where: { $0 == 0x20 }) <= 5 else { return false }
    if [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: ",")].contains(last) { return false }
    // A number, a date or a code is a value; a name begins with a letter.
    guard let first = bytes.first(where: { !"_#\"' (".utf8.contains($0) }) else { return false }
    return (0x41...0x5A).contains(first & 0xDF) || first >= 0x80
  }

  private static func text(_ cell: ArraySlice<UInt8>) -> String {
    let trimmed = cell.drop { $0 <= 0x20 }
    let end = trimmed.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? trimmed.startIndex
    return String(decoding: trimmed[..<end], as: UTF8.self)
  }

  /// The complete rows, whose quoted cells may hold delimiters and line ends (RFC 4180).
  ///
  /// Cells come without their quotes, doubled quotes as they are.
  static func rows(
    of bytes: [UInt8], delimiter: UInt8, isWhole: Bool
  ) -> [[ArraySlice<UInt8>]] {
    var rows: [[ArraySlice<UInt8>]] = []
    var row: [ArraySlice<UInt8>] = []
    var start = 0
    var index = 0
    var isQuoted = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x22, isQuoted || index == start {
        isQuoted.toggle()
      } else if byte == 0x22, !isQuoted, index > start, bytes[start] == 0x22 {
        isQuoted = true
      } else if !isQuoted, byte == delimiter || byte == 0x0A {
        row.append(cell(bytes[start..<index]))
        start = index + 1
        if byte == 0x0A { end(&row, into: &rows) }
      }
      index += 1
    }
    if isWhole, start < bytes.count || !row.isEmpty {
      row.append(cell(bytes[start...]))
      end(&row, into: &rows)
    }
    return rows
  }

  /// Takes a row over unless it is a blank line.
  private static func end(
    _ row: inout [ArraySlice<UInt8>], into rows: inout [[ArraySlice<UInt8>]]
  ) {
    if row.count > 1 || row.first?.isEmpty == false { rows.append(row) }
    row = []
  }

  private static func cell(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let cell = bytes.last == 0x0D ? bytes.dropLast() : bytes
    guard cell.count >= 2, cell.first == 0x22, cell.last == 0x22 else { return cell }
    return cell.dropFirst().dropLast()
  }
}
