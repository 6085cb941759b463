import Archives
import Deidentification
import Glibc
import Records
import Stages

/// Replaces identifiers of persons in files of any kind, file by file.
package struct FileDeidentification {
  private let texts: FileTexts
  private let deidentifier: TextDeidentifier
  private let surrogates: SurrogateMaker?

  /// What was replaced.
  package struct Result: Sendable {
    package var files = 0
    package var counts: [String: Int] = [:]
    /// Placeholders that stood in texts before, of numbers that may have been given again.
    package var collisions = 0
    /// What is odd about files.
    fileprivate var oddities: [Diagnostic] = []

    package var warnings: [Diagnostic] {
      guard collisions > 0 else { return oddities }
      return oddities + [
        Diagnostic(
          "the texts held \(collisions) placeholders of the same form before; they stay as they are",
          severity: .warning)
      ]
    }

    /// One line for people.
    package var text: String {
      let found = IdentifierClass.allCases.compactMap { kind in
        counts[kind.rawValue].map { "\(kind.rawValue) \($0)" }
      }
      let list = found.isEmpty ? "nothing found" : found.joined(separator: ", ")
      return "\(files) files: \(list). Identifiers may be left: review before passing on."
    }
  }

  /// Makes a run.
  ///
  /// - Throws: when the key or a class is no good, or the rules fail their test.
  package init(
    isSurrogate: Bool, keyPath: String?, classes: String?, form: TextFileForm, fields: Set<String>,
    patient: String?
  ) throws {
    try DeidentificationCheck.require()
    let deidentifier = TextDeidentifier(classes: try IdentifierClass.named(in: classes))
    self.deidentifier = deidentifier
    texts = FileTexts(form: form, fields: fields, patient: patient) {
      deidentifier.findings(in: $0).findings.map(\.range)
    }
    let key = try keyPath.map { path in
      do {
        return try SecretKeyFile.key(at: path, named: path)
      } catch let problem as Diagnostic {
        throw PipelineError.recipe([problem])
      }
    }
    surrogates = isSurrogate ? key.map(SurrogateMaker.init) : nil
  }

  /// That the rules were not written for a language; nil when they were.
  package func warning(about language: String?) -> Diagnostic? {
    guard let language, !IdentifierRecognizers.languages.contains(language) else { return nil }
    return Diagnostic(
      "the rules were not written for '\(language)'; names and places are not found in it",
      severity: .warning)
  }

  /// Rewrites files into a folder, or standard input to `standardOutput`.
  ///
  /// - Throws: `PipelineError.recipe` for archives, and for files that are there already.
  package func run(
    _ paths: [String], output: String?, standardOutput: @escaping ([UInt8]) -> Void
  ) throws -> Result {
    var result = Result()
    if paths.contains("-") {
      var input = StandardInput()
      try rewrite(&input, at: Position(file: "-"), &result, to: standardOutput)
    }
    let others = paths.filter { $0 != "-" }
    guard !others.isEmpty, let output else { return result }
    for file in try SourceFiles(others, relativeTo: ".").files {
      try rewrite(file, into: output, &result)
    }
    return result
  }

  private func rewrite(_ file: InputFile, into output: String, _ result: inout Result) throws {
    let shown = FileTexts.shownPath(of: file)
    let archive = try Archive.open(path: file.path, displayPath: file.displayPath)
    while var entry = try archive.nextEntry() {
      guard !archive.isContainer else {
        throw PipelineError.recipe([
          Diagnostic(
            at: Position(file: shown), "archives are not rewritten",
            hint: "unpack it, or build from it with a recipe that has the stage 'deidentify'")
        ])
      }
      let folder = FolderTree.parentAndName(of: file.displayPath).parent
      let name = FolderTree.parentAndName(of: entry.path).name
      let path = folder == "." ? "\(output)/\(name)" : "\(output)/\(folder)/\(name)"
      try FolderTree.create(FolderTree.parentAndName(of: path).parent, mode: 0o700)
      // What cannot be rewritten as a whole leaves nothing.
      let partial = "\(path).partial"
      unlink(partial)
      let written = try OutputFile(creating: partial, isPrivate: true)
      do {
        try rewrite(&entry, at: Position(file: shown), &result) { try written.write($0) }
        try written.close(isDurable: true)
        guard access(path, F_OK) != 0 else {
          throw PipelineError.system(operation: "create", path: path, code: EEXIST)
        }
        guard rename(partial, path) == 0 else {
          throw PipelineError.system(operation: "create", path: path, code: errno)
        }
      } catch {
        unlink(partial)
        throw error
      }
    }
  }

  private func rewrite(
    _ entry: inout some EntryBytes, at place: Position, _ result: inout Result,
    to output: @escaping ([UInt8]) throws -> Void
  ) throws {
    result.files += 1
    var numbering = Numbering()
    var counts = result.counts
    var oddities = result.oddities
    do {
      try texts.visit(
        &entry,
        edit: { text in
          let found = deidentifier.findings(in: text.text)
          numbering.skip(found.ownPlaceholders, of: text.patient)
          let bytes = surrogates == nil ? [] : Array(text.text.utf8)
          let edits = found.findings.map { finding in
            counts[finding.kind.rawValue, default: 0] += 1
            return TextEdits.Edit(
              finding.range, replacement(of: finding, in: bytes, text.patient, &numbering))
          }
          return TextEdits(edits).applied(to: text.text)
        },
        tell: { diagnostic in
          guard diagnostic.severity != .error else { throw diagnostic }
          var diagnostic = diagnostic
          diagnostic.position = diagnostic.position.within(file: place.file, entry: place.entry)
          oddities.append(diagnostic)
        }, output: output)
    } catch let error as any DiagnosticError where !(error is PipelineError) {
      var problem = error.diagnostic
      problem.position = problem.position.within(file: place.file, entry: place.entry)
      throw problem
    }
    (result.counts, result.oddities) = (counts, oddities)
    result.collisions += numbering.collisions
  }

  private func replacement(
    of finding: TextDeidentifier.Finding, in bytes: [UInt8], _ patient: String,
    _ numbering: inout Numbering
  ) -> String {
    guard let surrogates else {
      return "[\(finding.kind.rawValue)_\(numbering.number(of: finding, patient: patient))]"
    }
    let words = String(decoding: bytes[finding.range], as: UTF8.self)
    return surrogates.surrogate(for: words, of: finding.kind, patient: patient)
  }

  /// The numbers given so far, per patient and class.
  private struct Numbering {
    private var last: [Digest128: Int] = [:]
    private var numbers: [Digest128: Int] = [:]
    private(set) var collisions = 0

    private func series(_ kind: IdentifierClass, _ patient: String) -> String {
      "\(kind.rawValue)\n\(patient)"
    }

    mutating func number(of finding: TextDeidentifier.Finding, patient: String) -> Int {
      let series = series(finding.kind, patient)
      let value = Digest128(of: "\(series)\n\(finding.value)")
      if let number = numbers[value] { return number }
      let number = (last[Digest128(of: series)] ?? 0) + 1
      last[Digest128(of: series)] = number
      numbers[value] = number
      return number
    }

    /// Gives no number again that a text holds in a placeholder of the same form.
    mutating func skip(
      _ placeholders: [(kind: IdentifierClass, number: Int)], of patient: String
    ) {
      for placeholder in placeholders where placeholder.number < 1 << 20 {
        collisions += 1
        let series = Digest128(of: series(placeholder.kind, patient))
        last[series] = max(last[series] ?? 0, placeholder.number)
      }
    }
  }
}
