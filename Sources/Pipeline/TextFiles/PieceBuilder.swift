import Records
import Stages

/// Takes the readings of entries through the record stages and encodes what they become.
struct PieceBuilder: Sendable {
  let reading: SourceReading
  /// The archive's path as the output names it.
  let archive: String
  private(set) var piece = SpillPiece()
  private(set) var account = Ledger.Account()
  /// What was measured of the records before filters; nil unless that is asked for.
  private(set) var statistics: RecordStatistics?
  private(set) var fingerprints = FingerprintPart()
  private(set) var passages = PassagePart()
  private var printer = ContaminationPrinter()
  /// What was wrong with entries that the recipe lets go.
  private(set) var damage: [Diagnostic] = []
  /// What stops the build.
  private(set) var failure: Diagnostic?

  init(reading: SourceReading, archive: String) {
    self.reading = reading
    self.archive = archive
    statistics = reading.stages.survey.map {
      RecordStatistics(
        $0, thresholds: RecordSurvey.thresholds(of: reading.source, reading.stages))
    }
  }

  /// Reads an entry that is in memory.
  mutating func read(_ entry: BufferedEntry) {
    var entry = entry
    let path = entry.path
    let first = piece.keys.count
    let reader = reading.source.reader
    do {
      try reader.read(&entry) { reading in
        take(reading, entry: path)
        return true
      }
    } catch {
      let before = piece.keys.count - first
      guard settle(error, entry: path, recordsBefore: before) else { return }
      piece.keys.markDamaged(first..<piece.keys.count)
    }
  }

  /// Takes one reading of an entry.
  mutating func take(_ reading: Reading, entry: String) {
    switch reading {
    case .withdrawal(let id):
      piece.keys.withdraw(id, source: self.reading.source.number)
      account.withdrawals += 1
    case .count(let name, let count): account.contents[name, default: 0] += count
    case .rejection(var rejection):
      account.read += 1
      locate(&rejection.provenance, entry: entry)
      reject(rejection)
    case .record(var record):
      account.read += 1
      account.countContents(of: record.content)
      record.source = self.reading.source.name
      locate(&record.provenance, entry: entry)
      record.language = record.language ?? self.reading.source.language
      keep(record)
    }
  }

  /// Fills in where a reading is from, unless the collection that gave it says so itself.
  private func locate(_ provenance: inout Provenance, entry: String) {
    if provenance.entry.isEmpty {
      provenance.archive = archive
      provenance.entry = entry
    }
    reading.source.pseudonyms?.hide(&provenance)
  }

  /// Rejects an entry that is damaged, or stops the build, as the source's `damaged:` says.
  ///
  /// - Returns: whether the build goes on; the records read of the entry are then to be marked.
  mutating func settle(_ error: any Error, entry: String, recordsBefore: Int) -> Bool {
    var problem = (error as? any DiagnosticError)?.diagnostic ?? Diagnostic("\(error)")
    problem.position = problem.position.within(file: archive, entry: entry.isEmpty ? nil : entry)
    guard reading.source.rejectsDamage, !(error is LostEntryError) else {
      failure = Diagnostic(
        at: problem.position,
        "\(problem.message); \(recordsBefore) records of it were read, and nothing is published",
        hint: problem.hint
          ?? (error is LostEntryError
            ? nil : "to leave such entries out, set 'damaged: reject' on the source"))
      return false
    }
    damage.append(problem)
    account.read += 1
    var place = Provenance()
    locate(&place, entry: entry)
    reject(
      Rejection(
        reason: .damagedEntry, value: "after \(recordsBefore) records", provenance: place))
    return true
  }

  /// The piece so far, leaving the builder empty for what follows.
  mutating func takePiece() -> PieceBuilder {
    let taken = self
    self = PieceBuilder(reading: reading, archive: archive)
    return taken
  }

  private mutating func keep(_ record: Record) {
    var record = record
    // Times may be shifted or gone after de-identification; their order is the same.
    let time = reading.stages.passageUnits == nil ? 0 : record.content.passageTime
    let outcome = reading.stages.admission(
      of: &record, in: reading.source, tokens: &account.chatTokens)
    account.identifiers += outcome.counts
    if let rejection = outcome.rejection { return reject(rejection) }
    statistics?.take(record)
    if let rejection = reading.stages.rejection(of: record, in: reading.source) {
      return reject(rejection)
    }
    reading.stages.fingerprinter?.append(
      record, ordinal: piece.keys.count, priority: reading.source.priority, to: &fingerprints)
    if let maker = reading.stages.passageUnits {
      passages.append(record, time: time, ordinal: piece.keys.count, by: maker)
    }
    piece.keys.append(
      record, source: reading.source.number, stratum: reading.stages.stratum)
    piece.keys.mark(outcome.marks, earlier: outcome.earlier)
    if let stratum = reading.source.stratum {
      piece.keys.markCapStratum(record.stratum(by: stratum).high)
    }
    if reading.stages.rejectsConflicts(in: reading.source) {
      piece.keys.markQuestion(ClosedQuestion(record.content))
    }
    if let decontaminator = reading.stages.decontaminator {
      piece.keys.markContaminated(by: decontaminator.hits(of: record, using: &printer))
    }
    piece.append(.record(record))
  }

  private mutating func reject(_ rejection: Rejection) {
    account.reject(rejection.reason)
    var rejection = rejection
    reading.source.pseudonyms?.hide(&rejection)
    piece.append(.rejection(rejection))
  }
}
