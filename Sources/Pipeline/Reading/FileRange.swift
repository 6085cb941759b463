import Glibc

/// Pieces of files of the work folder.
enum FileRange {
  static func bytes(of path: String, offset: Int, count: Int) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw PipelineError.system(operation: "open", path: path, code: errno)
    }
    defer { close(descriptor) }
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(
          descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, offset + filled)
        guard got > 0 else {
          throw PipelineError.system(
            operation: "read back", path: path, code: got < 0 ? errno : EIO)
        }
        filled += got
      }
    }
  }
}
