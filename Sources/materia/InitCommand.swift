import ArgumentParser
import Glibc
import Pipeline
import Records

/// `materia init`: a starter recipe for archives.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a starter recipe for archives, folders or files.")

  @Argument(help: ArgumentHelp("Archives, folders, files or patterns.", valueName: "archive"))
  var archives: [String]

  @Option(
    name: .shortAndLong,
    help: "The file to write, which must not exist; standard output by default.")
  var output: String?

  @Option(name: .long, help: "The dataset's name.")
  var name: String?

  @Flag(name: .shortAndLong, help: "Print errors only.")
  var quiet = false

  func validate() throws {
    if let name, !StarterRecipe.isName(name) {
      throw ValidationError(
        "'--name' takes lower-case letters, digits, '.', '_' and '-', 64 at most; found '\(name)'")
    }
    if let output, access(output, F_OK) == 0 {
      throw ValidationError("'\(output)' is there already; remove it or choose another '--output'")
    }
  }

  func run() async throws {
    let console = Console(isQuiet: quiet)
    let inspections = try await InspectCommand.inspections(
      of: archives, by: Inspector(progress: Progress()), isQuiet: quiet)
    InspectCommand.report(inspections, on: console)
    let recipe = try StarterRecipe(of: inspections, name: name, folder: folder)
    if let output {
      try StarterRecipe.write(recipe.text, to: output)
      console.note("wrote \(output); next: materia preview \(output)")
    } else {
      Console.write(recipe.text, to: STDOUT_FILENO)
    }
    if inspections.contains(where: { !$0.isWhole }) { throw ExitCode(1) }
  }

  /// The folder of the recipe, which its paths start from.
  private var folder: String {
    guard let output, let slash = output.utf8.lastIndex(of: 0x2F) else { return "." }
    return slash == output.startIndex ? "/" : String(output[..<slash])
  }
}
