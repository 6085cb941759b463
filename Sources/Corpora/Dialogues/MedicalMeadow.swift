import Formats
import Records

/// The sets of MedAlpaca's Medical Meadow, each with an instruction of its own.
///
///     [{"instruction": "Answer this question truthfully", "input": "…", "output": "…"}, …]
///
/// One file for each set: `medical_meadow_wikidoc.json`, `medical_meadow_small.json` …; the set is the
/// tag `set`. Instruction and input are one request, as the authors train on them, and one input asked
/// twice is one group. Each set is under a licence of its own, which the recipe must state.
///
/// Format: github.com/kbressem/medAlpaca, 2023.
struct MedicalMeadow: CorpusReader {
  static let facts = CorpusFacts(
    name: "medical-meadow", title: "Medical Meadow: instructions of MedAlpaca",
    shape: .instruction, license: nil, language: "en", forms: ".json",
    tasks: ["instruction-following"], reference: "https://github.com/kbressem/medAlpaca")

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool { ChatFile.accepts(path) }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let file = ChatFile(entry.path)
    let set =
      file.stem.hasPrefix(Self.prefix) ? String(file.stem.dropFirst(Self.prefix.count)) : file.stem
    try JSONObjectRows.read(&entry, into: sink, id: { "\(set)-\($0.number)" }) { row, id in
      let turns = try InstructionRow.turns(of: row)
      let input = try row.text("input")
      return settings.record(
        id: id, groups: [QuestionKey.group(TidyText.isBlank(input) ? turns[0].text : input)],
        tags: [Tag("set", set)], content: .instruction(try ChatTurns.conversation(turns)))
    }
  }

  private static let prefix = "medical_meadow_"
}
