import Archives
import Corpora
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
  /// What the user should hear of.
  package let warnings: [Diagnostic]

  private static let word = Array("materia-index ".utf8)
  private static let version = "1"
  /// An index in memory is bounded to less.
  private static let maximumBytes = 1 << 30
  /// Version and digest are shorter.
  private static let maximumHeadBytes = 100

  /// Reads benchmarks and makes their index.
  ///
  /// - Parameters:
  ///   - paths: Files, folders or patterns, from the current folder; each is one benchmark.
  ///   - corpora: The readers of some by the benchmark's name, `""` for all others; without, what the
  ///     content speaks for.
  /// - Throws: `PipelineError` with every path that is missing or cannot be read.
  package init(
    of paths: [String], corpora: [String: String] = [:], settings: ContaminationSettings
  ) throws {
    let benchmarks = paths.map { path in
      var benchmark = Recipe.Decontamination.Benchmark(path: path)
      benchmark.corpus = (corpora[benchmark.name] ?? corpora[""]).map { Recipe.Name($0) }
      return benchmark
    }
    try self.init(
      of: benchmarks, relativeTo: ".", settings,
      problems: Self.problems(with: corpora, of: benchmarks.map(\.name)))
  }

  /// Makes the index of a recipe's benchmarks, which are read as it says.
  package init(of recipe: Recipe, recipePath: String) throws {
    guard let rule = recipe.decontamination else {
      throw PipelineError.recipe([
        Diagnostic(
          at: Position(file: recipePath), "the recipe names no benchmarks",
          hint: "they stand under 'stages', in 'decontaminate: {against: […]}'")
      ])
    }
    try self.init(
      of: rule.benchmarks, relativeTo: FolderTree.parentAndName(of: recipePath).parent,
      ContaminationSettings(rule), problems: [])
  }

  private init(
    of wanted: [Recipe.Decontamination.Benchmark], relativeTo folder: String,
    _ settings: ContaminationSettings, problems: [Diagnostic]
  ) throws {
    var benchmarks = try Self.planned(wanted, relativeTo: folder, problems: problems)
    for place in benchmarks.indices { try benchmarks[place].digest() }
    let digests = benchmarks.map { "\($0.name) \($0.sha256)" }.joined(separator: "\n")
    var builder = ContaminationIndexBuilder(
      key: StableHash.of(seed: 0, purpose: "benchmark-index", digests), settings: settings)
    let work = try WorkFolder(temporaryFor: "index-\(UInt64.random(in: 0...(.max)))")
    defer { work.remove() }
    for place in benchmarks.indices {
      try benchmarks[place].read(
        into: &builder, texts: ReferenceTexts(cleaner: Cleaner()),
        scratchPath: "\(work.scratchPath)/\(place)")
    }
    index = builder.finish()
    warnings = benchmarks.flatMap(\.warnings)
  }

  /// Names under `--corpus` that are no benchmark's.
  private static func problems(
    with corpora: [String: String], of names: [String]
  ) -> [Diagnostic] {
    corpora.keys.sorted().filter { !$0.isEmpty && !names.contains($0) }.map { name in
      Diagnostic(
        "'--corpus' names '\(name)', which is none of the benchmarks",
        hint: NearestName.hint(for: name, among: names)
          ?? "they are \(names.joined(separator: ", "))")
    }
  }

  /// The benchmarks with their readers, in the order given.
  private static func planned(
    _ wanted: [Recipe.Decontamination.Benchmark], relativeTo folder: String,
    problems: [Diagnostic]
  ) throws -> [PlannedBenchmark] {
    var problems = problems
    var benchmarks: [PlannedBenchmark] = []
    for benchmark in wanted {
      do {
        guard !benchmarks.contains(where: { $0.name == benchmark.name }) else {
          throw taken(benchmark.name)
        }
        benchmarks.append(try planned(benchmark, relativeTo: folder))
      } catch {
        var problem = (error as? any DiagnosticError)?.diagnostic ?? Diagnostic("\(error)")
        problem.position = problem.position.within(file: benchmark.path.text, entry: nil)
        problems.append(problem)
      }
    }
    guard problems.isEmpty else { throw PipelineError.recipe(problems) }
    return benchmarks
  }

  private static func planned(
    _ benchmark: Recipe.Decontamination.Benchmark, relativeTo folder: String
  ) throws -> PlannedBenchmark {
    if let corpus = benchmark.corpus?.text, CorpusRegistry.facts(named: corpus) == nil {
      throw Diagnostic(
        "there is no corpus '\(corpus)'",
        hint: NearestName.hint(for: corpus, among: CorpusRegistry.all.map(\.name))
          ?? "'materia corpora' lists them")
    }
    let planned = try PlannedBenchmark(benchmark, relativeTo: folder, limits: ArchiveLimits())
    guard planned.shippedIndex == nil else { throw Diagnostic("the file is an index already") }
    return planned
  }

  private static func taken(_ name: String) -> Diagnostic {
    Diagnostic(
      "benchmark name '\(name)' is taken already",
      hint: "the name is that of the file up to its first dot; rename one of them")
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
    guard let end = bytes.prefix(word.count + maximumHeadBytes).firstIndex(of: 0x0A) else {
      throw damage(of: file)
    }
    let head = String(decoding: bytes[word.count..<end], as: UTF8.self).split(separator: " ")
    guard head.first.map(String.init) == version else {
      throw Diagnostic(
        "index '\(file.displayPath)' is of a version that this materia does not read",
        hint: "make it again with 'materia index'")
    }
    let payload = bytes[(end + 1)...]
    guard head.count == 2, head[1] == SHA256.hex(of: Array(payload)),
      let index = ContaminationIndex(decoding: payload)
    else { throw damage(of: file) }
    return index
  }

  private static func damage(of file: InputFile) -> Diagnostic {
    Diagnostic(
      "index '\(file.displayPath)' is damaged: its bytes are not those that were written",
      hint: "get it again, or make it again with 'materia index'")
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
