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

    package var isClean: Bool { counts.isEmpty }

    private var sorted: [(kind: String, count: Int)] {
      IdentifierClass.allCases.compactMap { kind in
        counts[kind.rawValue].map { (kind.rawValue, $0) }
      }
    }

    /// One line for people.
    package var text: String {
      let found = sorted.map { "\($0.kind) \($0.count)" }.joined(separator: ", ")
      return "\(files) files: \(found.isEmpty ? "nothing found" : found)"
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
    deidentifier = TextDeidentifier(classes: try IdentifierClass.named(in: classes))
    texts = FileTexts(form: form)
  }

  /// Looks through files, folders, patterns and archives, telling what is found as it is.
  package func run(_ paths: [String], report: (Finding) -> Void) throws -> Result {
    var result = Result()
    if paths.contains("-") {
      var input = StandardInput()
      try scan(&input, at: Position(file: "-"), &result, report)
    }
    let others = paths.filter { $0 != "-" }
    guard !others.isEmpty else { return result }
    for file in try SourceFiles(others, relativeTo: ".").files {
      let archive = try Archive.open(path: file.path, displayPath: file.displayPath)
      while var entry = try archive.nextEntry() {
        let place = Position(
          file: FileTexts.shownPath(of: file), entry: archive.isContainer ? entry.path : nil)
        try scan(&entry, at: place, &result, report)
      }
    }
    return result
  }

  private func scan(
    _ entry: inout some EntryBytes, at place: Position, _ result: inout Result,
    _ report: (Finding) -> Void
  ) throws {
    result.files += 1
    var counts = result.counts
    do {
      try texts.visit(
        &entry,
        edit: { text in
          let found = deidentifier.findings(in: text.text).findings
          guard !found.isEmpty else { return text.text }
          let bytes = Array(text.text.utf8)
          for finding in found {
            counts[finding.kind.rawValue, default: 0] += 1
            report(Self.finding(finding, in: text, bytes, at: place))
          }
          return text.text
        }, output: nil)
    } catch let error as any DiagnosticError {
      var problem = error.diagnostic
      problem.position = problem.position.within(file: place.file, entry: place.entry)
      throw problem
    }
    result.counts = counts
  }

  private static func finding(
    _ finding: TextDeidentifier.Finding, in text: FileTexts.Text, _ bytes: [UInt8],
    at place: Position
  ) -> Finding {
    let before = bytes[..<finding.range.lowerBound]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    var position = place
    position.line = text.line + (text.field == nil ? before.count { $0 == 0x0A } : 0)
    position.column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
    return Finding(
      position: position, field: text.field, kind: finding.kind.rawValue,
      rule: finding.identifier.rule,
      words: String(decoding: bytes[finding.range], as: UTF8.self))
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
