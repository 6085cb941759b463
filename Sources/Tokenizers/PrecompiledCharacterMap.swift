/// SentencePiece's `precompiled_charsmap`: a double-array trie of what is replaced, and the texts that
/// stand for it, each ended by NUL (the format of darts-clone, as `normalizer.cc` writes it).
struct PrecompiledCharacterMap: Sendable {
  private let units: [UInt32]
  private let texts: [UInt8]

  /// The bit of units that hold a place in `texts`.
  private static let leaf: UInt32 = 0x8000_0000

  /// - Throws: when what stands for a key is not UTF-8, which all that follows relies on.
  init(_ blob: [UInt8]) throws(TokenizerError) {
    func word(_ place: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(blob[place + $1]) << (8 * UInt32($1)) }
    }
    guard blob.count >= 4, Int(word(0)) <= blob.count - 4, word(0).isMultiple(of: 4) else {
      throw .malformed(part: "charsmap", problem: "is cut off")
    }
    let size = Int(word(0))
    units = stride(from: 4, to: 4 + size, by: 4).map(word)
    texts = Array(blob[(4 + size)...])
    guard String(validating: texts, as: UTF8.self) != nil else {
      throw .malformed(part: "charsmap", problem: "has texts that are not UTF-8")
    }
    for unit in units where unit & Self.leaf != 0 && !isStartOfScalar(Self.place(of: unit)) {
      throw .malformed(part: "charsmap", problem: "points at no text of its own")
    }
  }

  private func isStartOfScalar(_ place: Int) -> Bool {
    place < texts.count && texts[place] & 0xC0 != 0x80
  }

  private static func place(of unit: UInt32) -> Int { Int(unit & ~leaf) }

  /// The lengths and places in `texts` of all keys that a text begins with, the shortest first.
  private func forEachPrefix(
    of text: UnsafeBufferPointer<UInt8>, from start: Int, _ body: (Int, Int) -> Bool
  ) {
    guard !units.isEmpty else { return }
    var node = offset(of: units[0])
    var place = start
    while place < text.count {
      node ^= Int(text[place])
      guard node < units.count else { return }
      let unit = units[node]
      guard unit & 0x8000_00FF == UInt32(text[place]) else { return }
      node ^= offset(of: unit)
      place += 1
      guard unit >> 8 & 1 == 1 else { continue }
      guard node < units.count, units[node] & Self.leaf != 0,
        body(place - start, Self.place(of: units[node]))
      else { return }
    }
  }

  private func offset(of unit: UInt32) -> Int { Int((unit >> 10) << ((unit & 0x200) >> 6)) }

  private func text(at place: Int) -> ArraySlice<UInt8> { texts[place...].prefix { $0 != 0 } }

  /// What stands for the longest key that a text begins with, and the key's length.
  func longest(
    in text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (length: Int, text: ArraySlice<UInt8>)? {
    var longest: (Int, Int)?
    forEachPrefix(of: text, from: start) {
      longest = ($0, $1)
      return true
    }
    return longest.map { ($0.0, self.text(at: $0.1)) }
  }

  /// What stands for the shortest key that a text begins with.
  private func shortest(of text: UnsafeBufferPointer<UInt8>) -> ArraySlice<UInt8>? {
    var found: Int?
    forEachPrefix(of: text, from: 0) {
      found = $1
      return false
    }
    return found.map(self.text(at:))
  }

  /// Replaces as Hugging Face's library does: short grapheme clusters as a whole, by the shortest key
  /// that they begin with, and scalar by scalar where there is none.
  func apply(to text: inout [UInt8]) {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for character in String(decoding: text, as: UTF8.self) {
      var cluster = String(character)
      if cluster.utf8.count < 6, let new = cluster.withUTF8(shortest) {
        result += new
        continue
      }
      for scalar in character.unicodeScalars {
        var single = String(scalar)
        if let new = single.withUTF8(shortest) { result += new } else { result += single.utf8 }
      }
    }
    text = result
  }
}
