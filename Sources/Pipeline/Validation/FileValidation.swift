import Archives
import Formats
import Glibc
import Records
import Schemas

/// Checks the rows of files, folders, patterns and archives: each row, each file, and all together.
///
/// Files are read and cut at line feeds in order; the pieces are checked in parallel, and what they
/// found is joined in order, so that findings are the same for any number of threads.
package struct FileValidation {
  private let settings: ValidationSettings
  private let schemas: ValidationSchemas
  private let encoders: EncoderPool?

  /// About how many bytes of lines are checked at once.
  static let pieceBytes = 1 << 20

  /// - Throws: when the schema that is asked for cannot be had.
  package init(_ settings: ValidationSettings) throws {
    self.settings = settings
    encoders = settings.maximumTokens == nil ? nil : settings.tokenizer.map { EncoderPool($0) }
    schemas = try ValidationSchemas(given: settings.schemaName)
  }

  /// Checks what the paths stand for, telling findings in the order of files and lines.
  package func run(
    _ paths: [String], report: (Finding) -> Void
  ) async throws -> ValidationResult {
    var findings = FindingLedger(settings)
    let named = Set(paths)
    var files = try SourceFiles(paths, relativeTo: ".").files
    var licenses = LicenseBesides(settings, files)
    var next = 0
    while next < files.count {
      let file = files[next]
      next += 1
      let path = Self.shownPath(of: file)
      let isNamed = named.contains(path) || named.contains(file.path)
      do {
        try await check(file, path, isNamed: isNamed, &findings, &licenses, report)
      } catch let error as any DiagnosticError {
        let place = Position(file: path)
        findings.begin(ValidationResult.File(place: place), format: nil)
        findings.noteUnreadable(error, at: place, report)
      }
      if next == files.count { files += try licenses.filesToAdd() }
    }
    licenses.finish(&findings, report)
    return findings.result
  }

  /// The path as a person or a CI annotation finds it: from the current folder.
  static func shownPath(of file: InputFile) -> String {
    var path = Substring(file.path)
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    return String(path)
  }

  private func check(
    _ file: InputFile, _ path: String, isNamed: Bool, _ findings: inout FindingLedger,
    _ licenses: inout LicenseBesides, _ report: (Finding) -> Void
  ) async throws {
    let archive = try Archive.open(path: file.path, displayPath: path)
    while let entry = try archive.nextEntry() {
      let place = Position(file: path, entry: archive.isContainer ? entry.path : nil)
      let kind = EntryKind(of: entry.path, isNamed: isNamed && !archive.isContainer, settings)
      guard kind != .other else {
        findings.result.passedOver += 1
        continue
      }
      do {
        try await check(entry, at: place, kind, &findings, &licenses, report)
      } catch let error as any DiagnosticError {
        findings.noteUnreadable(error, at: place, report)
      }
    }
  }

  private func check(
    _ entry: ArchiveEntry, at place: Position, _ kind: EntryKind, _ findings: inout FindingLedger,
    _ licenses: inout LicenseBesides, _ report: (Finding) -> Void
  ) async throws {
    if kind == .document { return try checkDocument(entry, at: place, &findings, report) }
    let path = (place.file ?? "") + (place.entry.map { "/" + $0 } ?? "")
    var lines = try PieceReader(entry, path: entry.path)
    let firstPiece = try lines.next()
    let format = FormatDetection(path: path).format(of: firstPiece?.bytes ?? [])
    let schema = try schemas.schema(for: format)
    findings.begin(
      ValidationResult.File(
        place: place, format: settings.schemaName ?? format?.rawValue),
      format: format)
    let context = FileContext(
      checks: RowChecks(
        settings, schema: schema, isBuiltInSchema: schemas.isBuiltIn, format: format,
        wantsLicense: settings.requiresLicense && licenses.isUnknown(for: place, format)),
      place: place, pathHash: RowHash.of(path), encoders: encoders)
    var queue = PieceQueue(width: settings.threads > 1 ? settings.threads : 0, context)
    var piece = firstPiece
    var failure: (any DiagnosticError)?
    while let current = piece {
      for result in await queue.add(current) { findings.take(result, report) }
      do {
        piece = try lines.next()
      } catch let error as any DiagnosticError {
        failure = error
        piece = nil
      }
    }
    for result in await queue.drain() { findings.take(result, report) }
    if let failure { findings.noteUnreadable(failure, at: place, report) }
    findings.finishFile(context, hasGivenSchema: settings.schemaName != nil, report)
    licenses.note(place, format, rows: findings.rowsOfFile)
  }

  private func checkDocument(
    _ entry: ArchiveEntry, at place: Position, _ findings: inout FindingLedger,
    _ report: (Finding) -> Void
  ) throws {
    let schema = try settings.schemaName == nil ? Schema(embedded: "manifest") : schemas.given
    findings.begin(
      ValidationResult.File(place: place, format: settings.schemaName ?? "manifest"), format: nil)
    var entry = entry
    findings.take(WholeDocument.check(try entry.allBytes(), schema, settings, at: place), report)
  }
}
