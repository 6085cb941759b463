import Records
import Testing

@testable import Stages

struct SplitAssignerTests {
  private let assigner = SplitAssigner(seed: 17, train: 0.8, validation: 0.1, test: 0.1)

  private func key(_ name: String) -> Digest128 { Digest128(of: name) }

  private func assignments(
    _ keys: [Digest128?], joined pairs: [(Int, Int)] = [], official: [Int: Split] = [:],
    by assigner: SplitAssigner? = nil
  ) -> [Int: SplitAssigner.Assignment] {
    var sets = UnionFind(count: keys.count)
    for pair in pairs { sets.join(pair.0, pair.1) }
    var found: [Int: SplitAssigner.Assignment] = [:]
    (assigner ?? self.assigner).assign(
      in: sets, key: { keys[$0] }, official: { official[$0] }, { found[$0] = $1 })
    return found
  }

  @Test func `fractions are met`() {
    var counts: [Split: Int] = [:]
    for number in 0..<20_000 {
      counts[assigner.drawnSplit(ofKey: key("patient:\(number)")), default: 0] += 1
    }
    #expect(abs((counts[.train] ?? 0) - 16_000) < 300)
    #expect(abs((counts[.validation] ?? 0) - 2000) < 200)
    #expect(abs((counts[.test] ?? 0) - 2000) < 200)
  }

  @Test func `large components are drawn as fairly as single records`() {
    var tests = 0
    for group in 0..<2000 {
      let smallest = (0..<50).map { key("\(group)/\($0)") }.min() ?? .none
      if assigner.drawnSplit(ofKey: smallest) == .test { tests += 1 }
    }
    #expect(abs(tests - 200) < 60)
  }

  @Test func `a split without a share gets nothing, whatever the sum rounds to`() {
    let whole = SplitAssigner(seed: 1, train: 1, validation: 0, test: 0)
    let thirds = SplitAssigner(seed: 1, train: 0.7, validation: 0.3, test: 0)
    for number in 0..<2000 {
      #expect(whole.drawnSplit(ofKey: key("\(number)")) == .train)
      #expect(thirds.drawnSplit(ofKey: key("\(number)")) != .test)
    }
  }

  @Test func `what is joined stays together, in any order`() {
    var random = SplitMix64(seed: 2)
    let keys = (0..<300).map { key("\($0)") }
    let pairs = (0..<200).map { _ in
      (Int.random(in: 0..<300, using: &random), Int.random(in: 0..<300, using: &random))
    }
    let found = assignments(keys, joined: pairs)
    for pair in pairs { #expect(found[pair.0] == found[pair.1]) }
    let order = Array(0..<300).shuffled(using: &random)
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    let moved = assignments(
      order.map { keys[$0] }, joined: pairs.map { (places[$0.0] ?? 0, places[$0.1] ?? 0) })
    for record in 0..<300 { #expect(moved[places[record] ?? 0] == found[record]) }
  }

  @Test func `adding data moves nobody whose component stays the same`() {
    let few = (0..<200).map { key("\($0)") }
    let more = few + (200..<400).map { key("\($0)") }
    let before = assignments(few)
    let after = assignments(more, joined: [(5, 300)])
    for record in 0..<200 where record != 5 { #expect(before[record] == after[record]) }
  }

  @Test func `a published split is kept, the strongest wins, and others of it are in conflict`() {
    let keys = (0..<5).map { key("\($0)") }
    let found = assignments(
      keys, joined: [(0, 1), (1, 2)], official: [0: .train, 1: .test, 3: .validation])
    #expect(found[0] == .conflict(own: .train, component: .test))
    #expect(found[1] == .official(.test))
    #expect(found[2] == .official(.test))
    #expect(found[3] == .official(.validation))
    #expect(found[4] == .drawn(assigner.drawnSplit(ofKey: keys[4])))
  }

  @Test func `published splits can be left aside`() {
    let free = SplitAssigner(seed: 17, train: 1, validation: 0, test: 0, honoursOfficial: false)
    #expect(assignments([key("a")], official: [0: .test], by: free)[0] == .drawn(.train))
  }

  @Test func `records that are out take no part, and decide nothing`() {
    let found = assignments([key("a"), nil, key("b")], joined: [(0, 1)], official: [1: .test])
    #expect(found[1] == nil)
    #expect(found[0] == .drawn(assigner.drawnSplit(ofKey: key("a"))))
  }

  @Test func `a record without groups is split by itself`() {
    let groups = [key("patient:1"), key("document:9")]
    #expect(SplitAssigner.splitKey(groups: groups, id: key("id")) == min(groups[0], groups[1]))
    #expect(SplitAssigner.splitKey(groups: [], id: key("id")) == key("id"))
  }
}
