/// Bullets and ellipses of a text's lines.
enum LineMarks {
  /// The share of lines for which something holds.
  static func share(
    in text: MeasuredText, _ holds: (ArraySlice<UInt8>) -> Bool
  ) -> Double? {
    guard !text.lines.isEmpty else { return nil }
    return Double(text.lines.count { holds(text.bytes[$0.bytes]) }) / Double(text.lines.count)
  }

  static func startsWithBullet(_ line: ArraySlice<UInt8>) -> Bool {
    if line.starts(with: "- ".utf8) || line.starts(with: "* ".utf8) { return true }
    return ["•", "‣", "▪", "●", "◦", "·"].contains { line.starts(with: $0.utf8) }
  }

  static func endsInEllipsis(_ line: ArraySlice<UInt8>) -> Bool {
    line.suffix(3).elementsEqual("...".utf8) || line.suffix(3).elementsEqual("…".utf8)
  }

  /// `...` and `…`, longer runs of dots counted once.
  static func ellipses(in text: MeasuredText) -> Int {
    let bytes = text.bytes
    var count = 0
    var dots = 0
    for (index, byte) in bytes.enumerated() {
      dots = byte == UInt8(ascii: ".") ? dots + 1 : 0
      if dots == 3 { count += 1 }
      if byte == 0xe2, bytes[index...].starts(with: "…".utf8) { count += 1 }
    }
    return count
  }
}

/// Gopher's stop words: prose of any subject has at least two of them.
enum StopWords {
  private static let hashes: [UInt64] = MeasuredText("the be to of and that have with")
    .words.map(\.hash)

  /// How many different ones a text has.
  static func count(in text: MeasuredText) -> Int {
    var found: UInt8 = 0
    for word in text.words where word.length <= 4 {
      if let place = hashes.firstIndex(of: word.hash) { found |= 1 << UInt8(place) }
    }
    return found.nonzeroBitCount
  }
}
