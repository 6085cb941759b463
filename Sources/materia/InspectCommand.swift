import ArgumentParser
import Pipeline
import Records

/// `materia inspect`: what is in an archive, before a recipe is written.
struct InspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Show what is inside archives, folders and files.",
    discussion: """
      Prints names and counts, never text of the corpus unless '--show-text' asks for it. \
      Damaged archives are told at their place; what could be read is shown, and the exit code is 1.
      """)

  @Argument(help: ArgumentHelp("Archives, folders, files or patterns.", valueName: "archive"))
  var archives: [String]

  @Option(name: .long, help: "Read with this corpus' reader, whatever the content says.")
  var corpus: String?

  @Option(name: .long, help: "How many names of entries to list.")
  var entries = 10

  @Flag(name: .long, help: "Show the first record's fields, cut to 200 characters.")
  var showText = false

  @Flag(name: .long, help: "Print one JSON object.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print errors only beside the result.")
  var quiet = false

  func validate() throws {
    guard entries >= 0 else { throw ValidationError("'--entries' must not be negative") }
  }

  func run() async throws {
    let console = Console(isQuiet: quiet)
    var inspector = Inspector(progress: Progress())
    inspector.listedEntries = entries
    inspector.corpus = corpus
    inspector.showsText = showText
    if showText {
      console.report(
        Diagnostic(
          "the output holds text of the corpus, which may be under terms or about patients",
          severity: .warning))
    }
    let inspections = try await Self.inspections(
      of: archives, by: inspector, isQuiet: quiet || json)
    if json {
      console.result(Inspection.json(of: inspections))
    } else {
      console.result(inspections.map { InspectionSummary($0).text }.joined(separator: "\n\n"))
    }
    Self.report(inspections, on: console)
    if inspections.contains(where: { !$0.isWhole }) { throw ExitCode(1) }
  }

  /// Inspects every path, with the progress shown.
  static func inspections(
    of paths: [String], by inspector: Inspector, isQuiet: Bool
  ) async throws -> [Inspection] {
    do {
      return try await ProgressPrinter(progress: inspector.progress, isQuiet: isQuiet).showing {
        try paths.map(inspector.inspect)
      }
    } catch let diagnostic as Diagnostic {
      // An unknown corpus: the user's slip, not the data's.
      throw ValidationError(
        diagnostic.message + (diagnostic.hint.map { "\nhint: \($0)" } ?? ""))
    }
  }

  /// Prints problems and warnings.
  static func report(_ inspections: [Inspection], on console: Console) {
    for inspection in inspections {
      inspection.problems.forEach(console.report)
      inspection.warnings.forEach(console.report)
      if inspection.omittedProblems > 0 {
        console.note("\(inspection.path): \(inspection.omittedProblems) more problems of this kind")
      }
    }
  }
}
