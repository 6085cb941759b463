import Archives
import Records

/// Pass 1 for one source: entries → readings → licence gate, cleaning, filters → spill and keys.
struct SourceReading: Sendable {
  let source: PlannedSource
  let stages: RecordStages
  let progress: Progress
  let scratchPath: String

  /// Entries of an archive up to this size are read in batches, several batches at once.
  private static let batchedEntryBytes = 4 << 20

  /// Reads a unit of work to its spill: one large file, or a run of small ones.
  ///
  /// - Parameters:
  ///   - number: The unit's place in the build, which names its spill file.
  ///   - limit: The most records to read.
  ///   - lanes: How many batches of one archive may be in work at once.
  func read(_ unit: [InputFile], number: Int, limit: Int?, lanes: Int) async throws -> UnitReading {
    var intake = try UnitIntake(
      reading: self, spillPath: "\(scratchPath)/\(number).spill", limit: limit)
    var collection = try collection(number: number)
    for input in unit where !intake.isFull {
      let digest = try FileDigest.sha256(path: input.path, displayPath: input.displayPath)
      let tally = ReadTally()
      intake.begin(input, sha256: digest.hex, byteCount: digest.bytes, tally: tally)
      do {
        let archive = try Archive.open(
          path: input.path, displayPath: input.displayPath, limits: source.limits,
          members: source.members, tally: tally)
        let result: Result<Void, any Error>
        // Taken out while it is filled, so that nothing of it is copied.
        if var filling = collection.take() {
          result = collectEntries(of: archive, in: &filling, into: &intake)
          collection = filling
        } else {
          result = await readEntries(of: archive, into: &intake, lanes: limit == nil ? lanes : nil)
        }
        intake.takeNotes(of: archive)
        try result.get()
      } catch let error as PipelineError {
        throw error
      } catch {
        try intake.settleFile(error)
      }
    }
    if var filled = collection.take() { try intake.finish(&filled) }
    return try intake.finish()
  }

  /// An empty collection with a scratch folder of its own, for corpora that are read as one.
  private func collection(number: Int) throws -> (any EntryCollection)? {
    guard let reader = source.reader as? any CollectingReader else { return nil }
    let folder = "\(scratchPath)/\(number).collection"
    try FolderTree.create(folder, mode: 0o700)
    return try reader.makeCollection(scratchPath: folder)
  }

  /// Takes the entries into the collection, in order.
  private func collectEntries(
    of archive: Archive, in collection: inout any EntryCollection, into intake: inout UnitIntake
  ) -> Result<Void, any Error> {
    do {
      while !intake.isFull, let entry = try archive.nextEntry() {
        guard accepts(entry, &intake) else { continue }
        try intake.collect(entry, in: &collection)
      }
      return .success(())
    } catch {
      return .failure(error)
    }
  }

  /// Whether an entry is read for records; one that is not is listed as skipped.
  private func accepts(_ entry: ArchiveEntry, _ intake: inout UnitIntake) -> Bool {
    guard !source.reader.accepts(path: entry.path) else { return true }
    let isIndex = (source.reader as? any IndexingReader)?.indexes(path: entry.path) ?? false
    intake.skip(entry.path, reason: isIndex ? "index" : UnitReading.notOfCorpus)
    return false
  }

  /// Reads the entries in order; small ones in batches beside each other when there are lanes.
  private func readEntries(
    of archive: Archive, into intake: inout UnitIntake, lanes: Int?
  ) async -> Result<Void, any Error> {
    let path = archive.displayPath
    var batches = BatchQueue(width: lanes ?? 0) { read($0, archive: path) }
    do {
      while !intake.isFull, let entry = try archive.nextEntry() {
        guard accepts(entry, &intake) else { continue }
        if lanes != nil, let size = entry.sizeHint, size <= Self.batchedEntryBytes {
          for built in await batches.add(buffered(entry)) { try intake.append(built) }
        } else {
          for built in await batches.drain() { try intake.append(built) }
          try intake.stream(entry)
        }
      }
      for built in await batches.drain() { try intake.append(built) }
      return .success(())
    } catch {
      // What stands before the failure counts; what stands after it was never met.
      for built in await batches.drain() where !(error is PipelineError) {
        do { try intake.append(built) } catch { return .failure(error) }
      }
      return .failure(error)
    }
  }

  private func buffered(_ entry: ArchiveEntry) -> BatchedEntry {
    var entry = entry
    do {
      return .bytes(
        BufferedEntry(path: entry.path, archive: entry.archive, bytes: try entry.allBytes()))
    } catch {
      let diagnostic = (error as? any DiagnosticError)?.diagnostic ?? Diagnostic("\(error)")
      return .damaged(path: entry.path, diagnostic)
    }
  }

  /// Reads buffered entries; runs beside other batches.
  private func read(_ entries: [BatchedEntry], archive: String) -> PieceBuilder {
    var builder = PieceBuilder(reading: self, archive: archive)
    for entry in entries where builder.failure == nil {
      switch entry {
      case .bytes(let entry): builder.read(entry)
      case .damaged(let path, let problem):
        _ = builder.settle(problem, entry: path, recordsBefore: 0)
      }
    }
    return builder
  }
}
