import Archives
import Emitters
import Formats
import Records

/// Cuts an entry into pieces of whole lines; rows in other forms come as JSON lines.
struct PieceReader {
  private var rows: RowChunks
  private var pending: [UInt8] = []
  private var offset = 0
  private var isAtEnd = false

  /// - Parameter path: what the entry's form is told by.
  init(_ entry: ArchiveEntry, path: String) throws { rows = try RowChunks(entry, path: path) }

  /// The next piece; nil at the end.
  ///
  /// - Throws: when the entry cannot be read further, or a line is too long.
  mutating func next() throws -> ValidationPiece? {
    guard !isAtEnd else { return nil }
    pending.reserveCapacity(FileValidation.pieceBytes + 1 << 18)
    var searched = 0
    while try rows.append(to: &pending) {
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

/// The bytes of an entry's rows as JSON lines.
private enum RowChunks {
  case lines(ArchiveEntry)
  case decoded(ArchiveEntry, any RowDecoder)
  case parquet(ParquetRowDecoder)
  case done

  init(_ entry: ArchiveEntry, path: String) throws {
    var entry = entry
    switch RowFileFormat(ofFile: path) {
    case .parquet:
      let bytes = try entry.allBytes(maximumBytes: ParquetLimits.maximumFileBytes)
      self = .parquet(ParquetRowDecoder(try ParquetFile(bytes)))
    case .text: self = .decoded(entry, SentenceRowDecoder())
    case .json: self = .decoded(entry, WholeDocumentDecoder(path: path))
    case .jsonl, nil: self = .lines(entry)
    }
  }

  /// Appends the next bytes to `lines`; false at the end.
  mutating func append(to lines: inout [UInt8]) throws -> Bool {
    switch self {
    case .done: return false
    case .lines(let entry):
      guard let bytes = try entry.readChunk() else { return false }
      lines.append(contentsOf: bytes)
    case .parquet(var decoder):
      guard let bytes = try decoder.next() else { return false }
      lines += bytes
      self = .parquet(decoder)
    case .decoded(let entry, var decoder):
      if let bytes = try entry.readChunk() {
        lines += try decoder.decode(bytes)
        self = .decoded(entry, decoder)
      } else {
        lines += try decoder.finish()
        self = .done
      }
    }
    return true
  }
}

/// The rows of one JSON document: the elements of its list, or the instances of a task document,
/// whoever wrote them.
private struct WholeDocumentDecoder: RowDecoder {
  let path: String
  private var bytes: [UInt8] = []

  init(path: String) { self.path = path }

  mutating func decode(_ bytes: UnsafeRawBufferPointer) throws -> [UInt8] {
    guard self.bytes.count + bytes.count <= ParquetLimits.maximumFileBytes else {
      throw JSONError(
        .tooLong(maximumBytes: ParquetLimits.maximumFileBytes), at: Position(byteOffset: 0))
    }
    self.bytes.append(contentsOf: bytes)
    return []
  }

  mutating func finish() throws -> [UInt8] {
    let root = try JSONDocument(parsing: bytes).root
    var json = JSONWriter()
    if let instances = root["Instances"], instances.kind == .array {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      for instance in instances.elements {
        NaturalInstructionsDocument.writeRow(
          of: instance, in: root, task: RowFileReader.taskName(inFile: name), into: &json)
        json.newline()
      }
    } else {
      for element in root.kind == .array ? root.elements.map({ $0 }) : [root] {
        json.value(JSON(element))
        json.newline()
      }
    }
    return json.take()
  }
}
