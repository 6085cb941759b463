import Glibc
import Records

/// How fields are set apart.
package enum CSVDelimiter: Sendable, Equatable {
  case byte(UInt8)
  /// The one of `,`, tab, `;` and `|` that the first row has most of.
  case sniffed

  package static let comma = CSVDelimiter.byte(UInt8(ascii: ","))
  package static let tab = CSVDelimiter.byte(UInt8(ascii: "\t"))
}

/// How a table is written.
package struct CSVFormat: Sendable, Equatable {
  package var delimiter: CSVDelimiter
  package var hasHeader: Bool
  /// Whether `"` quotes a field; many TSV files use it as a plain character.
  package var hasQuotes: Bool
  /// The length at which a field, above all one with a missing quote, is given up.
  package var maximumFieldBytes: Int

  package init(
    delimiter: CSVDelimiter = .comma, hasHeader: Bool = true, hasQuotes: Bool = true,
    maximumFieldBytes: Int = 1 << 20
  ) {
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    self.hasQuotes = hasQuotes
    self.maximumFieldBytes = maximumFieldBytes
  }
}

/// Parses CSV and TSV piece by piece: RFC 4180, and what real tables do.
///
/// - Rows end with LF, CRLF or CR, also mixed; blank lines are skipped.
/// - A byte order mark is taken away.
/// - A quote inside an unquoted field is a plain character; so is text after a closing quote.
/// - One empty field too many at the end (a trailing delimiter) is dropped; any other row whose
///   number of fields is not that of the header is an error of that row, and never shifts columns.
/// - A row with NUL or bytes that are not UTF-8 is an error of that row.
package struct CSVParser {
  /// A row, or why it cannot be used; the error ends that row only.
  package typealias Reading = Result<CSVRow, CSVError>

  package let format: CSVFormat
  /// The column names, once the header has been parsed.
  package private(set) var header = CSVHeader.none
  private var expectedCount: Int?
  private var isStopped = false

  private var row = CSVRowBuffer()
  private var number = 0
  private var scanner: CSVScanner
  /// The first bytes, until the byte order mark and the delimiter are settled.
  private var head: [UInt8]? = []

  package init(_ format: CSVFormat = CSVFormat()) {
    self.format = format
    scanner = CSVScanner(format)
  }

  /// Parses the next bytes and calls `onRow` for every row that they complete.
  ///
  /// - Returns: false when `onRow` returned false: enough, the rest need not be fed.
  /// - Throws: `CSVError` when the table cannot be parsed further, or what `onRow` throws.
  @discardableResult
  package mutating func feed(
    _ chunk: UnsafeRawBufferPointer, onRow: (Reading) throws -> Bool
  ) throws -> Bool {
    guard head != nil else { return try scan(chunk, onRow) }
    head?.append(contentsOf: chunk)
    guard let held = head, isHeadComplete(held) else { return true }
    return try beginTable(held, onRow)
  }

  /// Tells the end of the input: the last row needs no line end.
  package mutating func finish(onRow: (Reading) throws -> Bool) throws {
    if let held = head { _ = try beginTable(held, onRow) }
    guard !isStopped else { return }
    if try scanner.finish(&row) { _ = try endRow(onRow) }
  }
}

// MARK: The start of a table

extension CSVParser {
  private static let maximumHeadBytes = 1 << 16

  private func isHeadComplete(_ held: [UInt8]) -> Bool {
    guard format.delimiter == .sniffed else { return held.count >= 3 }
    return held.count >= Self.maximumHeadBytes || firstRow(of: held).isWhole
  }

  private mutating func beginTable(
    _ held: [UInt8], _ onRow: (Reading) throws -> Bool
  ) throws -> Bool {
    head = nil
    if format.delimiter == .sniffed { scanner.delimiter = sniffedDelimiter(held) }
    let mark = held.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    scanner.offset = mark
    return try held.withUnsafeBytes {
      try scan(UnsafeRawBufferPointer(rebasing: $0[mark...]), onRow)
    }
  }

  private func sniffedDelimiter(_ held: [UInt8]) -> UInt8 {
    let row = firstRow(of: held).bytes
    let candidates = ",\t;|".utf8.map { byte in (byte, row.filter { $0 == byte }.count) }
    var best = candidates[0]
    for candidate in candidates where candidate.1 > best.1 { best = candidate }
    return best.0
  }

