import Records
import Testing

@testable import Stages

struct RecordFilterTests {
  private func record(
    _ content: Content, language: String? = nil, tags: [Records.Tag] = []
  ) -> Record {
    Record(id: "1", corpus: "c", license: .mit, language: language, tags: tags, content: content)
  }

  private func text(_ text: String) -> Content { .labelledText(LabelledText(text: text)) }

  @Test func `lengths are told with what was measured`() {
    let filter = RecordFilter(minimumWords: 3, maximumWords: 4)
    #expect(filter.rejection(of: record(text("one two three"))) == nil)
    let short = filter.rejection(of: record(text("well-known fact")))
    #expect(short == Rejection(id: "1", reason: .tooShort, stage: "filter", value: "2 words"))
    let long = filter.rejection(of: record(text("1.5 mg t.i.d. by mouth")))
    #expect(long?.reason == .tooLong)
    #expect(long?.value == "5 words")
  }

  @Test func `letters of scripts without spaces count as words`() {
    let filter = RecordFilter(minimumWords: 100)
    #expect(filter.rejection(of: record(text("高血圧の治療")))?.value == "6 words")
    #expect(filter.rejection(of: record(text("Ménière’s naïve (test)")))?.value == "3 words")
  }

  @Test func `characters are code points`() {
    let filter = RecordFilter(minimumCharacters: 4, maximumCharacters: 5)
    #expect(filter.rejection(of: record(text("10⁵ é"))) == nil)
    #expect(filter.rejection(of: record(text("é")))?.value == "1 character")
    #expect(filter.rejection(of: record(text("abcdef")))?.value == "6 characters")
  }

  @Test func `a named field is measured, the main fields where the shape lacks it`() {
    let filter = RecordFilter(field: "answer", minimumWords: 2)
    let item = QuestionAnswer(question: "what is it now", answer: "yes")
    #expect(filter.rejection(of: record(.questionAnswer(item)))?.value == "1 word")
    #expect(filter.rejection(of: record(text("two words"))) == nil)
  }

  @Test func `the language is the record's, or guessed, or unknown`() {
    let filter = RecordFilter(languages: ["eng"])
    let german =
      "Die Patienten wurden mit einem Antibiotikum behandelt und nach der Operation entlassen."
    #expect(filter.rejection(of: record(text("x"), language: "en")) == nil)
    #expect(filter.rejection(of: record(text("x"), language: "fr"))?.value == "fr")
    #expect(filter.rejection(of: record(text(german)))?.value == "de")
    #expect(filter.rejection(of: record(text("Aspirin 81 mg")))?.value == "unknown")
    #expect(filter.rejection(of: record(text("x"), language: "fr"))?.reason == .otherLanguage)
  }

  @Test func `retracted articles go unless they are kept`() {
    let article = Content.article(Article(title: "t", isRetracted: true))
    #expect(RecordFilter().rejection(of: record(article))?.reason == .retracted)
    #expect(RecordFilter(keepsRetracted: true).rejection(of: record(article)) == nil)
  }

  @Test func `years are asked of articles and of what has a year`() {
    let filter = RecordFilter(minimumYear: 2000, maximumYear: 2020)
    #expect(filter.rejection(of: record(.article(Article(year: 2000)))) == nil)
    #expect(filter.rejection(of: record(.article(Article(year: 1999))))?.value == "year 1999")
    #expect(filter.rejection(of: record(.article(Article())))?.value == "no year")
    #expect(filter.rejection(of: record(text("a"))) == nil)
    #expect(
      filter.rejection(of: record(text("a"), tags: [Records.Tag("year", "2021")]))?.value
        == "year 2021")
  }

  @Test func `tags are asked of tags and of fields`() {
    let note = Content.note(
      Note(sections: [NoteSection(text: "x")], category: "Discharge summary"))
    let include = RecordFilter(includedTags: [
      Records.Tag("category", "Radiology"), Records.Tag("category", "Discharge summary"),
    ])
    #expect(include.rejection(of: record(note)) == nil)
    #expect(include.rejection(of: record(text("x")))?.value == "no such category")
    let exclude = RecordFilter(excludedTags: [Records.Tag("qtype", "symptoms")])
    #expect(
      exclude.rejection(of: record(note, tags: [Records.Tag("qtype", "symptoms")]))?.value
        == "qtype: symptoms")
    #expect(exclude.rejection(of: record(note)) == nil)
  }
}
