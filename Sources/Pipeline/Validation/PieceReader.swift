import Archives
import Formats
import Records

/// Cuts an entry into pieces of whole lines.
struct PieceReader {
  private let entry: ArchiveEntry
  private var pending: [UInt8] = []
  private var offset = 0
  private var isAtEnd = false

  init(_ entry: ArchiveEntry) { self.entry = entry }

  /// The next piece; nil at the end.
  ///
  /// - Throws: when the entry cannot be read further, or a line is too long.
  mutating func next() throws -> ValidationPiece? {
    guard !isAtEnd else { return nil }
    pending.reserveCapacity(FileValidation.pieceBytes + 1 << 18)
    var searched = 0
    while let chunk = try entry.readChunk() {
      pending.append(contentsOf: chunk)
      guard pending.count >= FileValidation.pieceBytes else { continue }
      if let end = lastLineFeed(from: searched) { return take(through: end) }
      searched = pending.count
      guard pending.count <= JSONLines.defaultMaximumLineBytes else {
        isAtEnd = true
        throw JSONError(
          .tooLong(maximumBytes: JSONLines.defaultMaximumLineBytes),
          at: Position(byteOffset: offset))
      }
    }
    isAtEnd = true
    guard !pending.isEmpty else { return nil }
    return ValidationPiece(bytes: pending, byteOffset: offset, isLast: true)
  }

  private func lastLineFeed(from start: Int) -> Int? {
    pending.withUnsafeBytes { bytes in
      var end = bytes.count - 1
      while end >= start, bytes[end] != 0x0a { end -= 1 }
      return end >= start ? end : nil
    }
  }

  private mutating func take(through end: Int) -> ValidationPiece {
    let rest = Array(pending[(end + 1)...])
    pending.removeSubrange((end + 1)...)
    let piece = ValidationPiece(bytes: pending, byteOffset: offset, isLast: false)
    offset += piece.bytes.count
    pending = rest
    return piece
  }
}

/// Pieces in work, first in, first out.
struct PieceQueue {
  private let width: Int
  private let context: FileContext
  private var running: [Task<PieceCheck.Result, Never>] = []

  /// - Parameter width: how many pieces may be in work at once; 0 does the work in place.
  init(width: Int, _ context: FileContext) {
    self.width = width
    self.context = context
  }

  /// Adds a piece; returns the results that are due.
  mutating func add(_ piece: ValidationPiece) async -> [PieceCheck.Result] {
    guard width > 0 else { return [PieceCheck.run(piece, in: context)] }
    let context = context
    running.append(Task { PieceCheck.run(piece, in: context) })
    guard running.count > width else { return [] }
    return [await running.removeFirst().value]
  }

  /// The results that are still out, in order.
  mutating func drain() async -> [PieceCheck.Result] {
    var results: [PieceCheck.Result] = []
    for task in running { results.append(await task.value) }
    running.removeAll()
    return results
  }
}
