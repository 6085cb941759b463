/// What SentencePiece does to a text before its model sees it (`normalizer.cc` of 0.2).
struct SentencePieceNormalizer: Sendable {
  /// The mark of a blank, U+2581.
  static let mark = Array("\u{2581}".utf8)

  var map: PrecompiledCharacterMap?
  /// The user's own symbols, which stay as they are.
  var userDefined: ByteTrie
  var addsDummyPrefix: Bool
  var removesExtraWhitespace: Bool
  var escapesWhitespace: Bool
  var isMarkBehindWords: Bool

  func normalized(_ text: UnsafeBufferPointer<UInt8>, into result: inout [UInt8]) {
    result.removeAll(keepingCapacity: true)
    var place = 0
    if removesExtraWhitespace {
      while place < text.count, case let step = prefix(of: text, from: place), step.isBlank {
        place += step.length
      }
    }
    guard place < text.count else { return }
    let blank = escapesWhitespace ? Self.mark : [0x20]
    if addsDummyPrefix, !isMarkBehindWords { result += blank }
    var isAfterBlank = removesExtraWhitespace
    while place < text.count {
      var step = prefix(of: text, from: place)
      place += step.length
      while isAfterBlank, step.bytes.first == 0x20 { step.bytes = step.bytes.dropFirst() }
      for byte in step.bytes {
        if byte == 0x20 { result += blank } else { result.append(byte) }
      }
      if let last = step.bytes.last { isAfterBlank = last == 0x20 }
      if !removesExtraWhitespace { isAfterBlank = false }
    }
    if removesExtraWhitespace {
      while result.suffix(blank.count).elementsEqual(blank) { result.removeLast(blank.count) }
    }
    if addsDummyPrefix, isMarkBehindWords { result += blank }
  }

  /// What the next bytes of a text become.
  private struct Step {
    var bytes: ArraySlice<UInt8>
    var length: Int

    var isBlank: Bool { bytes.elementsEqual([0x20]) }
  }

  private func prefix(of text: UnsafeBufferPointer<UInt8>, from place: Int) -> Step {
    if let symbol = userDefined.longestPrefix(of: text, from: place) {
      return Step(bytes: Array(text[place..<place + symbol.length])[...], length: symbol.length)
    }
    if let map, let found = map.longest(in: text, from: place) {
      return Step(bytes: found.text, length: found.length)
    }
    let length = min(UTF8Walk.length(of: text[place]), text.count - place)
    return Step(bytes: Array(text[place..<place + length])[...], length: length)
  }
}
