import Records

/// Finds records that are items of benchmarks.
///
/// A record is compared with each item by itself, so that the n-grams of several items do not add up.
/// Two inputs overlap by the n-grams they share, as a share of those of the one that has fewer: a
/// training question that is found in an item counts (MEDITRON's rule), and so does an item that is
/// found in a longer prompt. An input of fewer than `n` n-grams counts only as found in one that is at
/// most twice as long, for stock phrases ("which of the following is the most likely diagnosis") stand
/// in hundreds of questions.
///
/// A value without state; tasks share it.
package struct Decontaminator: Sendable {
  /// An index with what the recipe says of it.
  package struct Reference: Sendable {
    package var index: ContaminationIndex
    /// The sources whose ids are those of the benchmarks, such as translations.
    package var twins: Set<String>

    package init(index: ContaminationIndex, twins: Set<String> = []) {
      self.index = index
      self.twins = twins
    }
  }

  /// All benchmarks, in the order that hits count them.
  package let benchmarks: [ContaminationIndex.Benchmark]
  private let references: [Reference]
  private let settings: ContaminationSettings
  /// The corpora whose ids mean the same record wherever they are read from.
  private let corporaWithIDs: Set<String>

  package init(
    _ references: [Reference], settings: ContaminationSettings, corporaWithIDs: Set<String>
  ) {
    self.references = references
    self.settings = settings
    self.corporaWithIDs = corporaWithIDs
    benchmarks = references.flatMap(\.index.benchmarks)
  }

  /// The best hit by each rule in each benchmark; the strongest rule first within a benchmark.
  package func hits(
    of record: Record, using printer: inout ContaminationPrinter
  ) -> [ContaminationHit] {
    let print = printer.print(
      of: record, field: nil, hasCorpusIDs: corporaWithIDs.contains(record.corpus), settings)
    var hits: [ContaminationHit] = []
    var first = 0
    for reference in references {
      var search = BenchmarkSearch(
        index: reference.index, print: print, overlap: settings.overlap)
      search.run(isTwin: reference.twins.contains(record.source))
      hits += search.hits(firstBenchmark: first)
      first += reference.index.benchmarks.count
    }
    return hits
  }
}

/// The search for one record in one index.
private struct BenchmarkSearch {
  let index: ContaminationIndex
  let print: ContaminationPrint
  let overlap: Double
  private let options: UInt64
  private let pmid: UInt64
  /// The best match of each rule in each benchmark.
  private var best: [Key: Match] = [:]

  private struct Key: Hashable {
    var benchmark: UInt32
    var rule: ContaminationRule
  }

  private struct Match {
    var score: Double
    var item: UInt32
  }

  init(index: ContaminationIndex, print: ContaminationPrint, overlap: Double) {
    self.index = index
    self.print = print
    self.overlap = overlap
    options = index.keyed(print.options)
    pmid = index.keyed(print.pmid)
  }

  mutating func run(isTwin: Bool) {
    for name in print.names { match(.id, items(of: name, in: index.names)) }
    if isTwin { match(.id, items(of: print.id, in: index.ids)) }
    for item in items(of: print.input, in: index.inputs) { matchEqualInput(item) }
    for target in print.targets { match(.target, items(of: target, in: index.targets)) }
    matchNgrams()
  }

  func hits(firstBenchmark: Int) -> [ContaminationHit] {
    best.keys.sorted { ($0.benchmark, $0.rule.rank) < ($1.benchmark, $1.rule.rank) }
      .compactMap { key in
        best[key].map { match in
          ContaminationHit(
            rule: key.rule, score: match.score, benchmark: firstBenchmark + Int(key.benchmark),
            item: index.items[Int(match.item)].id)
        }
      }
  }

  private func items(of hash: UInt64, in postings: Postings) -> [UInt32] {
    var items: [UInt32] = []
    postings.forEachItem(of: index.keyed(hash)) { items.append($0) }
    return items
  }

  private mutating func match(_ rule: ContaminationRule, _ items: [UInt32]) {
    for item in items { match(rule, item, score: 1) }
  }

  /// Keeps the higher score; of equal ones the item that stands first.
  private mutating func match(_ rule: ContaminationRule, _ item: UInt32, score: Double) {
    let key = Key(benchmark: index.items[Int(item)].benchmark, rule: rule)
    if let known = best[key], (-known.score, known.item) <= (-score, item) { return }
    best[key] = Match(score: score, item: item)
  }

  /// Stems such as "Which is right?" are the same question only with the same options.
  private mutating func matchEqualInput(_ number: UInt32) {
    let item = index.items[Int(number)]
    if item.options == options, options != 0 { match(.options, number, score: 1) }
    let needsOptions = item.isShort && (item.options != 0 || options != 0)
    if !needsOptions { match(.question, number, score: 1) }
  }

  private mutating func matchNgrams() {
    var found: [UInt32] = []
    for ngram in print.ngrams {
      index.ngrams.forEachItem(of: index.keyed(ngram)) { found.append($0) }
    }
    found.sort()
    var start = 0
    while start < found.count {
      let item = found[start]
      var end = start + 1
      while end < found.count, found[end] == item { end += 1 }
      matchOverlap(item, shared: end - start)
      start = end
    }
  }

  private mutating func matchOverlap(_ number: UInt32, shared: Int) {
    let item = index.items[Int(number)]
    let (own, other) = (print.ngrams.count, Int(item.ngramCount))
    let score = Double(shared) / Double(min(own, other))
    let isAmple = min(own, other) >= print.ampleCount || shared * 2 >= max(own, other)
    if score >= overlap, isAmple { match(.ngram, number, score: score) }
    guard score * 2 >= overlap else { return }
    if item.options == options, options != 0 { match(.options, number, score: score) }
    if item.pmid == pmid, pmid != 0 { match(.pmid, number, score: score) }
  }
}

extension ContaminationRule {
  /// The place among all rules.
  fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
