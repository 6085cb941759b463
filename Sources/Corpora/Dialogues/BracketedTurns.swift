import Records

/// Turns that each start on a line of their own with the speaker in brackets: `[doctor] hi , martha`.
enum BracketedTurns {
  static func turns(of text: String) -> [Turn] {
    var turns: [Turn] = []
    for line in text.utf8.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }) {
      let words = TidyText.line(line)
      if let (speaker, role, rest) = speech(in: words) {
        turns.append(Turn(role: role, speaker: speaker, text: rest))
      } else if words.isEmpty {
        continue
      } else if turns.isEmpty {
        turns.append(Turn(role: .user, text: words))
      } else {
        turns[turns.count - 1].text += turns[turns.count - 1].text.isEmpty ? words : "\n" + words
      }
    }
    return turns.filter { !$0.text.isEmpty }
  }

  /// `doctor`, `patient`, `patient_guest`.
  private static func speech(in line: String) -> (String, Turn.Role, String)? {
    guard line.hasPrefix("["), let end = line.utf8.firstIndex(of: UInt8(ascii: "]")) else {
      return nil
    }
    let speaker = String(line[line.utf8.index(after: line.startIndex)..<end])
    guard let role = role(of: speaker) else { return nil }
    return (speaker, role, TidyText.line(String(line[line.utf8.index(after: end)...])))
  }

  private static func role(of speaker: String) -> Turn.Role? {
    if let role = SpokenTurns.role(of: speaker) { return role }
    return speaker.lowercased().hasPrefix("patient") ? .user : nil
  }
}
