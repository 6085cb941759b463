import Records
import Testing

@testable import Corpora

struct ExamQuestionTests {
  private let cups = ExamQuestion(
    stem: "Which?", options: [("10", "ten"), ("2", "two"), ("1", "one"), ("3", " ")])

  @Test func `options stand in the order of their keys, whatever the order of the file`() throws {
    #expect(cups.options == ["one", "two", " ", "ten"])
    let item = ExamQuestion(stem: "Which?", options: [("c", "3"), ("a", "1"), ("b", "2")])
    #expect(try item.content(answers: ["c"]).answers == [2])
  }

  @Test func `blank options at the end are no options, a blank one before is a rejection`() throws {
    let filled = ExamQuestion(stem: "Which?", options: [("a", "1"), ("b", "2"), ("c", "\u{3000}")])
    #expect(filled.options == ["1", "2"])
    let problem = try #require(throws: RowProblem.self) { try cups.content(answers: ["1"]) }
    #expect(problem.reason == .emptyText)
  }

  @Test func `copies of a question with its options in another order share a group`() {
    let first = ExamQuestion(stem: "Which one?", options: [("a", "Tea"), ("b", "Ink")])
    let second = ExamQuestion(stem: "which one", options: [("a", "ink"), ("b", "tea.")])
    let other = ExamQuestion(stem: "Which one?", options: [("a", "Tea"), ("b", "Sand")])
    #expect(first.group == second.group)
    #expect(first.group != other.group)
  }

  @Test func `a right option that reads like a wrong one leaves no answer`() throws {
    let item = ExamQuestion(stem: "Which?", options: [("a", "Tea"), ("b", "Tea"), ("c", "Ink")])
    let problem = try #require(throws: RowProblem.self) { try item.content(answers: ["a"]) }
    #expect(problem.reason == .contradictoryLabel)
    #expect(try item.content(answers: ["c"]).answers == [2])
    #expect(try item.content(answers: ["a", "b"]).answers == [0, 1])
    #expect(item.tags == [Tag("options", "repeated")])
  }
}
