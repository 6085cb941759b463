import Records
import Testing

@testable import Corpora

struct MedQuADTests {
  @Test func `a page of another kind is an error`() throws {
    let error = try #require(throws: Diagnostic.self) {
      try MedQuAD(options: ReaderOptions()).readings(of: "<PubmedArticleSet/>", path: "a.xml")
    }
    #expect(error.message.hasPrefix("not a MedQuAD page"))
  }

  @Test func `a page without pairs has no readings`() throws {
    let page = "<Document><Focus>x</Focus><QAPairs></QAPairs></Document>"
    #expect(try MedQuAD(options: ReaderOptions()).readings(of: page, path: "a.xml").isEmpty)
  }

  @Test func `fields cannot be mapped`() {
    #expect(throws: Diagnostic.self) {
      try MedQuAD(options: ReaderOptions(fields: ["question": "Question"]))
    }
  }
}
