import CXML
import Glibc
import Records

/// Turns text of a declared encoding into UTF-8, piece by piece, by glibc's iconv.
///
/// A character that is cut by the end of a piece waits for the next one. Bytes that do not fit the
/// encoding are a located error; nothing is replaced or left out. UTF-8 itself is validated and
/// passed on. A byte order mark at the start is taken away.
package final class TranscodingStream {
  package let encoding: TextEncoding
  private var converter: iconv_t?
  /// The start of a character whose end has not come yet.
  private var held: [UInt8] = []
  /// How many bytes of the input are converted.
  private var offset: Int
  private var isAtStart: Bool

  /// - Parameter offset: where the first byte fed stands in the input; a byte order mark is looked
  ///   for at 0 only.
  /// - Throws: `TextError` when this machine's iconv lacks the encoding.
  package init(from encoding: TextEncoding, startingAt offset: Int = 0) throws(TextError) {
    self.encoding = encoding
    self.offset = offset
    isAtStart = offset == 0
    if encoding != .utf8 { try open(encoding) }
  }

  deinit {
    if let converter { iconv_close(converter) }
  }

  /// Converts the next bytes and appends them to `output`.
  package func convert(
    _ chunk: UnsafeRawBufferPointer, into output: inout [UInt8]
  ) throws(TextError) {
    if held.isEmpty, !isAtStart { return try convertWhole(chunk, into: &output) }
    held.append(contentsOf: chunk)
    if isAtStart {
      guard held.count >= 4 else { return }
      try passMark()
    }
    try convertHeld(into: &output)
  }

  /// Tells the end of the input, and appends what a very short one still holds.
  package func finish(into output: inout [UInt8]) throws(TextError) {
    if isAtStart {
      try passMark()
      try convertHeld(into: &output)
    }
    guard held.isEmpty else { throw error(.truncated, at: 0) }
  }

  private func open(_ encoding: TextEncoding) throws(TextError) {
    // iconv_open gives (iconv_t)-1 on failure.
    guard let converter = iconv_open("UTF-8", encoding.iconvName), Int(bitPattern: converter) != -1
    else {
      throw TextError(.unknownEncoding, encoding: encoding.name, at: Position())
    }
    self.converter = converter
  }

  /// Takes a byte order mark away; one of `utf-16` also settles the byte order.
  private func passMark() throws(TextError) {
    isAtStart = false
    guard let mark = TextEncoding.byteOrderMark(of: held) else { return }
    guard mark.encoding == encoding || (encoding == .utf16 && mark.encoding.isUTF16) else {
      guard mark.encoding != .utf8 else { throw error(.invalidBytes, at: 0) }
      return
    }
    if encoding == .utf16, mark.encoding != .utf16BigEndian {
      if let converter { iconv_close(converter) }
      try open(mark.encoding)
    }
    held.removeFirst(mark.bytes)
    offset += mark.bytes
  }

  private func error(_ kind: TextError.Kind, at place: Int) -> TextError {
    TextError(kind, encoding: encoding.name, at: Position(byteOffset: offset + place))
  }
}

// MARK: Conversion

extension TranscodingStream {
  private func convertHeld(into output: inout [UInt8]) throws(TextError) {
    let joined = held
    held = []
    let failure = joined.withUnsafeBytes { bytes -> TextError? in
      do throws(TextError) {
        try convertWhole(bytes, into: &output)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  private func convertWhole(
    _ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]
  ) throws(TextError) {
    guard let converter else { return try validate(bytes, into: &output) }
    // Every byte of these encodings becomes at most three of UTF-8; four for a whole margin.
    var space = [UInt8](unsafeUninitializedCapacity: 1 << 16) { $1 = 1 << 16 }
    var rest = bytes
    while !rest.isEmpty {
      let step = Self.step(converter, rest, &space)
      output.append(contentsOf: space[..<step.written])
      offset += step.read
      rest = UnsafeRawBufferPointer(rebasing: rest[step.read...])
      switch step.failure {
      case 0, E2BIG: continue
      case EINVAL:
        held = Array(rest)
        return
      default: throw error(.invalidBytes, at: 0)
      }
    }
  }

  /// One call of iconv: how far it came, and why it stopped there.
  private static func step(
    _ converter: iconv_t, _ bytes: UnsafeRawBufferPointer, _ space: inout [UInt8]
  ) -> (read: Int, written: Int, failure: Int32) {
    space.withUnsafeMutableBytes { space in
      var input = UnsafeMutablePointer<CChar>(
        mutating: bytes.bindMemory(to: CChar.self).baseAddress)
      var output = space.bindMemory(to: CChar.self).baseAddress
      var inputLeft = bytes.count
      var outputLeft = space.count
      let result = iconv(converter, &input, &inputLeft, &output, &outputLeft)
      let failure = result == -1 ? errno : 0
      return (bytes.count - inputLeft, space.count - outputLeft, failure)
    }
  }

  /// The way of UTF-8: valid bytes are passed on as they are.
  private func validate(
    _ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]
  ) throws(TextError) {
    let valid = UnicodeValidation.validPrefix(of: bytes)
    output.append(contentsOf: bytes[..<valid.bytes])
    offset += valid.bytes
    guard valid.bytes < bytes.count else { return }
    guard valid.isTruncated else { throw error(.invalidBytes, at: 0) }
    held = Array(bytes[valid.bytes...])
  }
}
