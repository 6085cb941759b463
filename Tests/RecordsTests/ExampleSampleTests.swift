import Records
import Testing

@Suite("Samples of examples")
struct ExampleSampleTests {
  private let examples = (0..<50).map { Example(id: "record-\($0)", body: .text("text \($0)")) }

  private func sample(of examples: [Example], count: Int = 3, seed: UInt64 = 1) -> ExampleSample {
    var sample = ExampleSample(count: count, seed: seed)
    for example in examples { sample.offer(example, task: "title-generation") }
    return sample
  }

  @Test("neither order nor blocks decide who is drawn")
  func isIndependentOfOrder() {
    let whole = sample(of: examples).drawn.map(\.example.id)
    #expect(whole.count == 3)
    #expect(sample(of: examples.reversed()).drawn.map(\.example.id) == whole)
    var joined = sample(of: Array(examples[30...]))
    joined.formUnion(sample(of: Array(examples[..<30])))
    #expect(joined.drawn.map(\.example.id) == whole)
  }

  @Test("another seed draws others; none asked for, none kept")
  func followsSeedAndCount() {
    let ids = sample(of: examples).drawn.map(\.example.id)
    #expect(sample(of: examples, seed: 2).drawn.map(\.example.id) != ids)
    #expect(sample(of: examples, count: 0).drawn.isEmpty)
  }

  @Test("every task has its own")
  func drawsForEachTask() {
    var sample = ExampleSample(count: 2, seed: 1)
    for example in examples {
      sample.offer(example, task: "b")
      sample.offer(example, task: "a")
    }
    #expect(sample.drawn.map(\.task) == ["a", "a", "b", "b"])
  }
}
