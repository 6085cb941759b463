import Records
import Schemas
import TestSupport
import Testing

@testable import Pipeline

/// Rows of OpenAI's form with calls of tools.
enum ToolRows {
  /// A row in which tools are called, their answers follow, and the assistant has the last word.
  static func row(
    calls: Int = 1, answers: [String], name: String = "look_up",
    arguments: String = #"{\"code\":\"E11\"}"#, more: String = ""
  ) -> String {
    let called = (0..<calls).map {
      #"{"id":"call_\#($0)","type":"function","function":{"name":"\#(name)","arguments":"\#(arguments)"}}"#
    }
    let answered = answers.map { #"{"role":"tool","tool_call_id":"\#($0)","content":"Found."},"# }
    return #"{"messages":[{"role":"developer","content":"Be brief."},"#
      + #"{"role":"user","content":"What is E11?"},"#
      + #"{"role":"assistant","content":null,"tool_calls":[\#(called.joined(separator: ","))]},"#
      + answered.joined() + #"{"role":"assistant","content":"Diabetes."}],"#
      + #""tools":[{"type":"function","function":{"name":"look_up","parameters":{"type":"object"}}}],"#
      + #""parallel_tool_calls":true\#(more)}"# + "\n"
  }
}

/// What is said of calls of tools that are not answered, and of answers that nobody asked for.
struct ToolCallChecksTests {
  private func messages(of row: String) async throws -> [String] {
    let folder = try TemporaryFolder()
    try folder.write(row, to: "a.jsonl")
    var settings = ValidationSettings()
    settings.ignored = [.tooFewRows]
    var found: [String] = []
    _ = try await FileValidation(settings).run([folder("a.jsonl")]) {
      found.append("\($0.message) [\($0.rule.id)]")
    }
    return found
  }

  @Test(arguments: [
    ToolRows.row(answers: ["call_0"]), ToolRows.row(calls: 2, answers: ["call_1", "call_0"]),
    // A row may end in the call that is learnt.
    #"{"messages":[{"role":"user","content":"What is E11?"},{"role":"assistant","content":"","#
      + #""tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]}]}"#
      + "\n",
  ])
  func `calls with their answers are well`(row: String) async throws {
    #expect(try await messages(of: row) == [])
  }

  @Test(arguments: [
    (ToolRows.row(answers: []), "turn 4 comes before every call was answered"),
    (ToolRows.row(calls: 2, answers: ["call_0"]), "turn 5 comes before every call was answered"),
    (ToolRows.row(answers: ["call_0", "call_7"]), "turn 5 answers no call before it"),
    (
      ToolRows.row(answers: ["call_0"], name: "look"),
      "turn 3 calls a tool that the row does not offer"
    ),
    (
      ToolRows.row(answers: ["call_0"], arguments: "E11"),
      "the arguments of turn 3 are no JSON object"
    ),
  ])
  func `calls that do not fit are told by their turn`(row: String, message: String) async throws {
    let found = try await messages(of: row)
    #expect(found.contains("\(message) [tool-call]"), "\(found)")
  }

  @Test(arguments: [
    ToolRows.row(answers: ["call_0"]).replacing(#""id":"call_0","#, with: ""),
    ToolRows.row(answers: ["call_0"]).replacing(#""tool_call_id":"call_0","#, with: ""),
    ToolRows.row(answers: ["call_0"]).replacing(
      #""parallel_tool_calls":true"#, with: #""parallel_tool_calls":"yes""#),
    ToolRows.row(answers: ["call_0"]).replacing(
      #""type":"function","function":{"name":"look_up","parameters""#,
      with: #""type":"code","function":{"name":"look_up","parameters""#),
    ToolRows.row(answers: ["call_0"]).replacing(
      #""content":"Diabetes.""#, with: #""content":"Diabetes.","weight":2"#),
  ])
  func `the schema refuses what OpenAI does`(row: String) async throws {
    let found = try await messages(of: row)
    #expect(found.contains { $0.hasSuffix("[schema]") }, "\(found)")
  }

  @Test func `functions are told as given up`() async throws {
    let row =
      #"{"messages":[{"role":"user","content":"What?"},{"role":"assistant","content":null,"#
      + #""function_call":{"name":"f","arguments":"{}"}}],"functions":[{"name":"f"}]}"# + "\n"
    #expect(
      try await messages(of: row) == [
        "'function_call' was given up for 'tool_calls' [deprecated-key]",
        "'functions' was given up for 'tools' [deprecated-key]",
      ])
  }

  @Test func `what is wrong with a call is told, and not only that it is`() async throws {
    let row = ToolRows.row(answers: ["call_0"]).replacing(#""id":"call_0","#, with: "")
    #expect(
      try await messages(of: row).contains("element 1 of 'tool_calls' lacks 'id' [schema]"))
  }

  @Test func `rows of one form are judged once`() throws {
    #expect(try Schema(embedded: "openai-chat").judgesFormOnly)
  }
}