  /// The first row without what stands in quotes, and whether its end is there.
  private func firstRow(of held: [UInt8]) -> (bytes: [UInt8], isWhole: Bool) {
    var row: [UInt8] = []
    var isQuoted = false
    for byte in held {
      if byte == UInt8(ascii: "\""), format.hasQuotes { isQuoted.toggle() }
      guard !isQuoted else { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        if row.isEmpty { continue }
        return (row, true)
      }
      row.append(byte)
    }
    return (row, false)
  }
}

// MARK: Rows

extension CSVParser {
  private mutating func scan(
    _ chunk: UnsafeRawBufferPointer, _ onRow: (Reading) throws -> Bool
  ) throws -> Bool {
    var index = 0
    while !isStopped, try scanner.scan(chunk, from: &index, into: &row) { try endRow(onRow) }
    scanner.offset += index
    return !isStopped
  }

  /// Hands the row over.
  private mutating func endRow(_ onRow: (Reading) throws -> Bool) throws {
    dropTrailingField()
    if format.hasHeader, expectedCount == nil { return try takeHeader() }
    number += 1
    isStopped = try !hand(over: onRow)
  }

  /// Drops the empty field that a trailing delimiter makes.
  private mutating func dropTrailingField() {
    guard row.hasEmptyLastField else { return }
    if let expectedCount {
      if row.fields.count == expectedCount + 1 { row.fields.removeLast() }
    } else if format.hasHeader {
      row.fields.removeLast()
    }
  }

  private mutating func takeHeader() throws {
    guard row.fault == nil else { throw CSVError(.invalidHeader, at: rowPosition) }
    expectedCount = row.fields.count
    header = CSVHeader(names: withRow { $0.fields })
    if let name = header.duplicate { throw CSVError(.duplicateHeader(name), at: rowPosition) }
  }

  private mutating func hand(over onRow: (Reading) throws -> Bool) throws -> Bool {
    if let fault = row.fault {
      var position = rowPosition
      position.byteOffset = fault.byteOffset
      return try onRow(.failure(CSVError(fault.kind, at: position)))
    }
    let expected = expectedCount ?? row.fields.count
    expectedCount = expected
    guard row.fields.count == expected else {
      let kind = CSVError.Kind.unequalFieldCount(expected: expected, found: row.fields.count)
      return try onRow(.failure(CSVError(kind, at: rowPosition)))
    }
    return try withRow { try onRow(.success($0)) }
  }

  /// Lends the view of the row.
  private func withRow<Value>(_ body: (CSVRow) throws -> Value) rethrows -> Value {
    try row.text.withUnsafeBytes { text in
      try row.fields.withUnsafeBufferPointer { places in
        try body(
          CSVRow(
            header: header, text: text, places: places, number: number, line: row.line,
            byteOffset: row.byteOffset))
      }
    }
  }

  private var rowPosition: Position {
    Position(record: number == 0 ? nil : number, line: row.line, byteOffset: row.byteOffset)
  }
}

// MARK: Entries

extension CSVParser {
  /// Parses an entry from start to end; `onRow` returns false to leave the rest unread.
  ///
  /// - Parameter encoding: what the entry is in; its bytes are converted when it is not UTF-8, and
  ///   offsets are then those of the UTF-8.
  package static func parse(
    _ entry: inout some EntryBytes, _ format: CSVFormat = CSVFormat(),
    encoding: TextEncoding = .utf8, onRow: (Reading) throws -> Bool
  ) throws {
    var parser = CSVParser(format)
    let transcoder = encoding == .utf8 ? nil : try TranscodingStream(from: encoding)
    do {
      try entry.forEachChunk { chunk in
        guard let transcoder else {
          guard try parser.feed(chunk, onRow: onRow) else { throw EnoughRead() }
          return
        }
        var text: [UInt8] = []
        try transcoder.convert(chunk, into: &text)
        guard try text.withUnsafeBytes({ try parser.feed($0, onRow: onRow) }) else {
          throw EnoughRead()
        }
      }
      if let transcoder {
        var text: [UInt8] = []
        try transcoder.finish(into: &text)
        try text.withUnsafeBytes { _ = try parser.feed($0, onRow: onRow) }
      }
      try parser.finish(onRow: onRow)
    } catch is EnoughRead {
      return
    }
  }

  private struct EnoughRead: Error {}
}
