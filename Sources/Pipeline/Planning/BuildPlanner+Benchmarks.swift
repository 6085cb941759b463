import Archives
import Corpora
import Emitters
import Recipes
import Records
import Stages

/// The benchmarks and reference sets of a recipe.
extension BuildPlanner {
  /// A benchmark with its reader; what is wrong with it is told where the recipe names it.
  mutating func planned(_ benchmark: Recipe.Decontamination.Benchmark) -> PlannedBenchmark? {
    guard !benchmark.path.text.isEmpty else { return nil }
    if let corpus = benchmark.corpus, CorpusRegistry.facts(named: corpus.text) == nil {
      unknown(corpus, kind: "corpus", among: CorpusRegistry.all.map(\.name), list: "corpora")
      return nil
    }
    var (benchmark, folder) = (benchmark, folder)
    let limits = limits
    if let replaced = benchmarkPaths[benchmark.name] {
      benchmark.path.text = replaced
      folder = "."
    }
    let settings = recipe.decontamination.map(ContaminationSettings.init)
    return made(
      at: benchmark.path.position,
      {
        let planned = try Self.planned(benchmark, relativeTo: folder, limits: limits)
        if let index = planned.shippedIndex,
          let refusal = settings?.refusal(of: index, named: benchmark.path.text)
        {
          throw refusal
        }
        return planned
      })
  }

  static func planned(
    _ benchmark: Recipe.Decontamination.Benchmark, relativeTo folder: String,
    limits: ArchiveLimits
  ) throws -> PlannedBenchmark {
    do {
      return try PlannedBenchmark(benchmark, relativeTo: folder, limits: limits)
    } catch let error as ArchiveError {
      var missing = error.diagnostic
      missing.hint = missing.hint ?? "give its place with '--benchmark \(benchmark.name)=PATH'"
      throw missing
    }
  }

  /// A reference set with its reader; what is wrong with it is told where the recipe names it.
  mutating func planned(
    reference: Recipe.Decontamination.Benchmark
  ) -> PlannedBenchmark? {
    guard let planned = planned(reference) else { return nil }
    guard planned.shippedIndex == nil else {
      problems.append(
        Diagnostic(
          at: reference.path.position,
          "'\(reference.path.text)' is an index of a benchmark, which copies cannot be told by",
          hint: "name the files themselves, or use it in 'decontaminate'"))
      return nil
    }
    return planned
  }

  /// An index may hold benchmarks of names that the recipe has already.
  mutating func checkNames(of benchmarks: [PlannedBenchmark]) {
    var seen: Set<String> = []
    let paths = recipe.decontamination?.benchmarks ?? []
    for benchmark in benchmarks where benchmark.shippedIndex != nil {
      let others = benchmarks.filter { $0.name != benchmark.name }.flatMap(\.names)
      for name in benchmark.names where others.contains(name) && seen.insert(name).inserted {
        problems.append(
          Diagnostic(
            at: paths.first { $0.name == benchmark.name }?.path.position ?? Position(),
            "benchmark '\(name)' is in the index and named by the recipe besides",
            hint: "take one of the two out"))
      }
    }
  }
}
