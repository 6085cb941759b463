import Testing

@testable import Stages

struct UnionFindTests {
  @Test func `the smallest member stands for its set, whatever the order of joins`() {
    var random = SplitMix64(seed: 1)
    let pairs = (0..<60).map { _ in
      (Int.random(in: 0..<100, using: &random), Int.random(in: 0..<100, using: &random))
    }
    var forward = UnionFind(count: 100)
    for pair in pairs { forward.join(pair.0, pair.1) }
    var backward = UnionFind(count: 100)
    for pair in pairs.reversed() { backward.join(pair.1, pair.0) }
    for member in 0..<100 {
      let representative = forward.find(member)
      #expect(representative == backward.find(member))
      #expect(representative <= member)
    }
  }

  @Test func `joining tells whether the sets were apart`() {
    var sets = UnionFind(count: 3)
    let first = sets.join(0, 2)
    let again = sets.join(2, 0)
    let others = sets.areJoined(0, 1)
    #expect(first)
    #expect(!again)
    #expect(!others)
  }
}
