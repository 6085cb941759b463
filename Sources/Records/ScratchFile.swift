import Glibc

/// A file of the work folder that exists only as long as it is open.
///
/// Its name is removed as soon as it is opened, so that nothing is left behind, however the run
/// ends. Only the user may read it.
package final class ScratchFile {
  private let descriptor: Int32
  private let path: String
  package private(set) var byteCount = 0

  package init(in folder: String, named name: String) throws {
    path = "\(folder)/\(name)"
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw ScratchError(operation: "create", path: path, code: errno)
    }
    unlink(path)
  }

  deinit { close(descriptor) }

  package func append(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let written = pwrite(descriptor, rest.baseAddress, rest.count, off_t(byteCount))
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        throw ScratchError(operation: "write", path: path, code: written < 0 ? errno : EIO)
      }
      byteCount += written
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }

  /// Fills the buffer with the bytes at `offset`.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
    var done = 0
    while done < buffer.count {
      let got = pread(
        descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done,
        off_t(offset + done))
      if got < 0, errno == EINTR { continue }
      guard got > 0 else {
        throw ScratchError(operation: "read back", path: path, code: got < 0 ? errno : EIO)
      }
      done += got
    }
  }
}

/// The system refused an operation on a file of the work folder: exit 3.
package struct ScratchError: DiagnosticError, Sendable {
  package var operation: String
  package var path: String
  package var code: Int32

  package var diagnostic: Diagnostic {
    Diagnostic(
      at: Position(file: path),
      "cannot \(operation): \(String(cString: strerror(code)).lowercased())",
      hint: code == ENOSPC ? "free some space or choose another '--output'; then run again" : nil)
  }
}
