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

/// Tolerances, strata and folds.
struct SplitBalanceTests {
  private typealias Assignments = [Int: Split]

  private func key(_ name: String) -> Digest128 { Digest128(of: name) }

  /// The splits of records whose groups have these sizes.
  private func splits(
    _ sizes: [Int], by assigner: SplitAssigner, strata: [Int: Int] = [:], names: [Int]? = nil
  ) -> (ofGroup: [Int: Split], counts: [Split: Int]) {
    var sets = UnionFind(count: sizes.reduce(0, +))
    var groups: [Int] = []
    for (group, size) in sizes.enumerated() {
      for _ in 0..<size {
        if groups.last == group { sets.join(groups.count - 1, groups.count) }
        groups.append(group)
      }
    }
    var ofGroup: [Int: Split] = [:]
    var counts: [Split: Int] = [:]
    assigner.assign(
      in: sets, key: { key("group \((names ?? Array(sizes.indices))[groups[$0]])") },
      official: { _ in nil }, stratum: { key("\(strata[groups[$0]] ?? 0)") }
    ) { record, assignment in
      guard case .drawn(let split) = assignment else { return }
      let group = groups[record]
      #expect(ofGroup[group] ?? split == split)
      ofGroup[group] = split
      counts[split, default: 0] += 1
    }
    return (ofGroup, counts)
  }

  private func assigner(_ seed: UInt64, tolerance: Double? = nil) -> SplitAssigner {
    SplitAssigner(seed: seed, train: 0.8, validation: 0.1, test: 0.1, tolerance: tolerance)
  }

  /// A few groups hold most of the records, as of patients with long stays.
  private func skewed(_ seed: UInt64) -> [Int] {
    var random = SplitMix64(seed: seed)
    return (0..<200).map { $0 < 8 ? 200 + Int.random(in: 0..<100, using: &random) : 1 + $0 % 7 }
  }

  private func isOff(_ counts: [Split: Int], by tolerance: Double) -> Bool {
    let total = Double(counts.values.reduce(0, +))
    return [(Split.train, 0.8), (.validation, 0.1), (.test, 0.1)].contains {
      abs(Double(counts[$0.0] ?? 0) / total - $0.1) > tolerance + 1e-9
    }
  }

  @Test func `the shares of skewed groups are met, where chance misses them`() {
    var missed = 0
    for seed in 0..<40 as Range<UInt64> {
      let sizes = skewed(seed)
      if isOff(splits(sizes, by: assigner(seed)).counts, by: 0.02) { missed += 1 }
      #expect(!isOff(splits(sizes, by: assigner(seed, tolerance: 0.02)).counts, by: 0.02))
    }
    #expect(missed > 20)
  }

  @Test func `few groups move, and none while chance is within the tolerance`() {
    for seed in 0..<40 as Range<UInt64> {
      let sizes = skewed(seed)
      let chance = splits(sizes, by: assigner(seed))
      let balanced = splits(sizes, by: assigner(seed, tolerance: 0.02))
      let moved = sizes.indices.count { chance.ofGroup[$0] != balanced.ofGroup[$0] }
      #expect(moved < 40)
      if !isOff(chance.counts, by: 0.02) { #expect(moved == 0) }
    }
  }

  @Test func `the order of groups decides nothing`() {
    var random = SplitMix64(seed: 5)
    let sizes = skewed(3)
    let usual = splits(sizes, by: assigner(9, tolerance: 0.01)).ofGroup
    let order = Array(sizes.indices).shuffled(using: &random)
    let other = splits(
      order.map { sizes[$0] }, by: assigner(9, tolerance: 0.01), names: order
    ).ofGroup
    for (place, group) in order.enumerated() { #expect(other[place] == usual[group]) }
  }

  @Test func `groups that are too large for their fractions come as near as they can`() {
    let found = splits([1000, 10, 10, 10], by: assigner(1, tolerance: 0.02))
    #expect(found.ofGroup[0] == .train)
    #expect(found.counts[.validation, default: 0] > 0 && found.counts[.test, default: 0] > 0)
  }

  @Test func `every stratum has the shares`() {
    let sizes = Array(repeating: 1, count: 3000)
    let strata = Dictionary(
      sizes.indices.map { ($0, $0 % 100 == 0 ? 2 : $0 % 5 == 0 ? 1 : 0) },
      uniquingKeysWith: { first, _ in first })
    let found = splits(sizes, by: assigner(4, tolerance: 0.01), strata: strata).ofGroup
    for stratum in 0...2 {
      let counts = sizes.indices.filter { strata[$0] == stratum }
        .reduce(into: [Split: Int]()) { $0[found[$1] ?? .train, default: 0] += 1 }
      // Of 30 records one cannot be parted.
      #expect(!isOff(counts, by: stratum == 2 ? 0.034 : 0.01))
    }
  }

  @Test(arguments: [nil, 0.01])
  func `every group is of test in exactly one fold`(tolerance: Double?) {
    let sizes = skewed(7)
    var tests = sizes.map { _ in 0 }
    for fold in 0..<5 {
      let assigner = SplitAssigner(
        seed: 3, train: 0.9, validation: 0.1, test: 0, honoursOfficial: false,
        folds: SplitAssigner.Folds(count: 5, test: fold), tolerance: tolerance)
      let found = splits(sizes, by: assigner)
      for (group, split) in found.ofGroup where split == .test { tests[group] += 1 }
      #expect(found.counts[.validation, default: 0] > 0)
      guard tolerance != nil else { continue }
      let share = Double(found.counts[.test] ?? 0) / Double(sizes.reduce(0, +))
      #expect(abs(share - 0.2) <= 0.0101)
    }
    #expect(tests.allSatisfy { $0 == 1 })
  }

  @Test func `folds without a tolerance move nobody when data is added`() {
    let assigner = SplitAssigner(
      seed: 3, train: 1, validation: 0, test: 0, folds: SplitAssigner.Folds(count: 4, test: 1))
    let few = splits(Array(repeating: 2, count: 100), by: assigner).ofGroup
    let more = splits(Array(repeating: 2, count: 300), by: assigner).ofGroup
    for group in 0..<100 { #expect(few[group] == more[group]) }
  }
}
