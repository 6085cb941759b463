import Archives
import Corpora
import Records

/// The work of inspecting one path: sniffs entries, then runs the readers they speak for.
struct InspectionPass {
  private let inspector: Inspector
  var inspection: Inspection
  /// The format groups in the order they were met, by format and columns.
  private var groups: [Inspection.FormatGroup] = []
  private var places: [GroupKey: Int] = [:]
  /// For each group its reading's place, or -1.
  private var readingOfGroup: [Int] = []
  private var readers: [any CorpusReader] = []
  /// What the collecting readers among them have taken in, by place.
  private var collections: [Int: any EntryCollection] = [:]
  /// Where collections keep what is too long for memory, from the first of them on.
  private var scratch: WorkFolder?
  private let tally = ReadTally()
  /// The folders that hold entries of corpora whose other half may look like anything: the texts
  /// beside annotations.
  private var companionFolders: [String: Set<UInt64>] = [:]

  private struct GroupKey: Hashable {
    var format: InspectionFormat
    var columns: [String]
    var encoding = ""
    /// The ending that shows the corpus where content does not.
    var ending = ""
  }

  private static let indexingCorpora: Set<String> = Set(
    CorpusRegistry.readers.compactMap { ($0 as? any IndexingReader.Type)?.facts.name })
  private static let maximumCompanionFolders = 100_000
  /// The columns of larger Parquet files are not looked for.
  private static let maximumParquetBytes = 256 << 20

  /// Groups beyond these are put together, so that no archive can make the list grow.
  private static let maximumGroups = 500
  /// The entries of a group whose fields are counted.
  private static let maximumFieldEntries = 100

  init(inspector: Inspector, path: String) {
    self.inspector = inspector
    inspection = Inspection(path: path)
  }

  mutating func take(_ skipped: SkippedEntries) {
    for reason in SkippedEntry.Reason.allCases {
      inspection.skipped.add(reason.rawValue, count: skipped.count(of: reason))
    }
  }

  // MARK: First pass

  /// Sniffs a file's entries and returns the group of each, in order.
  mutating func sniffEntries(of file: InputFile, isOnly: Bool) -> [UInt16] {
    inspection.fileCount += 1
    let form = InspectionContainer(path: file.path)
    inspection.byteCount += form?.byteCount ?? 0
    var groupOfEntry: [UInt16] = []
    do {
      let archive = try Archive.open(
        path: file.path, displayPath: file.displayPath, limits: limits, tally: tally)
      inspection.containers.add(form?.label(isContainer: archive.isContainer) ?? "unknown")
      let prefix = isOnly || !archive.isContainer ? "" : file.displayPath + "/"
      sniffEntries(of: archive, prefix: prefix, into: &groupOfEntry)
      take(archive.skipped)
      takeLicenses(of: archive, file: file)
      inspection.warnings += archive.warnings
    } catch {
      inspection.containers.add(form?.label(isContainer: false) ?? "unknown")
      inspection.add(error.diagnostic)
    }
    return groupOfEntry
  }

  private mutating func sniffEntries(
    of archive: Archive, prefix: String, into groupOfEntry: inout [UInt16]
  ) {
    var failures = 0
    // An archive that fails goes on behind an inner one; one that fails for ever does not.
    while failures < 100 {
      do {
        guard let entry = try archive.nextEntry() else { return }
        if inspection.entryNames.count < inspector.listedEntries {
          inspection.entryNames.append(prefix + entry.path)
        }
        groupOfEntry.append(UInt16(sniffed(entry)))
      } catch {
        failures += 1
        inspection.add(error.diagnostic)
      }
    }
  }

  /// Reads an entry to its end; returns its group.
  private mutating func sniffed(_ entry: ArchiveEntry) -> Int {
    var window: [UInt8] = []
    // A Parquet file names its columns at its end.
    var parquet: [UInt8] = []
    var byteCount = 0
    inspection.entryCount += 1
    do {
      try entry.forEachChunk { chunk in
        byteCount += chunk.count
        window.append(contentsOf: chunk.prefix(InspectionSniff.windowBytes - window.count))
        if window.holds(Array("PAR1".utf8), at: 0), byteCount <= Self.maximumParquetBytes {
          parquet.append(contentsOf: chunk)
        }
      }
    } catch {
      inspection.add((error as? any DiagnosticError)?.diagnostic ?? Diagnostic("\(error)"))
    }
    inspection.expandedBytes += byteCount
    let sniff =
      InspectionSniff(parquet: parquet)
      ?? InspectionSniff(window, path: entry.path, isWhole: byteCount == window.count)
    let place = group(sniff, path: entry.path, byteCount: byteCount)
    noteCompanions(of: groups[place].evidence?.corpus, beside: entry)
    return place
  }

