import ArgumentParser
import Pipeline
import Recipes
import Stages

/// `materia index`: hashes of benchmarks, to be shipped without their text.
struct IndexCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index", abstract: "Write an index of benchmarks that holds hashes only.",
    discussion: """
      A recipe names the file under 'decontaminate: {against: [FILE]}' in place of the benchmarks. \
      It holds hashes, counts and the items' ids, no text; who has a text can look whether it is in it.
      """)

  @Argument(
    help: ArgumentHelp("Files, folders or patterns, each a benchmark.", valueName: "benchmark"))
  var benchmarks: [String] = []

  @Option(
    name: .long,
    help: "Take benchmarks, how they are read and the lengths from this recipe's 'decontaminate'.")
  var recipe: String?

  @Option(name: .shortAndLong, help: "The file to write; it must not be there yet.")
  var output: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Read with this corpus' reader, whatever the content says; NAME=CORPUS for one benchmark, whose "
        + "name is that of its file up to the first dot.", valueName: "corpus"))
  var corpus: [String] = []

  @Option(name: .long, help: "The words of an n-gram.")
  var ngram = 8

  @Option(name: .long, help: "The characters of an n-gram in scripts without spaces.")
  var ngramChars = 13

  @Option(name: .long, help: "The fewest words of an answer that is compared by itself.")
  var targetWords = 8

  @Option(name: .long, help: "The same in characters of scripts without spaces.")
  var targetChars = 30

  @Flag(name: .shortAndLong, help: "Print errors only.")
  var quiet = false

  func validate() throws {
    guard benchmarks.isEmpty == (recipe != nil) else {
      throw ValidationError("name benchmarks, or a '--recipe' that does")
    }
    guard (2...50).contains(ngram) else { throw ValidationError("'--ngram' takes 2 to 50") }
    guard (2...100).contains(ngramChars) else {
      throw ValidationError("'--ngram-chars' takes 2 to 100")
    }
    guard targetWords > 0, targetChars > 0 else {
      throw ValidationError("'--target-words' and '--target-chars' must be at least 1")
    }
  }

  private func madeFile() throws -> BenchmarkIndexFile {
    if let recipe {
      return try BenchmarkIndexFile(of: try Recipe.load(from: recipe), recipePath: recipe)
    }
    return try BenchmarkIndexFile(
      of: benchmarks, corpora: corpora,
      settings: ContaminationSettings(
        ngramWords: ngram, ngramCharacters: ngramChars, targetWords: targetWords,
        targetCharacters: targetChars))
  }

  /// The corpora by the benchmark's name, `""` for all others.
  private var corpora: [String: String] {
    corpus.reduce(into: [:]) { corpora, text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      corpora[parts.count > 1 ? parts[0] : ""] = parts.last ?? ""
    }
  }

  func run() async throws {
    let console = Console(isQuiet: quiet)
    let file = try madeFile()
    try file.write(to: output)
    file.warnings.forEach(console.report)
    guard !quiet else { return }
    let rows = file.index.benchmarks.map { [$0.name, Text.grouped($0.items)] }
    console.result(Text.table(rows, header: ["benchmark", "items"]))
  }
}
