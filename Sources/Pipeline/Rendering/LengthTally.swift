import Emitters
import Recipes
import Records
import Tokenizers

/// The lengths of the rows that were written, and what became of longer ones.
struct LengthTally: Sendable {
  /// The tokens of each row of a split: four bytes each, so that percentiles are exact.
  private(set) var lengths = Split.allCases.map { _ in [UInt32]() }
  private(set) var answerTokens = Split.allCases.map { _ in 0 }
  /// The examples with more tokens than there is room for.
  private(set) var overLong = Manifest.Lengths.OverLong()
  /// The longest of those that no row was made of.
  private(set) var longest: [(id: String, tokens: Int)] = []

  /// The tokens of the example that was last left out.
  private(set) var latestRejected: Int?

  private static let namedExamples = 5

  mutating func add(_ length: LengthMeter.Length, to split: Int) {
    lengths[split].append(UInt32(clamping: length.tokens))
    answerTokens[split] += length.answer
  }

  mutating func cut(into rows: Int, droppedTurns: Int) {
    overLong.cut += 1
    overLong.rows += rows
    overLong.droppedTurns += droppedTurns
  }

  mutating func reject(_ id: String, tokens: Int) {
    overLong.rejected += 1
    latestRejected = tokens
    name(id, tokens)
  }

  private mutating func name(_ id: String, _ tokens: Int) {
    let place =
      longest.firstIndex { $0.tokens == tokens ? id < $0.id : $0.tokens < tokens }
      ?? longest.count
    longest.insert((id, tokens), at: place)
    if longest.count > Self.namedExamples { longest.removeLast() }
  }

  static func += (sum: inout LengthTally, other: LengthTally) {
    for split in sum.lengths.indices {
      sum.lengths[split] += other.lengths[split]
      sum.answerTokens[split] += other.answerTokens[split]
    }
    sum.overLong += other.overLong
    for example in other.longest { sum.name(example.id, example.tokens) }
  }
}

extension LengthTally {
  /// The lengths of all splits together; nil without rows.
  var all: Manifest.Lengths.Distribution? {
    let lengths = lengths.flatMap { $0 }
    guard !lengths.isEmpty else { return nil }
    return Manifest.Lengths.Distribution(of: lengths, answerTokens: answerTokens.reduce(0, +))
  }

  /// What the manifest says of the lengths.
  func manifest(of fitting: ExampleFitting, context: Int?) -> Manifest.Lengths {
    var splits: [Split: Manifest.Lengths.Distribution] = [:]
    for (place, split) in Split.allCases.enumerated() where !lengths[place].isEmpty {
      splits[split] = Manifest.Lengths.Distribution(
        of: lengths[place], answerTokens: answerTokens[place])
    }
    return Manifest.Lengths(
      tokenizer: fitting.meter.tokenizer.map {
        Manifest.Lengths.Tokenizer(
          name: $0.name, kind: $0.tokenizer.kind, tokens: $0.tokenizer.size, sha256: $0.sha256)
      }, markup: fitting.meter.markup.name, context: context, limit: fitting.limit,
      policy: fitting.overLong?.rawValue, overLong: overLong, splits: splits)
  }

  /// That examples are longer than the recipe allows, and which are the longest.
  func diagnostic(of fitting: ExampleFitting) -> Diagnostic {
    let named = longest.map { "\($0.id) (\($0.tokens))" }.joined(separator: ", ")
    let how = fitting.meter.tokenizer == nil ? "estimated tokens" : "tokens"
    return Diagnostic(
      "\(overLong.rejected) examples have more than the \(fitting.limit ?? 0) \(how) that there is "
        + "room for; the longest are \(named); nothing was published",
      hint: "raise 'context_tokens' if the model takes more, or write 'over_long: reject' or "
        + "'over_long: split'")
  }
}
