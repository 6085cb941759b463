import Records

/// The hashes that a record is compared by, before the key of an index is mixed in.
///
/// 0 stands for what a record does not have.
struct ContaminationPrint {
  /// The id without its corpus, for sources that are said to have a benchmark's ids.
  var id: UInt64 = 0
  /// The ids that hold across sources: that of the corpus, and questions that corpora number.
  var names: [UInt64] = []
  var pmid: UInt64 = 0
  /// The words of the input.
  var input: UInt64 = 0
  /// Whether the input is shorter than an n-gram.
  var isShort = true
  /// The n-grams of the input, sorted, each once.
  var ngrams: [UInt64] = []
  /// How many n-grams make an input long enough to be found in any other.
  var ampleCount = 0
  /// The options as a set.
  var options: UInt64 = 0
  var targets: [UInt64] = []
}

/// Makes prints; keeps its room from record to record.
package struct ContaminationPrinter: Sendable {
  private var words = WordBuffer()
  private var ngrams: [UInt64] = []

  package init() {}

  /// The print of a record.
  ///
  /// - Parameters:
  ///   - field: The field to compare in place of those that ask.
  ///   - hasCorpusIDs: Whether an id means the same record wherever the corpus is read from.
  mutating func print(
    of record: Record, field: String?, hasCorpusIDs: Bool, _ settings: ContaminationSettings
  ) -> ContaminationPrint {
    var print = ContaminationPrint()
    takeNames(of: record, hasCorpusIDs: hasCorpusIDs, into: &print)
    let fields = field.map { [$0] } ?? record.content.inputFields
    takeInput(fields.map { record.content.text(of: $0) ?? "" }, settings, into: &print)
    print.options = optionSet(of: record.content.optionTexts)
    print.targets = targets(of: record.content.targetTexts, settings)
    return print
  }

  private func takeNames(
    of record: Record, hasCorpusIDs: Bool, into print: inout ContaminationPrint
  ) {
    print.id = Self.hash("id", record.id)
    if hasCorpusIDs {
      print.names.append(Self.hash("corpus", "\(record.corpus)\u{1f}\(record.id)"))
    }
    for group in record.groups {
      switch group.kind {
      case .pmid: print.pmid = Self.hash("pmid", group.value)
      // Keys such as `careqa/8f14`, which translations share; other keys are those of a wording.
      case .question where group.value.hasPrefix("\(record.corpus)/"):
        print.names.append(Self.hash("question", group.value))
      default: break
      }
    }
  }

  private mutating func takeInput(
    _ texts: [String], _ settings: ContaminationSettings, into print: inout ContaminationPrint
  ) {
    words.fill(with: texts)
    guard words.count > 0 else { return }
    print.input = Self.folded(words.digest())
    let size = words.isUnspaced ? settings.ngramCharacters : settings.ngramWords
    print.ampleCount = size
    print.isShort = words.count < size
    guard !print.isShort else { return }
    ngrams.removeAll(keepingCapacity: true)
    _ = words.appendShingles(of: size, to: &ngrams)
    print.ngrams = ngrams
  }

  private mutating func optionSet(of options: [String]) -> UInt64 {
    guard options.count > 1 else { return 0 }
    var hashes: Set<UInt64> = []
    for option in options {
      words.fill(with: [option])
      // Options of symbols only (`+`, `−`) tell themselves apart by their bytes.
      hashes.insert(
        words.count > 0 ? Self.folded(words.digest()) : Self.hash("option", option))
    }
    guard hashes.count > 1 else { return 0 }
    return hashes.sorted().reduce(Mix.first) { Mix.fold($0 ^ $1, Mix.second) }
  }

  private mutating func targets(
    of texts: [String], _ settings: ContaminationSettings
  ) -> [UInt64] {
    texts.compactMap { text in
      words.fill(with: [text])
      let least = words.isUnspaced ? settings.targetCharacters : settings.targetWords
      return words.count >= least ? Self.folded(words.digest()) : nil
    }
  }

  private static func folded(_ digest: Digest128) -> UInt64 {
    Mix.fold(digest.high ^ Mix.third, digest.low | 1)
  }

  private static func hash(_ purpose: String, _ text: String) -> UInt64 {
    StableHash.of(seed: 0, purpose: purpose, text)
  }
}
