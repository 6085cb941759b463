import Testing

@testable import Stages

struct ShingleIndexTests {
  /// Sorted sets with many near-copies among them, some of shared stock phrases.
  private func sets(_ count: Int, seed: UInt64) -> [[UInt64]] {
    var random = SplitMix64(seed: seed)
    let phrases = (0..<30).map { _ in UInt64.random(in: 0..<5000, using: &random) }
    var sets: [[UInt64]] = []
    for number in 0..<count {
      var set: Set<UInt64>
      if number > 5, Bool.random(using: &random) {
        set = Set(sets[Int.random(in: 0..<number, using: &random)])
        for _ in 0..<Int.random(in: 0...3, using: &random) {
          if let value = set.min() { set.remove(value) }
          set.insert(UInt64.random(in: 0..<5000, using: &random))
        }
      } else {
        set = Set(
          (0..<Int.random(in: 1...40, using: &random)).map { _ in
            UInt64.random(in: 0..<5000, using: &random)
          })
      }
      if Bool.random(using: &random) {
        set.formUnion(phrases.prefix(Int.random(in: 0...30, using: &random)))
      }
      sets.append(set.sorted())
    }
    return sets
  }

  @Test(arguments: [0.5, 0.7, 0.8, 0.9, 1.0])
  func `finds exactly the pairs that an all-pairs join finds`(least: Double) {
    let all = sets(300, seed: UInt64(least * 10))
    let held = Array(all.prefix(120))
    let others = Array(all.suffix(180))
    let index = ShingleIndex(held)
    var scratch = ShingleIndex.Scratch()
    var found: Set<[Int]> = []
    for (number, set) in others.enumerated() {
      index.forEachMatch(of: set, least: least, using: &scratch) { match in
        #expect(match.similarity == Similarity.jaccard(set, held[match.row]))
        #expect(found.insert([match.row, number + 120]).inserted)
      }
    }
    let oracle = ExactJaccardJoin(threshold: least).pairs(among: all)
      .filter { $0.first < 120 && $0.second >= 120 }
    #expect(found == Set(oracle.map { [$0.first, $0.second] }))
    #expect(!oracle.isEmpty)
  }

  @Test func `rows that are not wanted are passed over, and nothing is like nothing`() {
    let index = ShingleIndex([[1, 2, 3], [1, 2, 3, 4], []])
    var scratch = ShingleIndex.Scratch()
    var rows: [Int] = []
    index.forEachMatch(of: [1, 2, 3], least: 0.5, using: &scratch, where: { $0 != 0 }) {
      rows.append($0.row)
    }
    index.forEachMatch(of: [], least: 0.5, using: &scratch) { rows.append($0.row) }
    ShingleIndex([]).forEachMatch(of: [1], least: 0.5, using: &scratch) { rows.append($0.row) }
    #expect(rows == [1])
  }

  @Test func `what is far from everything is never compared`() {
    let index = ShingleIndex([Array(0..<100)])
    var scratch = ShingleIndex.Scratch()
    let set = Array(UInt64(60)..<160)
    #expect(index.forEachMatch(of: set, least: 0.5, using: &scratch) { _ in } == 0)
  }
}

struct ExamplePrinterTests {
  private var printer = ExamplePrinter(settings: LeakSettings())

  private func print(_ inputs: [String], _ output: String) -> ExamplePrint {
    var printer = printer
    return printer.print(inputs: inputs, output: output)
  }

  @Test func `case, spaces and punctuation make no difference`() {
    #expect(print(["What is Gout?"], "A disease.") == print(["what  is gout"], "a DISEASE"))
  }

  @Test func `parts are told apart`() {
    let one = print(["a b", "c"], "d")
    #expect(one.input != print(["a", "b c"], "d").input)
    #expect(one.whole != print(["a b", "c"], "e").whole)
    #expect(one.input == print(["a b", "c"], "e").input)
    #expect(one.passage == print(["x", "a b"], "").passage)
    #expect(one.shingles == print(["a"], "b c d").shingles)
  }

  @Test func `an empty part has no digest, and symbols have one`() {
    #expect(print([], "x").input == .none)
    #expect(print(["x"], "").output == .none)
    #expect(print(["+++"], "x").input != .none)
    #expect(print(["+++"], "x").input != print(["---"], "x").input)
  }

  @Test func `an output is long by its words, or by its letters without spaces`() {
    #expect(!print([], "one two three four five six seven").isLongOutput)
    #expect(print([], "one two three four five six seven eight").isLongOutput)
    #expect(!print([], String(repeating: "痛", count: 29)).isLongOutput)
    #expect(print([], String(repeating: "痛", count: 30)).isLongOutput)
  }
}
