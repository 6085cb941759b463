/// Byte-pair encoding as SentencePiece does it (`bpe_model.cc` of 0.2): the merge that makes the piece of
/// the highest score first, the leftmost of equal ones.
struct SentencePieceBPE: Sendable {
  /// Pieces of text, by their bytes.
  var tokens: ByteTable
  /// By id.
  var scores: [Float]
  /// Whether a piece is a step to others only and is taken apart in the end; by id.
  var isUnused: [Bool]
  /// The user's own symbols, which nothing merges with.
  var userDefined: ByteTrie
  var unknown: Int32
  /// Tokens of single bytes for what is unknown; empty when there are none.
  var byteTokens: [Int32]

  func encode(
    _ text: UnsafeBufferPointer<UInt8>, _ work: inout SentencePieceMergeWork,
    into sink: inout TokenSink
  ) {
    work.begin(text, userDefined)
    work.merge(text, self)
    var wasUnknown = false
    work.forEachPiece { range in
      append(range, of: text, work, &wasUnknown, &sink)
    }
  }

  private func append(
    _ range: Range<Int>, of text: UnsafeBufferPointer<UInt8>, _ work: SentencePieceMergeWork,
    _ wasUnknown: inout Bool, _ sink: inout TokenSink
  ) {
    let piece = UnsafeBufferPointer(rebasing: text[range])
    guard let id = tokens[piece] else {
      defer { wasUnknown = true }
      if !byteTokens.isEmpty {
        for byte in piece { sink.append(byteTokens[Int(byte)]) }
      } else if !wasUnknown {
        sink.append(unknown)
      }
      return
    }
    if isUnused[Int(id)], let parts = work.parts[Array(piece)] {
      let middle = range.lowerBound + parts
      append(range.lowerBound..<middle, of: text, work, &wasUnknown, &sink)
      return append(middle..<range.upperBound, of: text, work, &wasUnknown, &sink)
    }
    wasUnknown = false
    sink.append(id)
  }
}

/// The symbols of a text while SentencePiece's merges are made.
struct SentencePieceMergeWork {
  private struct Symbol {
    var start: Int32
    /// 0 when it became a part of the one before it.
    var length: Int32
    var previous: Int32
    var next: Int32
    var isFrozen: Bool
  }

  private struct Candidate: Comparable {
    var score: Float
    var left: Int32
    var right: Int32
    var length: Int32

    static func < (a: Candidate, b: Candidate) -> Bool {
      a.score != b.score ? a.score > b.score : a.left < b.left
    }
  }

  private var symbols: [Symbol] = []
  private var queue = MergeQueue<Candidate>()
  /// Unused pieces that were proposed → the length of their left part.
  private(set) var parts: [[UInt8]: Int] = [:]

  fileprivate mutating func begin(
    _ text: UnsafeBufferPointer<UInt8>, _ userDefined: ByteTrie
  ) {
    symbols.removeAll(keepingCapacity: true)
    queue.removeAll()
    if !parts.isEmpty { parts.removeAll() }
    var place = 0
    while place < text.count {
      let own = userDefined.longestPrefix(of: text, from: place)?.length
      let length = own ?? min(UTF8Walk.length(of: text[place]), text.count - place)
      let number = Int32(symbols.count)
      place += length
      symbols.append(
        Symbol(
          start: Int32(place - length), length: Int32(length), previous: number - 1,
          next: place < text.count ? number + 1 : -1, isFrozen: own != nil))
    }
  }

  fileprivate mutating func merge(_ text: UnsafeBufferPointer<UInt8>, _ model: SentencePieceBPE) {
    for number in symbols.indices.dropLast() { propose(Int32(number), text, model) }
    while let best = queue.pop() {
      let (left, right) = (symbols[Int(best.left)], symbols[Int(best.right)])
      guard left.length > 0, right.length > 0, left.length + right.length == best.length else {
        continue
      }
      symbols[Int(best.left)].length = best.length
      symbols[Int(best.left)].next = right.next
      if right.next >= 0 { symbols[Int(right.next)].previous = best.left }
      symbols[Int(best.right)].length = 0
      if left.previous >= 0 { propose(left.previous, text, model) }
      propose(best.left, text, model)
    }
  }

  private mutating func propose(
    _ number: Int32, _ text: UnsafeBufferPointer<UInt8>, _ model: SentencePieceBPE
  ) {
    let left = symbols[Int(number)]
    guard left.next >= 0, case let right = symbols[Int(left.next)], !left.isFrozen,
      !right.isFrozen
    else { return }
    let end = Int(right.start + right.length)
    let piece = UnsafeBufferPointer(rebasing: text[Int(left.start)..<end])
    guard let id = model.tokens[piece] else { return }
    queue.push(
      Candidate(
        score: model.scores[Int(id)], left: number, right: left.next,
        length: left.length + right.length))
    if model.isUnused[Int(id)] { parts[Array(piece)] = Int(left.length) }
  }

  fileprivate func forEachPiece(_ body: (Range<Int>) -> Void) {
    for symbol in symbols where symbol.length > 0 {
      body(Int(symbol.start)..<Int(symbol.start + symbol.length))
    }
  }
}
