import Archives
import Corpora
import Recipes
import Records
import Stages

/// A benchmark with its files and what reads them; once it was read, with their digests.
struct PlannedBenchmark: Sendable {
  let name: String
  /// The sources whose ids are the benchmark's.
  let twins: Set<String>
  private let files: [InputFile]
  private let content: Content
  private let field: String?
  private let limits: ArchiveLimits
  private let members: MemberFilter
  /// The files that were read.
  private(set) var inputs: [UnitReading.Input] = []
  private(set) var warnings: [Diagnostic] = []

  private enum Content: Sendable {
    case corpus(CorpusFacts, any CorpusReader)
    case index(ContaminationIndex)
  }

  /// Finds the files and the reader.
  ///
  /// - Throws: an error that says what is missing.
  init(
    _ benchmark: Recipe.Decontamination.Benchmark, relativeTo folder: String, limits: ArchiveLimits
  ) throws {
    name = benchmark.name
    twins = Set(benchmark.twins.map(\.text))
    field = benchmark.field
    self.limits = limits
    members = MemberFilter(
      include: benchmark.includedMembers, exclude: benchmark.excludedMembers)
    files = try SourceFiles([benchmark.path.text], relativeTo: folder).files
    if files.count == 1, let index = try BenchmarkIndexFile.index(in: files[0]) {
      content = .index(index)
    } else {
      let (facts, reader) = try Self.reader(of: benchmark, relativeTo: folder)
      content = .corpus(facts, reader)
      try checkField(facts, benchmark.shape)
    }
  }

  /// The index that the benchmark is; nil when it is a corpus.
  var shippedIndex: ContaminationIndex? {
    guard case .index(let index) = content else { return nil }
    return index
  }

  /// The names that hits are reported under.
  var names: [String] { shippedIndex?.benchmarks.map(\.name) ?? [name] }

  /// Whether an id of the corpus means the same record wherever it is read from: a collection that was
  /// published under a licence is one, a form that anybody's files may have is none.
  static func hasCorpusIDs(_ facts: CorpusFacts) -> Bool {
    facts.license != nil || facts.isLicensedByRecord
  }

  private static func reader(
    of benchmark: Recipe.Decontamination.Benchmark, relativeTo folder: String
  ) throws -> (CorpusFacts, any CorpusReader) {
    var options = ReaderOptions(
      fields: benchmark.fields, shape: benchmark.shape, options: benchmark.options)
    var corpus = benchmark.corpus?.text
    if corpus == nil {
      let evidence = try evidence(of: benchmark, relativeTo: folder)
      corpus = evidence.corpus
      let guessed = evidence.readerOptions
      if options.fields.isEmpty { options.fields = guessed.fields }
      options.shape = options.shape ?? guessed.shape
      options.options.merge(guessed.options) { given, _ in given }
    }
    let reader = try CorpusRegistry.reader(named: corpus ?? "", options: options)
    return (type(of: reader).facts, reader)
  }

  /// What `materia inspect` finds the benchmark to be.
  private static func evidence(
    of benchmark: Recipe.Decontamination.Benchmark, relativeTo folder: String
  ) throws -> InspectionEvidence {
    let path = benchmark.path.text
    let inspection = try Inspector().inspect(
      path: path.hasPrefix("/") ? path : "\(folder)/\(path)")
    guard let reading = inspection.mainReading, reading.records > 0 else {
      throw Diagnostic(
        "the content of benchmark '\(path)' speaks for no corpus",
        hint:
          "write it as {path: …, corpus: …, fields: …} in a recipe; 'materia corpora' lists the "
          + "readers")
    }
    return reading.evidence
  }

  private func checkField(_ facts: CorpusFacts, _ shape: Records.Content.Shape?) throws {
    guard let field else { return }
    let known = (shape.map { [$0] } ?? [facts.shape] + facts.otherShapes)
      .flatMap(Records.Content.fieldNames(of:))
    guard !known.contains(field) else { return }
    throw Diagnostic(
      "benchmark '\(name)' has no field '\(field)'",
      hint: NearestName.hint(for: field, among: known)
        ?? "its records have \(known.joined(separator: ", "))")
  }
}

// MARK: Reading

extension PlannedBenchmark {
  /// Takes the digests of the files.
  mutating func digest() throws {
    inputs = try files.map { file in
      let digest = try FileDigest.sha256(path: file.path, displayPath: file.displayPath)
      return UnitReading.Input(file: file, sha256: digest.hex, byteCount: digest.bytes)
    }
  }

  /// The digests of the files, joined.
  var sha256: String { inputs.map(\.sha256).joined(separator: "+") }

  /// Reads the benchmark into an index, after its digests were taken.
  ///
  /// - Throws: `PipelineError.refused` when something of it cannot be read, or nothing is in it:
  ///   what a benchmark lacks would stay in the training data without a word.
  mutating func read(
    into builder: inout ContaminationIndexBuilder, texts: ReferenceTexts, scratchPath: String
  ) throws {
    guard case .corpus(let facts, _) = content else { return }
    let (field, hasCorpusIDs) = (field, Self.hasCorpusIDs(facts))
    builder.begin(ContaminationIndex.Benchmark(name: name, sha256: sha256))
    try forEachRecord(texts: texts, scratchPath: scratchPath) { record in
      try builder.append(record, field: field, hasCorpusIDs: hasCorpusIDs)
      return builder.itemCount
    }
  }

