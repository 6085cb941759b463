import Records

@testable import Stages

/// Invented texts with planted copies, the same for the same seed.
struct TestDocuments {
  private var random: SplitMix64
  private let vocabulary: [String]

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    vocabulary = (0..<3000).map { _ in
      String(
        (0..<Int.random(in: 2...9, using: &random)).map { _ in
          "abcdefghijklmnopqrstuvwxyz".randomElement(using: &random) ?? "a"
        })
    }
    self.random = random
  }

  mutating func words(_ count: Int) -> [String] {
    (0..<count).map { _ in vocabulary.randomElement(using: &random) ?? "word" }
  }

  /// A copy in which every word is replaced with the given chance.
  mutating func copy(of words: [String], replacing chance: Double) -> [String] {
    words.map { word in
      Double.random(in: 0..<1, using: &random) < chance ? "\(word)x" : word
    }
  }

  /// Documents of which about half are copies of another, from near to far.
  mutating func mixture(count: Int) -> [String] {
    var documents: [[String]] = []
    while documents.count < count {
      let original = words(Int.random(in: 3...160, using: &random))
      documents.append(original)
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        documents.append(copy(of: original, replacing: Double.random(in: 0...0.08, using: &random)))
      }
    }
    return documents.prefix(count).map { $0.joined(separator: " ") }
  }

  mutating func shuffled(_ numbers: Range<Int>) -> [Int] { numbers.shuffled(using: &random) }
}
