/// Finds fixed phrases in text, ASCII letters in either case.
struct PhraseFinder: Sendable {
  private let phrases: [[UInt8]]
  /// The places of the phrases that begin with two bytes.
  private let starts: [UInt16: [Int]]
  /// A bit for every such beginning: nearly all places of a text end here.
  private let startBits: [UInt64]

  /// - Parameter phrases: In lower case and of two bytes at least; letters above ASCII are met as they
  ///   are written here.
  init(_ phrases: [String]) {
    self.phrases = phrases.map { Array($0.utf8) }
    var starts: [UInt16: [Int]] = [:]
    var bits = [UInt64](repeating: 0, count: 1024)
    for (place, phrase) in self.phrases.enumerated() where phrase.count > 1 {
      let start = Self.start(phrase[0], phrase[1])
      starts[start, default: []].append(place)
      bits[Int(start >> 6)] |= 1 << UInt64(start & 63)
    }
    self.starts = starts
    startBits = bits
  }

  private static func start(_ first: UInt8, _ second: UInt8) -> UInt16 {
    UInt16(first) | UInt16(second) << 8
  }

  /// The place in the list of the phrase that a text holds first.
  ///
  /// - Parameter text: Folded by `folded`.
  func first(in text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard text.count > 1 else { return nil }
    for index in 0..<text.count - 1 {
      let start = Self.start(text[index], text[index + 1])
      guard startBits[Int(start >> 6)] >> UInt64(start & 63) & 1 == 1 else { continue }
      let rest = text[index...]
      if let place = starts[start]?.first(where: { rest.starts(with: phrases[$0]) }) {
        return place
      }
    }
    return nil
  }

  func first(in text: [UInt8]) -> Int? {
    Self.folded(text[...]).withUnsafeBufferPointer { first(in: $0) }
  }

  /// Text with ASCII letters in lower case and typographic apostrophes straightened.
  static func folded(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var folded: [UInt8] = []
    folded.reserveCapacity(text.count)
    for byte in text {
      folded.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
      let end = folded.count
      // U+2018 and U+2019.
      if byte == 0x99 || byte == 0x98, end >= 3, folded[end - 2] == 0x80, folded[end - 3] == 0xe2 {
        folded.replaceSubrange(end - 3..<end, with: [UInt8(ascii: "'")])
      }
    }
    return folded
  }
}
