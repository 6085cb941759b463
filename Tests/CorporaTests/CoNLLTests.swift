import Records
import Testing

@testable import Corpora

struct CoNLLTests {
  @Test func `columns of offsets say where no blank stood`() throws {
    let text = "# doc_id = 1\nGout\t0\t4\tS-Disease\n-\t4\t5\tO\nlike\t5\t9\tO\npain\t10\t14\tO\n"
    let content = try read(text, ["columns": "token,start,end,tag"])
    #expect(content?.text == "Gout-like pain")
    #expect(content?.entities.map(\.text) == ["Gout"])
  }

  @Test func `a mention over tokens without a blank is put together as the text is`() throws {
    let text = "beta\t0\t4\tB-Gene\n-\t4\t5\tI-Gene\nvane\t5\t9\tE-Gene\n"
    let content = try read(text, ["columns": "token,start,end,tag"])
    #expect(content?.entities.map(\.text) == ["beta-vane"])
  }

  @Test(arguments: [
    ("B-X\nI-X\nB-X", 2), ("I-X\nI-X\nI-Y", 2), ("S-X\nI-X\nO", 2), ("B-X\nL-X\nI-X", 2),
    ("U-X\nO\nE-X", 2), ("B\nI\nI", 1),
  ])
  func `tells where mentions begin and end`(tags: String, count: Int) throws {
    let lines = tags.split(separator: "\n").map { "word\t\($0)" }.joined(separator: "\n")
    #expect(try read(lines)?.entities.count == count)
  }

  @Test func `columns without a token are refused`() {
    let options = ReaderOptions(options: ["columns": "word,tag"])
    #expect(throws: Diagnostic.self) { try CoNLL(options: options) }
  }

  private func read(_ text: String, _ options: [String: String] = [:]) throws -> AnnotatedText? {
    try CoNLL(options: ReaderOptions(license: .cc0, options: options))
      .readings(of: text, path: "x.conll").first?.record?.annotatedText
  }
}
