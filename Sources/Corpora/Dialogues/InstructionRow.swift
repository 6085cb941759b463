import Formats
import Records

/// `instruction`, `input`, `output` and `history`, as Stanford Alpaca and its kin have them.
enum InstructionRow {
  /// The turns of a row: those of its history, then the request and its answer.
  ///
  /// - Parameter output: the member that holds the answer.
  static func turns(of row: JSONObjectRows.Row, output: String = "output") throws -> [Turn] {
    guard row.node.kind == .object else {
      throw RowProblem(reason: .malformed, value: "no object")
    }
    let request = [try row.text("instruction"), try input(of: row)].filter { !TidyText.isBlank($0) }
    guard !request.isEmpty else {
      let isThere = row.node["instruction"] != nil
      throw RowProblem(reason: isThere ? .emptyText : .missingField, value: "instruction")
    }
    return try history(of: row) + [
      Turn(role: .user, text: request.joined(separator: "\n\n")),
      Turn(role: .assistant, text: try answer(of: row, output)),
    ]
  }

  /// The input, unless it only says that there is none.
  static func input(of row: JSONObjectRows.Row) throws -> String {
    let text = try row.text("input")
    return placeholders.contains(TidyText.line(text).lowercased()) ? "" : text
  }

  static func answer(of row: JSONObjectRows.Row, _ name: String) throws -> String {
    guard row.node[name] != nil else { throw RowProblem(reason: .missingField, value: name) }
    let text = try row.text(name)
    guard !TidyText.isBlank(text) else { throw RowProblem(reason: .emptyAnswer, value: name) }
    return text
  }

  /// What self-instruct leaves where a task has no input.
  private static let placeholders: Set = ["<noinput>", "<no input>", "noinput", "no input"]

  /// `[[question, answer], …]`.
  private static func history(of row: JSONObjectRows.Row) throws -> [Turn] {
    guard let history = row.node["history"], !history.isNull else { return [] }
    var turns: [Turn] = []
    for (place, pair) in history.elements.enumerated() {
      let texts = pair.elements.map(\.string)
      guard texts.count == 2, let question = texts[0], let answer = texts[1] else {
        throw RowProblem(reason: .malformed, value: "history, pair \(place + 1)")
      }
      turns += [Turn(role: .user, text: question), Turn(role: .assistant, text: answer)]
    }
    return turns
  }
}
