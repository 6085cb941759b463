import Records
import Testing

@testable import Stages

struct MixSelectorTests {
  private let ids = (0..<1000).map { Digest128(of: "record \($0)") }

  private func decisions(
    _ rule: MixRule, _ ids: [Digest128], in split: Split = .train, seed: UInt64 = 3
  ) -> [MixSelector.Decision] {
    var selector = MixSelector(rules: [rule], seed: seed)
    for id in ids { selector.count(id, ofSource: 0) }
    return ids.map { selector.decision(on: $0, ofSource: 0, in: split) }
  }

  @Test func `a cap takes exactly so many, the same in any order`() {
    var random = SplitMix64(seed: 4)
    let rule = MixRule(maximumExamples: 120)
    let found = decisions(rule, ids)
    #expect(found.filter { $0 == .emitted(copies: 1) }.count == 120)
    #expect(found.filter { $0 == .rejected(.overMixCap) }.count == 880)
    let order = Array(ids.indices).shuffled(using: &random)
    #expect(decisions(rule, order.map { ids[$0] }) == order.map { found[$0] })
  }

  @Test func `a cap above the number of records takes all`() {
    #expect(
      decisions(MixRule(maximumExamples: 1000), ids).allSatisfy { $0 == .emitted(copies: 1) })
  }

  @Test func `a weight below one samples, above one repeats`() {
    let half = decisions(MixRule(weight: 0.5), ids)
    #expect(abs(half.filter { $0 == .rejected(.belowMixWeight) }.count - 500) < 60)
    #expect(decisions(MixRule(weight: 2), ids).allSatisfy { $0 == .emitted(copies: 2) })
    let more = decisions(MixRule(weight: 1.25), ids)
    #expect(more.allSatisfy { $0 == .emitted(copies: 1) || $0 == .emitted(copies: 2) })
    #expect(abs(more.filter { $0 == .emitted(copies: 2) }.count - 250) < 60)
  }

  @Test func `weights bear on training only`() {
    for split in [Split.validation, .test] {
      #expect(
        decisions(MixRule(weight: 0.1), ids, in: split).allSatisfy { $0 == .emitted(copies: 1) })
    }
  }

  @Test func `another seed chooses others`() {
    let rule = MixRule(maximumExamples: 100)
    #expect(decisions(rule, ids, seed: 3) != decisions(rule, ids, seed: 4))
  }
}
