import Glibc
import Records

/// The row that is being scanned.
struct CSVRowBuffer {
  var text: [UInt8] = []
  var fields: [CSVField] = []
  var line = 1
  var byteOffset = 0

  /// Why the row's bytes cannot be used, or nil.
  var fault: (kind: CSVError.Kind, byteOffset: Int)? {
    text.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress, memchr(start, 0, bytes.count) != nil {
        return (.containsNUL, byteOffset)
      }
      guard UnicodeValidation.asciiEnd(of: bytes, from: 0) < bytes.count else { return nil }
      return invalidField(in: bytes)
    }
  }

  /// Each field by itself, so that no character is made of the ends of two.
  private func invalidField(
    in bytes: UnsafeRawBufferPointer
  ) -> (kind: CSVError.Kind, byteOffset: Int)? {
    var start = 0
    for (column, field) in fields.enumerated() {
      let text = UnsafeRawBufferPointer(rebasing: bytes[start..<field.end])
      start = field.end
      guard let bad = UnicodeValidation.firstInvalidOffset(in: text) else { continue }
      // A quote stands for two in a quoted field, and the opening quote is not in the text.
      let quotes = field.isQuoted ? 1 + text[..<bad].count { $0 == UInt8(ascii: "\"") } : 0
      return (.invalidUTF8(column: column + 1), field.byteOffset + quotes + bad)
    }
    return nil
  }

  var hasEmptyLastField: Bool {
    guard fields.count > 1 else { return false }
    let last = fields[fields.count - 1]
    return !last.isQuoted && last.end == fields[fields.count - 2].end
  }
}

/// The state machine that cuts bytes into fields and rows; it holds no text itself.
struct CSVScanner {
  private enum State {
    case rowStart
    case fieldStart
    case unquoted
    case quoted
    /// After a quote inside a quoted field: the end, or the first half of a doubled one.
    case quoteInQuoted
  }

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  var delimiter = UInt8(ascii: ",")
  /// The offset in the input of the chunk that is scanned.
  var offset = 0
  private let hasQuotes: Bool
  private let maximumFieldBytes: Int
  private var state = State.rowStart
  private var line = 1
  private var lastWasCarriageReturn = false
  private var fieldLine = 1
  private var fieldOffset = 0
  private var fieldStart = 0
  private var isFieldQuoted = false

  init(_ format: CSVFormat) {
    hasQuotes = format.hasQuotes
    maximumFieldBytes = format.maximumFieldBytes
    if case .byte(let byte) = format.delimiter { delimiter = byte }
  }

  /// Scans on; gives true at the end of a row, false at the end of the chunk.
  mutating func scan(
    _ chunk: UnsafeRawBufferPointer, from index: inout Int, into row: inout CSVRowBuffer
  ) throws(CSVError) -> Bool {
    while index < chunk.count {
      switch state {
      case .rowStart: beginRow(chunk, &index, &row)
      case .fieldStart: beginField(chunk, &index, row)
      case .unquoted:
        if try scanUnquoted(chunk, &index, &row) { return true }
      case .quoted: try scanQuoted(chunk, &index, &row)
      case .quoteInQuoted:
        state = chunk[index] == Self.quote ? .quoted : .unquoted
        if state == .quoted {
          row.text.append(Self.quote)
          index += 1
        }
      }
    }
    return false
  }

  /// Ends the last row, which may have no line end; gives false when there is none.
  mutating func finish(_ row: inout CSVRowBuffer) throws(CSVError) -> Bool {
    guard state != .rowStart else { return false }
    if state == .quoted { throw unterminatedQuote }
    if state == .fieldStart { openField(at: offset, row) }
    endField(&row)
    state = .rowStart
    return true
  }
}

// MARK: States

extension CSVScanner {
  /// Passes blank lines and the second half of CRLF.
  private mutating func beginRow(
    _ chunk: UnsafeRawBufferPointer, _ index: inout Int, _ row: inout CSVRowBuffer
  ) {
    let byte = chunk[index]
    if byte == Self.lineFeed || byte == Self.carriageReturn {
      passLineEnd(byte)
      index += 1
      return
    }
    lastWasCarriageReturn = false
    row.text.removeAll(keepingCapacity: true)
    row.fields.removeAll(keepingCapacity: true)
    row.line = line
    row.byteOffset = offset + index
    state = .fieldStart
  }

