import Formats
import Records

/// Chinese conversations of several turns between doctors and patients, of Zhongjing's training.
///
///     [{"id": "j4219", "cate1": "肿瘤科", "cate2": "肿瘤科", "instruction": "…", "input": "",
///       "output": "…", "history": [["…", "…"], …]}, …]
///
/// The instruction is the patient's last turn, the history the turns before it; rows without a history
/// are single questions. Departments become the tags `department` and `subdepartment`, the number of
/// the patient's turns the tag `turns`. `CMtMedQA_test.json` is the official test split. The first
/// question is the group.
///
/// Format: github.com/SupritYoung/Zhongjing, 2023.
struct CMtMedQA: CorpusReader {
  static let facts = CorpusFacts(
    name: "cmtmedqa", title: "CMtMedQA: Chinese medical conversations of several turns",
    shape: .instruction, license: .mit, language: "zh", forms: ".json",
    tasks: ["instruction-following"], reference: "https://github.com/SupritYoung/Zhongjing",
    signatures: [.json(keys: ["cate1", "instruction", "history"])])

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool { ChatFile.accepts(path) }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let file = ChatFile(entry.path)
    try JSONObjectRows.read(&entry, into: sink, id: file.id(of:)) { row, id in
      let turns = try InstructionRow.turns(of: row)
      let departments = [
        Tag("department", try row.text("cate1")), Tag("subdepartment", try row.text("cate2")),
      ]
      return settings.record(
        id: id, groups: [QuestionKey.group(turns[0].text)],
        officialSplit: file.split == .test ? .test : .train,
        tags: departments.filter { !$0.value.isEmpty } + [Tag("turns", String(turns.count / 2))],
        content: .instruction(try ChatTurns.conversation(turns)))
    }
  }
}
