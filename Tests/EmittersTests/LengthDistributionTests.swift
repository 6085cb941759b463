import Records
import Testing

@testable import Emitters

struct LengthDistributionTests {
  typealias Lengths = Manifest.Lengths

  @Test func `takes percentiles by nearest rank`() {
    let one = Lengths.Distribution(of: Array((1...200).reversed()), answerTokens: 5025)
    #expect(one.minimum == 1)
    #expect(one.ranks == [10, 50, 100, 150, 190, 198])
    #expect(one.maximum == 200)
    #expect(one.mean == 100.5)
    #expect(one.answerShare == 0.25)
  }

  @Test func `counts rows in ranges that end at powers of the square root of 2`() {
    let one = Lengths.Distribution(of: [3, 12, 16, 17, 100], answerTokens: 0)
    #expect(one.bins.map(\.upTo) == [8, 11, 16, 23, 32, 45, 64, 91, 128])
    #expect(one.bins.map(\.rows) == [1, 0, 2, 1, 0, 0, 0, 0, 1])
  }

  private func lengths(longest: UInt32, limit: Int?, isExact: Bool = true) -> Lengths {
    Lengths(
      tokenizer: isExact ? .init(name: "t", kind: "BPE", tokens: 9, sha256: "") : nil,
      markup: "chatml", context: limit, limit: limit, policy: limit.map { _ in "reject" },
      splits: [
        .train: .init(of: [1, longest], answerTokens: 1), .test: .init(of: [9999], answerTokens: 1),
      ])
  }

  @Test func `gives trainers the least multiple of 64 that holds the longest row`() {
    #expect(lengths(longest: 64, limit: nil).sequence == 64)
    #expect(lengths(longest: 65, limit: nil).sequence == 128)
    #expect(lengths(longest: 65, limit: 4096).sequence == 128)
    #expect(lengths(longest: 170, limit: 180).sequence == 180)
  }

  @Test func `gives room for estimates that are off`() {
    #expect(lengths(longest: 100, limit: 4096, isExact: false).sequence == 4096)
    #expect(lengths(longest: 100, limit: nil, isExact: false).sequence == 128)
  }
}
