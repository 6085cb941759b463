import Formats
import Records

/// Super-NaturalInstructions: task documents as github.com/allenai/natural-instructions has them, or
/// their instances flattened, as the hub's `Muennighoff/natural-instructions`.
///
/// A document stands for a source, a task and a licence, in each split. Where the instructions of the
/// task's wordings hold nothing of the records they are its definitions, and the material is the
/// input; else the definition is what the task asks for, and the whole request is the input. There
/// are no positive and negative examples: theirs come with explanations, which corpora do not give.
struct NaturalInstructions: Dialect {
  static let facts = DialectFacts(
    name: "super-natural-instructions", title: "Super-NaturalInstructions tasks",
    trainers: "Tk-Instruct, FLAN-style mixtures", options: [], allowsCompression: false,
    formats: [.json, .jsonl, .parquet])

  init(options: DialectOptions) {}

  let schemaName = "super-natural-instructions"

  let features = ["task_name", "id", "definition", "inputs", "targets"].map { Feature($0) }

  func refusal(of body: Example.Body) -> String? {
    if let refusal = body.refusalAsConversation { return refusal }
    return body.conversation.history.isEmpty ? nil : "an instance has no place for earlier turns"
  }

  func write(_ example: Example, into json: inout JSONWriter) {
    let conversation = example.body.conversation
    let task = example.task
    let isFixed = task?.definitions.isEmpty == false
    json.beginObject()
    json.member("task_name", task?.name ?? "")
    json.member("id", example.id)
    json.member("definition", isFixed ? conversation.definition : task?.title ?? "")
    json.member("inputs", isFixed ? conversation.input : conversation.fullPrompt)
    json.member("targets", conversation.output)
    json.endObject()
  }
}

extension Conversation {
  /// The instruction, and the system message before it.
  fileprivate var definition: String {
    system.isEmpty ? instruction : "\(system)\n\n\(instruction)"
  }
}

/// What a task document says around its instances.
///
/// Keys and their types by the repository's `src/test_all.py`, 2022, and the paper's definitions in a
/// list. An instance is a line, so that a document can be read as it can be written, bit by bit.
package struct NaturalInstructionsDocument: Sendable {
  private let part: RowPart
  private let task: Example.Task
  private let language: String?
  private let contributor: String?

  package init(part: RowPart, task: Example.Task, language: String?, contributor: String?) {
    self.part = part
    self.task = task
    self.language = language
    self.contributor = contributor
  }

  /// What stands before the first instance, to the end of its line.
  package var head: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("Contributors", [contributor].compactMap(\.self))
    json.member("Source", [part.source])
    json.member("URL", [String]())
    json.member("Categories", [task.title])
    json.member("Reasoning", [String]())
    json.member("Definition", task.definitions.isEmpty ? [task.title] : task.definitions)
    json.member("Input_language", languages)
    json.member("Output_language", languages)
    json.member("Instruction_language", ["English"])
    json.member("Domains", ["Healthcare"])
    json.member("Positive Examples", [String]())
    json.member("Negative Examples", [String]())
    json.member("Instance License", [part.license])
    json.key("Instances")
    return json.take() + Array("[\n".utf8)
  }

  package static let separator = Array(",\n".utf8)

  package static let tail = Array("\n]}\n".utf8)

  /// An instance of a flat row.
  package static func writeInstance(of row: JSONNode, into json: inout JSONWriter) {
    json.beginObject()
    json.member("id", row["id"]?.string ?? "")
    json.member("input", row["inputs"]?.string ?? "")
    json.member("output", [row["targets"]?.string ?? ""])
    json.endObject()
  }

  /// A flat row of an instance.
  ///
  /// - Parameter head: the document, or its head closed.
  package static func writeRow(
    of instance: JSONNode, in head: JSONNode, task: String, into json: inout JSONWriter
  ) {
    json.beginObject()
    json.member("task_name", task)
    json.member("id", instance["id"]?.string ?? "")
    json.member("definition", head["Definition"]?.elements.first { _ in true }?.string ?? "")
    json.member("inputs", instance["input"]?.string ?? "")
    json.member("targets", instance["output"]?.elements.first { _ in true }?.string ?? "")
    json.endObject()
  }

  /// The English name of the source's language, as ISO 639 has it.
  private var languages: [String] { language.map { [Self.names[$0] ?? $0] } ?? [] }

  private static let names = [
    "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese",
    "ru": "Russian", "sv": "Swedish", "zh": "Chinese",
  ]
}
