import ArgumentParser
import Glibc
import Pipeline
import Records

/// The flags that say how a run behaves.
struct RunOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Read a source from other files.", valueName: "NAME=PATH"))
  var source: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("Read a benchmark from another file.", valueName: "NAME=PATH"))
  var benchmark: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Count tokens with this tokenizer.json or SentencePiece .model.", valueName: "path"))
  var tokenizer: String?

  @Option(name: .long, help: "The work items in flight; the number of cores by default.")
  var threads: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("The memory for sorting and batches: 512m, 1g.", valueName: "size"))
  var memory = "1g"

  @Option(name: .long, help: "The most records to read per source.")
  var limit: Int?

  @Flag(name: .shortAndLong, help: "Print errors only.")
  var quiet = false

  mutating func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("'--threads' takes 1 to 1024, found \(threads)")
    }
    if let limit, limit < 1 { throw ValidationError("'--limit' must be at least 1") }
    guard let bytes = Self.bytes(memory), bytes >= 64 << 20 else {
      throw ValidationError("'--memory' takes a size such as 512m or 2g, and at least 64m")
    }
    for (flag, values) in [("--source", source), ("--benchmark", benchmark)] {
      for value in values where value.split(separator: "=", maxSplits: 1).count != 2 {
        throw ValidationError("'\(flag)' takes NAME=PATH, found '\(value)'")
      }
    }
  }

  /// The options as the pipeline takes them.
  var buildOptions: BuildOptions {
    var options = BuildOptions(
      threads: threads ?? Self.coreCount,
      memoryBytes: Self.bytes(memory) ?? 1 << 30)
    options.limit = limit
    options.tokenizerPath = tokenizer
    for source in source {
      let parts = source.split(separator: "=", maxSplits: 1).map(String.init)
      options.sourcePaths[parts[0], default: []].append(parts[1])
    }
    for benchmark in benchmark {
      let parts = benchmark.split(separator: "=", maxSplits: 1).map(String.init)
      options.benchmarkPaths[parts[0]] = parts[1]
    }
    return options
  }

  static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// The bytes of `512m`, `1g`, `1073741824`.
  static func bytes(_ text: String) -> Int? {
    let units: [Character: Int] = ["k": 10, "m": 20, "g": 30]
    guard let last = text.lowercased().last else { return nil }
    guard let shift = units[last] else { return Int(text) }
    return Int(text.dropLast()).flatMap { number in
      let (bytes, overflow) = number.multipliedReportingOverflow(by: 1 << shift)
      return overflow ? nil : bytes
    }
  }
}
