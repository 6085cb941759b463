/// How a run behaves; nothing here may change a byte of the output, but `limit`.
package struct BuildOptions: Sendable {
  /// The dataset's folder; `Output/NAME` when nil.
  package var output: String?
  /// Paths that replace those of sources, by source name.
  package var sourcePaths: [String: [String]] = [:]
  /// Paths that replace those of benchmarks, by benchmark name.
  package var benchmarkPaths: [String: String] = [:]
  /// A file that replaces the recipe's tokenizer.
  package var tokenizerPath: String?
  /// The most work items in flight.
  package var threads: Int
  /// The memory that sorting and batches may take, in bytes.
  package var memoryBytes: Int
  /// The most records read per source; nil for all.
  package var limit: Int?
  /// Whether everything is done but publishing.
  package var isDryRun = false
  /// Whether the inputs must be those of the lock file in the output folder.
  package var isLocked = false

  package init(threads: Int = 1, memoryBytes: Int = 1 << 30) {
    self.threads = threads
    self.memoryBytes = memoryBytes
  }
}
