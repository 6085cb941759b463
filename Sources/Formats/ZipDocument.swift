import CZlib
import Records

/// A document that is a zip file in memory, such as a workbook: its parts by name.
///
/// For documents that a reader takes whole; archives are opened elsewhere. The directory at the end
/// says what there is (APPNOTE 6.3.10 §4.3.12). Parts are stored or deflated; each is inflated piece by
/// piece, no further than the directory says, and checked against its CRC-32. Encrypted, split and
/// zip64 files are refused, as no writer makes documents so.
package struct ZipDocument {
  private struct Part {
    var method: Int
    var isEncrypted: Bool
    var checksum: UInt32
    var packedCount: Int
    var count: Int
    var headerOffset: Int
  }

  private let bytes: [UInt8]
  private let maximumPartBytes: Int
  /// The parts by name in lower case: names of parts are compared without case (ECMA-376-2 §9.1.1).
  private var parts: [String: Part] = [:]

  /// - Parameter maximumPartBytes: The longest part that is inflated.
  /// - Throws: `ZipDocumentError` when the bytes are no such file.
  package init(
    _ bytes: [UInt8], maximumPartBytes: Int = 1 << 30
  ) throws(ZipDocumentError) {
    self.bytes = bytes
    self.maximumPartBytes = maximumPartBytes
    let end = try Self.endRecord(in: bytes)
    let disks = bytes.number(at: end + 4, 4)
    let count = bytes.number(at: end + 10, 2)
    let length = bytes.number(at: end + 12, 4)
    var offset = bytes.number(at: end + 16, 4)
    guard disks == 0, count == bytes.number(at: end + 8, 2), count < 0xffff, length < 0xffff_ffff
    else { throw ZipDocumentError(.unsupported("split over disks, or zip64"), at: end) }
    guard offset + length <= end else { throw ZipDocumentError(.damagedDirectory, at: end) }
    let directoryEnd = offset + length
    for _ in 0..<count { offset = try takePart(at: offset, before: directoryEnd) }
  }

  /// Whether there is a part of that name.
  package func hasPart(_ name: String) -> Bool { parts[name.lowercased()] != nil }

  /// The whole of a part; nil when there is none of that name.
  package func contents(of name: String) throws -> [UInt8]? {
    var contents: [UInt8] = []
    guard try forEachChunk(of: name, { contents.append(contentsOf: $0) }) else { return nil }
    return contents
  }

  /// Calls `body` with a part piece by piece; false when there is none of that name.
  ///
  /// - Throws: `ZipDocumentError`, or what `body` throws.
  package func forEachChunk(
    of name: String, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Bool {
    guard let part = parts[name.lowercased()] else { return false }
    guard !part.isEncrypted else {
      throw ZipDocumentError(.unsupported("encrypted"), at: part.headerOffset)
    }
    guard part.count <= maximumPartBytes else {
      throw ZipDocumentError(.partTooLong(name, limit: maximumPartBytes), at: part.headerOffset)
    }
    let data = try data(of: part, name)
    try bytes.withUnsafeBytes { bytes in
      let packed = UnsafeRawBufferPointer(rebasing: bytes[data])
      switch part.method {
      case 0: try handOn(stored: packed, part, name, body)
      case 8: try inflate(packed, part, name, body)
      default:
        throw ZipDocumentError(
          .unsupported("compressed by method \(part.method)"), at: part.headerOffset)
      }
    }
    return true
  }
}

// MARK: Directory

extension ZipDocument {
  private static let endLength = 22

  /// The offset of the end of the directory, which a comment may follow.
  private static func endRecord(in bytes: [UInt8]) throws(ZipDocumentError) -> Int {
    var offset = bytes.count - endLength
    let first = max(0, offset - 0xffff)
    while offset >= first {
      if bytes.number(at: offset, 4) == 0x0605_4b50,
        offset + endLength + bytes.number(at: offset + 20, 2) == bytes.count
      {
        return offset
      }
      offset -= 1
    }
    throw ZipDocumentError(.noDirectory, at: bytes.count)
  }

  /// Takes the entry of the directory at an offset; the offset of the next.
  private mutating func takePart(
    at offset: Int, before end: Int
  ) throws(ZipDocumentError) -> Int {
    guard offset + 46 <= end, bytes.number(at: offset, 4) == 0x0201_4b50 else {
      throw ZipDocumentError(.damagedDirectory, at: offset)
    }
    let nameLength = bytes.number(at: offset + 28, 2)
    let next =
      offset + 46 + nameLength + bytes.number(at: offset + 30, 2)
      + bytes.number(at: offset + 32, 2)
    guard next <= end else { throw ZipDocumentError(.damagedDirectory, at: offset) }
    let name = String(decoding: bytes[offset + 46..<offset + 46 + nameLength], as: UTF8.self)
    let part = Part(
      method: bytes.number(at: offset + 10, 2),
      isEncrypted: bytes.number(at: offset + 8, 2) & 1 == 1,
      checksum: UInt32(bytes.number(at: offset + 16, 4)),
      packedCount: bytes.number(at: offset + 20, 4), count: bytes.number(at: offset + 24, 4),
      headerOffset: bytes.number(at: offset + 42, 4))
    guard parts.updateValue(part, forKey: name.lowercased()) == nil else {
      throw ZipDocumentError(.damagedDirectory, at: offset)
    }
    return next
  }

  /// Where a part's data stands, behind its own header.
  private func data(of part: Part, _ name: String) throws(ZipDocumentError) -> Range<Int> {
    let header = part.headerOffset
    guard header + 30 <= bytes.count, bytes.number(at: header, 4) == 0x0403_4b50 else {
      throw ZipDocumentError(.damagedPart(name), at: header)
    }
    let start =
      header + 30 + bytes.number(at: header + 26, 2) + bytes.number(at: header + 28, 2)
    guard start + part.packedCount <= bytes.count else {
      throw ZipDocumentError(.damagedPart(name), at: header)
    }
    return start..<start + part.packedCount
  }
}

// MARK: Content

extension ZipDocument {
  private func handOn(
    stored packed: UnsafeRawBufferPointer, _ part: Part, _ name: String,
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    guard packed.count == part.count, Checksum(of: packed).value == part.checksum else {
      throw ZipDocumentError(.damagedPart(name), at: part.headerOffset)
    }
    try body(packed)
  }

  private func inflate(
    _ packed: UnsafeRawBufferPointer, _ part: Part, _ name: String,
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let damage = ZipDocumentError(.damagedPart(name), at: part.headerOffset)
    var stream = z_stream()
    // Negative: raw deflate, without a header of its own.
    let status = inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has memory for its state")
    defer { inflateEnd(&stream) }
    let input = packed.bindMemory(to: UInt8.self)
    stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
    stream.avail_in = UInt32(input.count)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { buffer.deallocate() }
    var checksum = Checksum()
    var count = 0
    var isAtEnd = false
    while !isAtEnd {
      stream.next_out = buffer.bindMemory(to: UInt8.self).baseAddress
      stream.avail_out = UInt32(buffer.count)
      switch CZlib.inflate(&stream, Z_NO_FLUSH) {
      case Z_OK: break
      case Z_STREAM_END: isAtEnd = true
      default: throw damage
      }
      let piece = UnsafeRawBufferPointer(
        rebasing: buffer.prefix(buffer.count - Int(stream.avail_out)))
      count += piece.count
      guard count <= part.count else { throw damage }
      checksum.add(piece)
      if !piece.isEmpty { try body(piece) }
    }
    guard count == part.count, checksum.value == part.checksum else { throw damage }
  }
}

/// A CRC-32.
private struct Checksum {
  private var state: UInt = 0

  init() {}

  init(of bytes: UnsafeRawBufferPointer) { add(bytes) }

  var value: UInt32 { UInt32(truncatingIfNeeded: state) }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    let bytes = bytes.bindMemory(to: UInt8.self)
    state = crc32_z(state, bytes.baseAddress, bytes.count)
  }
}

