import Records

/// Why lines of an HL7 file cannot be read.
package struct HL7Error: Error, Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// Lines that no MSH stands before.
    case noHeader
    /// An MSH that does not state the signs its message is divided by.
    case noDelimiters
  }

  package var kind: Kind
  package var line: Int
  package var byteOffset: Int
}

/// Divides a file into HL7 version 2 messages.
///
/// Segments end with CR as the standard has it, with LF or with CRLF; a line that does not start like
/// a segment goes on with the one before it, as broken texts do. A byte order mark, the envelopes of
/// batches (FHS, BHS, BTS, FTS) and the frames of MLLP (0x0B, 0x1C) are taken away. The text must be
/// UTF-8.
package struct HL7Parser {
  private var results: [Result<HL7Message, HL7Error>] = []
  private var message: HL7Message?
  private var delimiters = HL7Delimiters()
  private var pending: (bytes: [UInt8], line: Int)?
  private var isAfterError = false

  /// The messages of a file in order.
  package static func messages(in bytes: [UInt8]) -> [Result<HL7Message, HL7Error>] {
    var parser = HL7Parser()
    var start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    var line = 1
    while start < bytes.count {
      let end = bytes[start...].firstIndex(where: isLineEnd) ?? bytes.count
      while start < end, isFrame(bytes[start]) { start += 1 }
      parser.take(bytes[start..<end].filter { !isFrame($0) }, at: start, line)
      start = end + 1
      if end + 1 < bytes.count, bytes[end] == 0x0d, bytes[end + 1] == 0x0a { start += 1 }
      line += 1
    }
    parser.endMessage()
    return parser.results
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0d || byte == 0x0a }

  private static func isFrame(_ byte: UInt8) -> Bool { byte == 0x0b || byte == 0x1c }

  private mutating func take(_ line: [UInt8], at offset: Int, _ number: Int) {
    guard line.contains(where: { $0 > 0x20 }) else { return }
    if line.starts(with: "MSH".utf8) { return begin(line, at: offset, number) }
    if Self.envelopes.contains(where: { line.starts(with: $0.utf8) }) { return endMessage() }
    guard message != nil else {
      // One error tells of all the lines up to the next message.
      if !isAfterError { fail(.noHeader, at: offset, number) }
      return
    }
    if isSegment(line) {
      endSegment()
      pending = (line, number)
    } else {
      pending?.bytes.append(0x0a)
      pending?.bytes += line
    }
  }

  private static let envelopes = ["FHS", "BHS", "BTS", "FTS"]

  private mutating func begin(_ line: [UInt8], at offset: Int, _ number: Int) {
    endMessage()
    guard let delimiters = HL7Delimiters(header: line[...]) else {
      return fail(.noDelimiters, at: offset, number)
    }
    isAfterError = false
    self.delimiters = delimiters
    message = HL7Message(segments: [], byteOffset: offset, line: number)
    pending = (line, number)
  }

  /// Whether a line starts with a name of a segment: a capital and two capitals or digits.
  private func isSegment(_ line: [UInt8]) -> Bool {
    let name = line.prefix(3)
    let rest = line.dropFirst(3)
    guard name.count == 3, (0x41...0x5a).contains(name[0]),
      rest.first == delimiters.field || rest.allSatisfy({ $0 <= 0x20 })
    else { return false }
    return name.allSatisfy { (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) }
  }

  private mutating func endSegment() {
    guard let (bytes, line) = pending else { return }
    message?.segments.append(HL7Segment(bytes[...], delimiters: delimiters, line: line))
    pending = nil
  }

  private mutating func endMessage() {
    endSegment()
    if let message { results.append(.success(message)) }
    message = nil
    isAfterError = false
  }

  private mutating func fail(_ kind: HL7Error.Kind, at offset: Int, _ line: Int) {
    results.append(.failure(HL7Error(kind: kind, line: line, byteOffset: offset)))
    isAfterError = true
  }
}
