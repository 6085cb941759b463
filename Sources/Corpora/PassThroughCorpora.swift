import Formats
import Records

// Ready-made conversations in the three forms that trainers take. Texts are kept as they are; what a
// trainer could not take is rejected with the turn that is at fault (`ChatTurns`).

/// Instructions with their answers, as Stanford Alpaca has them.
///
///     [{"instruction": "…", "input": "", "output": "…", "history": [["…", "…"]], "system": "…"}, …]
///
/// A JSON array or JSON Lines. The input follows the instruction after a blank line; `<noinput>` is none.
/// `history` and `system` may be there, as LLaMA-Factory has them; `id` is kept.
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

/// Conversations in ShareGPT's form.
///
///     {"id": "…", "conversations": [{"from": "human", "value": "…"}, {"from": "gpt", "value": "…"}]}
///
/// A JSON array or JSON Lines. Who speaks may be called `human` or `user`, `gpt`, `chatgpt`, `bing`,
/// `bard`, `bot`, `model` or `assistant`, and `system`; turns of tools are not supported.
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

/// Conversations as lists of messages, as OpenAI's and Hugging Face's chat forms have them.
///
///     {"messages": [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}]}
///
/// JSON Lines or a JSON array. `content` may be a list of parts, whose texts are joined line by line;
/// a part that is no text rejects the conversation as `needs-picture`. Turns and calls of tools are not
/// supported; `developer` is `system`.
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

/// A file of conversations, by its name.
struct ChatFile {
  let stem: String
  /// The split that a word of the name says: `CMtMedQA_test.json`, `train.jsonl`.
  let split: Split?

  init(_ path: String) {
    stem = EntryName(path).stem
    let words = stem.split { $0 == "_" || $0 == "-" || $0 == "." }
    split = words.lazy.compactMap { Split(corpusName: String($0)) }.first
  }

  static func accepts(_ path: String) -> Bool {
    let name = EntryName(path)
    return ["json", "jsonl", "ndjson"].contains(name.kind) && !name.isLitter
  }

  /// The row's own `id`, else the file's name and the row's number.
  func id(of row: JSONObjectRows.Row) -> String {
    let own = row.node["id"].flatMap { $0.string ?? $0.numberText } ?? ""
    return own.isEmpty ? numbered(row) : own
  }

  /// The file's name and the row's number.
  func numbered(_ row: JSONObjectRows.Row) -> String { "\(stem)-\(row.number)" }
}
