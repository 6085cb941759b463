import Archives
import Corpora
import Deidentification
import Formats
import Recipes
import Records
import Stages

/// Where patients' own identifiers are read from before pass 1.
enum PlannedPatients: Sendable {
  /// Tables with a row for each patient, or several.
  case table([InputFile], patient: String, columns: [KnownIdentifier.Kind: [String]])
  /// A source of the recipe, by name.
  case source(String)
}

extension BuildPlan {
  /// Reads what is known of patients, so that pass 1 finds it in all their texts.
  ///
  /// - Throws: `PipelineError.refused` when something of it cannot be read: what is not known would stay
  ///   in the texts without a word.
  mutating func readPatients(scratchPath: String) throws {
    guard stages.deidentifier != nil else { return }
    for (number, place) in patients.enumerated() {
      switch place {
      case .table(let files, let patient, let columns):
        for file in files { try readTable(file, patient: patient, columns: columns) }
      case .source(let name):
        guard let source = sources.first(where: { $0.name == name }) else { continue }
        try read(source, scratchPath: "\(scratchPath)/patients-\(number)")
      }
    }
  }

  /// Stops when a source names places of identifiers that none of its rows has: what they were to tell
  /// would stay in the texts without a word.
  ///
  /// A limited reading may not have come to the rows that have them.
  func requireMetIdentifiers(limit: Int?) throws {
    guard stages.deidentifier != nil, limit == nil else { return }
    for source in sources {
      guard let reader = source.reader as? any IdentifyingReader,
        let place = reader.unmetIdentifiers.first
      else { continue }
      throw PipelineError.refused(
        Diagnostic(
          at: recipe.sources[source.number].name.position,
          "no row of source '\(source.name)' has a value at '\(place)', which 'identifiers' names",
          hint: "correct the path, or take it out"))
    }
  }

  /// That records are of patients of whom the tables know nothing, source by source.
  func unknownPatients(in units: [UnitReading]) -> [Diagnostic] {
    guard !patients.isEmpty else { return [] }
    return sources.compactMap { source in
      let counts = units.filter { $0.source == source.number }.map(\.account.identifiers)
      let records = counts.reduce(0) { $0 + $1.recordsOfUnknownPatients }
      guard records > 0 else { return nil }
      return Diagnostic(
        "\(records) records of source '\(source.name)' are of patients of whom 'patients' gives no "
          + "identifiers",
        severity: .warning,
        hint: "keys are compared exactly: '0041' is another patient than '41'")
    }
  }

  /// Stops when identifiers of patients were given and no record is of one of them: a key that is written
  /// in another way would leave all of them in the texts.
  func requireKnownPatients(in units: [UnitReading]) throws {
    let records = units.reduce(0) { $0 + $1.account.identifiers.recordsOfListedPatients }
    guard stages.deidentifier != nil, !patients.isEmpty, records == 0 else { return }
    throw PipelineError.refused(
      Diagnostic(
        "no record is of one of the \(stages.patients.count) patients whose identifiers 'patients' gives",
        hint: "the column 'patient' must hold the keys that the sources group patients by"))
  }

  private mutating func readTable(
    _ file: InputFile, patient: String, columns: [KnownIdentifier.Kind: [String]]
  ) throws {
    let digest = try FileDigest.sha256(path: file.path, displayPath: file.displayPath)
    patientInputs.append(
      UnitReading.Input(file: file, sha256: digest.hex, byteCount: digest.bytes))
    let names = [patient] + columns.values.joined().sorted()
    var rows = 0
    do {
      let archive = try Archive.open(path: file.path, displayPath: file.displayPath)
      while let entry = try archive.nextEntry() {
        var parser = CSVParser(CSVFormat(delimiter: .sniffed))
        try entry.forEachChunk { chunk in
          try parser.feed(chunk) { try take($0, patient, columns, &rows) }
        }
        try parser.finish { try take($0, patient, columns, &rows) }
        for name in names where !parser.header.names.contains(name) {
          throw Diagnostic("the table has no column '\(name)'")
        }
      }
      guard rows > 0 else {
        throw Diagnostic("the table has no row with the key of a patient in column '\(patient)'")
      }
    } catch let error as PipelineError {
      throw error
    } catch {
      throw Self.refusal(error, of: file.displayPath)
    }
  }

  private mutating func take(
    _ reading: CSVParser.Reading, _ patient: String, _ columns: [KnownIdentifier.Kind: [String]],
    _ rows: inout Int
  ) throws -> Bool {
    let row = try reading.get()
    for name in [patient] + columns.values.joined().sorted() where row[name] == nil {
      throw Diagnostic("the table has no column '\(name)'")
    }
    let key = row[patient] ?? ""
    if key.contains(where: { !$0.isWhitespace }) { rows += 1 }
    for name in columns[.date] ?? [] {
      guard let date = row[name], date.contains(where: { !$0.isWhitespace }) else { continue }
      guard KnownDate.readings(of: date).isEmpty else { continue }
      throw Diagnostic(
        at: row.position, "the cell in column '\(name)' is no date",
        hint: "write dates as 1957-03-09, and leave the cell empty where the day is not known")
    }
    stages.patients.add(KnownIdentifier.of(columns) { row[$0] }, of: key)
    return true
  }

  private mutating func read(_ source: PlannedSource, scratchPath: String) throws {
    let reader = try SourceIndex.filled(for: source).reader
    var collection: (any EntryCollection)?
    if let collecting = reader as? any CollectingReader {
      try FolderTree.create(scratchPath, mode: 0o700)
      collection = try collecting.makeCollection(scratchPath: scratchPath)
    }
    for file in source.files {
      do {
        let archive = try Archive.open(
          path: file.path, displayPath: file.displayPath, limits: source.limits,
          members: source.members)
        while var entry = try archive.nextEntry() {
          guard reader.accepts(path: entry.path) else { continue }
          if collection != nil {
            try collection?.take(&entry) { take($0) }
          } else {
            try reader.read(&entry) { take($0) }
          }
        }
      } catch {
        throw Self.refusal(error, of: file.displayPath)
      }
    }
    try collection?.finish { take($0) }
  }

  private mutating func take(_ reading: Reading) -> Bool {
    if case .record(let record) = reading, let patient = record.patient {
      stages.patients.add(record.identifiers, of: patient)
    }
    return true
  }

  private static func refusal(_ error: any Error, of file: String) -> PipelineError {
    let problem = (error as? any DiagnosticError)?.diagnostic ?? Diagnostic("\(error)")
    return .refused(
      Diagnostic(
        at: problem.position.within(file: file),
        "\(problem.message); patients' identifiers must be read as a whole", hint: problem.hint))
  }
}
