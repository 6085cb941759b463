import CSystem
import Formats

/// Finds the lines of files that hold a text, many times faster than they are parsed.
struct LineSearch {
  private let needle: [UInt8]

  /// Looks for a string as our writer writes it, quotes included.
  init(string: String) {
    var json = JSONWriter()
    json.string(string)
    needle = json.take()
  }

  /// Looks for the start of an id.
  init(member name: String, number: String) { needle = Array("\"\(name)\":\(number)".utf8) }

  /// Calls `body` with every line that holds the text, with its place from 0 in all files together.
  func forEachLine(
    in paths: [String], _ body: (Int, JSONNode) throws -> Void
  ) throws {
    var stream = LineStream(paths)
    var line = 0
    while true {
      try Task.checkCancellation()
      let batch = try stream.take(1 << 16, bytes: 4 << 20)
      guard batch.lines > 0 else { return }
      try batch.bytes.withUnsafeBytes { bytes in
        var counted = 0
        var place = line
        var start = 0
        while let found = Self.place(of: needle, in: bytes, from: start) {
          let lineStart = Self.lineStart(in: bytes, before: found)
          place += bytes[counted..<lineStart].count { $0 == 0x0A }
          counted = lineStart
          let rest = UnsafeRawBufferPointer(rebasing: bytes[found...])
          let end = rest.firstIndex(of: 0x0A).map { found + $0 } ?? bytes.count
          let text = UnsafeRawBufferPointer(rebasing: bytes[lineStart..<end])
          try body(place, try JSONDocument(parsing: text).root)
          start = end
        }
      }
      line += batch.lines
    }
  }

  private static func place(
    of needle: [UInt8], in bytes: UnsafeRawBufferPointer, from start: Int
  ) -> Int? {
    guard let base = bytes.baseAddress, start < bytes.count else { return nil }
    return needle.withUnsafeBytes { needle in
      guard let text = needle.baseAddress,
        let found = materia_find(base + start, bytes.count - start, text, needle.count)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  private static func lineStart(in bytes: UnsafeRawBufferPointer, before place: Int) -> Int {
    var start = place
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }
}
