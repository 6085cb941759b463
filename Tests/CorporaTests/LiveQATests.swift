import Records
import Testing

@testable import Corpora

struct LiveQATests {
  @Test func `answers to one question share a group and keep the names of their file`() throws {
    let xml = """
      <T><NLM-QUESTION qid="TQ1"><Original-Question><Subject>No</Subject><MESSAGE>Why?</MESSAGE>
      </Original-Question><ReferenceAnswers><RefAnswer aid="TQ1A1"><Answer>So.</Answer></RefAnswer>
      <ReferenceAnswer aid="TQ1A2"><ANSWER>Or so.</ANSWER></ReferenceAnswer></ReferenceAnswers>
      </NLM-QUESTION></T>
      """
    let records = try LiveQA(options: ReaderOptions())
      .readings(of: xml, path: "TREC-2017-LiveQA-Medical-Test.xml").compactMap(\.record)
    #expect(records.map(\.id) == ["test/TQ1A1", "test/TQ1A2"])
    #expect(Set(records.map(\.groups)).count == 1)
    #expect(records.allSatisfy { $0.content.text(of: "question") == "Why?" })
  }

  @Test func `XML without such questions is an error`() throws {
    #expect(throws: Diagnostic.self) {
      try LiveQA(options: ReaderOptions()).readings(of: "<a/>", path: "a.xml")
    }
  }
}
