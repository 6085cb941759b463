/// A text on its way to the model: its bytes and the pieces that it was cut into.
struct SegmentedText {
  var bytes: [UInt8] = []
  var pieces: [Range<Int>] = []
  /// Whether the first piece begins where the whole text does.
  var isAtStart = true

  mutating func reset(isAtStart: Bool) {
    bytes.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
    self.isAtStart = isAtStart
  }

  /// Makes each piece new: `body` appends what is to stand for it.
  mutating func rewritePieces(
    _ scratch: inout [UInt8], _ body: (UnsafeBufferPointer<UInt8>, Int, inout [UInt8]) -> Void
  ) {
    scratch.removeAll(keepingCapacity: true)
    bytes.withUnsafeBufferPointer { bytes in
      for (place, piece) in pieces.enumerated() {
        let start = scratch.count
        body(UnsafeBufferPointer(rebasing: bytes[piece]), place, &scratch)
        pieces[place] = start..<scratch.count
      }
    }
    swap(&bytes, &scratch)
    pieces.removeAll(where: \.isEmpty)
  }
}

/// What becomes of the matches that pieces are cut at.
enum SplitBehavior: String, Sendable {
  case removed = "Removed"
  case isolated = "Isolated"
  case mergedWithPrevious = "MergedWithPrevious"
  case mergedWithNext = "MergedWithNext"
  case contiguous = "Contiguous"
}

/// Collects the pieces that a cut leaves.
struct PieceCut {
  let behavior: SplitBehavior
  private var pieces: [Range<Int>] = []
  private var wasMatch = false
  /// The pieces before this one belong to others.
  private var first = 0

  init(_ behavior: SplitBehavior) { self.behavior = behavior }

  /// Begins the stretches of another piece.
  mutating func begin() {
    first = pieces.count
    wasMatch = false
  }

  mutating func add(_ span: Range<Int>, isMatch: Bool) {
    defer { wasMatch = isMatch }
    switch behavior {
    case .removed:
      if !isMatch { pieces.append(span) }
    case .isolated: pieces.append(span)
    case .mergedWithPrevious: join(span, isMatch && !wasMatch)
    case .contiguous: join(span, isMatch == wasMatch)
    case .mergedWithNext: join(span, wasMatch && !isMatch)
    }
  }

  private mutating func join(_ span: Range<Int>, _ joins: Bool) {
    if joins, pieces.count > first {
      pieces[pieces.count - 1] = pieces[pieces.count - 1].lowerBound..<span.upperBound
    } else {
      pieces.append(span)
    }
  }

  /// The pieces; the cut is empty afterwards.
  mutating func take() -> [Range<Int>] {
    defer {
      pieces = []
      first = 0
    }
    return pieces
  }
}
