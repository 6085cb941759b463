import Records

/// Splits the text of a conversation into turns at `Doctor:`, `Patient:`, `Guest_family_2:`.
///
/// A turn starts where a line starts with a speaker, spelt as transcribers spell it (`Gest_family`,
/// `Docotr_2`); other lines go on with the turn before. Patients and their company speak as `user`,
/// doctors and other clinicians as `assistant`.
enum SpokenTurns {
  static func turns(of text: String) -> [Turn] {
    var turns: [Turn] = []
    for line in lines(of: text) {
      if let (speaker, role, rest) = speech(in: line) {
        turns.append(Turn(role: role, speaker: speaker, text: rest))
      } else if line.isEmpty {
        continue
      } else if turns.isEmpty {
        turns.append(Turn(role: .user, text: line))
      } else {
        turns[turns.count - 1].text += turns[turns.count - 1].text.isEmpty ? line : "\n" + line
      }
    }
    return turns.filter { !$0.text.isEmpty }
  }

  /// A key that equal conversations share, whatever their spacing, case and punctuation.
  static func key(of turns: [Turn]) -> String {
    var words = ""
    for turn in turns {
      words.unicodeScalars.append(
        contentsOf: turn.text.lowercased().unicodeScalars.filter {
          $0.properties.isAlphabetic || $0.properties.numericType != nil
        })
      words += "\n"
    }
    let hash = String(StableHash.of(seed: 0, purpose: "dialogue", words), radix: 16)
    return String(repeating: "0", count: 16 - hash.utf8.count) + hash
  }

  private static func lines(of text: String) -> [String] {
    text.utf8.split { $0 == 0x0a || $0 == 0x0d }.map { TidyText.line($0) }
  }

  /// The speaker, their side and what they say, when the line starts with a speaker.
  private static func speech(in line: String) -> (String, Turn.Role, String)? {
    guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let speaker = TidyText.line(String(line[..<colon]))
    guard speaker.utf8.count <= 24, let role = role(of: speaker) else { return nil }
    return (speaker, role, TidyText.line(String(line[line.utf8.index(after: colon)...])))
  }

  /// The side that a speaker is on; nil when the word names no speaker.
  static func role(of speaker: String) -> Turn.Role? {
    let words = speaker.lowercased().split { $0 == "_" || $0 == " " }.map(String.init)
    guard let first = words.first, words.count <= 3 else { return nil }
    let kinds = words.dropFirst().filter { Int($0) == nil }
    if let role = clinicians.contains(first)
      ? Turn.Role.assistant : laypeople.contains(first) ? .user : nil
    {
      return kinds.isEmpty ? role : nil
    }
    guard guests.contains(first), let kind = kinds.first else {
      return guests.contains(first) ? .user : nil
    }
    return kind.hasPrefix("clini") ? .assistant : .user
  }

  private static let clinicians: Set = [
    "doctor", "docotr", "doctor2", "dr", "physician", "clinician", "nurse",
  ]
  private static let laypeople: Set = ["patient", "patient2", "family", "caregiver"]
  private static let guests: Set = ["guest", "gest"]
}
