import ArgumentParser
import Glibc
import Pipeline
import Records

/// `materia scan`: where files hold identifiers of persons, never which.
struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Look for identifiers of persons in files.",
    discussion: """
      Files may be text, JSON lines or tables, plain or compressed, folders, globs or archives; '-' is \
      standard input. Prints file, line, column, class and rule of each, not the words. Exits with 1 \
      when there is one, and with 3 when something could not be read: all else is looked at then. Rules find the classes in part: that none was found is no proof that there is \
      none.
      """)

  @Argument(help: "Files, folders, globs or archives; '-' for standard input.")
  var files: [String]

  @Option(
    name: .long,
    help: ArgumentHelp("Look for these classes only, such as NAME,PHONE.", valueName: "classes"))
  var classes: String?

  @Option(name: .long, help: "How files are read: auto, text, json, jsonl, csv.")
  var input: TextFileForm = .auto

  @Option(name: .long, help: "text, or json for one object a line.")
  var format: ScanFormat = .text

  @Option(name: .customLong("max-problems"), help: "Stop printing after so many.")
  var maximumProblems = 1000

  @Flag(name: .long, help: "Print the words too: the output is then as sensitive as the files.")
  var showText = false

  @Flag(name: .shortAndLong, help: "Print what is found only, no summary.")
  var quiet = false

  /// How findings are printed.
  enum ScanFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  func run() async throws {
    let console = Console(isQuiet: quiet)
    if showText {
      console.note(
        "warning: the words that were found are printed; keep this output like the files")
    }
    let scan = try FileScan(classes: classes, form: input)
    var printed = 0
    let result = scan.run(
      files,
      report: { finding in
        printed += 1
        guard printed <= maximumProblems else { return }
        switch format {
        case .text: console.result(finding.line(showsText: showText))
        case .json: console.result(finding.json(showsText: showText))
        }
      }, problem: console.report)
    if format == .json { console.result(result.json) }
    if format == .text, !quiet { console.result(result.text) }
    if result.problems > 0 { throw ExitCode(3) }
    if !result.isClean { throw ExitCode(1) }
  }
}

extension TextFileForm: ExpressibleByArgument {}
