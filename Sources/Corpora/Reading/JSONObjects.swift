import Formats
import Records

/// Reads objects that stand in a list, or one a line: hubs publish either form under the same name.
enum JSONObjects {
  /// Calls `body` with each object and its offset; anything else is rejected as `malformed`.
  ///
  /// - Throws: `JSONError` when the list cannot be read further or a line is too long, or what `body`
  ///   and the sink throw.
  static func read(
    _ entry: inout some EntryBytes, _ outlet: inout ReadingOutlet, into sink: ReadingSink,
    _ body: (JSONNode, _ offset: Int, inout ReadingOutlet) throws -> Void
  ) throws {
    let path = entry.path
    var items = JSONItems()
    var lines = JSONObjectLines()
    var isList: Bool?
    // White space and a byte order mark before the first sign.
    var head: [UInt8] = []
    func take(_ chunk: UnsafeRawBufferPointer) throws {
      guard isList == true else {
        return try lines.feed(chunk) { line in
          try JSONObjectLines.take(line, of: path, &outlet, into: sink) { line, outlet in
            try body(line.object, line.byteOffset, &outlet)
          }
        }
      }
      try items.feed(chunk) { item in
        guard item.value.kind == .object else {
          return try outlet.reject(
            "\(path)#\(outlet.ordinal)", .malformed, value: "byte \(item.byteOffset)",
            at: item.byteOffset, to: sink)
        }
        try body(item.value, item.byteOffset, &outlet)
      }
    }
    try entry.forEachChunk { chunk in
      guard isList == nil else { return try take(chunk) }
      head.append(contentsOf: chunk)
      guard let first = head.first(where: { !TidyText.isSpace($0) && !mark.contains($0) }) else {
        return
      }
      isList = first == UInt8(ascii: "[")
      try head.withUnsafeBytes(take)
    }
    guard isList == true else {
      return try lines.finish { line in
        try JSONObjectLines.take(line, of: path, &outlet, into: sink) { line, outlet in
          try body(line.object, line.byteOffset, &outlet)
        }
      }
    }
    try items.finish()
  }

  private static let mark: [UInt8] = [0xef, 0xbb, 0xbf]
}
