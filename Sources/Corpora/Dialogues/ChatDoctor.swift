import Formats
import Records

/// Patients' questions and doctors' answers from medical sites, and generated ones.
///
///     [{"instruction": "If you are a doctor, please answer …", "input": "Doctor, I have …",
///       "output": "Hello, …"}, …]
///
/// `HealthCareMagic-100k.json`, `GenMedGPT-5k.json` or `chatdoctor5k.json`, and `iCliniq.json`, whose
/// doctor's answer is `answer_icliniq`. The instruction, which is the same in all rows, is the system
/// message. What the sites wrote around an answer is taken out as `SiteSignatures` says, unless option
/// `signatures` is `keep`. An answer that has nothing else is rejected as `empty-answer`. The file is
/// the tag `set`; one question asked twice is one group.
///
/// All rights in the sites' texts are the sites' own; the authors allow academic research only, also
/// of what was generated.
///
/// Format: github.com/Kent0n-Li/ChatDoctor, 2023.
struct ChatDoctor: CorpusReader {
  static let facts = CorpusFacts(
    name: "chatdoctor", title: "ChatDoctor: questions to doctors on medical sites",
    shape: .instruction, license: .siteCopyright, language: "en", forms: ".json",
    tasks: ["instruction-following"], isSensitive: true,
    reference: "https://github.com/Kent0n-Li/ChatDoctor",
    options: [
      ReaderOption("signatures", "strip", "whether the sites' signatures are taken out or `keep`")
    ], signatures: [.json(keys: ["input", "answer_icliniq"])])

  private enum Signatures: String, CaseIterable { case strip, keep }

  private let settings: ReaderSettings
  private let signatures: Signatures

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    signatures = try settings.choice("signatures", default: .strip)
  }

  func accepts(path: String) -> Bool { ChatFile.accepts(path) }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let file = ChatFile(entry.path)
    try JSONObjectRows.read(&entry, into: sink, id: file.numbered) { row, id in
      try record(of: row, id: id, file)
    }
  }

  private func record(of row: JSONObjectRows.Row, id: String, _ file: ChatFile) throws -> Record {
    guard row.node.kind == .object else {
      throw RowProblem(reason: .malformed, value: "no object")
    }
    let question = try row.text("input")
    guard !TidyText.isBlank(question) else {
      throw RowProblem(
        reason: row.node["input"] == nil ? .missingField : .emptyText, value: "input")
    }
    let member = row.node["answer_icliniq"] == nil ? "output" : "answer_icliniq"
    var answer = try InstructionRow.answer(of: row, member)
    if signatures == .strip { answer = SiteSignatures.stripped(from: answer) }
    guard !TidyText.isBlank(answer) else {
      throw RowProblem(reason: .emptyAnswer, value: "\(member) is a signature only")
    }
    let turns = [Turn(role: .user, text: question), Turn(role: .assistant, text: answer)]
    return settings.record(
      id: id, groups: [QuestionKey.group(question)], tags: [Tag("set", file.stem)],
      content: .instruction(
        try ChatTurns.conversation(system: try row.text("instruction"), turns)))
  }
}
