import Formats
import Records

/// BenTsao's instructions, formerly HuaTuo: from a Chinese knowledge graph, and conversations on
/// liver cancer from literature.
///
///     {"instruction": "…", "input": "", "output": "…"}
///     {"instruction": " <user>: … <bot>: … <user>: …", "output": "…", "id": 748, "input": ""}
///
/// `llama_data.json` and `liver_cancer.json`, JSON Lines or an array. The marks of a conversation
/// become turns, without the blanks around them; nothing else is changed. The file is the tag `set`, the
/// paper that a conversation is about (`id`) its group; one question asked twice is one group.
///
/// Format: github.com/SCIR-HI/Huatuo-Llama-Med-Chinese, 2023.
struct HuaTuo: CorpusReader {
  static let facts = CorpusFacts(
    name: "huatuo", title: "BenTsao (HuaTuo): Chinese medical instructions", shape: .instruction,
    license: .apache2, language: "zh", forms: ".json", tasks: ["instruction-following"],
    reference: "https://github.com/SCIR-HI/Huatuo-Llama-Med-Chinese")

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool { ChatFile.accepts(path) }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let file = ChatFile(entry.path)
    try JSONObjectRows.read(&entry, into: sink, id: file.numbered) { row, id in
      var turns = try InstructionRow.turns(of: row)
      let request = turns.count - 2
      turns.replaceSubrange(request...request, with: try MarkedTurns.turns(of: turns[request].text))
      let paper = row.node["id"]?.scalarText ?? ""
      return settings.record(
        id: id,
        groups: [QuestionKey.group(turns.dropLast().map(\.text).joined(separator: "\n"))]
          + (paper.isEmpty ? [] : [GroupKey(.document, "\(file.stem)/\(paper)")]),
        tags: [Tag("set", file.stem)], content: .instruction(try ChatTurns.conversation(turns)))
    }
  }
}

/// Turns in one text, each after `<user>:` or `<bot>:`.
enum MarkedTurns {
  /// A text without marks is one turn of the user.
  ///
  /// - Throws: `RowProblem` when anything but blanks stands before the first mark.
  static func turns(of text: String) throws -> [Turn] {
    var turns: [Turn] = []
    var rest = text[...]
    var speaker: Turn.Role?
    while let mark = marks(in: rest) {
      let before = String(rest[..<mark.range.lowerBound])
      if let speaker {
        turns.append(Turn(role: speaker, text: TidyText.trimmed(before)))
      } else if !TidyText.isBlank(before) {
        throw RowProblem(reason: .malformed, value: "text before the first mark")
      }
      speaker = mark.role
      rest = rest[mark.range.upperBound...]
    }
    guard let speaker else { return [Turn(role: .user, text: text)] }
    return turns + [Turn(role: speaker, text: TidyText.trimmed(String(rest)))]
  }

  private static func marks(
    in text: Substring
  ) -> (range: Range<String.Index>, role: Turn.Role)? {
    let user = text.firstRange(of: "<user>:").map { ($0, Turn.Role.user) }
    let bot = text.firstRange(of: "<bot>:").map { ($0, Turn.Role.assistant) }
    guard let user else { return bot }
    guard let bot else { return user }
    return user.0.lowerBound < bot.0.lowerBound ? user : bot
  }
}
