import Archives
import Glibc

/// The lines of files, one file behind the other, plain or compressed, as they are asked for.
struct LineStream {
  private var paths: ArraySlice<String>
  private var archive: Archive?
  private var entry: ArchiveEntry?
  private var chunk: [UInt8] = []
  private var position = 0

  /// A stream of the lines of files that end each line with a newline.
  init(_ paths: [String]) { self.paths = paths[...] }

  /// The next lines with their ends: `count` at most, and no more once `bytes` are reached.
  mutating func take(_ count: Int, bytes: Int = .max) throws -> (bytes: [UInt8], lines: Int) {
    var taken: [UInt8] = []
    var lines = 0
    while lines < count, taken.count < bytes || taken.last != 0x0A {
      if position == chunk.count, try !fill() { break }
      let end = Self.lineEnd(in: chunk, from: position)
      taken.append(contentsOf: chunk[position..<(end ?? chunk.count)])
      position = end ?? chunk.count
      if end != nil { lines += 1 }
    }
    // A last line without an end is a line too; the proof of files refuses it elsewhere.
    if let last = taken.last, last != 0x0A, lines < count, position == chunk.count {
      lines += 1
    }
    return (taken, lines)
  }

  /// The place behind the next newline.
  private static func lineEnd(in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress,
        let found = memchr(base + start, 0x0A, buffer.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base + 1
    }
  }

  /// Fetches the next piece; false at the end of the last file.
  private mutating func fill() throws -> Bool {
    while true {
      if let bytes = try entry?.next() {
        chunk = Array(bytes)
        position = 0
        return true
      }
      guard let path = paths.popFirst() else { return false }
      var limits = ArchiveLimits()
      // What we wrote ourselves may say the same a thousand times.
      limits.ratio = .max / 2
      limits.streamBytes = .max / 2
      limits.runBytes = .max / 2
      let archive = try Archive.open(
        path: path, displayPath: FolderTree.parentAndName(of: path).name, limits: limits)
      entry = try archive.nextEntry()
      self.archive = archive
    }
  }
}
