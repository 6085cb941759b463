/// Byte-pair encoding as Hugging Face's library does it: the merge of the lowest rank first, the
/// leftmost of equal ones.
struct BPEModel: Sendable {
  /// Two neighbours → what they become.
  struct Merges: Sendable {
    private var keys: [UInt64]
    private var values: [UInt64]

    init(capacity: Int) {
      var size = 64
      while size < 2 * capacity { size *= 2 }
      keys = Array(repeating: .max, count: size)
      values = Array(repeating: 0, count: size)
    }

    private func slot(of key: UInt64) -> Int {
      var slot = Int(truncatingIfNeeded: ByteHash.of(key)) & (keys.count - 1)
      while keys[slot] != .max, keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
      return slot
    }

    private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
      UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    subscript(left: Int32, right: Int32) -> (rank: UInt32, id: Int32)? {
      let slot = slot(of: Self.key(left, right))
      guard keys[slot] != .max else { return nil }
      return (UInt32(values[slot] >> 32), Int32(truncatingIfNeeded: values[slot]))
    }

    mutating func insert(_ left: Int32, _ right: Int32, rank: UInt32, id: Int32) {
      let key = Self.key(left, right)
      let slot = slot(of: key)
      keys[slot] = key
      values[slot] = UInt64(rank) << 32 | UInt64(UInt32(bitPattern: id))
    }
  }

  /// What a character that is no token becomes.
  struct Unknown: Sendable {
    var id: Int32
    /// Whether a run of them is one token.
    var isFused: Bool
  }

  var tokens: ByteTable
  var merges: Merges
  /// The token of each byte, of byte-level models and of those that fall back to bytes; -1 for none.
  var byteTokens: [Int32]
  var isByteLevel: Bool
  var fallsBackToBytes: Bool
  var ignoresMerges: Bool
  var unknown: Unknown?
  var prefix: [UInt8]
  var suffix: [UInt8]
  /// The mark of a blank that pieces may be cut before, as no token holds one behind a letter.
  var wordMark: [UInt8] = []

  func encode(
    _ piece: UnsafeBufferPointer<UInt8>, _ work: inout MergeWork, into sink: inout TokenSink
  ) throws(TokenizerError) {
    if ignoresMerges, let id = tokens[piece] { return sink.append(id) }
    work.removeAll()
    if isByteLevel, prefix.isEmpty, suffix.isEmpty {
      for byte in piece { try addByte(byte, to: &work) }
    } else {
      try addCharacters(of: piece, to: &work)
    }
    work.merge(by: merges)
    work.forEachToken { sink.append($0) }
  }

  private func addByte(_ byte: UInt8, to work: inout MergeWork) throws(TokenizerError) {
    let id = byteTokens[Int(byte)]
    if id >= 0 { return work.add(id) }
    if let unknown { work.add(unknown.id) }
  }

  private func addCharacters(
    of piece: UnsafeBufferPointer<UInt8>, to work: inout MergeWork
  ) throws(TokenizerError) {
    var hasUnknown = false
    var place = 0
    while place < piece.count {
      let length = isByteLevel ? 1 : UTF8Walk.length(of: piece[place])
      let end = min(place + length, piece.count)
      defer { place = end }
      let isBare = (place == 0 || prefix.isEmpty) && (end < piece.count || suffix.isEmpty)
      let character = UnsafeBufferPointer(rebasing: piece[place..<end])
      let id =
        isBare
        ? tokens[character]
        : tokens[(place == 0 ? [] : prefix) + character + (end < piece.count ? [] : suffix)]
      if let id {
        if hasUnknown, let unknown { work.add(unknown.id) }
        hasUnknown = false
        work.add(id)
        continue
      }
      if fallsBackToBytes, character.allSatisfy({ byteTokens[Int($0)] >= 0 }) {
        for byte in character { work.add(byteTokens[Int(byte)]) }
        continue
      }
      guard let unknown else { continue }
      if hasUnknown, !unknown.isFused { work.add(unknown.id) }
      hasUnknown = true
    }
    if hasUnknown, let unknown { work.add(unknown.id) }
  }
}

/// The symbols of a piece while they are merged: a linked list in arrays whose room is kept.
struct MergeWork {
  private struct Symbol {
    var id: Int32
    var previous: Int32
    var next: Int32
    /// Whether it became a part of the one before it.
    var isGone = false
  }

  private struct Candidate: Comparable {
    var rank: UInt32
    var place: Int32
    var id: Int32

    static func < (a: Candidate, b: Candidate) -> Bool {
      a.rank != b.rank ? a.rank < b.rank : a.place < b.place
    }
  }

  private var symbols: [Symbol] = []
  private var queue = MergeQueue<Candidate>()

  mutating func removeAll() { symbols.removeAll(keepingCapacity: true) }

  mutating func add(_ id: Int32) {
    let place = Int32(symbols.count)
    if place > 0 { symbols[symbols.count - 1].next = place }
    symbols.append(Symbol(id: id, previous: place - 1, next: -1))
  }

  mutating func merge(by merges: BPEModel.Merges) {
    guard symbols.count > 1 else { return }
    queue.removeAll()
    for place in 0..<symbols.count - 1 { propose(Int32(place), merges) }
    while let best = queue.pop() {
      let left = symbols[Int(best.place)]
      guard !left.isGone, left.next >= 0 else { continue }
      let right = symbols[Int(left.next)]
      // A neighbour may have changed since; the library asks for the merged token alone.
      guard let merge = merges[left.id, right.id], merge.id == best.id else { continue }
      symbols[Int(left.next)].isGone = true
      symbols[Int(best.place)].id = best.id
      symbols[Int(best.place)].next = right.next
      if right.next >= 0 { symbols[Int(right.next)].previous = best.place }
      if left.previous >= 0 { propose(left.previous, merges) }
      propose(best.place, merges)
    }
  }

  /// Enters the merge of a symbol with the next one, if there is one.
  private mutating func propose(_ place: Int32, _ merges: BPEModel.Merges) {
    let symbol = symbols[Int(place)]
    guard symbol.next >= 0, let merge = merges[symbol.id, symbols[Int(symbol.next)].id] else {
      return
    }
    queue.push(Candidate(rank: merge.rank, place: place, id: merge.id))
  }

  func forEachToken(_ body: (Int32) -> Void) {
    for symbol in symbols where !symbol.isGone { body(symbol.id) }
  }
}
