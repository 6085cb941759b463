import Formats
import Records

/// An entry whose text is handed on as UTF-8, from the encoding that the recipe names or else from
/// UTF-8 or GB18030, whichever its start is valid in.
///
/// Chinese corpora come in either and say nothing of it. The first 64 KiB decide; bytes that do not
/// fit what they showed are an error with their place. Offsets are those of the UTF-8 text.
struct ChineseText<Base: EntryBytes>: EntryBytes {
  private var base: Base
  private let encoding: TextEncoding?

  init(_ base: Base, encoding: TextEncoding?) {
    self.base = base
    self.encoding = encoding
  }

  var path: String { base.path }
  var archive: String { base.archive }

  mutating func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let declared = encoding
    var start: [UInt8] = []
    var stream: TranscodingStream?
    var text: [UInt8] = []
    func convert(_ bytes: UnsafeRawBufferPointer, by stream: TranscodingStream) throws {
      text.removeAll(keepingCapacity: true)
      try stream.convert(bytes, into: &text)
      try text.withUnsafeBytes(body)
    }
    func begin() throws -> TranscodingStream {
      let encoding = declared ?? ChineseTextStart.encoding(of: start)
      let stream = try TranscodingStream(from: encoding)
      try start.withUnsafeBytes { try convert($0, by: stream) }
      start = []
      return stream
    }
    try base.forEachChunk { chunk in
      if let stream { return try convert(chunk, by: stream) }
      let missing = ChineseTextStart.byteCount - start.count
      start.append(contentsOf: chunk.prefix(missing))
      guard chunk.count >= missing else { return }
      let opened = try begin()
      stream = opened
      try convert(UnsafeRawBufferPointer(rebasing: chunk.dropFirst(missing)), by: opened)
    }
    let opened = try stream ?? begin()
    text.removeAll(keepingCapacity: true)
    try opened.finish(into: &text)
    try text.withUnsafeBytes(body)
  }
}

/// The names of files as Chinese Windows writes them into zips: CP936, and no word of it.
enum ChineseName {
  /// The name whose bytes that are not UTF-8 were escaped as `\x..`; as it is when they are no GB18030
  /// either.
  static func readable(_ name: String) -> String {
    guard name.utf8.contains(UInt8(ascii: "\\")) else { return name }
    let bytes = bytes(of: name)
    guard bytes.withUnsafeBytes(UnicodeValidation.firstInvalidOffset(in:)) != nil else {
      return name
    }
    let text = try? bytes.withUnsafeBytes { try TextDecoder.decode($0, as: .gb18030) }
    return text ?? name
  }

  private static func bytes(of name: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(name.utf8)[...]
    while let first = rest.popFirst() {
      let digits = String(decoding: rest.dropFirst().prefix(2), as: UTF8.self)
      guard first == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "x"),
        let byte = UInt8(digits, radix: 16)
      else {
        bytes.append(first)
        continue
      }
      bytes.append(byte)
      rest = rest.dropFirst(3)
    }
    return bytes
  }
}

/// How much of a text is looked at to tell its encoding.
private enum ChineseTextStart {
  static let byteCount = 1 << 16

  static func encoding(of bytes: [UInt8]) -> TextEncoding {
    let valid = bytes.withUnsafeBytes { UnicodeValidation.validPrefix(of: $0) }
    return valid.bytes == bytes.count || valid.isTruncated ? .utf8 : .gb18030
  }
}

extension ReaderOption {
  /// What Chinese text is encoded in.
  static let chineseEncoding = ReaderOption(
    "encoding", "UTF-8 or GB18030, by content", "the encoding of all files, such as `gb18030`")
}
