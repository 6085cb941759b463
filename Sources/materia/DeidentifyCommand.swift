import ArgumentParser
import Glibc
import Pipeline
import Recipes
import Records

/// `materia deidentify`: files of any kind with identifiers of persons replaced.
struct DeidentifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deidentify", abstract: "Replace identifiers of persons in files.",
    discussion: """
      Files may be text, JSON lines or tables, plain or compressed; '-' is standard input and goes to \
      standard output. Files keep their names, so see that these name nobody. Archives are for recipes. \
      Rules find the classes in part: review what comes out before it is passed on.
      """)

  @Argument(help: "Files, folders or globs; '-' for standard input.")
  var files: [String]

  @Option(name: .long, help: "redact, or surrogate for invented values of the same kind.")
  var mode: ReplacementMode = .redact

  @Option(name: .long, help: "The file of the secret key that surrogates are made by.")
  var key: String?

  @Option(name: .shortAndLong, help: "The folder to write to; it must not hold the files yet.")
  var output: String?

  @Option(name: .long, help: "How files are read: auto, text, json, jsonl, csv.")
  var format: TextFileForm = .auto

  @Option(name: .long, help: "A field or column that is taken; all when none is named.")
  var field: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("Take these classes only, such as NAME,PHONE.", valueName: "classes"))
  var classes: String?

  @Option(name: .long, help: "The language of the texts, to be warned where rules lack.")
  var language: String?

  @Option(
    name: .long, help: "The field or column with the patient's key: numbers are per patient.")
  var patient: String?

  @Flag(name: .shortAndLong, help: "Print errors only.")
  var quiet = false

  /// What takes the place of identifiers.
  enum ReplacementMode: String, ExpressibleByArgument, CaseIterable {
    case redact
    case surrogate
  }

  func validate() throws {
    guard mode == .redact || key != nil else {
      throw ValidationError("'--mode surrogate' needs '--key'; " + SecretKeyHint.text)
    }
    guard output != nil || files == ["-"] else {
      throw ValidationError("name a folder with '--output'; files are never changed in place")
    }
  }

  func run() async throws {
    let console = Console(isQuiet: quiet)
    let rewriting = try FileDeidentification(
      isSurrogate: mode == .surrogate, keyPath: key, classes: classes, form: format,
      fields: Set(field), patient: patient)
    if let warning = rewriting.warning(about: language) { console.report(warning) }
    let result = try rewriting.run(files, output: output) { bytes in
      Console.write(String(decoding: bytes, as: UTF8.self), to: STDOUT_FILENO)
    }
    result.warnings.forEach(console.report)
    console.note(result.text)
  }
}
