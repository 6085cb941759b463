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

  private struct GroupKey: Hashable {
    var format: InspectionFormat
    var columns: [String]
    var encoding = ""
  }

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
    var byteCount = 0
    inspection.entryCount += 1
    do {
      try entry.forEachChunk { chunk in
        byteCount += chunk.count
        window.append(contentsOf: chunk.prefix(InspectionSniff.windowBytes - window.count))
      }
    } catch {
      inspection.add((error as? any DiagnosticError)?.diagnostic ?? Diagnostic("\(error)"))
    }
    inspection.expandedBytes += byteCount
    let sniff = InspectionSniff(window, path: entry.path, isWhole: byteCount == window.count)
    return group(sniff, path: entry.path, byteCount: byteCount)
  }

  private mutating func group(_ sniff: InspectionSniff, path: String, byteCount: Int) -> Int {
    var key = GroupKey(
      format: sniff.format, columns: sniff.columns, encoding: Self.oddEncoding(of: sniff))
    if places[key] == nil, groups.count >= Self.maximumGroups {
      key = GroupKey(format: .named(InspectionTally.others), columns: [])
    }
    let place = places[key] ?? addGroup(key)
    groups[place].entryCount += 1
    groups[place].byteCount += byteCount
    groups[place].endings.add(Self.ending(of: path))
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

  private mutating func addGroup(_ key: GroupKey) -> Int {
    groups.append(
      Inspection.FormatGroup(format: key.format, columns: key.columns, encoding: key.encoding))
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
    for place in groups.indices where groups[place].format == .empty {
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
        let reading = readingOfGroup[Int(groupOfEntry[number])]
        number += 1
        for other in readers.indices
        where other != reading && readers[other].accepts(path: entry.path) {
          inspection.readings[other].addForeign(entry.path)
        }
        if reading >= 0 { read(entry, reading: reading, file: file) }
      } catch {
        failures += 1
      }
    }
  }

  /// Fills the indexes of the readers that have one.
  mutating func fillIndexes(from files: [InputFile]) {
    for place in readers.indices {
      guard let reader = readers[place] as? any IndexingReader else { continue }
      do {
        readers[place] = try SourceIndex.filled(reader, from: files, limits: limits)
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
    inspection.readings[place].addEntry(in: file.path)
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
      try withoutActuallyEscaping({ (reading: Reading) throws -> Bool in
        taken.take(reading, showsText: inspector.showsText)
        return true
      }) { sink in try read(sink) }
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
      for line in group.endings.lines {
        inspection.readings[reading].endings.add(line.name, count: line.count)
      }
      inspection.readings[reading].folderCount += group.folders.count
    }
    inspection.formats = groups.enumerated().sorted { first, second in
      (second.element.entryCount, first.offset) < (first.element.entryCount, second.offset)
    }.map(\.element)
    return inspection
  }
}
