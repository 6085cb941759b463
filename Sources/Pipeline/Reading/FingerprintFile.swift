import Glibc
import Stages

/// The fingerprints of a unit's records on disk, between pass 1 and the search for copies.
final class FingerprintFile {
  private let file: OutputFile
  private var pieces: [FingerprintSpill.Piece] = []

  init(creating path: String) throws {
    file = try OutputFile(creating: path, isPrivate: true)
  }

  /// Appends the fingerprints of a run of records; ordinals in it count from `firstRecord`.
  func append(_ part: FingerprintPart, firstRecord: Int) throws {
    guard part.count > 0 else { return }
    let bytes = part.encoded()
    pieces.append(
      FingerprintSpill.Piece(
        offset: file.byteCount, byteCount: bytes.count, firstRecord: firstRecord))
    try file.write(bytes)
  }

  func finish() throws -> FingerprintSpill {
    try file.close(isDurable: false)
    return FingerprintSpill(path: file.path, pieces: pieces)
  }
}

/// What a `FingerprintFile` holds.
struct FingerprintSpill: Sendable {
  let path: String
  let pieces: [Piece]

  /// A run of fingerprints.
  struct Piece: Sendable {
    var offset: Int
    var byteCount: Int
    /// The number of the first record, within the unit.
    var firstRecord: Int
  }

  /// Calls `body` with every part and the number of its first record, in order.
  func forEachPart(_ body: (FingerprintPart, Int) throws -> Void) throws {
    for piece in pieces {
      let bytes = try FileRange.bytes(of: path, offset: piece.offset, count: piece.byteCount)
      try body(FingerprintPart(decoding: bytes), piece.firstRecord)
    }
  }
}
