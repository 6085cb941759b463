/// Cuts text into words: runs of letters, digits and marks, and every letter on its own in scripts
/// that put no spaces between words.
///
/// The one definition of a word for all stages: what `min_words` counts and what shingles are made
/// of. Case is folded for ASCII here; other scripts come folded from `TextNormalisation`.
enum WordScanner {
  /// A word as comparisons see it.
  struct Word {
    var hash: UInt64
    var byteCount: Int
    /// Whether it is a single letter of a script without spaces.
    var isUnspaced: Bool
  }

  /// Calls `body` with every word of valid UTF-8, in order.
  @inline(__always)
  static func forEachWord(in text: UnsafeBufferPointer<UInt8>, _ body: (Word) -> Void) {
    var hasher = WordHasher()
    var index = 0
    let end = text.count
    while index < end {
      let byte = text[index]
      // `| 0x20` lowers letters and leaves digits as they are.
      if (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 {
        hasher.combine(byte | 0x20)
        index += 1
        continue
      }
      guard byte >= 0x80 else {
        hasher.finish(body)
        index += 1
        continue
      }
      index += scanScalar(of: text, at: index, &hasher, body)
    }
    hasher.finish(body)
  }

  /// How many words a text has.
  static func count(in text: String) -> Int {
    var text = text
    var words = 0
    text.withUTF8 { bytes in
      forEachWord(in: bytes) { _ in words += 1 }
    }
    return words
  }

  /// Takes the scalar above ASCII at `index`; returns how many bytes it has.
  @inline(__always)
  private static func scanScalar(
    of text: UnsafeBufferPointer<UInt8>, at index: Int, _ hasher: inout WordHasher,
    _ body: (Word) -> Void
  ) -> Int {
    let (scalar, width) = UTF8Scalar.decode(text, at: index)
    switch ScalarClass.of(scalar) {
    case .boundary: hasher.finish(body)
    case .ignored: break
    case .word:
      for offset in index..<index + width { hasher.combine(text[offset]) }
    case .unspaced:
      hasher.finish(body)
      for offset in index..<index + width { hasher.combine(text[offset]) }
      hasher.finish(isUnspaced: true, body)
    }
    return width
  }
}

/// The hash of the word under way: eight bytes at a time, since most words have fewer.
private struct WordHasher {
  private var state = Mix.first
  private var block: UInt64 = 0
  private var byteCount = 0

  @inline(__always)
  mutating func combine(_ byte: UInt8) {
    block = block << 8 | UInt64(byte)
    byteCount &+= 1
    guard byteCount & 7 == 0 else { return }
    state = Mix.fold(state ^ block, Mix.second)
    block = 0
  }

  @inline(__always)
  mutating func finish(isUnspaced: Bool = false, _ body: (WordScanner.Word) -> Void) {
    guard byteCount > 0 else { return }
    let hash = Mix.fold(state ^ block, Mix.third &+ UInt64(byteCount))
    body(WordScanner.Word(hash: hash, byteCount: byteCount, isUnspaced: isUnspaced))
    self = WordHasher()
  }
}

/// Decodes UTF-8 that is known to be valid, as a `String`'s is.
enum UTF8Scalar {
  /// The scalar above ASCII whose first byte is at `index`, and its width in bytes.
  @inline(__always)
  static func decode(
    _ text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (scalar: UInt32, width: Int) {
    let lead = UInt32(text[index])
    func trail(_ offset: Int) -> UInt32 {
      index + offset < text.count ? UInt32(text[index + offset]) & 0x3f : 0
    }
    if lead < 0xe0 { return ((lead & 0x1f) << 6 | trail(1), min(2, text.count - index)) }
    if lead < 0xf0 {
      return ((lead & 0x0f) << 12 | trail(1) << 6 | trail(2), min(3, text.count - index))
    }
    return (
      (lead & 0x07) << 18 | trail(1) << 12 | trail(2) << 6 | trail(3), min(4, text.count - index)
    )
  }
}
