import Formats
import Records
import Testing

@testable import Corpora

struct HeadQATests {
  private let exam =
    #"{"exams": {"Cuaderno_2013_1_B": {"year": "2013", "category": "biology", "data": [{"qid": "1", "#
    + #""qtext": "Which?", "ra": "2", "image": "images/1.png", "answers": [{"aid": 2, "atext": "Tea"}, "#
    + #"{"aid": 1, "atext": "Ink"}]}]}}}"#

  private func reading(in path: String, options: [String: String] = [:]) throws -> Reading? {
    try HeadQA(options: ReaderOptions(options: options)).readings(of: exam, path: path).first
  }

  @Test func `the language is the file's, and the twins of a question share a group`() throws {
    let keep = ["pictures": "keep"]
    let english = try reading(in: "dev_HEAD_EN.json", options: keep)?.record
    let spanish = try reading(in: "dev_HEAD.json", options: keep)?.record
    #expect(english?.language == "en" && spanish?.language == "es")
    #expect(english?.id == "en/Cuaderno_2013_1_B/1" && spanish?.id == "es/Cuaderno_2013_1_B/1")
    #expect(english?.groups.first == spanish?.groups.first)
    #expect(english?.officialSplit == .validation)
    #expect(english?.tag("picture") == "missing")
  }

  @Test func `a question that shows a picture is rejected unless the recipe keeps it`() throws {
    #expect(try reading(in: "dev_HEAD.json")?.rejection?.reason == .needsPicture)
  }
}
