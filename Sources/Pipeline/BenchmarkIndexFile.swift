import Archives
import Formats
import Recipes
import Records
import Stages

/// A file of hashes of benchmarks, which can be shipped without their text: `materia index` writes it,
/// and `against:` takes it in place of a benchmark.
///
/// ```
/// materia-index 1 SHA-256-OF-WHAT-FOLLOWS
/// …hashes, ids and counts, as `ContaminationIndex` encodes them
/// ```
package struct BenchmarkIndexFile {
  package let index: ContaminationIndex

  private static let word = Array("materia-index ".utf8)
  private static let version = "1"
  /// An index in memory is bounded to less.
  private static let maximumBytes = 1 << 30

  /// Reads benchmarks and makes their index.
  ///
  /// - Parameters:
  ///   - paths: Files, folders or patterns, from the current folder; each is one benchmark.
  ///   - corpus: The reader of all; nil for what the content speaks for.
  /// - Throws: `PipelineError` with every path that is missing or cannot be read.
  package init(
    of paths: [String], corpus: String? = nil, settings: ContaminationSettings
  ) throws {
    var benchmarks = try Self.planned(paths, corpus: corpus)
    for place in benchmarks.indices { try benchmarks[place].digest() }
    let digests = benchmarks.map { "\($0.name) \($0.sha256)" }.joined(separator: "\n")
    var builder = ContaminationIndexBuilder(
      key: StableHash.of(seed: 0, purpose: "benchmark-index", digests), settings: settings)
    let work = try WorkFolder(temporaryFor: "index")
    defer { work.remove() }
    for place in benchmarks.indices {
      try benchmarks[place].read(
        into: &builder, cleaner: Cleaner(), scratchPath: "\(work.scratchPath)/\(place)")
    }
    index = builder.finish()
    warnings = benchmarks.flatMap(\.warnings)
  }

  /// What the user should hear of.
  package let warnings: [Diagnostic]

  private static func planned(_ paths: [String], corpus: String?) throws -> [PlannedBenchmark] {
    var problems: [Diagnostic] = []
    var seen: Set<String> = []
    var benchmarks: [PlannedBenchmark] = []
    for path in paths {
      let benchmark = Recipe.Decontamination.Benchmark(path: path, corpus: corpus)
      if !seen.insert(benchmark.name).inserted {
        problems.append(
          Diagnostic(
            at: Position(file: path), "benchmark name '\(benchmark.name)' is taken already",
            hint: "the name is that of the file up to its first dot; rename one of them"))
      }
      do {
        let planned = try PlannedBenchmark(
          benchmark, relativeTo: ".", limits: ArchiveLimits())
        if planned.shippedIndex != nil { throw Diagnostic("the file is an index already") }
        benchmarks.append(planned)
      } catch {
        var problem = (error as? any DiagnosticError)?.diagnostic ?? Diagnostic("\(error)")
        problem.position = problem.position.within(file: path, entry: nil)
        problems.append(problem)
      }
    }
    guard problems.isEmpty else { throw PipelineError.recipe(problems) }
    return benchmarks
  }

  /// Writes the file, which must not be there yet.
  package func write(to path: String) throws {
    let payload = index.encoded()
    let head = Self.word + Array("\(Self.version) \(SHA256.hex(of: payload))\n".utf8)
    let file = try OutputFile(creating: path, isPrivate: false)
    try file.write(head)
    try file.write(payload)
    try file.close(isDurable: true)
  }

  /// The index in a file; nil when the file is something else.
  ///
  /// - Throws: `Diagnostic` when it is an index that is damaged, or of another version.
  static func index(in file: InputFile) throws -> ContaminationIndex? {
    let size = FileSize.of(file.path)
    guard size >= word.count,
      try FileRange.bytes(of: file.path, offset: 0, count: word.count) == word
    else { return nil }
    guard size <= maximumBytes else {
      throw Diagnostic("index '\(file.displayPath)' is longer than \(maximumBytes) bytes")
    }
    let bytes = try FileRange.bytes(of: file.path, offset: 0, count: size)
    let end = bytes.prefix(word.count + 100).firstIndex(of: UInt8(ascii: "\n")) ?? word.count
    let head = String(decoding: bytes[word.count..<end], as: UTF8.self).split(separator: " ")
    guard head.first.map(String.init) == version else {
      throw Diagnostic(
        "index '\(file.displayPath)' is of a version that this materia does not read",
        hint: "make it again with 'materia index'")
    }
    let payload = bytes[(end + 1)...]
    guard head.count == 2, head[1] == SHA256.hex(of: Array(payload)),
      let index = ContaminationIndex(decoding: payload)
    else {
      throw Diagnostic(
        "index '\(file.displayPath)' is damaged: its bytes are not those that were written",
        hint: "get it again, or make it again with 'materia index'")
    }
    return index
  }
}

extension ContaminationSettings {
  /// Why an index that was made with other settings cannot be used; nil when it can.
  func refusal(of index: ContaminationIndex, named name: String) -> Diagnostic? {
    var made = index.settings
    made.overlap = overlap
    guard made != self else { return nil }
    return Diagnostic(
      "index '\(name)' was made with \(made.keys), the recipe asks for \(keys)",
      hint: "set these keys in the recipe, or make the index again")
  }

  private var keys: String {
    "ngram \(ngramWords), ngram_chars \(ngramCharacters), target_words \(targetWords), "
      + "target_chars \(targetCharacters)"
  }
}
