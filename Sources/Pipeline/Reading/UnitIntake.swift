import Archives
import Records
import Stages

/// What pass 1 made of a unit of work: one large file of a source, or a run of small ones.
struct UnitReading: Sendable {
  /// The source's place among the recipe's sources.
  var source: Int
  var inputs: [Input]
  var spill: Spill
  var keys: RecordKeys
  var fingerprints: FingerprintSpill?
  /// What records may repeat of earlier ones; nil unless that is to be cut.
  var passages: PassageSpill?
  var account: Ledger.Account
  /// What was measured of the records before filters; nil unless that was asked for.
  var statistics: RecordStatistics?
  var skipped: [Skipped]
  /// What the user should hear of: damaged entries, odd names.
  var warnings: [Diagnostic]
  /// Whether entries were left out because they were damaged.
  var hasDamage: Bool

  /// A file that was read.
  struct Input: Sendable, Equatable {
    var file: InputFile
    var sha256: String
    var byteCount: Int

    /// The path as the output names it.
    var path: String { file.displayPath }
  }

  /// The reason of entries that the reader does not accept.
  static let notOfCorpus = "not-of-corpus"

  /// An entry that was not read.
  struct Skipped: Sendable, Equatable {
    var entry: String
    var reason: String
  }
}

/// Gathers what pass 1 makes of a unit: pieces to the spill file, keys and counts in memory.
struct UnitIntake {
  private let reading: SourceReading
  private let limit: Int?
  private let spill: SpillFile
  private var tally = ReadTally()
  private var inputs: [UnitReading.Input] = []
  private var keys = RecordKeys()
  private let fingerprints: FingerprintFile?
  private let passages: PassageFile?
  private var account = Ledger.Account()
  private var statistics: RecordStatistics?
  private var skipped: [UnitReading.Skipped] = []
  private var warnings: [Diagnostic] = []
  private var hasDamage = false
  private var reportedBytes = 0
  /// The records read before this file.
  private var readBefore = 0

  /// The size from which the readings of a long entry go to disk.
  private static let pieceBytes = 1 << 20

  init(reading: SourceReading, spillPath: String, limit: Int?) throws {
    self.reading = reading
    self.limit = limit
    spill = try SpillFile(creating: spillPath)
    fingerprints =
      reading.stages.fingerprinter == nil
      ? nil : try FingerprintFile(creating: "\(spillPath).prints")
    passages =
      reading.stages.passageUnits == nil
      ? nil : try PassageFile(creating: "\(spillPath).passages")
  }

  /// Whether `--limit` is reached.
  var isFull: Bool { limit.map { account.read >= $0 } ?? false }

  private var archivePath: String { inputs.last?.path ?? "" }

  /// Turns to the next file.
  mutating func begin(_ input: InputFile, sha256: String, byteCount: Int, tally: ReadTally) {
    inputs.append(UnitReading.Input(file: input, sha256: sha256, byteCount: byteCount))
    self.tally = tally
    reportedBytes = 0
    readBefore = account.read
  }

  mutating func skip(_ entry: String, reason: String) {
    skipped.append(UnitReading.Skipped(entry: entry, reason: reason))
  }

  /// Takes what a batch or a piece of an entry became.
  mutating func append(_ built: PieceBuilder) throws {
    if let failure = built.failure { throw PipelineError.refused(failure) }
    try spill.append(built.piece)
    try fingerprints?.append(built.fingerprints, firstRecord: keys.count)
    try passages?.append(built.passages, firstRecord: keys.count)
    keys.append(built.piece.keys)
    account += built.account
    if var sum = statistics.take(), let part = built.statistics {
      sum += part
      statistics = sum
    } else {
      statistics = built.statistics
    }
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
    let reader = reading.source.reader
    try takeReadings(of: entry.path) { sink in try reader.read(&entry, into: sink) }
  }

  /// Takes an entry into a collection.
  mutating func collect(
    _ entry: ArchiveEntry, in collection: inout any EntryCollection
  ) throws {
    var entry = entry
    try takeReadings(of: entry.path) { sink in try collection.take(&entry, into: sink) }
  }

  /// Hands on what a collection holds at the end of its source.
  mutating func finish(_ collection: inout any EntryCollection) throws {
    guard !isFull else { return }
    try takeReadings(of: "") { sink in try collection.finish(into: sink) }
  }

  /// Takes readings to the spill, in pieces, until there are none or `--limit` is reached.
  private mutating func takeReadings(
    of entry: String, _ read: (ReadingSink) throws -> Void
  ) throws {
    let first = keys.count
    var builder = PieceBuilder(reading: reading, archive: archivePath)
    do {
      try read { reading in
        builder.take(reading, entry: entry)
        if builder.piece.writer.bytes.count >= Self.pieceBytes { try append(builder.takePiece()) }
        return limit.map { account.read + builder.account.read < $0 } ?? true
      }
      try append(builder)
    } catch let error as PipelineError {
      throw error
    } catch let error as ScratchError {
      throw PipelineError.system(
        operation: error.operation, path: error.path, code: error.code)
    } catch {
      try append(builder.takePiece())
      try settle(error, entry: entry, firstRecord: first)
    }
  }

  /// Deals with an entry that cannot be read: the records read of it go with it.
  private mutating func settle(_ error: any Error, entry: String, firstRecord: Int) throws {
    var builder = PieceBuilder(reading: reading, archive: archivePath)
    if builder.settle(error, entry: entry, recordsBefore: keys.count - firstRecord) {
      keys.markDamaged(firstRecord..<keys.count)
    }
    try append(builder)
  }

  /// Deals with a file that cannot be read, or not further: the entries before count.
  mutating func settleFile(_ error: any Error) throws {
    var builder = PieceBuilder(reading: reading, archive: archivePath)
    _ = builder.settle(error, entry: "", recordsBefore: account.read - readBefore)
    try append(builder)
  }

  mutating func takeNotes(of archive: Archive) {
    skipped += archive.skipped.listed.map {
      UnitReading.Skipped(entry: $0.path, reason: $0.reason.rawValue)
    }
    warnings += archive.warnings
  }

  mutating func finish() throws -> UnitReading {
    UnitReading(
      source: reading.source.number, inputs: inputs, spill: try spill.finish(), keys: keys,
      fingerprints: try fingerprints?.finish(),
      passages: try passages?.finish(), account: account, statistics: statistics,
      skipped: skipped,
      warnings: warnings,
      hasDamage: hasDamage)
  }
}
