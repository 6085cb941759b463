/// What a file or member is, judged by its first bytes and never by its name.
enum FileKind: Equatable {
  case container(Container.Format)
  case compressed(Compression)
  /// A format that is recognised so that it can be refused by its name.
  case notEnabled(String)
  case plain

  /// How many of the first bytes the judgement needs: ISO 9660 shows itself at 32,769.
  static let window = 33 << 10

  init(firstBytes bytes: UnsafeRawBufferPointer) {
    if let compression = Compression(firstBytes: bytes) {
      self = .compressed(compression)
    } else if let format = Container.Format(firstBytes: bytes) {
      self = .container(format)
    } else if let name = Self.knownFormat(bytes) {
      self = .notEnabled(name)
    } else {
      self = .plain
    }
  }

  /// The name of a format that is known and not enabled.
  private static func knownFormat(_ bytes: UnsafeRawBufferPointer) -> String? {
    if let match = signatures.first(where: { bytes.holds($0.bytes, at: $0.offset) }) {
      return match.name
    }
    if isLHA(bytes) { return "lha" }
    if isASCIICpio(bytes) { return "cpio" }
    if isLZMA(bytes) { return "lzma" }
    if isProgram(bytes) { return "executable" }
    return nil
  }

  private static let signatures: [(name: String, offset: Int, bytes: [UInt8])] = [
    ("rar", 0, Array("Rar!\u{1A}\u{07}".utf8)),
    ("cab", 0, Array("MSCF\0\0\0\0".utf8)),
    ("xar", 0, Array("xar!".utf8)),
    ("rpm", 0, [0xED, 0xAB, 0xEE, 0xDB]),
    ("ar", 0, Array("!<arch>\n".utf8)),
    ("warc", 0, Array("WARC/".utf8)),
    ("mtree", 0, Array("#mtree".utf8)),
    ("cpio", 0, [0xC7, 0x71]),
    ("cpio", 0, [0x71, 0xC7]),
    ("compress (.Z)", 0, [0x1F, 0x9D]),
    ("pack (.z)", 0, [0x1F, 0x1E]),
    ("lzip", 0, Array("LZIP".utf8) + [1]),
    ("lz4", 0, [0x04, 0x22, 0x4D, 0x18]),
    ("lz4", 0, [0x02, 0x21, 0x4C, 0x18]),
    ("lzop", 0, [0x89, 0x4C, 0x5A, 0x4F, 0x00]),
    ("lrzip", 0, Array("LRZI".utf8) + [0]),
    ("grzip", 0, Array("GRZipII".utf8)),
    ("zpaq", 0, Array("7kSt".utf8)),
    ("executable", 0, [0x7F, 0x45, 0x4C, 0x46]),
    ("iso9660", 32_769, Array("CD001".utf8)),
  ]

  /// Whether a method such as `-lh5-` stands where LHA's headers have it.
  private static func isLHA(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= 21, bytes[5] != 0x20, bytes[6] == UInt8(ascii: "-") else { return false }
    return bytes.holds(Array("-lh".utf8), at: 2) || bytes.holds(Array("-lz".utf8), at: 2)
  }

  /// Whether the first bytes are a whole ASCII cpio header; its magic alone may start a number.
  private static func isASCIICpio(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if bytes.holds(Array("070707".utf8), at: 0) {
      return bytes.count >= 76 && bytes.prefix(76).allSatisfy { (0x30...0x37).contains($0) }
    }
    guard bytes.holds(Array("070701".utf8), at: 0) || bytes.holds(Array("070702".utf8), at: 0)
    else { return false }
    return bytes.count >= 110 && bytes.prefix(110).allSatisfy { UInt8.isHexadecimal($0) }
  }

  /// Whether the bytes are an LZMA-alone header, which has no magic: properties, a dictionary size
  /// of few bits, a believable length, and the zero that every LZMA stream starts with.
  private static func isLZMA(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= 14, bytes[0] < 225, bytes[1] == 0, bytes[2] == 0, bytes[13] == 0 else {
      return false
    }
    let dictionary = Int(bytes[3]) << 16 | Int(bytes[4]) << 24
    guard dictionary > 0, dictionary.nonzeroBitCount <= 2 else { return false }
    let length = bytes[5..<13]
    return length.allSatisfy { $0 == 0xFF } || length.suffix(3).allSatisfy { $0 == 0 }
  }

  /// Whether the bytes are a Windows program, which archives can hide in.
  private static func isProgram(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count > 64, bytes.holds(Array("MZ".utf8), at: 0) else { return false }
    let header = bytes.loadUnaligned(fromByteOffset: 0x3C, as: UInt32.self)
    return bytes.holds(Array("PE\0\0".utf8), at: Int(UInt32(littleEndian: header)))
  }
}

/// The compressions that are enabled.
enum Compression: String, CaseIterable {
  case gzip
  case bzip2
  case xz
  case zstd

  init?(firstBytes bytes: UnsafeRawBufferPointer) {
    if bytes.holds([0x1F, 0x8B, 0x08], at: 0) {
      self = .gzip
    } else if bytes.holds(Array("BZh".utf8), at: 0), Self.isBzip2(bytes) {
      self = .bzip2
    } else if bytes.holds([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], at: 0) {
      self = .xz
    } else if bytes.holds([0x28, 0xB5, 0x2F, 0xFD], at: 0) || Self.isSkippableFrame(bytes) {
      self = .zstd
    } else {
      return nil
    }
  }

  /// Whether a level and the magic of a block, or that of the end of the stream, follow `BZh`.
  private static func isBzip2(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count > 3, (0x31...0x39).contains(bytes[3]) else { return false }
    let block: [UInt8] = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]
    let end: [UInt8] = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]
    return bytes.count < 10 || bytes.holds(block, at: 4) || bytes.holds(end, at: 4)
  }

  private static func isSkippableFrame(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.holds([0x2A, 0x4D, 0x18], at: 1) && bytes[0] >> 4 == 5
  }

  /// The endings that promise this compression, with what takes their place once it is undone.
  var suffixes: [(ending: String, replacement: String)] {
    switch self {
    case .gzip: [(".gz", ""), (".tgz", ".tar"), (".gzip", "")]
    case .bzip2: [(".bz2", ""), (".tbz2", ".tar"), (".tbz", ".tar")]
    case .xz: [(".xz", ""), (".txz", ".tar")]
    case .zstd: [(".zst", ""), (".tzst", ".tar"), (".zstd", "")]
    }
  }

  /// Whether a stream says of itself that it carries no checksum, so that damage may go unnoticed.
  func isUnchecked(firstBytes bytes: UnsafeRawBufferPointer) -> Bool {
    switch self {
    case .gzip, .bzip2: false
    case .xz: bytes.count > 7 && bytes[7] & 0x0F == 0
    case .zstd: bytes.count > 4 && bytes[0] == 0x28 && bytes[4] & 0x04 == 0
    }
  }

  /// A name without the ending of this compression: `a.csv.gz` → `a.csv`.
  func nameWithoutSuffix(_ name: String) -> String {
    let lowercased = name.lowercased()
    for suffix in suffixes where lowercased.hasSuffix(suffix.ending) {
      return String(name.dropLast(suffix.ending.count)) + suffix.replacement
    }
    return name
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the bytes stand at an offset.
  func holds(_ expected: [UInt8], at offset: Int) -> Bool {
    guard offset >= 0, count >= offset + expected.count else { return false }
    return self[offset..<(offset + expected.count)].elementsEqual(expected)
  }
}

extension UInt8 {
  fileprivate static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }
}
