import Formats
import Records

/// AlpaCare's instructions from clinicians' seeds, and its test set with the answers of four models.
///
///     [{"instruction": "…", "input": "<noinput>", "output": "…"}, …]
///     {"id": 0, "instruction": "…", "difficulty": "3", "gpt-4-answer": "…", "claude-2": "…", …}
///
/// `MedInstruct-52k.json` is for training; `MedInstruct-test.jsonl` is the official test split, its
/// difficulty from 1 to 5 the tag `difficulty`. A test question's reference is the answer of one model,
/// which option `reference` names.
///
/// Format: github.com/XZhang97666/AlpaCare, 2023.
struct MedInstruct: CorpusReader {
  static let facts = CorpusFacts(
    name: "medinstruct", title: "MedInstruct: instructions of AlpaCare", shape: .instruction,
    license: .ccByNC4, language: "en", forms: ".json, .jsonl", tasks: ["instruction-following"],
    reference: "https://github.com/XZhang97666/AlpaCare",
    options: [
      ReaderOption(
        "reference", "gpt-4-answer",
        "whose answers test questions have: `gpt-4-answer`, `claude-2`, `gpt-3.5-turbo-answer`, "
          + "`text-davinci-003-answer`")
    ], signatures: [.json(keys: ["instruction", "difficulty", "gpt-4-answer"])])

  private enum Reference: String, CaseIterable {
    case gpt4 = "gpt-4-answer"
    case claude2 = "claude-2"
    case gpt35 = "gpt-3.5-turbo-answer"
    case davinci = "text-davinci-003-answer"
  }

  private let settings: ReaderSettings
  private let reference: Reference

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    reference = try settings.choice("reference", default: .gpt4)
  }

  func accepts(path: String) -> Bool { ChatFile.accepts(path) }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let file = ChatFile(entry.path)
    let isTest = file.split == .test
    try JSONObjectRows.read(&entry, into: sink, id: file.numbered) { row, id in
      let turns = try InstructionRow.turns(
        of: row, output: isTest && row.node["output"] == nil ? reference.rawValue : "output")
      let difficulty = row.node["difficulty"]?.scalarText ?? ""
      return settings.record(
        id: id, groups: [QuestionKey.group(turns[0].text)],
        officialSplit: isTest ? .test : .train,
        tags: difficulty.isEmpty ? [] : [Tag("difficulty", difficulty)],
        content: .instruction(try ChatTurns.conversation(turns)))
    }
  }
}
