import Formats
import Records

extension EntryBytes {
  /// Calls `body` with each line of UTF-8 text, blank ones included.
  ///
  /// - Throws: `TextError` or `Diagnostic` at a line that cannot be read, or what `body` throws.
  mutating func forEachLine(_ body: (TextLines.Line) throws -> Void) throws {
    var lines = TextLines()
    try forEachChunk { try lines.feed($0, body) }
    try lines.finish(body)
  }
}
