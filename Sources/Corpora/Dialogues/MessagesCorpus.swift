import Formats
import Records

/// Conversations as lists of messages, as OpenAI's and Hugging Face's chat forms have them.
///
///     {"messages": [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}]}
///
/// JSON Lines or a JSON array. `content` may be a list of parts, whose texts are joined line by line;
/// a part that is no text rejects the conversation as `needs-picture`. Turns and calls of tools are not
/// supported; `developer` is `system`.
///
/// Texts are kept as they are; what a trainer could not take is rejected with the turn at fault, as
/// `ChatTurns` says.
///
/// Format: platform.openai.com/docs/guides/supervised-fine-tuning, 2025.
struct MessagesCorpus: CorpusReader {
  static let facts = CorpusFacts(
    name: "messages", title: "Conversations as lists of messages", shape: .instruction,
    license: nil, language: nil, forms: ".jsonl, .json", tasks: ["instruction-following"],
    reference: "https://platform.openai.com/docs/guides/supervised-fine-tuning",
    signatures: [.json(keys: ["messages"])])

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool { ChatFile.accepts(path) }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let file = ChatFile(entry.path)
    try JSONObjectRows.read(&entry, into: sink, id: file.id(of:)) { row, id in
      let turns = try ChatMessages.turns(of: row.node["messages"], named: "messages")
      return settings.record(
        id: id, officialSplit: file.split,
        content: .instruction(try ChatTurns.conversation(turns)))
    }
  }
}
