/// What a written example is compared by: digests of its parts and the set of its shingles.
package struct ExamplePrint: Sendable, Equatable {
  /// The digest of what the request shows; `.none` where it shows nothing.
  package var input = Digest128.none
  /// The digest of the longest text that the request shows: the passage, the dialogue, the question.
  package var passage = Digest128.none
  /// The digest of what is trained on.
  package var output = Digest128.none
  /// Whether the output is long enough to be told from a stock phrase.
  package var isLongOutput = false
  /// The sorted set of the shingles of input and output together.
  package var shingles: [UInt64] = []

  /// The digest of the example: equal where both parts are.
  package var whole: Digest128 {
    Digest128(
      high: Mix.fold(input.high ^ Mix.first, Mix.second) ^ output.high,
      low: Mix.fold(input.low ^ Mix.third, Mix.second) ^ output.low)
  }
}

/// How examples are compared.
package struct LeakSettings: Sendable, Equatable {
  /// The least Jaccard similarity of shingle sets that makes two examples alike.
  package var threshold: Double
  package var shingleWords: Int
  /// The letters per shingle of texts that are mostly in scripts without spaces.
  package var shingleCharacters: Int
  /// The fewest words of an output that tells two examples are related; and letters of scripts
  /// without spaces.
  package var longOutputWords: Int
  package var longOutputCharacters: Int

  /// Pairs are looked for from this similarity on, so that the highest one is known.
  package static let floor = 0.5

  package init(
    threshold: Double = 0.8, shingleWords: Int = 5, shingleCharacters: Int = 5,
    longOutputWords: Int = 8, longOutputCharacters: Int = 30
  ) {
    self.threshold = threshold
    self.shingleWords = max(1, shingleWords)
    self.shingleCharacters = max(1, shingleCharacters)
    self.longOutputWords = longOutputWords
    self.longOutputCharacters = longOutputCharacters
  }
}

/// Example → print; keeps its room from one to the next.
package struct ExamplePrinter: Sendable {
  private let settings: LeakSettings
  private var words = WordBuffer()

  package init(settings: LeakSettings) { self.settings = settings }

  /// The print of an example that shows `inputs` and is trained on `output`.
  package mutating func print(inputs: [String], output: String) -> ExamplePrint {
    words.fill(with: inputs + [output])
    let size = words.isUnspaced ? settings.shingleCharacters : settings.shingleWords
    let least = words.isUnspaced ? settings.longOutputCharacters : settings.longOutputWords
    var print = ExamplePrint()
    print.input = digest(of: inputs, at: 0..<inputs.count)
    let longest = inputs.indices.max { words.wordCount(ofText: $0) < words.wordCount(ofText: $1) }
    if let longest { print.passage = digest(of: [inputs[longest]], at: longest..<longest + 1) }
    print.output = digest(of: [output], at: inputs.count..<inputs.count + 1)
    print.isLongOutput = words.wordCount(ofText: inputs.count) >= least
    _ = words.appendShingles(of: size, to: &print.shingles)
    return print
  }

  /// The digest of the words; of the bytes where the texts hold symbols only.
  private func digest(of texts: [String], at places: Range<Int>) -> Digest128 {
    let digest = words.digest(ofTexts: places)
    guard digest == .none, texts.contains(where: { !$0.isEmpty }) else { return digest }
    return Digest128(of: texts.joined(separator: "\u{1f}"))
  }
}