extension [UInt8] {
  /// A little-endian number of a few bytes, all of which must be there.
  fileprivate func number(at offset: Int, _ length: Int) -> Int {
    self[offset..<offset + length].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

/// Why a zip document, or a part of it, cannot be read.
package struct ZipDocumentError: DiagnosticError, Equatable {
  /// What is wrong.
  package enum Kind: Sendable, Equatable {
    case noDirectory
    case damagedDirectory
    case damagedPart(String)
    case partTooLong(String, limit: Int)
    case unsupported(String)
  }

  package var kind: Kind
  package var byteOffset: Int

  init(_ kind: Kind, at byteOffset: Int) {
    self.kind = kind
    self.byteOffset = byteOffset
  }

  package var diagnostic: Diagnostic {
    Diagnostic(at: Position(byteOffset: byteOffset), message, hint: hint)
  }

  private var message: String {
    switch kind {
    case .noDirectory: "the document has no zip directory at its end; it is cut short or no zip"
    case .damagedDirectory: "the document's zip directory is damaged"
    case .damagedPart(let name): "part '\(name)' of the document is damaged"
    case .partTooLong(let name, let limit):
      "part '\(name)' of the document is longer than \(limit) bytes"
    case .unsupported(let what): "the document is \(what), which cannot be read"
    }
  }

  private var hint: String? {
    if case .unsupported = kind { "save it anew, without a password" } else { nil }
  }
}
