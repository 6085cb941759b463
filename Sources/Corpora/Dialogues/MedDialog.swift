import Formats
import Records

/// Conversations between patients and doctors on medical sites, English and Chinese.
///
///     id=1                                          id=1
///     https://www.icliniq.com/qa/…                  https://www.haodf.com/…
///     Description                                   Doctor faculty
///     Q. What does abutment mean?                   …
///                                                   Description
///     Dialogue                                      疾病：
///     Patient:                                      …
///     Hi doctor, …                                  Dialogue
///     Doctor:                                       病人：
///     Hi. …                                         …
///
/// `.txt` as the authors gathered it: a record goes from one `id=` line with a number to the next;
/// lines that are a speaker and a colon begin a turn, all others go on with it. `.json` as they
/// processed it: a list of objects with `description` and `utterances`, or of lists of utterances, each
/// beginning with its speaker (`patient: …`, `病人：…`). Records whose speakers are 病人 and 医生 are
/// Chinese. The description is the tag `description` in English, where it is one line. The wording of a
/// conversation is its group.
///
/// All rights are those of the sites haodf.com, healthcaremagic.com and icliniq.com; real patients speak.
///
/// Format: github.com/UCSD-AI4H/Medical-Dialogue-System, 2020.
struct MedDialog: CorpusReader {
  static let facts = CorpusFacts(
    name: "meddialog", title: "MedDialog: patients and doctors on medical sites", shape: .dialogue,
    license: .siteCopyright, language: nil, forms: ".txt, .json", tasks: ["dialogue-response"],
    isSensitive: true, reference: "https://github.com/UCSD-AI4H/Medical-Dialogue-System",
    signatures: [.json(keys: ["description", "utterances"])])

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ["txt", "json"].contains(name.kind) && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let file = ChatFile(entry.path)
    guard EntryName(entry.path).kind == "txt" else {
      return try JSONObjectRows.read(&entry, into: sink, id: file.numbered) { row, id in
        try record(of: row, id: id, file)
      }
    }
    var outlet = ReadingOutlet()
    var lines = JSONLines()
    var open: GatheredDialogue?
    func take(_ line: JSONLine) throws {
      guard UnicodeValidation.validPrefix(of: line.bytes).bytes == line.bytes.count else {
        open?.damage = "line \(line.number)"
        return
      }
      let words = TidyText.line(line.bytes)
      if let number = GatheredDialogue.number(in: words) {
        try hand(open, file, &outlet, into: sink)
        open = GatheredDialogue(number: number, line: line.number, byteOffset: line.byteOffset)
      } else if open != nil {
        open?.take(words)
      } else {
        throw Diagnostic(
          at: Position(line: line.number), "not MedDialog: a line before the first 'id='")
      }
    }
    try EnoughReadings.ends {
      try entry.forEachChunk { chunk in try lines.feed(chunk) { try take($0) } }
      try lines.finish { try take($0) }
      try hand(open, file, &outlet, into: sink)
    }
  }

  private func hand(
    _ dialogue: GatheredDialogue?, _ file: ChatFile, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink
  ) throws {
    guard let dialogue else { return }
    let id = "\(file.stem)-\(dialogue.number)"
    if let damage = dialogue.damage {
      return try outlet.reject(
        id, .invalidEncoding, value: damage, at: dialogue.byteOffset, to: sink)
    }
    guard !dialogue.spoken.isEmpty else {
      return try outlet.reject(
        id, .emptyText, value: "line \(dialogue.line)", at: dialogue.byteOffset, to: sink)
    }
    try outlet.pass(
      record(id: id, dialogue.spoken, description: dialogue.description, split: nil),
      at: dialogue.byteOffset, to: sink)
  }

  private func record(of row: JSONObjectRows.Row, id: String, _ file: ChatFile) throws -> Record {
    let list = row.node.kind == .array ? row.node : row.node["utterances"]
    guard let list else { throw RowProblem(reason: .missingField, value: "utterances") }
    let turns = try list.elements.enumerated().map { place, element in
      guard let text = element.string, let turn = ForumSpeaker.turn(of: TidyText.line(text)) else {
        throw RowProblem(reason: .malformed, value: "turn \(place + 1)")
      }
      return turn
    }.filter { !$0.text.isEmpty }
    guard !turns.isEmpty else { throw RowProblem(reason: .emptyText, value: "utterances") }
    let description = row.node["description"]?.string ?? ""
    return record(id: id, turns, description: description, split: file.split)
  }

  private func record(id: String, _ turns: [Turn], description: String, split: Split?) -> Record {
    let isChinese = turns.contains { ForumSpeaker.chinese.contains($0.speaker) }
    return settings.record(
      id: id, language: isChinese ? "zh" : "en",
      groups: [GroupKey(.dialogue, SpokenTurns.key(of: turns))], officialSplit: split,
      tags: isChinese || TidyText.isBlank(description)
        ? [] : [Tag("description", TidyText.line(description))],
      content: .dialogue(Dialogue(turns: turns)))
  }
}

/// A record of the gathered text.
private struct GatheredDialogue {
  private enum Part { case head, description, dialogue }

  let number: Int
  let line: Int
  let byteOffset: Int
  var damage: String?
  private(set) var description = ""
  private var turns: [Turn] = []
  private var part = Part.head

  init(number: Int, line: Int, byteOffset: Int) {
    self.number = number
    self.line = line
    self.byteOffset = byteOffset
  }

  /// The turns that say something.
  var spoken: [Turn] { turns.filter { !$0.text.isEmpty } }

  /// The number of `id=7`; descriptions, too, may speak of an id, but of no number alone.
  static func number(in line: String) -> Int? {
    line.hasPrefix("id=") ? Int(line.dropFirst(3)) : nil
  }

  mutating func take(_ line: String) {
    switch line {
    case "Description": part = .description
    case "Dialogue": part = .dialogue
    default:
      switch part {
      case .head: break
      case .description: description += description.isEmpty ? line : " " + line
      case .dialogue: say(line)
      }
    }
  }

  private mutating func say(_ line: String) {
    if let turn = ForumSpeaker.turn(of: line), turn.text.isEmpty {
      turns.append(turn)
    } else if !turns.isEmpty {
      turns[turns.count - 1].text += turns[turns.count - 1].text.isEmpty ? line : "\n" + line
    } else {
      turns.append(Turn(role: .user, text: line))
    }
  }
}

/// Who speaks on a medical site.
private enum ForumSpeaker {
  static let chinese: Set = ["病人", "医生"]

  /// The turn of a text that begins with its speaker and a colon, of ASCII or full width.
  static func turn(of text: String) -> Turn? {
    for (name, role) in speakers {
      for colon in [":", "："] where text.lowercased().hasPrefix(name.lowercased() + colon) {
        let rest = text.utf8.dropFirst(name.utf8.count + colon.utf8.count)
        return Turn(role: role, speaker: name, text: TidyText.line(rest))
      }
    }
    return nil
  }

  private static let speakers: [(String, Turn.Role)] = [
    ("Patient", .user), ("Doctor", .assistant), ("病人", .user), ("医生", .assistant),
  ]
}
