import ArgumentParser
import Pipeline
import Recipes
import Records

/// `materia stats`: the percentiles from which to choose thresholds, and how diverse examples are.
struct StatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Measure the records of a recipe's sources, or of files, before any filter.",
    discussion: """
      Prints numbers only, and writes nothing. Measures are those that a recipe's 'filter' bounds \
      with min_NAME and max_NAME; the last tables tell what the recipe's own thresholds would reject.
      """)

  @Argument(
    help: ArgumentHelp("A recipe, or archives, folders and files.", valueName: "recipe-or-file"))
  var paths: [String]

  @Option(name: .long, help: "Measure this field by itself too; may be repeated.")
  var field: [String] = []

  @Flag(name: .long, help: "Print one JSON object.")
  var json = false

  @Flag(name: .long, help: "Name labels and question types as the corpus does.")
  var showText = false

  @OptionGroup var run: RunOptions

  func validate() throws {
    if let problem = DatasetStatistics.unknownFields(field).first {
      throw ValidationError(problem.message + (problem.hint.map { "\nhint: \($0)" } ?? ""))
    }
  }

  func run() async throws {
    let console = Console(isQuiet: run.quiet)
    let (draft, path) = try await draft(console)
    let options = run.buildOptions
    let pipeline = BuildPipeline(draft: draft, recipePath: path, options: options)
    let statistics = try await ProgressPrinter(
      progress: pipeline.progress, isQuiet: run.quiet || json
    ).showing {
      try await DatasetStatistics.of(pipeline, options: options, fields: field)
    }
    statistics.warnings.forEach(console.report)
    console.result(
      json
        ? statistics.json(showsText: showText)
        : statistics.sections(showsText: showText).map(Self.text).joined(separator: "\n\n"))
  }

  /// The recipe, or one made of files as `materia init` makes it.
  private func draft(_ console: Console) async throws -> (RecipeDraft, path: String) {
    if paths.count == 1, let path = paths.first, path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
      return (try RecipeDraft.load(from: path), path)
    }
    let inspections = try await InspectCommand.inspections(
      of: paths, by: Inspector(progress: Progress()), isQuiet: run.quiet || json)
    InspectCommand.report(inspections, on: console)
    let starter = try StarterRecipe(of: inspections)
    return (try RecipeDraft.load(Array(starter.text.utf8), file: "starter.yaml"), "starter.yaml")
  }

  private static func text(of section: DatasetStatistics.Section) -> String {
    var parts = [section.title]
    if !section.rows.isEmpty { parts.append(Text.table(section.rows, header: section.header)) }
    return Printable.text((parts + section.lines).joined(separator: "\n"))
  }
}
