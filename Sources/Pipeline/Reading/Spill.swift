import Records

/// The readings of one input on disk between pass 1 and pass 2, as blocks that can be read back in
/// any order and in parallel.
final class Spill: Sendable {
  /// A run of readings.
  struct Block: Sendable {
    var offset: Int
    var byteCount: Int
    /// The number of readings, rejections included.
    var readings: Int
    /// The number of records among them.
    var records: Int
  }

  let path: String
  let blocks: [Block]

  fileprivate init(path: String, blocks: [Block]) {
    self.path = path
    self.blocks = blocks
  }

  /// Calls `body` with every reading of a block, in order.
  func forEachReading(in block: Block, _ body: (Reading) throws -> Void) throws {
    let bytes = try FileRange.bytes(of: path, offset: block.offset, count: block.byteCount)
    try bytes.withUnsafeBytes { buffer in
      var reader = SpillReader(buffer)
      for _ in 0..<block.readings { try body(reader.readReading()) }
    }
  }
}

/// A run of readings that was encoded in memory, with the keys of its records.
struct SpillPiece: Sendable {
  var writer = SpillWriter()
  var readings = 0
  var keys = RecordKeys()

  mutating func append(_ reading: Reading) {
    writer.write(reading)
    readings += 1
  }
}

/// Writes an input's pieces to its spill file, in order.
final class SpillFile {
  private let file: OutputFile
  private var blocks: [Spill.Block] = []

  init(creating path: String) throws {
    file = try OutputFile(creating: path, isPrivate: true)
  }

  /// Writes a piece as one block.
  func append(_ piece: SpillPiece) throws {
    guard piece.readings > 0 else { return }
    blocks.append(
      Spill.Block(
        offset: file.byteCount, byteCount: piece.writer.bytes.count, readings: piece.readings,
        records: piece.keys.count))
    try file.write(piece.writer.bytes)
  }

  func finish() throws -> Spill {
    try file.close(isDurable: false)
    return Spill(path: file.path, blocks: blocks)
  }
}
