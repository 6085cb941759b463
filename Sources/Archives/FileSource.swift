import Glibc
import Records

/// A file on disk as a source, read in blocks of 256 KiB.
final class FileSource: SeekableSource {
  let byteCount: Int
  private(set) var offset = 0
  private let descriptor: Int32
  private let displayPath: String
  private let tally: ReadTally?
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 4096)
  /// Bytes read so far, each place of the file counted as often as it is read.
  private(set) var bytesRead = 0

  /// Opens a regular file; anything else (a folder, a fifo that would block) is refused.
  init(path: String, displayPath: String, tally: ReadTally? = nil) throws(ArchiveError) {
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard opened >= 0 else {
      let code = errno
      buffer.deallocate()
      throw ArchiveError(.systemFailure(action: "open", path: displayPath, code: code))
    }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      buffer.deallocate()
      throw ArchiveError(.notFound(displayPath, reason: "it is not a regular file"))
    }
    posix_fadvise(opened, 0, 0, POSIX_FADV_SEQUENTIAL)
    descriptor = opened
    byteCount = Int(status.st_size)
    self.displayPath = displayPath
    self.tally = tally
  }

  deinit {
    close(descriptor)
    buffer.deallocate()
  }

  func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, offset)
      if count > 0 {
        advance(by: count)
        return UnsafeRawBufferPointer(rebasing: buffer.prefix(count))
      }
      if count == 0 { return nil }
      guard errno == EINTR else {
        throw ArchiveError(
          .systemFailure(action: "read", path: displayPath, code: errno),
          at: Position(file: displayPath, byteOffset: offset))
      }
    }
  }

  func seek(to offset: Int) { self.offset = max(offset, 0) }

  /// Counts what was read for progress, no place of the file twice.
  private func advance(by count: Int) {
    offset += count
    let known = min(bytesRead, byteCount)
    bytesRead += count
    tally?.addCompressed(min(bytesRead, byteCount) - known)
  }
}
