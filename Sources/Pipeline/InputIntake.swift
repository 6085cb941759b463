import Archives
import Records
import Stages

/// What pass 1 made of one input.
struct InputReading: Sendable {
  /// The source's place among the recipe's sources.
  var source: Int
  /// The input's path as the output names it.
  var path: String
  var sha256: String
  var byteCount: Int
  var spill: Spill
  var keys: RecordKeys
  var fingerprints: FingerprintPart?
  var account: Ledger.Account
  var skipped: [Skipped]
  /// What the user should hear of: damaged entries, odd names.
  var warnings: [Diagnostic]
  /// Whether entries were left out because they were damaged.
  var hasDamage: Bool

  /// An entry that was not read.
  struct Skipped: Sendable, Equatable {
    var entry: String
    var reason: String
  }
}

/// Gathers what pass 1 makes of one input: pieces to the spill file, keys and counts in memory.
struct InputIntake {
  private let reading: SourceReading
  private let input: InputFile
  private let limit: Int?
  private let tally: ReadTally
  private let spill: SpillFile
  private var keys = RecordKeys()
  private var fingerprints: FingerprintPart?
  private var account = Ledger.Account()
  private var skipped: [InputReading.Skipped] = []
  private var warnings: [Diagnostic] = []
  private var hasDamage = false
  private var reportedBytes = 0

  /// The size from which the readings of a long entry go to disk.
  private static let pieceBytes = 1 << 20

  init(reading: SourceReading, input: InputFile, spillPath: String, limit: Int?, tally: ReadTally)
    throws
  {
    self.reading = reading
    self.input = input
    self.limit = limit
    self.tally = tally
    spill = try SpillFile(creating: spillPath)
    fingerprints = reading.stages.fingerprinter.map { _ in FingerprintPart() }
  }

  var archivePath: String { input.displayPath }

  var recordCount: Int { keys.count }

  /// Whether `--limit` is reached.
  var isFull: Bool { limit.map { account.read >= $0 } ?? false }

  mutating func skip(_ entry: String, reason: String) {
    skipped.append(InputReading.Skipped(entry: entry, reason: reason))
  }

  /// Takes what a batch or a piece of an entry became.
  mutating func append(_ built: PieceBuilder) throws {
    if let failure = built.failure { throw PipelineError.refused(failure) }
    try spill.append(built.piece)
    keys.append(built.piece.keys)
    if let part = built.fingerprints { fingerprints?.append(part) }
    account += built.account
    warnings += built.damage.map { problem in
      var warning = problem
      warning.severity = .warning
      return warning
    }
    hasDamage = hasDamage || !built.damage.isEmpty
    let bytes = tally.compressedBytes
    reading.progress.add(bytes: bytes - reportedBytes, records: built.account.read)
    reportedBytes = bytes
  }

  /// Reads an entry as a stream, in pieces.
  mutating func stream(_ entry: ArchiveEntry) throws {
    var entry = entry
    let path = entry.path
    let reader = reading.source.reader
    let first = keys.count
    var builder = PieceBuilder(reading: reading, archive: archivePath)
    do {
      try reader.read(&entry) { reading in
        builder.take(reading, entry: path)
        if builder.piece.writer.bytes.count >= Self.pieceBytes { try append(builder.takePiece()) }
        return limit.map { account.read + builder.account.read < $0 } ?? true
      }
      try append(builder)
    } catch let error as PipelineError {
      throw error
    } catch {
      try append(builder.takePiece())
      try settle(error, entry: path, firstRecord: first)
    }
  }

  /// Deals with an entry, or with what is left of the archive, that cannot be read.
  mutating func settle(_ error: any Error, entry: String, firstRecord: Int) throws {
    var builder = PieceBuilder(reading: reading, archive: archivePath)
    if builder.settle(error, entry: entry, recordsBefore: keys.count - firstRecord) {
      keys.markDamaged(firstRecord..<keys.count)
    }
    try append(builder)
  }

  mutating func takeNotes(of archive: Archive) {
    skipped += archive.skipped.listed.map {
      InputReading.Skipped(entry: $0.path, reason: $0.reason.rawValue)
    }
    warnings += archive.warnings
  }

  mutating func finish(sha256: String, byteCount: Int) throws -> InputReading {
    reading.progress.add(bytes: byteCount - reportedBytes)
    return InputReading(
      source: reading.source.number, path: input.displayPath, sha256: sha256,
      byteCount: byteCount, spill: try spill.finish(), keys: keys, fingerprints: fingerprints,
      account: account, skipped: skipped, warnings: warnings, hasDamage: hasDamage)
  }
}
