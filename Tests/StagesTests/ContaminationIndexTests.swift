import Records
import Testing

@testable import Stages

struct ContaminationIndexTests {
  private func index(key: UInt64 = 17) throws -> ContaminationIndex {
    var builder = ContaminationIndexBuilder(
      key: key, settings: ContaminationSettings(ngramWords: 3))
    for benchmark in ["exam", "試験"] {
      builder.begin(ContaminationIndex.Benchmark(name: benchmark, sha256: "ab"))
      for number in 0..<5 {
        let content = MultipleChoice(
          stem: "What is the secret of case number \(number) in \(benchmark)?",
          options: ["Alpha", "Beta", "\(number)"], answers: [0],
          explanation: "It is alpha, as everybody knows who has read the book.")
        try builder.append(
          Record(
            id: "q\(number)", corpus: "medqa", license: .mit,
            groups: [GroupKey(.pmid, "\(number)")], content: .multipleChoice(content)),
          field: nil, hasCorpusIDs: true)
      }
    }
    return builder.finish()
  }

  @Test func `reads back as it was written`() throws {
    let index = try index()
    #expect(ContaminationIndex(decoding: index.encoded()[...]) == index)
    #expect(index.benchmarks.map(\.items) == [5, 5])
  }

  @Test func `holds no text but names and ids`() throws {
    let bytes = try index().encoded()
    let text = String(decoding: bytes.filter { $0 >= 0x20 && $0 < 0x7f }, as: UTF8.self)
    for word in ["secret", "Alpha", "alpha", "book"] { #expect(!text.contains(word)) }
    #expect(text.contains("exam"))
  }

  @Test func `the hashes of two keys have nothing in common`() throws {
    let (one, other) = (try index(key: 1), try index(key: 2))
    for part in [\ContaminationIndex.ngrams, \.inputs, \.targets, \.names, \.ids] {
      #expect(!one[keyPath: part].hashes.isEmpty)
      #expect(Set(one[keyPath: part].hashes).isDisjoint(with: other[keyPath: part].hashes))
    }
  }

  @Test func `is none when it ends early, goes on, or points beyond its items`() throws {
    let bytes = try index().encoded()
    for count in 0..<bytes.count {
      #expect(ContaminationIndex(decoding: bytes[..<count]) == nil, "\(count) bytes")
    }
    #expect(ContaminationIndex(decoding: (bytes + [0])[...]) == nil)
    var pointing = bytes
    pointing[pointing.count - 1] = 0xff
    #expect(ContaminationIndex(decoding: pointing[...]) == nil)
    // A slice does not begin at 0.
    #expect(ContaminationIndex(decoding: ([1, 2, 3] + bytes)[3...]) != nil)
  }

  @Test func `hashes out of order are no postings`() {
    #expect(Postings(hashes: [1, 2], items: [0, 0]) != nil)
    #expect(Postings(hashes: [2, 1], items: [0, 0]) == nil)
    #expect(Postings(hashes: [1, 1], items: [1, 1]) == nil)
    #expect(Postings(hashes: [1], items: []) == nil)
  }

  @Test func `finds what it holds, at both ends of the hashes`() {
    let postings = Postings(
      sorting: [(.max, 3), (1, 2), (1, 1), (1 << 48, 7), (1, 2), (.max - 1, 9)])
    func items(_ hash: UInt64) -> [UInt32] {
      var items: [UInt32] = []
      postings.forEachItem(of: hash) { items.append($0) }
      return items
    }
    #expect(items(1) == [1, 2])
    #expect(items(1 << 48) == [7])
    #expect(items(.max) == [3])
    #expect(items(.max - 1) == [9])
    #expect(items(2) == [])
    #expect(items(0) == [])
  }
}
