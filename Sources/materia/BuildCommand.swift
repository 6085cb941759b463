import ArgumentParser
import Pipeline
import Recipes

/// `materia build`: a recipe's dataset, whole or not at all.
struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Build a recipe's dataset.")

  @Argument(help: "The recipe.")
  var recipe: String

  @Option(name: .shortAndLong, help: "The dataset's folder; Output/NAME by default.")
  var output: String?

  @OptionGroup var run: RunOptions

  @Flag(name: .long, help: "Do everything but publish.")
  var dryRun = false

  @Flag(name: .long, help: "Refuse inputs that differ from the output's recipe.lock.yaml.")
  var locked = false

  @Flag(name: .long, help: "Print the result as JSON.")
  var json = false

  func run() async throws {
    let console = Console(isQuiet: run.quiet)
    let loaded = try RecipeDraft.load(from: recipe)
    var options = run.buildOptions
    options.output = output
    options.isDryRun = dryRun
    options.isLocked = locked
    let pipeline = BuildPipeline(draft: loaded, recipePath: recipe, options: options)
    let report = try await ProgressPrinter(
      progress: pipeline.progress, isQuiet: run.quiet || json
    ).showing { try await pipeline.run() }
    report.warnings.forEach(console.report)
    if json {
      console.result(report.json)
    } else if !run.quiet {
      console.result(BuildSummary(report: report).text)
    }
    report.shortfalls.forEach(console.report)
    if report.isFoundWanting { throw ExitCode(1) }
  }
}
