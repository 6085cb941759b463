import Formats
import Records
import Testing

@testable import Corpora

struct ChatTurnsTests {
  @Test func `a first system turn is the system message`() throws {
    let found = try ChatTurns.conversation([
      Turn(role: .system, text: "Be kind."), Turn(role: .user, text: "q"),
      Turn(role: .assistant, text: "a"),
    ])
    #expect(found.system == "Be kind.")
    #expect(found.turns.map(\.text) == ["q", "a"])
  }

  @Test(arguments: [
    ([Turn.Role](), Rejection.Reason.emptyText, "no turns"),
    ([.user], .emptyAnswer, "turn 1 has no answer"),
    ([.assistant, .user], .malformed, "turn 1 is assistant, not user"),
    ([.system, .user, .user], .malformed, "turn 3 is user, not assistant"),
    ([.user, .assistant, .system], .malformed, "turn 3 is system, not user"),
  ])
  func `names the first turn that breaks the rule`(
    roles: [Turn.Role], reason: Rejection.Reason, value: String
  ) throws {
    let problem = try #require(throws: RowProblem.self) {
      try ChatTurns.conversation(roles.map { Turn(role: $0, text: "x") })
    }
    #expect(problem.reason == reason)
    #expect(problem.value == value)
  }

  @Test func `reads an array and JSON lines alike, whatever the extension`() throws {
    let row = #"{"instruction": "q", "input": "", "output": "a"}"#
    let reader = try AlpacaCorpus(options: ReaderOptions(license: .cc0))
    let array = try reader.readings(of: "\u{feff} [\(row)]", path: "x.jsonl")
    let lines = try reader.readings(of: "\n\(row)\n", path: "x.json")
    #expect(array.compactMap(\.record?.content) == lines.compactMap(\.record?.content))
    #expect(array.count == 1)
  }

  @Test(arguments: ["", " \n", "[{}", "[1,"])
  func `a file without an end is an error`(text: String) throws {
    let reader = try AlpacaCorpus(options: ReaderOptions(license: .cc0))
    #expect(throws: JSONError.self) {
      try reader.readings(of: text, path: "x.json")
    }
  }

  @Test func `marks of turns may stand in any order and repeat`() throws {
    let turns = try MarkedTurns.turns(of: " <user>: a <bot>:b<user>: c > d ")
    #expect(turns.map(\.role) == [.user, .assistant, .user])
    #expect(turns.map(\.text) == ["a", "b", "c > d"])
  }
}
