import Formats
import Records

/// Joins what the pieces of files found, in order: counts all, tells as many as are wanted.
struct FindingLedger {
  var result = ValidationResult()
  private let settings: ValidationSettings
  private var comparison = RepeatedRows()
  private let comparesRows: Bool
  private var told = 0
  private var format: RowFormat?
  private var linesOfFile = 0
  private var shapes = ColumnShapes()
  private var carriageReturns = (count: 0, line: 0)
  private(set) var rowsOfFile = 0

  init(_ settings: ValidationSettings) {
    self.settings = settings
    result.isStrict = settings.isStrict
    comparesRows =
      [.duplicateRow, .conflictingAnswer, .leakedRow, .leakedPrompt].contains {
        settings.isOn($0)
      }
  }

  /// Begins with a file.
  mutating func begin(_ file: ValidationResult.File, format: RowFormat?) {
    result.files.append(file)
    self.format = format
    linesOfFile = 0
    rowsOfFile = 0
    shapes = ColumnShapes()
    carriageReturns = (0, 0)
    if comparesRows { comparison.begin(file.place, format: format) }
  }

  /// Takes what the next piece of the file found.
  mutating func take(_ piece: PieceCheck.Result, _ report: (Finding) -> Void) {
    var findings = piece.findings
    for index in findings.indices {
      findings[index].position.line = findings[index].position.line.map { $0 + linesOfFile }
    }
    let known = findings.count
    if comparesRows { findings += compared(piece.keys, piece) }
    if findings.count > known { findings.sort { $0.precedes($1) } }
    for finding in findings { tell(finding, report) }
    add(piece)
  }

  private mutating func add(_ piece: PieceCheck.Result) {
    for (index, count) in piece.counts.enumerated() where count > 0 {
      add(ValidationRule.allCases[index], count)
    }
    if carriageReturns.count == 0, piece.carriageReturns > 0 {
      carriageReturns.line = piece.firstCarriageReturn + linesOfFile
    }
    carriageReturns.count += piece.carriageReturns
    shapes.append(piece.shapes, linesBefore: linesOfFile)
    linesOfFile += piece.lines
    rowsOfFile += piece.rows
    result.rows += piece.rows
    result.files[result.files.count - 1].rows += piece.rows
    result.invalidRows += piece.invalidRows
    result.suppressed += piece.suppressed
    result.baseline.formUnion(piece.baseline)
  }

  private mutating func add(_ rule: ValidationRule, _ count: Int) {
    result.counts[rule.index] += count
    let file = result.files.count - 1
    guard file >= 0 else { return }
    if rule.severity == .error {
      result.files[file].errors += count
    } else {
      result.files[file].warnings += count
    }
  }

  /// The findings of the rows of a piece beside all rows before.
  private mutating func compared(
    _ keys: [RowChecks.Key], _ piece: PieceCheck.Result
  ) -> [Finding] {
    var findings: [Finding] = []
    for (number, key) in keys.enumerated() {
      guard let found = comparison.add(key), settings.isOn(found.rule) else { continue }
      var position = place
      position.line = linesOfFile + number + 1
      let finding = Finding(
        rule: found.rule, position: position, message: found.message, hint: nil,
        fingerprint: RowHash.join(RowHash.of(found.rule.id), found.key))
      if isNew(finding), told + findings.count < settings.maximumProblems {
        findings.append(finding)
      }
    }
    return findings
  }

  private var place: Position { result.files.last?.place ?? Position() }

  /// Counts a finding unless the baseline knows it.
  private mutating func isNew(_ finding: Finding) -> Bool {
    if settings.gathersBaseline { result.baseline.add(finding) }
    guard !settings.baseline.holds(finding) else {
      result.suppressed += 1
      return false
    }
    add(finding.rule, 1)
    return true
  }

  private mutating func tell(_ finding: Finding, _ report: (Finding) -> Void) {
    guard told < settings.maximumProblems else { return }
    told += 1
    report(finding)
  }

  // MARK: Whole files

  /// Ends a file: what can be said of all its rows together.
  mutating func finishFile(
    _ context: FileContext, hasGivenSchema: Bool, _ report: (Finding) -> Void
  ) {
    if carriageReturns.count > 0 {
      note(
        .carriageReturn, line: carriageReturns.line,
        "\(carriageReturns.count) lines end in CR LF", "", context, report)
    }
    guard rowsOfFile > 0 else {
      return note(.noRows, line: nil, "the file holds no row", "", context, report)
    }
    if format == nil, !hasGivenSchema {
      note(
        .unknownFormat, line: nil, "the rows are of no format that is known", "", context, report)
    }
    let columns = ColumnChecks(shapes: shapes, format: format, hasGivenSchema: hasGivenSchema)
    for found in columns.findings {
      note(found.rule, line: found.line, found.message, found.key, context, report)
    }
    if format == .openAIChat, rowsOfFile < 10, isForTraining(context.place) {
      note(
        .tooFewRows, line: nil, "OpenAI takes 10 rows at least, here are \(rowsOfFile)", "",
        context, report)
    }
  }

  private func isForTraining(_ place: Position) -> Bool {
    let split = SplitName(of: place.entry ?? place.file ?? "").split
    return split == .train || split == nil
  }

  private mutating func note(
    _ rule: ValidationRule, line: Int?, _ message: String, _ key: String, _ context: FileContext,
    _ report: (Finding) -> Void
  ) {
    var position = context.place
    position.line = line
    note(rule, at: position, message, key: RowHash.of(key, seed: context.pathHash), report)
  }

  /// Notes a finding that belongs to no row.
  mutating func note(
    _ rule: ValidationRule, at position: Position, _ message: String, key: UInt64,
    hint: String? = nil, _ report: (Finding) -> Void
  ) {
    guard settings.isOn(rule) else { return }
    let finding = Finding(
      rule: rule, position: position, message: message, hint: hint,
      fingerprint: RowHash.join(RowHash.of(rule.id), key))
    if isNew(finding) { tell(finding, report) }
  }

  /// Notes that a file could not be read, or not to its end.
  mutating func noteUnreadable(
    _ error: any DiagnosticError, at place: Position, _ report: (Finding) -> Void
  ) {
    let diagnostic = error.diagnostic
    let position = diagnostic.position.within(file: place.file, entry: place.entry)
    note(
      .unreadable, at: position, diagnostic.message, key: RowHash.of(position.description),
      hint: diagnostic.hint, report)
  }
}
