import Records
import Testing

@testable import Stages

struct MixBalanceTests {
  @Test func `a share is of all training examples after all`() {
    let balance = MixBalance(shares: [nil, 0.1, nil])
    #expect(balance.quotas(of: [600, 5000, 300]) == [600, 100, 300])
    // What there is not, is not repeated.
    #expect(balance.quotas(of: [600, 40, 300]) == [600, 40, 300])
    #expect(MixBalance(shares: [0.5, nil]).quotas(of: [0, 7]) == [0, 7])
  }

  @Test func `a total is divided by size, or evenly, and shares are of it`() {
    #expect(MixBalance(shares: [nil, nil], total: 100).quotas(of: [900, 300]) == [75, 25])
    #expect(
      MixBalance(shares: [nil, nil], total: 100, exponent: 0).quotas(of: [900, 300]) == [50, 50])
    #expect(
      MixBalance(shares: [nil, nil], total: 100, exponent: 0).quotas(of: [900, 30]) == [70, 30])
    #expect(
      MixBalance(shares: [nil, 0.2, nil], total: 100).quotas(of: [300, 900, 100]) == [60, 20, 20])
    #expect(MixBalance(shares: [nil, nil], total: 100).quotas(of: [20, 30]) == [20, 30])
  }

  @Test func `where all have shares the scarcest decides`() {
    #expect(MixBalance(shares: [0.25, 0.75]).quotas(of: [100, 90]) == [30, 90])
    #expect(MixBalance(shares: [0.5, 0.5], total: 40).quotas(of: [100, 90]) == [20, 20])
  }

  @Test func `quotas take all of the total that there is, and no more`() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<500 {
      let limits = (0..<5).map { _ in Int.random(in: 0...50, using: &random) }
      let weights = limits.map { Double($0).squareRoot() }
      let total = Int.random(in: 0...200, using: &random)
      let quotas = Apportionment.quotas(of: total, over: limits, weights: weights)
      #expect(quotas.reduce(0, +) == min(total, limits.reduce(0, +)))
      #expect(zip(quotas, limits).allSatisfy { $0 <= $1 && $0 >= 0 })
    }
  }

  /// The numbers of the records that a cap over strata takes.
  private func taken(_ strata: [UInt64], cap: Int, _ kind: MixRule.Strata) -> [Int] {
    let ids = strata.indices.map { Digest128(of: "record \($0)") }
    var selector = MixSelector(
      rules: [MixRule(maximumExamples: cap, strata: kind)], seed: 3)
    for (id, stratum) in zip(ids, strata) { selector.count(id, ofSource: 0, stratum: stratum) }
    selector.settle()
    return ids.indices.filter {
      selector.decision(on: ids[$0], ofSource: 0, stratum: strata[$0], in: .train)
        == .emitted(copies: 1)
    }
  }

  @Test func `a cap is spread over strata, evenly or by their size`() {
    let strata = (0..<1000).map { UInt64($0 < 900 ? 1 : $0 < 980 ? 2 : 3) }
    func counts(_ kind: MixRule.Strata) -> [Int] {
      let found = taken(strata, cap: 90, kind)
      return [1, 2, 3].map { stratum in found.count { strata[$0] == stratum } }
    }
    #expect(counts(.even) == [35, 35, 20])
    #expect(counts(.proportional) == [81, 7, 2])
  }

  @Test func `more records in one stratum change no choice within another`() {
    let strata = (0..<400).map { UInt64($0 % 2) }
    let before = Set(taken(strata, cap: 100, .even).filter { strata[$0] == 0 })
    let more = strata + [UInt64](repeating: 1, count: 300)
    let after = Set(taken(more, cap: 100, .even).filter { $0 < 400 && strata[$0] == 0 })
    #expect(before.count == 50)
    #expect(before == after)
  }
}
