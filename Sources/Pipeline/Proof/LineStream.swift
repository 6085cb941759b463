import Glibc

/// The rows of files as JSON lines, one file behind the other, as they are asked for.
struct LineStream {
  private var paths: ArraySlice<String>
  private var file: RowFileReader?
  /// The rows of parts, instead of files; one at most, in a list as they hold streams themselves.
  private var parted: [PartedRows] = []
  private var chunk: [UInt8] = []
  private var position = 0

  /// A stream of the rows of files.
  init(_ paths: [String]) { self.paths = paths[...] }

  /// A stream of the rows of parts, in the order of their provenance.
  init(_ rows: PartedRows) {
    paths = []
    parted = [rows]
  }

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
    while !parted.isEmpty {
      guard let bytes = try parted[0].next() else { return false }
      guard !bytes.isEmpty else { continue }
      chunk = bytes
      position = 0
      return true
    }
    while true {
      if let bytes = try file?.next() {
        chunk = bytes
        position = 0
        return true
      }
      guard let path = paths.popFirst() else { return false }
      file = try RowFileReader(path: path)
    }
  }
}
