import Records
import Testing

@testable import Corpora

struct SpokenTurnsTests {
  @Test(arguments: [
    ("Doctor", Turn.Role.assistant), ("Docotr_2", .assistant), ("Guest_clinician", .assistant),
    ("Guest_clinican", .assistant), ("Physician", .assistant), ("Patient", .user),
    ("Guest_family_2", .user), ("Guest_family2", .user), ("Gest_family", .user),
  ])
  func `speakers stand on a side`(speaker: String, role: Turn.Role) {
    #expect(
      SpokenTurns.turns(of: "\(speaker): Hello.")
        == [Turn(role: role, speaker: speaker, text: "Hello.")])
  }

  @Test func `a colon inside speech starts no turn`() {
    let turns = SpokenTurns.turns(of: "Doctor: Listen.\nI had a patient: he left.\nNote: rest.")
    #expect(turns.map(\.text) == ["Listen.\nI had a patient: he left.\nNote: rest."])
  }

  @Test func `equal conversations have one key, whatever their spacing`() {
    let first = SpokenTurns.turns(of: "Doctor: Any pain?\r\nPatient:  No, none.")
    let second = SpokenTurns.turns(of: "Doctor: any pain? \nPatient: No none")
    let other = SpokenTurns.turns(of: "Doctor: any pain?\nPatient: Yes.")
    #expect(SpokenTurns.key(of: first) == SpokenTurns.key(of: second))
    #expect(SpokenTurns.key(of: first) != SpokenTurns.key(of: other))
  }
}

struct PathPatternTests {
  @Test(arguments: [
    ("**/{patient}/*.txt", "a/b/p7/note.txt", "p7"), ("**/{patient}/*.txt", "p7/note.txt", "p7"),
    ("notes/p{patient}_*", "notes/p12_3.txt", "12"), ("{patient}.txt", "x.txt", "x"),
    ("**/patient-{patient}/**", "w/patient-9/a/b", "9"),
  ])
  func `captures the marked part`(pattern: String, path: String, capture: String) throws {
    #expect(try PathPattern(pattern, capturing: "patient").capture(in: path) == capture)
  }

  @Test(arguments: ["note.txt", "a/note.rtf", "a/b/note.txt"])
  func `other paths do not fit`(path: String) throws {
    #expect(try PathPattern("{patient}/*.txt", capturing: "patient").capture(in: path) == nil)
  }

  @Test(arguments: ["*/notes", "{patient}/{patient}"])
  func `a pattern marks the part once`(pattern: String) {
    #expect(throws: Diagnostic.self) { try PathPattern(pattern, capturing: "patient") }
  }
}

struct TidyTextTests {
  @Test(arguments: [
    ("a  b\n c ", "a b c"), ("", ""), (" \n", ""), ("a\u{A0} b", "a\u{A0} b"), ("ab", "ab"),
  ])
  func `a line has single blanks`(text: String, line: String) {
    #expect(TidyText.line(text) == line)
  }

  @Test(arguments: [
    ("a\n\n\n\n  b", "a\n\nb"), ("a.    - b    - c", "a.\n- b\n- c"), ("a - b", "a - b"),
    ("a\r\nb", "a\nb"), ("  a  \n", "a"), ("a\n   - b", "a\n- b"),
  ])
  func `paragraphs and lists stay`(text: String, tidy: String) {
    #expect(TidyText.paragraphs(text) == tidy)
    #expect(TidyText.paragraphs(tidy) == tidy)
  }
}

struct NameTests {
  @Test(arguments: [
    ("eng", "en"), ("EN-us", "en"), ("ger", "de"), ("haw", "haw"), ("zh_Hant", "zh"),
  ])
  func `languages become subtags`(code: String, subtag: String) {
    #expect(LanguageCode.subtag(of: code) == subtag)
  }

  @Test(arguments: ["und", "mul", "", "english", "e1"])
  func `what names no one language has none`(code: String) {
    #expect(LanguageCode.subtag(of: code) == nil)
  }

  @Test func `splits go by several names`() {
    #expect(Split(corpusName: "Dev") == .validation)
    #expect(Split(corpusName: "TRAINING") == .train)
    #expect(Split(corpusName: "exam") == nil)
  }
}
