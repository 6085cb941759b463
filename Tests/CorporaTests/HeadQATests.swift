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

struct JSONObjectsTests {
  private func objects(_ text: String, pieceLength: Int) throws -> [Int] {
    var entry = PiecewiseEntry(path: "a.json", bytes: Array(text.utf8), pieceLength: pieceLength)
    var outlet = ReadingOutlet()
    var numbers: [Int] = []
    try JSONObjects.read(&entry, &outlet, into: { _ in true }) { object, _, _ in
      numbers.append(object["n"]?.int ?? -1)
    }
    return numbers
  }

  @Test(arguments: [1, 3, 4096])
  func `a list and a file of lines are told apart by their first sign`(length: Int) throws {
    let mark = "\u{FEFF}"
    #expect(try objects(#" [{"n": 1},"# + "\n" + #"{"n": 2}]"#, pieceLength: length) == [1, 2])
    #expect(try objects(mark + #"[{"n": 1}]"#, pieceLength: length) == [1])
    #expect(try objects("\n" + #"{"n": 1}"# + "\n" + #"{"n": 2}"#, pieceLength: length) == [1, 2])
    #expect(try objects(mark + #"{"n": 3}"#, pieceLength: length) == [3])
    #expect(try objects("", pieceLength: length) == [])
  }
}
