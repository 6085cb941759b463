import Formats

/// Text as comparisons see it, never as it is stored: compatibility forms and case are folded.
///
/// `10⁵` and `105` are the same, `Ⅱ` and `ii`, `STRASSE` and `Straße`.
///
/// The buffers are used again, so one value serves many texts, on one task at a time.
struct WordText: Sendable {
  private var key = UnicodeWordKey()
  private var folded: [UInt8] = []

  /// Calls `body` with the folded bytes of a text; plain ASCII is passed as it is, since
  /// `WordScanner` folds its case.
  mutating func withFolded<Result>(
    _ text: String, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    var text = text
    return try text.withUTF8 { bytes in
      guard !Self.isASCII(bytes) else { return try body(bytes) }
      key.normalise(UnsafeRawBufferPointer(bytes), into: &folded)
      return try folded.withUnsafeBufferPointer(body)
    }
  }

  private static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      // Blocks without an exit inside let the compiler use vectors.
      let end = min(index + 256, bytes.count)
      var seen: UInt8 = 0
      for place in index..<end { seen |= bytes[place] }
      guard seen < 0x80 else { return false }
      index = end
    }
    return true
  }
}
