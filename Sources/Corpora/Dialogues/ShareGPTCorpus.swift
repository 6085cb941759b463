import Formats
import Records

/// Conversations in ShareGPT's form.
///
///     {"id": "…", "conversations": [{"from": "human", "value": "…"}, {"from": "gpt", "value": "…"}]}
///
/// A JSON array or JSON Lines. Who speaks may be called `human` or `user`, `gpt`, `chatgpt`, `bing`,
/// `bard`, `bot`, `model` or `assistant`, and `system`; turns of tools are not supported.
///
/// Texts are kept as they are; what a trainer could not take is rejected with the turn at fault, as
/// `ChatTurns` says.
///
/// Format: github.com/lm-sys/FastChat, docs/training.md, 2023.
struct ShareGPTCorpus: CorpusReader {
  static let facts = CorpusFacts(
    name: "sharegpt", title: "Conversations in ShareGPT's form", shape: .instruction, license: nil,
    language: nil, forms: ".json, .jsonl", tasks: ["instruction-following"],
    reference: "https://github.com/lm-sys/FastChat",
    signatures: [.json(keys: ["conversations"])])

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool { ChatFile.accepts(path) }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let file = ChatFile(entry.path)
    try JSONObjectRows.read(&entry, into: sink, id: file.id(of:)) { row, id in
      let turns = try ChatMessages.turns(of: row.node["conversations"], named: "conversations")
      return settings.record(
        id: id, officialSplit: file.split,
        content: .instruction(
          try ChatTurns.conversation(system: try row.text("system"), turns)))
    }
  }
}
