/// The case of letters in UTF-8, for the scripts that names are listed in.
enum Letters {
  static func shape(of word: Slice<UnsafeBufferPointer<UInt8>>) -> Piece.Shape {
    var upper = 0
    var lower = 0
    var startsUpper = false
    var place = word.startIndex
    while place < word.endIndex {
      let (isUpper, width) = letter(in: word, at: place)
      if isUpper { upper += 1 } else { lower += 1 }
      if place == word.startIndex { startsUpper = isUpper }
      place += width
    }
    if upper == 0 { return .lower }
    if lower == 0 { return upper == 1 ? .initial : .capitals }
    // "McDonald", "DeShawn", "NewYork", not "DNAse".
    return startsUpper && upper <= 2 && (upper == 1 || lower > 3) ? .capital : .mixed
  }

  static func isUpper(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard !word.isEmpty else { return false }
    return letter(in: word, at: word.startIndex).isUpper
  }

  private static func letter(
    in word: Slice<UnsafeBufferPointer<UInt8>>, at place: Int
  ) -> (isUpper: Bool, width: Int) {
    let byte = word[place]
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): return (true, 1)
    case 0..<0x80: return (false, 1)
    case 0xC3..<0xCA where place + 1 < word.endIndex:
      return (isUpper(UInt32(byte & 0x1F) << 6 | UInt32(word[place + 1] & 0x3F)), 2)
    default: return (false, byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1)
    }
  }

  private static func isUpper(_ point: UInt32) -> Bool {
    switch point {
    case 0xC0...0xDE: point != 0xD7
    case 0x139...0x148, 0x179...0x17E: point % 2 == 1
    case 0x100...0x17F: point % 2 == 0
    default: false
    }
  }
}
