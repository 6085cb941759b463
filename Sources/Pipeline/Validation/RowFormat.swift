import Formats
import Records

/// The formats whose rows the checks know their way in.
enum RowFormat: String, Sendable, CaseIterable {
  case messages
  case openAIChat = "openai-chat"
  case together
  case bedrock
  case vertexGemini = "vertex-gemini"
  case shareGPT = "sharegpt"
  case conversationalPromptCompletion = "prompt-completion-conversational"
  case promptCompletion = "prompt-completion"
  case alpaca
  case nemo
  case text
  case bertLines = "bert-lines"
  case conversationalPreference = "preference-conversational"
  case preference
  case openAIPreference = "openai-preference"
  case shareGPTRanking = "sharegpt-ranking"
  case naturalInstructions = "super-natural-instructions"
  case provenance
  case rejection
  case duplicate
  case contamination
  case vote
  case attribution

  /// The built-in schema of the rows.
  var schemaName: String { rawValue }

  /// Whether rows are training examples, and not what stands beside them.
  var isExamples: Bool {
    switch self {
    case .provenance, .rejection, .duplicate, .contamination, .vote, .attribution: false
    default: true
    }
  }

  /// Whether rows are lists of turns, whose order is to be checked.
  var hasTurns: Bool {
    switch self {
    case .messages, .openAIChat, .together, .bedrock, .vertexGemini, .shareGPT,
      .conversationalPromptCompletion, .conversationalPreference, .openAIPreference,
      .shareGPTRanking:
      true
    default: false
    }
  }

  /// Columns that a format's trainers may find in a row.
  var columns: Set<String> {
    switch self {
    case .messages, .openAIChat, .together:
      ["messages", "tools", "parallel_tool_calls", "functions"]
    case .bedrock: ["schemaVersion", "system", "messages"]
    case .vertexGemini: ["systemInstruction", "contents", "tools"]
    case .shareGPT: ["conversations", "system", "tools"]
    case .conversationalPromptCompletion, .promptCompletion: ["prompt", "completion"]
    case .alpaca: ["instruction", "input", "output", "system", "history"]
    case .nemo: ["input", "output"]
    case .text: ["text"]
    case .bertLines: ["sentences"]
    case .conversationalPreference, .preference: ["prompt", "chosen", "rejected"]
    case .openAIPreference: ["input", "preferred_output", "non_preferred_output"]
    case .shareGPTRanking: ["conversations", "chosen", "rejected"]
    case .naturalInstructions: ["task_name", "id", "definition", "inputs", "targets"]
    default: []
    }
  }

  /// The column that tells a format apart from the others; two of them in a file are two formats.
  static let leadingColumns = ["messages", "prompt", "conversations", "contents", "instruction"]

  /// The format of a side file, by its name and folder.
  static func sideFile(named path: String) -> RowFormat? {
    let parts = path.split(separator: "/")
    if parts.dropLast().last == "provenance" { return .provenance }
    return switch (parts.last ?? "").prefix(while: { $0 != "." }) {
    case "rejected": .rejection
    case "duplicates": .duplicate
    case "contamination": .contamination
    case "votes": .vote
    case "attributions": .attribution
    default: nil
    }
  }

  /// The format of a row by its columns, and between equals by the folder that holds the file.
  static func detected(in row: JSONNode, path: String) -> RowFormat? {
    guard row.kind == .object else { return nil }
    if let messages = row.member("messages"), messages.kind == .array {
      return ofMessages(messages, in: row, path: path)
    }
    if row.member("contents")?.kind == .array { return .vertexGemini }
    let hasRanking = row.member("chosen") != nil && row.member("rejected") != nil
    if row.member("conversations")?.kind == .array {
      return hasRanking ? .shareGPTRanking : .shareGPT
    }
    if row.member("preferred_output") != nil { return .openAIPreference }
    if let prompt = row.member("prompt"), hasRanking {
      return prompt.kind == .array ? .conversationalPreference : .preference
    }
    if let prompt = row.member("prompt"), row.member("completion") != nil {
      return prompt.kind == .array ? .conversationalPromptCompletion : .promptCompletion
    }
    if row.member("instruction") != nil, row.member("output") != nil { return .alpaca }
    if row.member("input") != nil, row.member("output") != nil { return .nemo }
    if row.member("inputs") != nil, row.member("targets") != nil { return .naturalInstructions }
    if row.member("sentences")?.kind == .array { return .bertLines }
    return row.member("text") != nil ? .text : nil
  }

  private static func ofMessages(_ messages: JSONNode, in row: JSONNode, path: String) -> RowFormat
  {
    if row.member("schemaVersion") != nil { return .bedrock }
    var isOpenAI =
      row.member("tools") != nil || row.member("parallel_tool_calls") != nil
      || row.member("functions") != nil
    for message in messages.elements {
      let role = message.member("role")
      if message.member("weight") != nil {
        guard role?.isText("assistant") == true else { return .together }
        isOpenAI = true
      }
      if role?.isText("developer") == true || role?.isText("tool") == true
        || message.member("tool_calls") != nil || message.member("function_call") != nil
      {
        isOpenAI = true
      }
    }
    let folders = path.split(separator: "/").dropLast()
    if folders.contains("together") { return .together }
    return isOpenAI || folders.contains("openai-chat") ? .openAIChat : .messages
  }
}

extension JSONNode {
  /// The value of a key that is written without escapes; nil when there is none.
  @inline(__always)
  func member(_ name: StaticString) -> JSONNode? {
    let wanted = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    for member in members
    where member.key.withSourceBytes({ $0.count == wanted.count && $0.elementsEqual(wanted) }) {
      return member.value
    }
    return nil
  }
}
