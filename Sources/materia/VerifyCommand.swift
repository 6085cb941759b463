import ArgumentParser
import Formats
import Pipeline
import Records

/// `materia verify`: a published dataset against its manifest, and its proof once more.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check a published dataset and repeat its proof.",
    discussion: """
      Reads every file again: digests, counts, schemas, that every dialect holds the same examples to \
      the letter, and that groups, copies and near-duplicates are where proof.json says, by the \
      settings of recipe.lock.yaml. Exits with 1 when something is not as it was published.
      """)

  @Argument(help: "The dataset's folder, as 'materia build' published it.")
  var dataset: String

  @OptionGroup var resources: ReadingOptions

  @Flag(name: .shortAndLong, help: "Print problems only.")
  var quiet = false

  @Flag(name: .long, help: "Print the result as JSON.")
  var json = false

  func run() async throws {
    let console = Console(isQuiet: quiet)
    var folder = dataset
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    let result = try await DatasetVerification(
      folder: folder, threads: resources.threadCount,
      memoryBytes: resources.memoryBytes
    ).run()
    if json {
      console.result(Self.json(of: result))
    } else {
      result.problems.forEach(console.report)
      if !quiet { console.result(Self.text(of: result)) }
    }
    if !result.isValid { throw ExitCode(1) }
  }

  private static func text(of result: DatasetVerification.Result) -> String {
    let read = "\(Text.counted(result.files, "file")), \(Text.counted(result.rows, "row"))"
    guard result.isValid else {
      return "\(read): \(Text.counted(result.problems.count, "problem"))"
    }
    return result.isDisjoint
      ? "\(read): as they were published, and the proof holds"
      : "\(read): as they were published; the splits share what proof.json says"
  }

  private static func json(of result: DatasetVerification.Result) -> String {
    var json = JSONWriter()
    json.beginObject()
    for (key, value) in [
      ("schema_version", 1), ("files", result.files), ("rows", result.rows),
      ("problem_count", result.problems.count),
    ] {
      json.key(key)
      json.number(value)
    }
    json.key("valid")
    json.bool(result.isValid)
    json.key("problems")
    json.beginArray()
    for problem in result.problems {
      json.beginObject()
      if let file = problem.position.file {
        json.key("file")
        json.string(file)
      }
      if let line = problem.position.line {
        json.key("line")
        json.number(line)
      }
      json.key("message")
      json.string(problem.message)
      if let hint = problem.hint {
        json.key("hint")
        json.string(hint)
      }
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return json.text
  }
}
