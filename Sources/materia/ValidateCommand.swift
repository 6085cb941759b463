import ArgumentParser
import Glibc
import Pipeline
import Records

/// `materia validate`: every row, every file, and all together; every finding, and a verdict.
struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check training rows: form, turns, encoding, duplicates, leaks, licences, length.",
    discussion: """
      Files may be plain or compressed, folders, globs or archives. Without --schema the format is \
      told from the rows: messages, prompt-completion, alpaca, sharegpt, text, openai-chat, together, \
      nemo, vertex-gemini, bedrock, and what a build writes beside its rows. Splits are told from the \
      names of files and folders.

        materia validate Output/questions
        materia validate data/*.jsonl --schema openai-chat --format github
        materia validate data --format sarif > findings.sarif
        materia validate data --write-baseline known.json, then --baseline known.json

      Findings go to standard error as text, in other formats to standard output. No message holds \
      text of the rows. Exit codes: 0 all well (there may be warnings), 1 an error was found or \
      nothing to check, 2 usage, 3 the machine failed. Rules by --list-rules.
      """)

  @Argument(help: "Files, folders, globs or archives.")
  var files: [String] = []

  @Option(
    help: "A built-in schema's name, such as messages, or a schema file; from the rows by default.")
  var schema: String?

  @Flag(help: "Each file is one JSON document, not JSON lines.")
  var whole = false

  @Option(help: "text, json, sarif, junit or github.")
  var format: ValidationFormat = .text

  @Option(
    name: .customLong("max-problems"), help: "Tell so many findings; all are counted.")
  var maximumProblems = 1000

  @Option(help: ArgumentHelp("Look for this rule only; may be repeated.", valueName: "rule"))
  var select: [String] = []

  @Option(help: ArgumentHelp("Leave this rule out; may be repeated.", valueName: "rule"))
  var ignore: [String] = []

  @Option(help: ArgumentHelp("Pass over the findings in this file.", valueName: "file"))
  var baseline: String?

  @Option(help: ArgumentHelp("Write all findings to this file as known.", valueName: "file"))
  var writeBaseline: String?

  @Option(name: .customLong("max-words"), help: "The most words of a row.")
  var maximumWords: Int?

  @Option(name: .customLong("max-chars"), help: "The most characters of a row.")
  var maximumCharacters: Int?

  @Option(
    name: .customLong("max-tokens"),
    help:
      "The most tokens of a row, with 4 a turn; by estimate (UTF-8 bytes / 4) without --tokenizer.")
  var maximumTokens: Int?

  @Option(
    help: ArgumentHelp(
      "Count tokens with this tokenizer.json or SentencePiece .model.", valueName: "path"))
  var tokenizer: String?

  @Flag(help: "Every row must name its licence, itself or in the provenance beside it.")
  var requireLicense = false

  @Flag(help: "Warnings fail too.")
  var strict = false

  @Option(help: "How many pieces are checked at once; the number of cores by default.")
  var threads: Int?

  @Flag(help: "Print the rules with their severities, and check nothing.")
  var listRules = false

  @Flag(name: .shortAndLong, help: "Print the problems only, no summary.")
  var quiet = false

  @Flag(name: .long, help: "The same as --format json.")
  var json = false

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("'--threads' takes 1 to 1024, found \(threads)")
    }
    if tokenizer != nil, maximumTokens == nil {
      throw ValidationError("'--tokenizer' counts tokens for '--max-tokens', which is missing")
    }
    if files.isEmpty, !listRules {
      throw ValidationError("Missing expected argument '<files> ...'")
    }
    for id in select + ignore where ValidationRule(id: id) == nil {
      let hint = NearestName.hint(for: id, among: ValidationRule.allCases.map(\.id))
      throw ValidationError("there is no rule '\(id)'" + (hint.map { "\nhint: \($0)" } ?? ""))
    }
    for (flag, value) in [
      ("max-problems", maximumProblems), ("max-words", maximumWords ?? 1),
      ("max-chars", maximumCharacters ?? 1), ("max-tokens", maximumTokens ?? 1),
    ] where value < (flag == "max-problems" ? 0 : 1) {
      throw ValidationError("'--\(flag)' takes a positive number, found \(value)")
    }
  }

  func run() async throws {
    let console = Console(isQuiet: quiet)
    guard !listRules else { return console.result(Self.rules) }
    let format = json ? .json : self.format
    var findings: [Finding] = []
    let result = try await FileValidation(settings()).run(files) { finding in
      switch format {
      case .text: console.report(Self.printable(finding.diagnostic), always: true)
      case .github: console.result(Printable.text(ValidationAnnotation.text(of: finding)))
      case .json, .sarif, .junit: findings.append(finding)
      }
    }
    if let document = format.document(of: result, findings: findings) { console.result(document) }
    if let writeBaseline { try result.baseline.write(to: writeBaseline) }
    if format == .text {
      if !quiet { console.result(result.text) }
    } else {
      console.note(result.text)
    }
    if !result.isValid { throw ExitCode(1) }
  }

  private func settings() throws -> ValidationSettings {
    var settings = ValidationSettings(schemaName: schema)
    settings.isWhole = whole
    settings.maximumProblems = maximumProblems
    settings.selected = Set(select.compactMap(ValidationRule.init(id:)))
    settings.ignored = Set(ignore.compactMap(ValidationRule.init(id:)))
    settings.maximumWords = maximumWords
    settings.maximumCharacters = maximumCharacters
    settings.maximumTokens = maximumTokens
    if let tokenizer { try settings.readTokenizer(at: tokenizer) }
    settings.requiresLicense = requireLicense
    settings.isStrict = strict
    settings.threads = threads ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    settings.gathersBaseline = writeBaseline != nil
    if let baseline { settings.baseline = try ValidationBaseline(readingFrom: baseline) }
    return settings
  }

  private static func printable(_ diagnostic: Diagnostic) -> Diagnostic {
    var shown = diagnostic
    shown.message = Printable.text(shown.message)
    shown.position.file = shown.position.file.map(Printable.text)
    return shown
  }

  private static var rules: String {
    Text.table(
      ValidationRule.allCases.map { [$0.id, $0.severity.rawValue, $0.title] },
      header: ["rule", "severity", "finds"])
  }
}

extension ValidationFormat: ExpressibleByArgument {}
