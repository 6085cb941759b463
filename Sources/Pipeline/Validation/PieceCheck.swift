import Formats
import Glibc
import Records
import Tokenizers

/// A run of whole lines of a file.
struct ValidationPiece: Sendable {
  var bytes: [UInt8]
  /// Where the piece starts in the file, decompressed.
  var byteOffset: Int
  /// Whether the file ends with it.
  var isLast: Bool
}

/// What the rows of one file are held to.
struct FileContext: Sendable {
  var checks: RowChecks
  var place: Position
  /// A hash of the file's path, for findings that have no row.
  var pathHash: UInt64
  /// What counts tokens; nil where they are estimated, or not asked for.
  var encoders: EncoderPool?
}

/// The checks of a piece: all that can be said without the rest of the file.
struct PieceCheck {
  /// What a piece holds; lines count from its start.
  struct Result: Sendable {
    /// The first findings, as many as can be told.
    var findings: [Finding] = []
    /// How often each rule found something, by the rule's number.
    var counts = [Int](repeating: 0, count: ValidationRule.allCases.count)
    var suppressed = 0
    var baseline = ValidationBaseline()
    var lines = 0
    var rows = 0
    var invalidRows = 0
    /// Lines that end in CR LF, and the first of them.
    var carriageReturns = 0
    var firstCarriageReturn = 0
    /// What each line is told apart by.
    var keys: [RowChecks.Key] = []
    var shapes = ColumnShapes()
  }

  private let piece: ValidationPiece
  private let place: Position
  private let settings: ValidationSettings
  private var checks: RowChecks
  private var result = Result()
  private let isExamples: Bool
  private let encoder: TokenEncoder?

  private init(_ piece: ValidationPiece, in file: FileContext, _ encoder: TokenEncoder?) {
    self.piece = piece
    place = file.place
    settings = file.checks.settings
    checks = file.checks
    isExamples = file.checks.format?.isExamples ?? true
    self.encoder = encoder
  }

  /// Checks every line.
  static func run(_ piece: ValidationPiece, in file: FileContext) -> Result {
    guard let encoders = file.encoders else { return run(piece, in: file, nil) }
    return encoders.withEncoder { run(piece, in: file, $0) }
  }

  private static func run(
    _ piece: ValidationPiece, in file: FileContext, _ encoder: TokenEncoder?
  ) -> Result {
    var check = PieceCheck(piece, in: file, encoder)
    piece.bytes.withUnsafeBytes { check.run($0) }
    check.result.findings.sort { $0.precedes($1) }
    return check.result
  }

  private mutating func run(_ bytes: UnsafeRawBufferPointer) {
    if piece.byteOffset == 0, bytes.starts(with: [0xef, 0xbb, 0xbf]) {
      note(
        .byteOrderMark, Position(line: 1, column: 1), "the file starts with a byte order mark", "")
    }
    var start = 0
    while start < bytes.count {
      let end = Self.endOfLine(in: bytes, from: start)
      result.lines += 1
      let line = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
      result.keys.append(check(line, at: start, isEnded: end < bytes.count))
      start = end + 1
    }
  }

  private static func endOfLine(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard let base = bytes.baseAddress,
      let found = memchr(base + start, 0x0a, bytes.count - start)
    else { return bytes.count }
    return UnsafeRawPointer(found) - base
  }

  private mutating func check(
    _ line: UnsafeRawBufferPointer, at start: Int, isEnded: Bool
  ) -> RowChecks.Key {
    var line = line
    let number = result.lines
    if line.last == 0x0d {
      line = UnsafeRawBufferPointer(rebasing: line.dropLast())
      result.carriageReturns += 1
      if result.firstCarriageReturn == 0 { result.firstCarriageReturn = number }
    }
    guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0d }) else {
      note(.blankLine, Position(line: number, column: 1), "the line is blank", "")
      return RowChecks.Key()
    }
    result.rows += 1
    do throws(JSONError) {
      let document = try JSONDocument(
        parsing: line,
        origin: JSONOrigin(line: number, byteOffset: piece.byteOffset + start))
      if !isEnded {
        note(
          .noFinalNewline, Position(line: number), "the last line does not end in a line feed", "")
      }
      return check(document.root, number, line)
    } catch {
      result.invalidRows += 1
      note(error, in: line, isTorn: !isEnded)
      return RowChecks.Key()
    }
  }

  private mutating func check(
    _ row: JSONNode, _ number: Int, _ line: UnsafeRawBufferPointer
  ) -> RowChecks.Key {
    var found: [(ValidationRule, Position, String, String)] = []
    let form = row.document.form
    let isKnown = checks.knows(form)
    let key = checks.check(row, source: line, isKnown: isKnown, encoder) {
      found.append(($0, $1, $2, $3))
    }
    // The first row of a form says all of its shape.
    if !isKnown { result.shapes.add(row, line: number) }
    guard !found.isEmpty else {
      if !isKnown { checks.remember(form) }
      return isExamples ? key : RowChecks.Key()
    }
    let rowHash = RowHash.of(line)
    var isInvalid = false
    for (rule, position, message, detail) in found {
      if note(rule, position, message, detail, rowHash), rule.severity == .error {
        isInvalid = true
      }
    }
    if isInvalid { result.invalidRows += 1 }
    return isExamples ? key : RowChecks.Key()
  }

  private mutating func note(_ error: JSONError, in line: UnsafeRawBufferPointer, isTorn: Bool) {
    var rule = ValidationRule.jsonSyntax
    var message = error.diagnostic.message
    switch error.kind {
    case .invalidUTF8:
      rule = .invalidUTF8
      message = "byte \(error.byteOffset) of the file is not UTF-8"
    case .loneSurrogate: rule = .loneSurrogate
    case .duplicateKey(let first, let column):
      rule = .duplicateKey
      message = "a key occurs twice in one object, first at column \(column)"
      _ = first
    case .controlCharacter(0): rule = .nulCharacter
    case .byteOrderMark: rule = .byteOrderMark
    case .unexpectedEnd where isTorn:
      rule = .tornLine
      message = "the last line is cut off: \(message)"
    default: break
    }
    note(
      rule, error.position, message, error.diagnostic.hint ?? "", RowHash.of(line),
      hint: error.diagnostic.hint)
  }

  /// Counts a finding and keeps it while there is room; returns whether it is new and asked for.
  @discardableResult
  private mutating func note(
    _ rule: ValidationRule, _ position: Position, _ message: String, _ detail: String,
    _ rowHash: UInt64 = 0, hint: String? = nil
  ) -> Bool {
    guard settings.isOn(rule) else { return false }
    let fingerprint = RowHash.join(RowHash.of(rule.id), RowHash.of(detail, seed: rowHash))
    let finding = Finding(
      rule: rule, position: position.within(file: place.file, entry: place.entry),
      message: message, hint: hint, fingerprint: fingerprint)
    return result.add(finding, settings)
  }
}

extension PieceCheck.Result {
  /// Counts a finding and keeps it while there is room; returns whether it is new.
  @discardableResult
  mutating func add(_ finding: Finding, _ settings: ValidationSettings) -> Bool {
    if settings.gathersBaseline { baseline.add(finding) }
    guard !settings.baseline.holds(finding) else {
      suppressed += 1
      return false
    }
    counts[finding.rule.index] += 1
    if findings.count < settings.maximumProblems { findings.append(finding) }
    return true
  }
}
