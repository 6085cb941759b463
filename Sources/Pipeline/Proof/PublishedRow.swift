import Formats
import Records
import Stages
import Templates

/// A written example as a proof compares it, from its row in a dialect and its provenance row.
struct PublishedRow: Sendable {
  var print: ExamplePrint
  /// A hash of the exact texts; 0 for a row of no form that is known.
  var text: UInt64
  /// The digest of the example's id.
  var id: Digest128
  /// The row's group keys: what kind each is, and its digest.
  var groups: [(kind: String, key: Digest128)]
  /// Where the record came from.
  var origin: Origin

  /// A source, and an entry of it.
  struct Origin: Sendable, Hashable {
    var source: String
    var archive: String
    var entry: String

    static func precedes(_ first: Origin, _ second: Origin) -> Bool {
      let one = [first.source, first.archive, first.entry]
      let two = [second.source, second.archive, second.entry]
      return one.lexicographicallyPrecedes(two) {
        $0.utf8.lexicographicallyPrecedes($1.utf8)
      }
    }
  }
}

/// Rows → what a proof compares; one for each task.
struct PublishedRowReader: Sendable {
  private let patterns: [String: RequestPattern]
  private var printer: ExamplePrinter

  init(_ settings: ProofSettings) {
    patterns = Dictionary(
      settings.patterns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    printer = ExamplePrinter(settings: settings.leaks)
  }

  mutating func row(_ example: JSONNode, provenance: JSONNode) -> PublishedRow {
    let turns = PublishedTurns(example)
    let name = provenance["template"]?.string ?? ""
    // Turns before the last request are worked examples, unless the record was passed through.
    let inputs =
      patterns[name]?.fillings(of: turns.request) ?? (turns.earlier + [turns.request])
    return PublishedRow(
      print: printer.print(inputs: inputs.filter { !$0.isEmpty }, output: turns.output),
      text: turns.exactHash,
      id: Digest128(of: provenance["id"]?.string ?? ""),
      groups: (provenance["groups"]?.elements.map { $0.string ?? "" } ?? []).map { key in
        (String(key.prefix { $0 != ":" }), Digest128(of: key))
      },
      origin: PublishedRow.Origin(
        source: provenance["source"]?.string ?? "", archive: provenance["archive"]?.string ?? "",
        entry: provenance["entry"]?.string ?? ""))
  }
}

/// The turns of a row in any dialect.
struct PublishedTurns {
  private(set) var system = ""
  /// What the user said in the last turn; empty for plain text.
  var request = ""
  /// What is trained on.
  var output = ""
  /// The answer that is worse, where the row is a preference.
  private var rejected: String?
  /// The turns before the last request, without a system message.
  var earlier: [String] = []
  /// Whether the row says the example in other words than most dialects do: in sentences, or without
  /// the instruction.
  private var isRephrased = false

  /// The turns of a row; what a row is, its keys say.
  init(_ row: JSONNode) {
    if let text = row["text"]?.string {
      output = text
    } else if let sentences = row["sentences"] {
      isRephrased = true
      output = sentences.elements.map { $0.string ?? "" }.joined(separator: "\n")
    } else if let turns = row["messages"] ?? row["conversations"] ?? row["contents"] {
      take(turns.elements.map(Turn.init) + (row["chosen"].map { [Turn($0)] } ?? []))
    } else if let turns = row["input"]?["messages"], let chosen = row["preferred_output"] {
      take(turns.elements.map(Turn.init) + chosen.elements.map(Turn.init))
    } else if let inputs = row["inputs"]?.string {
      isRephrased = true
      request = inputs
      output = row["targets"]?.string ?? ""
    } else if let instruction = row["instruction"]?.string {
      let input = row["input"]?.string ?? ""
      request = input.isEmpty ? instruction : "\(instruction)\n\n\(input)"
      output = row["output"]?.string ?? ""
      system = row["system"]?.string ?? ""
      earlier = row["history"]?.elements.flatMap { $0.elements.map { $0.string ?? "" } } ?? []
    } else if let input = row["input"]?.string {
      request = input
      takeContinuation(row["output"])
    } else if let prompt = row["prompt"], let completion = row["completion"] ?? row["chosen"] {
      take(prompt.elements.map(Turn.init) + completion.elements.map(Turn.init))
      request = prompt.string ?? request
      if completion.kind == .string { takeContinuation(completion) }
    }
    rejected = (row["rejected"] ?? row["non_preferred_output"]).map(Self.answer)
    if system.isEmpty, let parts = row["systemInstruction"]?["parts"] ?? row["system"] {
      system = parts.elements.map { $0["text"]?.string ?? "" }.joined()
    }
  }

  private struct Turn {
    var isSystem: Bool
    var text: String

    init(_ node: JSONNode) {
      isSystem = (node["role"] ?? node["from"])?.isText("system") == true
      let content = node["content"] ?? node["value"] ?? node["parts"]
      // A text, or blocks of texts.
      text =
        content?.string ?? content?.elements.map { $0["text"]?.string ?? "" }.joined() ?? ""
    }
  }

  /// Takes an output that goes on behind its prompt, after a space.
  private mutating func takeContinuation(_ node: JSONNode?) {
    output = Self.continuation(node?.string ?? "")
  }

  private static func continuation(_ text: String) -> String {
    text.hasPrefix(" ") ? String(text.dropFirst()) : text
  }

  /// An answer as a text, as one turn, or as a list of turns.
  private static func answer(_ node: JSONNode) -> String {
    switch node.kind {
    case .string: continuation(node.string ?? "")
    case .object: Turn(node).text
    default: node.elements.map { Turn($0).text }.joined(separator: "\n")
    }
  }

  /// A hash of the rejected answer; 0 for a row that has none.
  var rejectedHash: UInt64 { rejected.map { RowHash.of($0) | 1 } ?? 0 }

  /// A hash of the exact texts, the same for an example in every dialect; 0 for a row of no form that
  /// is known, or whose form does not keep all of them.
  ///
  /// Some dialects have no place for a system message and put it before the request, so that it counts
  /// as a part of that in all.
  var exactHash: UInt64 {
    guard !output.isEmpty, !isRephrased else { return 0 }
    let full = system.isEmpty ? request : "\(system)\n\n\(request)"
    return (earlier + [full, output]).reduce(1) { RowHash.join($0, RowHash.of($1)) } | 1
  }

  private mutating func take(_ turns: [Turn]) {
    system = turns.first(where: \.isSystem)?.text ?? ""
    var texts = turns.filter { !$0.isSystem }.map(\.text)
    output = texts.popLast() ?? ""
    request = texts.popLast() ?? ""
    earlier = texts
  }
}
