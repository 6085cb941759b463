/// The keys of one patient's identifiers as a tree, walked from every place where a word begins.
struct KnownIdentifierTrie {
  /// What a key stands for.
  struct Entry: Equatable {
    var kind: IdentifierClass
    var person: Int
    var rule: String
    /// Whether it is a word of the language too and counts with a capital only.
    var isCautious = false
    /// Whether it is so short that nothing may stand between its letters.
    var isCompact = false
    /// Whether it is so short a number that a word such as `MRN` must stand before it.
    var needsCue = false
  }

  /// In a key: whatever may stand between two words, or nothing.
  static let separator = FoldedText.gap

  private struct Node {
    var byte: UInt8
    var firstChild: Int32 = -1
    var sibling: Int32 = -1
    var entry: Int32 = -1
  }

  private var nodes = [Node(byte: 0)]
  private var roots = [Int32](repeating: -1, count: 256)
  private var entries: [Entry] = []

  var isEmpty: Bool { entries.isEmpty }

  /// Adds a key; the entry of one that is there already stays.
  mutating func insert(_ key: [UInt8], _ entry: Entry) {
    guard !key.isEmpty else { return }
    var node: Int32 = 0
    for byte in key { node = child(of: node, byte) ?? append(byte, to: node) }
    if nodes[Int(node)].entry >= 0 {
      // Of a name that is also a city's, the more careful reading would lose the other.
      let place = Int(nodes[Int(node)].entry)
      entries[place].isCautious = entries[place].isCautious && entry.isCautious
      entries[place].isCompact = entries[place].isCompact && entry.isCompact
      entries[place].needsCue = entries[place].needsCue && entry.needsCue
      return
    }
    nodes[Int(node)].entry = Int32(entries.count)
    entries.append(entry)
  }

  private func child(of node: Int32, _ byte: UInt8) -> Int32? {
    if node == 0 { return roots[Int(byte)] < 0 ? nil : roots[Int(byte)] }
    var child = nodes[Int(node)].firstChild
    while child >= 0 {
      if nodes[Int(child)].byte == byte { return child }
      child = nodes[Int(child)].sibling
    }
    return nil
  }

  private mutating func append(_ byte: UInt8, to node: Int32) -> Int32 {
    let number = Int32(nodes.count)
    nodes.append(Node(byte: byte))
    if node == 0 {
      roots[Int(byte)] = number
    } else {
      nodes[Int(number)].sibling = nodes[Int(node)].firstChild
      nodes[Int(node)].firstChild = number
    }
    return number
  }

  // MARK: Walking

  /// Where the longest key ends that begins at a place of a folded text.
  func longestMatch(in text: FoldedText, at start: Int) -> (end: Int, entry: Entry)? {
    guard roots[Int(text.bytes[start])] >= 0 else { return nil }
    var best: (end: Int, entry: Int)?
    walk(0, text, start, hasGap: false, &best)
    return best.map { ($0.end, entries[$0.entry]) }
  }

  private func walk(
    _ node: Int32, _ text: FoldedText, _ place: Int, hasGap: Bool,
    _ best: inout (end: Int, entry: Int)?
  ) {
    take(node, text, place, hasGap, &best)
    guard place < text.bytes.count else { return }
    let byte = text.bytes[place]
    let separated = node == 0 ? nil : child(of: node, Self.separator)
    if byte > FoldedText.gap {
      if let next = child(of: node, byte) { walk(next, text, place + 1, hasGap: hasGap, &best) }
      // What may stand between words may also be missing.
      if let separated, let next = child(of: separated, byte) {
        walk(next, text, place + 1, hasGap: hasGap, &best)
      }
      return
    }
    guard node != 0,
      let (end, isWrapped) = Self.gapEnd(in: text, from: place, mayHaveMarks: separated != nil),
      end < text.bytes.count
    else { return }
    let following = text.bytes[end]
    for from in [isWrapped ? node : nil, separated].compactMap(\.self) {
      if let next = child(of: from, following) {
        walk(next, text, end + 1, hasGap: true, &best)
      }
    }
  }

  /// Notes that a key ends at a place, if one does and the place is the end of a word.
  private func take(
    _ node: Int32, _ text: FoldedText, _ end: Int, _ hasGap: Bool,
    _ best: inout (end: Int, entry: Int)?
  ) {
    let entry = Int(nodes[Int(node)].entry)
    guard entry >= 0, end > best?.end ?? 0, !(hasGap && entries[entry].isCompact),
      text.isEnd(end) || FoldedText.isUnspaced(text.bytes[text.scalarStart(before: end)])
    else { return }
    best = (end, entry)
  }

  /// The end of what stands between two parts of a key; nil when that is too much.
  ///
  /// Inside a word only a line end may stand, with the hyphen before and the blanks around it that
  /// wrapping makes.
  private static func gapEnd(
    in text: FoldedText, from start: Int, mayHaveMarks: Bool
  ) -> (end: Int, isWrapped: Bool)? {
    var end = start
    var lineEnds = 0
    while end < text.bytes.count, text.bytes[end] <= FoldedText.gap {
      if text.bytes[end] == FoldedText.wall { return nil }
      if text.bytes[end] == FoldedText.lineEnd { lineEnds += 1 }
      end += 1
    }
    let length = end - start
    let isTooMuch = lineEnds > 1 || length > (lineEnds > 0 ? 48 : 4)
    return isTooMuch || (lineEnds == 0 && !mayHaveMarks) ? nil : (end, lineEnds > 0)
  }
}

extension FoldedText {
  /// Whether a character that begins with this byte is of a script that sets no spaces: kana, Han,
  /// hangul.
  static func isUnspaced(_ lead: UInt8) -> Bool { (0xE3...0xED).contains(lead) || lead >= 0xF0 }

  /// Where the character begins that ends before a place.
  func scalarStart(before end: Int) -> Int {
    var place = end - 1
    while place > 0, bytes[place] & 0xC0 == 0x80 { place -= 1 }
    return place
  }
}
