import Formats
import Records

/// Instructions with their answers, as Stanford Alpaca has them.
///
///     [{"instruction": "…", "input": "", "output": "…", "history": [["…", "…"]], "system": "…"}, …]
///
/// A JSON array or JSON Lines. The input follows the instruction after a blank line; `<noinput>` is none.
/// `history` and `system` may be there, as LLaMA-Factory has them; `id` is kept.
///
/// Texts are kept as they are; what a trainer could not take is rejected with the turn at fault, as
/// `ChatTurns` says.
///
/// Format: github.com/tatsu-lab/stanford_alpaca, 2023.
struct AlpacaCorpus: CorpusReader {
  static let facts = CorpusFacts(
    name: "alpaca", title: "Instructions in Alpaca's form", shape: .instruction, license: nil,
    language: nil, forms: ".json, .jsonl", tasks: ["instruction-following"],
    reference: "https://github.com/tatsu-lab/stanford_alpaca",
    signatures: [.json(keys: ["instruction", "output"])])

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool { ChatFile.accepts(path) }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let file = ChatFile(entry.path)
    try JSONObjectRows.read(&entry, into: sink, id: file.id(of:)) { row, id in
      let turns = try InstructionRow.turns(of: row)
      return settings.record(
        id: id, officialSplit: file.split,
        content: .instruction(
          try ChatTurns.conversation(system: try row.text("system"), turns)))
    }
  }
}
