import Formats
import Records

/// HuatuoGPT's conversations: doctors' answers and distilled ones.
///
///     {"data": ["问：…", "答：…", "问：…", "答：…"]}
///
/// JSON Lines. The marks `问：` and `答：` say who speaks and are taken off; turns without marks go by
/// their order. The first question is the group.
///
/// Format: huggingface.co/datasets/FreedomIntelligence/HuatuoGPT-sft-data-v1, 2023.
struct HuatuoGPTSFT: CorpusReader {
  static let facts = CorpusFacts(
    name: "huatuogpt-sft", title: "HuatuoGPT: Chinese conversations for fine-tuning",
    shape: .instruction, license: .apache2, language: "zh", forms: ".jsonl",
    tasks: ["instruction-following"],
    reference: "https://github.com/FreedomIntelligence/HuatuoGPT")

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool { ChatFile.accepts(path) }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let file = ChatFile(entry.path)
    try JSONObjectRows.read(&entry, into: sink, id: file.numbered) { row, id in
      guard let data = row.node["data"] else {
        throw RowProblem(reason: .missingField, value: "data")
      }
      let turns = try data.elements.enumerated().map { place, element in
        guard let text = element.string else {
          throw RowProblem(reason: .malformed, value: "turn \(place + 1)")
        }
        return turn(of: text, at: place)
      }
      return settings.record(
        id: id, groups: turns.first.map { [QuestionKey.group($0.text)] } ?? [],
        content: .instruction(try ChatTurns.conversation(turns)))
    }
  }

  private func turn(of text: String, at place: Int) -> Turn {
    for (mark, role) in Self.marks where text.hasPrefix(mark) {
      let rest = String(decoding: text.utf8.dropFirst(mark.utf8.count), as: UTF8.self)
      return Turn(role: role, text: rest)
    }
    return Turn(role: place.isMultiple(of: 2) ? .user : .assistant, text: text)
  }

  private static let marks: [(String, Turn.Role)] = [
    ("问：", .user), ("问:", .user), ("答：", .assistant), ("答:", .assistant),
  ]
}
