import ArgumentParser
import Pipeline
import Recipes
import Records

/// `materia preview`: the first examples as a reader would see them, and the funnel so far.
struct PreviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Show the first examples of a recipe, and what becomes of its first records.",
    discussion: """
      Reads the first records of every source ('--limit', 200 by default) and writes nothing. The \
      examples hold corpus text.
      """)

  @Argument(help: "The recipe.")
  var recipe: String

  @Option(name: .shortAndLong, help: "The examples shown of each source and task.")
  var count = 1

  @Option(help: "The most characters shown of a turn; 0 for all.")
  var width = 1200

  @OptionGroup var run: RunOptions

  func run() async throws {
    let console = Console(isQuiet: run.quiet)
    let loaded = try RecipeDraft.load(from: recipe)
    var options = run.buildOptions
    options.limit = options.limit ?? 200
    let preview = try await Preview.of(
      loaded, recipePath: recipe, options: options, count: count)
    for item in preview.items { console.result(PreviewText(item: item, width: width).text) }
    console.result(FunnelText(ledger: preview.ledger, limit: options.limit).text)
    preview.warnings.forEach(console.report)
  }
}

/// An example laid out for reading.
private struct PreviewText {
  let item: Preview.Item
  let width: Int

  var text: String {
    let head = [item.task, item.template, item.split.rawValue].filter { !$0.isEmpty }
    let place = [item.record.provenance.archive, item.record.provenance.entry]
    var lines = [
      "── \(item.example.id)", "   \(head.joined(separator: " · "))",
      "   \(place.joined(separator: " / ")) · \(item.record.licenses.expression)", "",
    ]
    switch item.example.body {
    case .text(let text): lines.append(cut(text))
    case .conversation(let conversation):
      for turn in conversation.messages {
        lines.append("[\(turn.role.rawValue)]\n\(cut(turn.text))\n")
      }
    }
    return lines.joined(separator: "\n")
  }

  private func cut(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard width > 0, scalars.count > width else { return Printable.text(text) }
    return Printable.text(String(scalars.prefix(width))) + " … (\(scalars.count - width) more)"
  }
}

/// What became of the first records.
private struct FunnelText {
  let ledger: Ledger
  let limit: Int?

  var text: String {
    let rows = ledger.sources.flatMap { source in
      let account = ledger[source]
      return [[source, "read", Text.grouped(account.read)]]
        + account.reasons.map { [source, $0.reason.rawValue, Text.grouped($0.count)] }
        + [[source, "written", Text.grouped(account.written)]]
    }
    let note = limit.map { "of the first \(Text.grouped($0)) records of each source:\n" } ?? ""
    return note + Text.table(rows, header: ["source", "", "records"])
  }
}

/// Text that cannot steer the terminal.
enum Printable {
  /// The text with control characters, and those that turn or hide text, written as escapes.
  static func text(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isSafe =
        scalar == "\n" || scalar == "\t"
        || (scalar.properties.generalCategory != .control
          && scalar.properties.generalCategory != .format)
      if isSafe {
        shown.append(scalar)
      } else {
        shown.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      }
    }
    return String(shown)
  }
}
