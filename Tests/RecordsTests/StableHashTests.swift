import Records
import Testing

/// The values are part of the output contract: a change moves records between splits.
struct StableHashTests {
  @Test func `hashes are the same for ever`() {
    #expect(StableHash().value == 17_280_346_270_528_514_342)
    #expect(StableHash.of(seed: 17, purpose: "split", "patient:7") == 3_706_688_263_689_380_743)
    #expect(StableHash.of(seed: 0, purpose: "", "") == 5_729_335_077_553_164_872)
    #expect(
      StableHash.of(seed: .max, purpose: "wording", "10⁵/μL 日本語") == 1_642_914_053_700_080_126)
  }

  @Test func `seed, purpose and key each matter`() {
    let hashes = [
      StableHash.of(seed: 1, purpose: "split", "a"), StableHash.of(seed: 2, purpose: "split", "a"),
      StableHash.of(seed: 1, purpose: "mix", "a"), StableHash.of(seed: 1, purpose: "split", "b"),
    ]
    #expect(Set(hashes).count == 4)
  }

  @Test func `texts do not run into each other`() {
    var first = StableHash()
    first.combine("ab")
    first.combine("c")
    var second = StableHash()
    second.combine("a")
    second.combine("bc")
    #expect(first.value != second.value)
  }

  @Test func `fractions fill 0 ..< 1 evenly`() {
    let fractions = (0..<10_000).map {
      StableHash.fraction(seed: 17, purpose: "split", "key \($0)")
    }
    #expect(fractions.allSatisfy { (0..<1).contains($0) })
    for tenth in 0..<10 {
      let low = Double(tenth) / 10
      let count = fractions.filter { (low..<(low + 0.1)).contains($0) }.count
      #expect((900...1100).contains(count))
    }
  }
}
