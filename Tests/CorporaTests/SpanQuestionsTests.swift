import Foundation
import Records
import Testing

@testable import Corpora

struct SpanQuestionsTests {
  private func json(_ context: String, answer: String, at start: Int) -> String {
    #"{"data": [{"paragraphs": [{"context": "\#(context)", "document_id": 7, "qas": [{"id": 1, "#
      + #""question": "Q?", "answers": [{"text": "\#(answer)", "answer_start": \#(start)}]}]}]}]}"#
  }

  private func reading(_ json: String, window: String = "all") throws -> Reading? {
    try SQuAD(options: ReaderOptions(options: ["window": window]))
      .readings(of: json, path: "train-v1.1.json").first
  }

  @Test func `offsets count code points`() throws {
    let record = try reading(json("Größe 𝄞 ist klein.", answer: "klein", at: 12))?.record
    #expect(record?.content.text(of: "answer") == "klein")
    #expect(record?.tags == [])
    #expect(record?.officialSplit == .train)
  }

  @Test func `an answer near its place is taken from there, and says so`() throws {
    let record = try reading(json("Tea is hot. Ice is not.", answer: "hot", at: 9))?.record
    #expect(record?.tag("offset") == "repaired")
  }

  @Test(arguments: [("hot", 1), ("warm", 7), ("hot", 4_000_000_000), ("hot", -9)])
  func `an answer at several places near by, or at none, is a mismatch`(
    answer: String, start: Int
  ) throws {
    let rejection = try reading(json("Tea is hot. Soup is hot.", answer: answer, at: start))?
      .rejection
    #expect(rejection?.reason == .offsetMismatch)
    #expect(rejection?.value?.contains(answer) == false)
  }

  @Test func `the answer stands in the window, whatever its length`() throws {
    let sentences = (0..<400).map { "Sentence \($0) tells of a kettle." }.joined(separator: " ")
    for number in [0, 1, 57, 398, 399] {
      let answer = "Sentence \(number) tells"
      let start = try #require(sentences.range(of: answer)).lowerBound
      let offset = sentences.distance(from: sentences.startIndex, to: start)
      let record = try reading(json(sentences, answer: answer, at: offset), window: "200")?.record
      let context = try #require(record?.content.text(of: "context"))
      #expect(context.contains(answer))
      #expect(context.count <= 200)
      #expect(context.hasPrefix("Sentence ") && context.trimmed.hasSuffix("kettle."))
    }
  }

  @Test func `JSON of another form is an error`() throws {
    #expect(throws: Diagnostic.self) { try reading(#"{"data": {}}"#) }
  }

  @Test(arguments: ["99", "none", "-1"])
  func `a window must be long enough to hold a sentence`(window: String) throws {
    #expect(throws: Diagnostic.self) {
      try SQuAD(options: ReaderOptions(options: ["window": window]))
    }
  }
}

struct PassageWindowTests {
  private let text = Array(String(repeating: "One two. ", count: 100).unicodeScalars)

  @Test func `a text that is short enough stays whole`() {
    #expect(PassageWindow(length: 900).range(of: text, around: 0..<3, id: "a") == 0..<900)
    #expect(PassageWindow(length: nil).range(of: text, around: 0..<3, id: "a") == 0..<900)
  }

  @Test func `the place of the answer in its window differs by id`() {
    let window = PassageWindow(length: 200)
    let places = (0..<40).map {
      450 - window.range(of: text, around: 450..<453, id: "\($0)").lowerBound
    }
    #expect(Set(places).count > 10)
    #expect((places.min() ?? 99) < 50 && (places.max() ?? 0) > 150)
  }

  @Test func `an answer longer than the window is shown whole`() {
    let range = PassageWindow(length: 100).range(of: text, around: 300..<600, id: "a")
    #expect(range.lowerBound <= 300 && range.upperBound >= 600)
  }

  @Test func `without sentences words are kept whole, without words the answer is`() {
    let words = Array(String(repeating: "one two ", count: 100).unicodeScalars)
    let range = PassageWindow(length: 101).range(of: words, around: 400..<403, id: "c")
    #expect(words[range.lowerBound - 1] == " " && words[range.upperBound - 1] == " ")
    let letters = Array(String(repeating: "茶", count: 900).unicodeScalars)
    #expect(PassageWindow(length: 101).range(of: letters, around: 400..<403, id: "c") == 400..<403)
  }
}