  private mutating func group(_ sniff: InspectionSniff, path: String, byteCount: Int) -> Int {
    var key = GroupKey(
      format: sniff.format, columns: sniff.columns, encoding: Self.oddEncoding(of: sniff),
      ending: InspectionEvidence.tellingEnding(of: path) ?? "")
    if places[key] == nil, groups.count >= Self.maximumGroups {
      key = GroupKey(format: .named(InspectionTally.others), columns: [])
    }
    let place = places[key] ?? addGroup(key)
    groups[place].entryCount += 1
    groups[place].byteCount += byteCount
    if groups[place].folders.count < Inspection.FormatGroup.maximumFolders {
      groups[place].folders.insert(Self.folderHash(of: path))
    }
    if groups[place].entryCount <= Self.maximumFieldEntries {
      groups[place].fields.add(sniff.fields)
      groups[place].recordCount += sniff.recordCount
    }
    if groups[place].evidence == nil {
      groups[place].evidence =
        inspector.corpus.map { InspectionEvidence(corpus: $0, of: sniff) }
        ?? InspectionEvidence(sniff, path: path)
    }
    return place
  }

  private mutating func noteCompanions(of corpus: String?, beside entry: ArchiveEntry) {
    guard let corpus, Self.indexingCorpora.contains(corpus) else { return }
    guard companionFolders[corpus]?.count ?? 0 < Self.maximumCompanionFolders else { return }
    companionFolders[corpus, default: []].insert(Self.placeHash(of: entry))
  }

  /// A hash of the folder that an entry lies in, on disk and in its archive.
  private static func placeHash(of entry: ArchiveEntry) -> UInt64 {
    folderHash(of: entry.archive) &* 31 &+ folderHash(of: entry.path)
  }

  private mutating func addGroup(_ key: GroupKey) -> Int {
    groups.append(
      Inspection.FormatGroup(
        format: key.format, columns: key.columns, encoding: key.encoding, ending: key.ending))
    places[key] = groups.count - 1
    return groups.count - 1
  }

  /// The encoding where it is worth a word: of tables and the like that are not UTF-8.
  private static func oddEncoding(of sniff: InspectionSniff) -> String {
    guard sniff.format.isMappable, let encoding = sniff.encoding, encoding != "UTF-8" else {
      return ""
    }
    return encoding
  }

  private static func folderHash(of path: String) -> UInt64 {
    var hash = StableHash()
    hash.combine(path.utf8.lastIndex(of: 0x2F).map { String(path[..<$0]) } ?? "")
    return hash.value
  }

  /// The ending of an entry's name in lower case with its dot; empty when there is none.
  private static func ending(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.utf8.lastIndex(of: 0x2E), dot > name.startIndex else { return "" }
    return name[dot...].lowercased()
  }

  /// Reads the licence texts that lie among the entries.
  private mutating func takeLicenses(of archive: Archive, file: InputFile) {
    let paths = archive.skipped.listed.map(\.path).filter(InspectionLicense.isLicenseName)
    guard !paths.isEmpty, archive.isContainer else { return }
    inspection.licenses += InspectionLicenseFiles.found(in: file, paths: paths, tally: tally)
  }

  private var limits: ArchiveLimits {
    var limits = ArchiveLimits()
    // Everything is read twice or three times, so that the run's limit is that of three runs.
    limits.runBytes *= 3
    return limits
  }

  // MARK: Second pass

  /// Decides which readers read which groups; those that agree in corpus and mapping share one.
  mutating func planReadings() {
    readingOfGroup = groups.map { _ in -1 }
    var planned: [InspectionEvidence: Int] = [:]
    let order = groups.indices.sorted { first, second in
      (groups[second].entryCount, first) < (groups[first].entryCount, second)
    }
    for place in order {
      guard let evidence = groups[place].evidence else { continue }
      if planned[evidence] == nil { planned[evidence] = addReading(for: evidence) }
      readingOfGroup[place] = planned[evidence] ?? -1
    }
    // An empty file among notes is an empty note; its rejection belongs in the ledger.
    let notes = inspection.readings.first { $0.facts.name == "text-notes" }
    for place in groups.indices where groups[place].format == .empty && readingOfGroup[place] < 0 {
      readingOfGroup[place] = notes?.number ?? -1
    }
  }

  /// Adds the reading of a corpus; nil when the corpus is not there or cannot do without a mapping.
  private mutating func addReading(for evidence: InspectionEvidence) -> Int? {
    guard let facts = CorpusRegistry.all.first(where: { $0.name == evidence.corpus }),
      let reader = try? CorpusRegistry.reader(named: facts.name, options: evidence.readerOptions)
    else { return nil }
    readers.append(reader)
    inspection.readings.append(
      InspectionReading(facts: facts, evidence: evidence, number: readers.count - 1))
    return readers.count - 1
  }

