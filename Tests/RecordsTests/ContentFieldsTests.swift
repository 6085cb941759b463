import Records
import Testing

struct ContentFieldsTests {
  @Test func `the samples hold every shape once`() {
    #expect(contentOfEveryShape.map(\.shape) == Content.Shape.allCases)
  }

  @Test(arguments: contentOfEveryShape)
  func `every named field of a shape has its text, and no other name has one`(content: Content) {
    for name in Content.fieldNames(of: content.shape) {
      #expect(content.text(of: name)?.isEmpty == false, "\(name)")
    }
    #expect(content.text(of: "no-such-field") == nil)
    #expect(content.text(of: "") == nil)
  }

  @Test(arguments: contentOfEveryShape)
  func `the main fields are fields of the shape`(content: Content) {
    #expect(!content.mainFields.isEmpty)
    #expect(Set(content.mainFields).isSubset(of: Content.fieldNames(of: content.shape)))
  }

  @Test(arguments: [
    (Content.Shape.article, "title", "Levodopa at dawn"),
    (.article, "abstract", "AIM: To ask.\nSUMMARY: It helps."),
    (.article, "conclusion", "It helps."),
    (.article, "body", "Methods:\nWe asked."),
    (.article, "year", "2019"),
    (.article, "mesh", "Levodopa"),
    (.note, "text", "Plan:\nRest.\n\nSigned."),
    (.dialogue, "dialogue", "Doctor: Any pain?\nNone."),
    (.dialogue, "note", "Pain:\nNo pain."),
    (.questionAnswer, "context", "RESULTS: 10⁵/μL in all."),
    (.multipleChoice, "options", "A. This\nB. That\nC. Neither"),
    (.multipleChoice, "answer", "A. This\nC. Neither"),
    (.labelledText, "labels", "one, two"),
    (.instruction, "prompt", "Hello?\nWhy?"),
    (.instruction, "answer", "Hello.\nBecause."),
  ])
  func `a field reads as people would write it`(shape: Content.Shape, name: String, text: String)
    throws
  {
    let content = try #require(contentOfEveryShape.first { $0.shape == shape })
    #expect(content.text(of: name) == text)
  }

  @Test(arguments: [
    ("", "CONCLUSIONS", true), ("SUMMARY", "CONCLUSIONS", true), ("Conclusion", "", true),
    ("CONCLUSIONS AND RELEVANCE", "UNASSIGNED", true), ("CONCLUSION", "RESULTS", false),
    ("RESULTS", "", false), ("", "", false),
  ])
  func `a conclusion is told by NLM's category, else by its label`(
    label: String, category: String, isConclusion: Bool
  ) {
    let section = AbstractSection(label: label, category: category, text: "It helps.")
    #expect(section.isConclusion == isConclusion)
  }

  @Test func `an abstract without a conclusion has none`() {
    #expect(Article(abstract: [AbstractSection(text: "It helps.")]).conclusion == nil)
  }

  @Test func `answers beyond the options are left out`() {
    let item = MultipleChoice(stem: "Which?", options: ["This"], answers: [0, 4])
    #expect(item.answerText == "A. This")
  }
}
