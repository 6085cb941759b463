import Glibc
import Records

/// A file being written, with every failure reported by name.
///
/// Bytes are gathered to pieces of 1 MiB; `close()` flushes and asks the disk to keep them.
final class OutputFile {
  let path: String
  private(set) var byteCount = 0
  private var descriptor: Int32
  private var pending: [UInt8] = []
  private static let pieceBytes = 1 << 20

  /// Creates the file, which must not exist.
  ///
  /// - Parameter isPrivate: whether only the owner may read it.
  init(creating path: String, isPrivate: Bool) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw PipelineError.system(operation: "create", path: path, code: errno)
    }
    // fchmod, for the mode must not depend on the umask.
    if !isPrivate { fchmod(descriptor, 0o644) }
  }

  deinit {
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try write($0) }
  }

  /// Writes bytes; long runs go past the buffer.
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    byteCount += bytes.count
    guard pending.count + bytes.count >= Self.pieceBytes else {
      pending.append(contentsOf: bytes)
      return
    }
    try flush()
    try writeAll(bytes)
  }

  private func flush() throws {
    try pending.withUnsafeBytes { try writeAll($0) }
    pending.removeAll(keepingCapacity: true)
  }

  /// Writes what is left; with `isDurable`, returns only when the disk has it.
  func close(isDurable: Bool) throws {
    try flush()
    if isDurable, fsync(descriptor) != 0 {
      throw PipelineError.system(operation: "write", path: path, code: errno)
    }
    let closing = descriptor
    descriptor = -1
    guard Glibc.close(closing) == 0 else {
      throw PipelineError.system(operation: "write", path: path, code: errno)
    }
  }

  private func writeAll(_ bytes: UnsafeRawBufferPointer) throws {
    var offset = 0
    while offset < bytes.count {
      let count = Glibc.write(
        descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
      if count < 0 {
        if errno == EINTR { continue }
        throw PipelineError.system(operation: "write", path: path, code: errno)
      }
      offset += count
    }
  }
}
