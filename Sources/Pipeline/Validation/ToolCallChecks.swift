import Formats
import Records

/// Whether calls of tools and their answers belong together, in a row of OpenAI's form.
///
/// A schema cannot say it: an answer names a call before it, a call is answered before somebody else
/// speaks, a called tool is one that is offered, and its arguments are JSON in a string.
struct ToolCallChecks {
  /// A finding: its place, what is wrong, and what tells it apart within the row.
  typealias Report = (JSONNode, String, String) -> Void

  let row: JSONNode

  func check(_ report: Report) {
    let offered = offeredNames
    var open: [String: JSONNode] = [:]
    var known: Set<String> = []
    var turn = 0
    for message in messages {
      turn += 1
      if message.member("role")?.isText("tool") == true {
        let id = message.member("tool_call_id")?.string ?? ""
        open[id] = nil
        if !known.contains(id) {
          report(message, "turn \(turn) answers no call before it", "answer \(turn)")
        }
        continue
      }
      if !open.isEmpty {
        report(message, "turn \(turn) comes before every call was answered", "open \(turn)")
        open = [:]
      }
      for call in calls(of: message) {
        check(call, turn, offered, report)
        let id = call.member("id")?.string ?? ""
        if !known.insert(id).inserted {
          report(call, "turn \(turn) repeats the id of a call", "id \(turn)")
        }
        open[id] = call
      }
    }
  }

  private var messages: [JSONNode] { row.member("messages").map { Array($0.elements) } ?? [] }

  private func calls(of message: JSONNode) -> [JSONNode] {
    message.member("tool_calls").map { Array($0.elements) } ?? []
  }

  private func check(
    _ call: JSONNode, _ turn: Int, _ offered: Set<String>?, _ report: Report
  ) {
    guard let function = call.member("function") else { return }
    if let offered, let name = function.member("name")?.string, !offered.contains(name) {
      report(function, "turn \(turn) calls a tool that the row does not offer", "tool \(turn)")
    }
    guard let arguments = function.member("arguments"), let text = arguments.string else { return }
    let document = try? JSONDocument(parsing: Array(text.utf8))
    guard document?.root.kind != .object else { return }
    report(arguments, "the arguments of turn \(turn) are no JSON object", "arguments \(turn)")
  }

  /// The names of the tools that a row offers; nil for a row that offers none.
  private var offeredNames: Set<String>? {
    guard let tools = row.member("tools"), tools.kind == .array else { return nil }
    return Set(tools.elements.compactMap { $0.member("function")?.member("name")?.string })
  }
}
