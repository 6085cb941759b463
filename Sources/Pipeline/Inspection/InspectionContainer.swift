import Glibc

/// What a file on disk is by its first bytes: its compression, its container.
struct InspectionContainer {
  /// The compression around everything; empty when there is none.
  let compression: String
  /// The container that the first bytes show, when no compression hides it.
  let container: String
  let byteCount: Int

  /// The file at a path; nil when it cannot be read, which opening it as an archive will tell.
  init?(path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    byteCount = Int(status.st_size)
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    bytes.removeLast(512 - max(0, count))
    compression = Self.compressions.first { bytes.holds($0.bytes, at: 0) }?.name ?? ""
    container = Self.containers.first { bytes.holds($0.bytes, at: $0.offset) }?.name ?? ""
  }

  /// The form in words: `zip`, `tar in gzip`, `gzip`, `plain file`.
  ///
  /// - Parameter isContainer: whether the archive turned out to hold entries, which a compression
  ///   hides from the first bytes. What is compressed as a whole is a tar in all but odd cases.
  func label(isContainer: Bool) -> String {
    guard isContainer else { return compression.isEmpty ? "plain file" : compression }
    if !container.isEmpty { return container }
    return compression.isEmpty ? "tar" : "tar in \(compression)"
  }

  private static let compressions: [(name: String, bytes: [UInt8])] = [
    ("gzip", [0x1F, 0x8B]), ("bzip2", Array("BZh".utf8)),
    ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]), ("zstd", [0x28, 0xB5, 0x2F, 0xFD]),
  ]
  private static let containers: [(name: String, offset: Int, bytes: [UInt8])] = [
    ("zip", 0, Array("PK\u{03}\u{04}".utf8)), ("zip", 0, Array("PK\u{05}\u{06}".utf8)),
    ("zip", 0, Array("PK00PK".utf8)), ("7z", 0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
    ("tar", 257, Array("ustar".utf8)),
  ]
}
