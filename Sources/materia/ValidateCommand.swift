import ArgumentParser
import Glibc
import Pipeline
import Records

/// `materia validate`: every row of files against a schema, every problem, a verdict.
struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check every row of JSON lines files against a schema.",
    discussion: """
      Files may be plain or compressed, folders, globs or archives. Exits with 1 when a row does not \
      fit.
      """)

  @Argument(help: "Files, folders, globs or archives.")
  var files: [String]

  @Option(help: "A built-in schema's name, such as messages, or the path of a schema file.")
  var schema: String

  @Flag(help: "Each file is one JSON document, not JSON lines.")
  var whole = false

  @Option(name: .customLong("max-problems"), help: "Stop printing after so many problems.")
  var maximumProblems = 1000

  @Flag(name: .shortAndLong, help: "Print the problems only, no summary.")
  var quiet = false

  @Flag(name: .long, help: "Print the result as JSON.")
  var json = false

  func run() async throws {
    let console = Console(isQuiet: quiet)
    let validation = try FileValidation(
      schemaNamed: schema, isWhole: whole, maximumProblems: maximumProblems)
    var printed: [Diagnostic] = []
    let result = try validation.run(files) { problem in
      if json { printed.append(problem) } else { console.report(problem) }
    }
    if json {
      console.result(result.json(problems: printed))
    } else if !quiet {
      console.result(result.text)
    }
    if !result.isValid { throw ExitCode(1) }
  }
}