  /// Calls `body` with every record of the files, prepared; it returns how many items it has by now.
  ///
  /// - Throws: `PipelineError.refused` when something cannot be read, or nothing is in it.
  mutating func forEachRecord(
    texts: ReferenceTexts, scratchPath: String, _ body: (Record) throws -> Int
  ) throws {
    guard case .corpus(_, let reader) = content else { return }
    var reading = BenchmarkReading(texts: texts)
    do {
      try reading.read(files, by: reader, limits, members, scratchPath: scratchPath, body)
    } catch let error as PipelineError {
      throw error
    } catch {
      let problem = (error as? any DiagnosticError)?.diagnostic ?? Diagnostic("\(error)")
      throw PipelineError.refused(
        Diagnostic(
          at: problem.position,
          "\(problem.message); benchmark '\(name)' must be read as a whole",
          hint: problem.hint))
    }
    guard reading.itemCount > 0 else {
      throw PipelineError.refused(
        Diagnostic(
          "benchmark '\(name)' holds no item that could be read",
          hint: "see what is in it with 'materia inspect'; name its 'corpus' and 'members'"))
    }
    if reading.rejected > 0 {
      warnings.append(
        Diagnostic(
          "\(reading.rejected) records of benchmark '\(name)' could not be used and are not looked "
            + "for", severity: .warning))
    }
  }
}

/// The records of a benchmark on their way to who asked for them.
private struct BenchmarkReading {
  let texts: ReferenceTexts
  private(set) var rejected = 0
  /// How many items there are, by the word of who takes the records.
  private(set) var itemCount = 0

  init(texts: ReferenceTexts) { self.texts = texts }

  mutating func read(
    _ files: [InputFile], by empty: any CorpusReader, _ limits: ArchiveLimits,
    _ members: MemberFilter, scratchPath: String, _ body: (Record) throws -> Int
  ) throws {
    var reader = empty
    if let indexing = empty as? any IndexingReader {
      reader = try SourceIndex.filled(indexing, from: files, limits: limits, members: members)
    }
    var collection: (any EntryCollection)?
    if let collecting = reader as? any CollectingReader {
      try FolderTree.create(scratchPath, mode: 0o700)
      collection = try collecting.makeCollection(scratchPath: scratchPath)
    }
    for file in files {
      let archive = try Archive.open(
        path: file.path, displayPath: file.displayPath, limits: limits, members: members)
      while let entry = try archive.nextEntry() {
        guard reader.accepts(path: entry.path) else { continue }
        try read(entry, of: file, by: reader, in: &collection, body)
      }
    }
    try collection?.finish { try take($0, body) }
  }

  private mutating func read(
    _ entry: ArchiveEntry, of file: InputFile, by reader: any CorpusReader,
    in collection: inout (any EntryCollection)?, _ body: (Record) throws -> Int
  ) throws {
    var entry = entry
    do {
      if collection != nil {
        try collection?.take(&entry) { try take($0, body) }
      } else {
        try reader.read(&entry) { try take($0, body) }
      }
    } catch let error as any DiagnosticError {
      var problem = error.diagnostic
      problem.position = problem.position.within(file: file.displayPath, entry: entry.path)
      throw problem
    }
  }

  private mutating func take(
    _ reading: Reading, _ body: (Record) throws -> Int
  ) throws -> Bool {
    switch reading {
    case .record(var record):
      texts.prepare(&record)
      itemCount = try body(record)
    case .rejection(let rejection):
      guard rejection.reason != .malformed, rejection.reason != .invalidEncoding else {
        throw Diagnostic(
          "record \(rejection.provenance.ordinal + 1) is \(rejection.reason.rawValue)")
      }
      rejected += 1
    case .withdrawal, .count: break
    }
    return true
  }
}

extension BuildPlan {
  /// Reads the benchmarks, so that pass 1 can hold records against them.
  mutating func readBenchmarks(scratchPath: String) throws {
    guard let rule = recipe.decontamination else { return }
    let settings = ContaminationSettings(rule)
    var references: [Decontaminator.Reference] = []
    for place in benchmarks.indices {
      try benchmarks[place].digest()
      let index = try benchmarks[place].index(
        settings, texts: stages.referenceTexts, scratchPath: "\(scratchPath)/benchmark-\(place)")
      references.append(
        Decontaminator.Reference(index: index, twins: benchmarks[place].twins))
    }
    let corpora = CorpusRegistry.all.filter(PlannedBenchmark.hasCorpusIDs).map(\.name)
    stages.decontaminator = Decontaminator(
      references, settings: settings, corporaWithIDs: Set(corpora))
  }
}

extension PlannedBenchmark {
  /// The benchmark's index: the shipped one, or that of its records.
  fileprivate mutating func index(
    _ settings: ContaminationSettings, texts: ReferenceTexts, scratchPath: String
  ) throws -> ContaminationIndex {
    if let shippedIndex { return shippedIndex }
    var builder = ContaminationIndexBuilder(
      key: StableHash.of(seed: 0, purpose: "benchmark-index", sha256), settings: settings)
    try read(into: &builder, texts: texts, scratchPath: scratchPath)
    return builder.finish()
  }
}
