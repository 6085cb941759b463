import Archives
import Deidentification
import Formats
import Records

/// Looks for identifiers of persons in files of any kind.
package struct FileScan {
  private let texts: FileTexts
  private let deidentifier: TextDeidentifier

  /// An identifier that was found, with its place.
  package struct Finding: Sendable {
    package var position: Position
    /// The field or column that it is in; nil in plain text.
    package var field: String?
    package var kind: String
    package var rule: String
    /// The words; printed on demand only.
    fileprivate var words: String

    /// `notes.txt:3:17: PHONE phone-with-cue`.
    package func line(showsText: Bool) -> String {
      let field = field.map { " [\($0)]" } ?? ""
      return "\(position)\(field): \(kind) \(rule)" + (showsText ? ": \(words)" : "")
    }

    /// The same as a JSON object.
    package func json(showsText: Bool) -> String {
      var json = JSONWriter()
      json.beginObject()
      for (key, value) in [
        ("file", position.file), ("entry", position.entry), ("field", field), ("class", kind),
        ("rule", rule), ("text", showsText ? words : nil),
      ] {
        guard let value else { continue }
        json.key(key)
        json.string(value)
      }
      for (key, value) in [("line", position.line), ("column", position.column)] {
        guard let value else { continue }
        json.key(key)
        json.number(value)
      }
      json.endObject()
      return json.text
    }
  }

  /// What a scan found.
  package struct Result: Sendable {
    package var files = 0
    package var counts: [String: Int] = [:]
    /// How much could not be read: files, lines, rows.
    package var problems = 0

    package var isClean: Bool { counts.isEmpty }

    private var sorted: [(kind: String, count: Int)] {
      IdentifierClass.allCases.compactMap { kind in
        counts[kind.rawValue].map { (kind.rawValue, $0) }
      }
    }

    /// One line for people.
    package var text: String {
      let found = sorted.map { "\($0.kind) \($0.count)" }.joined(separator: ", ")
      let unread = problems == 0 ? "" : "; not all could be read: \(problems) problems"
      return "\(files) files: \(found.isEmpty ? "nothing found" : found)\(unread)"
    }

    /// The result as one JSON object.
    package var json: String {
      var json = JSONWriter()
      json.beginObject()
      json.key("files")
      json.number(files)
      json.key("found")
      json.beginObject()
      for (kind, count) in sorted {
        json.key(kind)
        json.number(count)
      }
      json.endObject()
      if problems > 0 {
        json.key("problems")
        json.number(problems)
      }
      json.endObject()
      return json.text
    }
  }

  /// Makes a scan.
  ///
  /// - Parameter classes: names of classes parted by commas; nil for all.
  /// - Throws: when a class is not known, or the rules fail their test.
  package init(classes: String?, form: TextFileForm) throws {
    try DeidentificationCheck.require()
    let deidentifier = TextDeidentifier(classes: try IdentifierClass.named(in: classes))
    self.deidentifier = deidentifier
    texts = FileTexts(form: form) { deidentifier.findings(in: $0).findings.map(\.range) }
  }

  /// Looks through files, folders, patterns and archives, telling what is found as it is.
  ///
  /// What cannot be read stops nothing: a clean end must mean that all was looked at, and one bad file
  /// must not hide what stands in the others.
  ///
  /// - Parameter problem: takes what cannot be read, and what is odd.
  package func run(
    _ paths: [String], report: (Finding) -> Void, problem: (Diagnostic) -> Void
  ) -> Result {
    var result = Result()
    if paths.contains("-") {
      var input = StandardInput()
      attempt(Position(file: "-"), &result, problem) { result in
        try scan(&input, at: Position(file: "-"), &result, report, problem)
      }
    }
    var seen: Set<String> = []
    for path in paths where path != "-" {
      attempt(Position(file: path), &result, problem) { result in
        for file in try SourceFiles([path], relativeTo: ".").files
        where seen.insert(file.realPath).inserted {
          attempt(Position(file: FileTexts.shownPath(of: file)), &result, problem) { result in
            try scan(file, &result, report, problem)
          }
        }
      }
    }
    return result
  }

  private func attempt(
    _ place: Position, _ result: inout Result, _ problem: (Diagnostic) -> Void,
    _ body: (inout Result) throws -> Void
  ) {
    do {
      try body(&result)
    } catch {
      var diagnostic = (error as? any DiagnosticError)?.diagnostic ?? Diagnostic("\(error)")
      diagnostic.position = diagnostic.position.within(file: place.file, entry: place.entry)
      result.problems += 1
      problem(diagnostic)
    }
  }

  private func scan(
    _ file: InputFile, _ result: inout Result, _ report: (Finding) -> Void,
    _ problem: (Diagnostic) -> Void
  ) throws {
    let archive = try Archive.open(path: file.path, displayPath: file.displayPath)
    while var entry = try archive.nextEntry() {
      let place = Position(
        file: FileTexts.shownPath(of: file), entry: archive.isContainer ? entry.path : nil)
      attempt(place, &result, problem) { result in
        try scan(&entry, at: place, &result, report, problem)
      }
    }
  }

  private func scan(
    _ entry: inout some EntryBytes, at place: Position, _ result: inout Result,
    _ report: (Finding) -> Void, _ problem: (Diagnostic) -> Void
  ) throws {
    result.files += 1
    var counts = result.counts
    var problems = result.problems
    defer { (result.counts, result.problems) = (counts, problems) }
    try texts.visit(
      &entry,
      edit: { text in
        let found = deidentifier.findings(in: text.text).findings
        guard !found.isEmpty else { return text.text }
        var places = Places(of: text, at: place)
        for finding in found {
          counts[finding.kind.rawValue, default: 0] += 1
          report(places.finding(finding))
        }
        return text.text
      },
      tell: { diagnostic in
        var diagnostic = diagnostic
        diagnostic.position = diagnostic.position.within(file: place.file, entry: place.entry)
        if diagnostic.severity == .error { problems += 1 }
        problem(diagnostic)
      }, output: nil)
  }

  /// Tells where one finding after another stands, going through the text once.
  private struct Places {
    private let field: String?
    private let bytes: [UInt8]
    private var position: Position
    private var place = 0
    private var line: Int
    private var column = 1

    init(of text: FileTexts.Text, at position: Position) {
      field = text.field
      bytes = Array(text.text.utf8)
      line = text.line
      self.position = position
    }

    mutating func finding(_ finding: TextDeidentifier.Finding) -> Finding {
      while place < finding.range.lowerBound {
        if bytes[place] == 0x0A {
          line += field == nil ? 1 : 0
          column = 1
        } else if bytes[place] & 0xC0 != 0x80 {
          column += 1
        }
        place += 1
      }
      (position.line, position.column) = (line, column)
      return Finding(
        position: position, field: field, kind: finding.kind.rawValue,
        rule: finding.identifier.rule,
        words: String(decoding: bytes[finding.range], as: UTF8.self))
    }
  }
}

extension IdentifierClass {
  /// The classes of a list such as `NAME,PHONE`; all for nil.
  static func named(in list: String?) throws -> Set<IdentifierClass> {
    guard let list else { return Set(allCases) }
    return Set(
      try list.split(separator: ",").map { name in
        if let kind = IdentifierClass(rawValue: name.uppercased()) { return kind }
        let known = allCases.map(\.rawValue)
        throw PipelineError.recipe([
          Diagnostic(
            "there is no class of identifier '\(name)'",
            hint: NearestName.hint(for: name.uppercased(), among: known)
              ?? "there are \(known.joined(separator: ", "))")
        ])
      })
  }
}
