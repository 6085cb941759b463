import Records

/// Takes the records of benchmarks and makes an index of them.
package struct ContaminationIndexBuilder {
  private var index: ContaminationIndex
  private var ngrams: [(hash: UInt64, item: UInt32)] = []
  private var inputs: [(hash: UInt64, item: UInt32)] = []
  private var targets: [(hash: UInt64, item: UInt32)] = []
  private var names: [(hash: UInt64, item: UInt32)] = []
  private var ids: [(hash: UInt64, item: UInt32)] = []
  private var printer = ContaminationPrinter()

  /// - Parameter key: What the hashes are mixed with; the same benchmarks should have the same.
  package init(key: UInt64, settings: ContaminationSettings) {
    index = ContaminationIndex(key: key, settings: settings)
  }

  /// Begins a benchmark, which the items that follow belong to.
  package mutating func begin(_ benchmark: ContaminationIndex.Benchmark) {
    index.benchmarks.append(benchmark)
  }

  /// How many items the benchmark under way has.
  package var itemCount: Int { index.benchmarks.last?.items ?? 0 }

  /// Takes an item of the benchmark under way.
  ///
  /// - Throws: `Diagnostic` when the index would outgrow its bound.
  package mutating func append(
    _ record: Record, field: String?, hasCorpusIDs: Bool
  ) throws(Diagnostic) {
    let print = printer.print(
      of: record, field: field, hasCorpusIDs: hasCorpusIDs, index.settings)
    guard ngrams.count + print.ngrams.count <= ContaminationIndex.maximumNgrams else {
      throw Diagnostic(
        "the benchmarks hold more than \(ContaminationIndex.maximumNgrams) n-grams",
        hint: "name the field that is compared with 'field', or leave out what is no benchmark")
    }
    let number = UInt32(index.items.count)
    index.items.append(
      ContaminationIndex.Item(
        benchmark: UInt32(index.benchmarks.count - 1), id: record.id,
        options: index.keyed(print.options), pmid: index.keyed(print.pmid),
        ngramCount: UInt32(print.ngrams.count), isShort: print.isShort))
    index.benchmarks[index.benchmarks.count - 1].items += 1
    for hash in print.ngrams { ngrams.append((index.keyed(hash), number)) }
    for hash in print.targets { targets.append((index.keyed(hash), number)) }
    for hash in print.names { names.append((index.keyed(hash), number)) }
    ids.append((index.keyed(print.id), number))
    if print.input != 0 { inputs.append((index.keyed(print.input), number)) }
  }

  package func finish() -> ContaminationIndex {
    var index = index
    index.ngrams = Postings(sorting: ngrams)
    index.inputs = Postings(sorting: inputs)
    index.targets = Postings(sorting: targets)
    index.names = Postings(sorting: names)
    index.ids = Postings(sorting: ids)
    return index
  }
}