  private mutating func beginField(
    _ chunk: UnsafeRawBufferPointer, _ index: inout Int, _ row: CSVRowBuffer
  ) {
    openField(at: offset + index, row)
    isFieldQuoted = hasQuotes && chunk[index] == Self.quote
    state = isFieldQuoted ? .quoted : .unquoted
    if isFieldQuoted { index += 1 }
  }

  private mutating func openField(at place: Int, _ row: CSVRowBuffer) {
    fieldLine = line
    fieldOffset = place
    fieldStart = row.text.count
    isFieldQuoted = false
  }

  private mutating func endField(_ row: inout CSVRowBuffer) {
    row.fields.append(
      CSVField(end: row.text.count, byteOffset: fieldOffset, isQuoted: isFieldQuoted))
  }

  private mutating func scanUnquoted(
    _ chunk: UnsafeRawBufferPointer, _ index: inout Int, _ row: inout CSVRowBuffer
  ) throws(CSVError) -> Bool {
    let start = index
    let delimiter = delimiter
    var end = start
    while end < chunk.count {
      let byte = chunk[end]
      if byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn { break }
      end += 1
    }
    if end > start {
      row.text.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[start..<end]))
      try checkLength(row, .fieldTooLong(limit: maximumFieldBytes))
    }
    index = end
    guard end < chunk.count else { return false }
    index += 1
    endField(&row)
    if chunk[end] == delimiter {
      state = .fieldStart
      return false
    }
    passLineEnd(chunk[end])
    state = .rowStart
    return true
  }

  private mutating func scanQuoted(
    _ chunk: UnsafeRawBufferPointer, _ index: inout Int, _ row: inout CSVRowBuffer
  ) throws(CSVError) {
    guard let base = chunk.baseAddress else { return }
    let start = base + index
    let left = chunk.count - index
    let found = memchr(start, Int32(Self.quote), left)
    let count = found.map { UnsafeRawPointer($0) - start } ?? left
    let span = UnsafeRawBufferPointer(start: start, count: count)
    row.text.append(contentsOf: span)
    countLines(in: span)
    try checkLength(row, .unterminatedQuote(limit: maximumFieldBytes))
    index += count
    guard found != nil else { return }
    index += 1
    lastWasCarriageReturn = false
    state = .quoteInQuoted
  }

  private func checkLength(_ row: CSVRowBuffer, _ kind: CSVError.Kind) throws(CSVError) {
    guard row.text.count - fieldStart > maximumFieldBytes else { return }
    throw CSVError(kind, at: fieldPosition)
  }

  private var unterminatedQuote: CSVError {
    CSVError(.unterminatedQuote(limit: maximumFieldBytes), at: fieldPosition)
  }

  private var fieldPosition: Position { Position(line: fieldLine, byteOffset: fieldOffset) }
}

// MARK: Lines

extension CSVScanner {
  private mutating func passLineEnd(_ byte: UInt8) {
    let isCarriageReturn = byte == Self.carriageReturn
    if isCarriageReturn || !lastWasCarriageReturn { line += 1 }
    lastWasCarriageReturn = isCarriageReturn
  }

  /// Counts LF, CR and CRLF inside a quoted field.
  private mutating func countLines(in span: UnsafeRawBufferPointer) {
    guard let start = span.baseAddress, !span.isEmpty else { return }
    guard lastWasCarriageReturn || memchr(start, Int32(Self.carriageReturn), span.count) != nil
    else {
      var count = 0
      for byte in span { count &+= byte == Self.lineFeed ? 1 : 0 }
      line += count
      return
    }
    for byte in span {
      if byte == Self.lineFeed || byte == Self.carriageReturn {
        passLineEnd(byte)
      } else {
        lastWasCarriageReturn = false
      }
    }
  }
}
