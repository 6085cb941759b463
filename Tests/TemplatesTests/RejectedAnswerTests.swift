import Records
import Testing

@testable import Templates

/// Rejected answers as a renderer words them.
struct RejectedAnswerTests {
  private func renderer(output: String) throws -> TemplateRenderer {
    let set = TemplateSet(
      name: "short", task: "multiple-choice-qa",
      wordings: [
        TemplateSet.Wording(instruction: "Choose.", input: "{question}\n\n{options}"),
        TemplateSet.Wording(instruction: "Pick one.", input: "{question}\n\n{options}"),
      ], output: output)
    let task = try #require(TaskRegistry.task(named: "multiple-choice-qa"))
    return try TemplateRenderer(task: task, sets: [set], seed: 17)
  }

  private func record(_ number: Int) -> Record {
    Record(
      id: "q\(number)", corpus: "medqa", license: .cc0,
      content: .multipleChoice(
        MultipleChoice(
          stem: "Which?", options: ["one", "two", "three"], answers: [number % 3],
          explanation: "Because.")))
  }

  @Test func `are in the form of the right answer, to the same request`() throws {
    let renderer = try renderer(output: "{letter}: {option}")
    for number in 0..<30 {
      let record = record(number)
      guard case .example(let example, _, _) = renderer.render(record, id: record.id),
        case .conversation(let right) = example.body
      else {
        Issue.record("the record renders")
        return
      }

      let wrong = try #require(renderer.rejectedAnswer(to: record, copy: 0, beside: right))

      #expect(["A: one", "B: two", "C: three"].contains(wrong))
      #expect(wrong != right.output)
    }
  }

  @Test func `are none where the form explains the right answer`() throws {
    let renderer = try renderer(output: "{explanation} {letter}")
    let right = Conversation(instruction: "Choose.", output: "Because. A")

    #expect(renderer.rejectedAnswer(to: record(0), copy: 0, beside: right) == nil)
  }

  @Test func `have definitions where instructions hold nothing of the record`() throws {
    #expect(try renderer(output: "{letter}").definitions == ["Choose.", "Pick one."])
  }
}