  /// Runs the readers over a file's entries, given the group of each.
  mutating func readRecords(of file: InputFile, groups groupOfEntry: [UInt16]) {
    guard !readers.isEmpty else { return }
    // What fails here as an archive has failed in the first pass and was told there.
    guard
      let archive = try? Archive.open(
        path: file.path, displayPath: file.displayPath, limits: limits, tally: tally)
    else { return }
    var number = 0
    var failures = 0
    while number < groupOfEntry.count, failures < 100 {
      do {
        guard let entry = try archive.nextEntry() else { return }
        let reading = reading(of: entry, group: Int(groupOfEntry[number]))
        number += 1
        for other in readers.indices
        where other != reading && readers[other].accepts(path: entry.path) {
          inspection.readings[other].addForeign(entry.path)
        }
        if reading >= 0 {
          inspection.readings[reading].endings.add(Self.ending(of: entry.path))
          read(entry, reading: reading, file: file)
        }
      } catch {
        failures += 1
      }
    }
  }

  /// The reading that an entry is for: that of its group, but plain text beside annotations is for
  /// their reader.
  private func reading(of entry: ArchiveEntry, group: Int) -> Int {
    let planned = readingOfGroup[group]
    guard planned < 0 || inspection.readings[planned].facts.name == "text-notes" else {
      return planned
    }
    let folder = Self.placeHash(of: entry)
    return readers.indices.first { place in
      let folders = companionFolders[inspection.readings[place].facts.name] ?? []
      return folders.contains(folder) && readers[place].accepts(path: entry.path)
    } ?? planned
  }

  /// Fills the indexes of the readers that have one.
  mutating func fillIndexes(from files: [InputFile]) {
    for place in readers.indices {
      guard let reader = readers[place] as? any IndexingReader else { continue }
      do {
        let folders = companionFolders[inspection.readings[place].facts.name] ?? []
        readers[place] = try SourceIndex.filled(
          reader, from: files, limits: limits, needs: { folders.contains(Self.placeHash(of: $0)) })
      } catch {
        inspection.add((error as? any DiagnosticError)?.diagnostic ?? Diagnostic("\(error)"))
      }
    }
  }

  private mutating func read(_ entry: ArchiveEntry, reading place: Int, file: InputFile) {
    guard readers[place].accepts(path: entry.path) else {
      inspection.readings[place].unacceptedEntries += 1
      return
    }
    inspection.readings[place].addEntry(entry.path, in: file.path)
    var entry = entry
    let position = Position(file: file.displayPath, entry: entry.path)
    let reader = readers[place]
    guard let collecting = reader as? any CollectingReader else {
      return takeReadings(of: place, at: position) { try reader.read(&entry, into: $0) }
    }
    do {
      var collection = try collections.removeValue(forKey: place) ?? made(by: collecting, place)
      takeReadings(of: place, at: position) { try collection.take(&entry, into: $0) }
      collections[place] = collection
    } catch {
      inspection.add(Diagnostic(at: position, "\(error)"))
    }
  }

  private mutating func made(
    by reader: any CollectingReader, _ place: Int
  ) throws -> any EntryCollection {
    let work = try scratch ?? WorkFolder(temporaryFor: "inspection")
    scratch = work
    let folder = "\(work.scratchPath)/\(place)"
    try FolderTree.create(folder, mode: 0o700)
    return try reader.makeCollection(scratchPath: folder)
  }

  /// Takes what the collections still hold.
  mutating func finishCollections() {
    for place in collections.keys.sorted() {
      guard var collection = collections.removeValue(forKey: place) else { continue }
      takeReadings(of: place, at: Position()) { try collection.finish(into: $0) }
    }
    scratch?.remove()
  }

  private mutating func takeReadings(
    of place: Int, at position: Position, _ read: (ReadingSink) throws -> Void
  ) {
    var taken = inspection.readings[place]
    let before = taken.records
    do {
      try read { reading in
        taken.take(reading, showsText: inspector.showsText)
        return true
      }
    } catch is ArchiveError {
      // Told by the first pass.
    } catch {
      var problem = (error as? any DiagnosticError)?.diagnostic ?? Diagnostic("\(error)")
      problem.position = problem.position.within(file: position.file, entry: position.entry)
      inspection.add(problem)
    }
    inspection.readings[place] = taken
    inspector.progress.add(records: taken.records - before)
  }

  // MARK: The end

  /// The inspection with its format groups, the most frequent first.
  func finish() -> Inspection {
    var inspection = inspection
    for (group, reading) in zip(groups, readingOfGroup) where reading >= 0 {
      inspection.readings[reading].folderCount += group.folders.count
    }
    // All its text may have turned out to be another corpus' half.
    inspection.readings.removeAll { $0.facts.name == "text-notes" && $0.entries == 0 }
    inspection.formats = groups.enumerated().sorted { first, second in
      (second.element.entryCount, first.offset) < (first.element.entryCount, second.offset)
    }.map(\.element)
    return inspection
  }
}
