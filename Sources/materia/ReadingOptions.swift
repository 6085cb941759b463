import ArgumentParser

/// The flags that say how much of the machine the reading of published datasets may take.
struct ReadingOptions: ParsableArguments {
  @Option(name: .long, help: "The work items in flight; the number of cores by default.")
  var threads: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("The memory for what is compared: 512m, 1g.", valueName: "size"))
  var memory = "1g"

  mutating func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("'--threads' takes 1 to 1024, found \(threads)")
    }
    guard let bytes = RunOptions.bytes(memory), bytes >= 64 << 20 else {
      throw ValidationError("'--memory' takes a size such as 512m or 2g, and at least 64m")
    }
  }

  var threadCount: Int { threads ?? RunOptions.coreCount }
  var memoryBytes: Int { RunOptions.bytes(memory) ?? 1 << 30 }
}
