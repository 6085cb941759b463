import Records
import TestSupport
import Testing

@testable import Stages

/// What is cut out of a patient's later notes, over invented ones.
struct CopyForwardTests {
  private static let sentences = CopyForwardSettings(unit: .sentence(minimumWords: 5))
  private static let tens = CopyForwardSettings(unit: .words(length: 10))

  /// The notes after the cut, in the order given, which is that of time.
  private func left(
    of texts: [String], _ settings: CopyForwardSettings = sentences
  ) throws -> [String] {
    let contents = texts.map { Content.note(Note(sections: [NoteSection(text: $0)])) }
    return try cut(contents, settings).map { content in
      guard case .note(let note) = content else { return "" }
      return note.text
    }
  }

  private func cut(_ contents: [Content], _ settings: CopyForwardSettings) throws -> [Content] {
    let folder = try WorkFolderFixture()
    defer { withExtendedLifetime(folder) {} }
    let maker = PassageUnitMaker(settings)
    let units = RepeatedUnits(folder: folder.path, name: "test", memoryBytes: 1 << 20)
    let made = contents.map { maker.units(of: $0, group: 7) ?? PassageUnits() }
    for (number, ofRecord) in made.enumerated() { try units.add(ofRecord.keys, of: number) }
    var contents = contents
    try units.forEachRecord { record, places in
      let ranges = settings.words(of: places, extents: made[record].extents)
      PassageCutter.cut(ranges, from: &contents[record])
    }
    return contents
  }

  // MARK: Sentences

  @Test func `a sentence of an earlier note goes, whatever its case and punctuation`() throws {
    let notes = try left(of: [
      "Patient admitted with chest pain on exertion. No fever.",
      "Slept well. PATIENT ADMITTED, with chest-pain on exertion! No fever.",
      "Slept well. Patient admitted with chest pain  on exertion.\nNo fever.",
    ])
    #expect(notes[0] == "Patient admitted with chest pain on exertion. No fever.")
    #expect(notes[1] == "Slept well. PATIENT ADMITTED, with chest-pain on exertion! No fever.")
    #expect(notes[2] == "Slept well.\nNo fever.")
  }

  @Test func `short sentences stay, and repetition inside one note too`() throws {
    let note = "Lungs are clear. He walks to the ward door. He walks to the ward door."
    #expect(try left(of: [note, "Lungs are clear. Eats."]) == [note, "Lungs are clear. Eats."])
  }

  @Test func `lines of a list are sentences, and their bullets and numbers go with them`() throws {
    let first = """
      Medications:
      1. Aspirin 81 mg by mouth daily
      2. Lisinopril 10 mg by mouth daily
      - Metformin 500 mg twice every day
      """
    let second = """
      Medications:
      1. Aspirin 81 mg by mouth daily
      2. Lisinopril 20 mg by mouth daily
      * Metformin 500 mg twice every day
      3. Potassium 20 mg with the evening meal
      """
    #expect(
      try left(of: [first, second])[1] == """
        Medications:
        2. Lisinopril 20 mg by mouth daily
        3. Potassium 20 mg with the evening meal
        """)
  }

  @Test func `a heading goes when all below it goes, and else stays`() throws {
    let first = """
      History: Long known asthma since early childhood.

      Plan: Continue the inhaler twice a day. Return in four weeks time.
      """
    let second = """
      History: Long known asthma since early childhood.

      Plan: Continue the inhaler twice a day. Spirometry was ordered for Monday morning.
      """
    #expect(
      try left(of: [first, second])[1] == "Plan: Spirometry was ordered for Monday morning.")
  }

  @Test func `a section that is emptied goes with its header`() throws {
    let history = NoteSection(header: "HPI", text: "Long known asthma since early childhood.")
    let plan = NoteSection(header: "PLAN", text: "Spirometry was ordered for Monday morning.")
    let empty = NoteSection(header: "EXAM", text: "")
    let contents = try cut(
      [.note(Note(sections: [history])), .note(Note(sections: [history, empty, plan]))],
      Self.sentences)
    #expect(contents[1] == .note(Note(sections: [empty, plan])))
  }

  @Test func `titles, initials and wrapped lines do not end a sentence`() throws {
    let first = "He was seen by Dr. A. Okafor in the\nmorning round of the ward."
    let second = "Better.\nHe was seen by Dr. A. Okafor in\nthe morning round of the ward. Home."
    #expect(try left(of: [first, second])[1] == "Better.\nHome.")
  }

  @Test func `placeholders are whole, and those of the tool are alike whatever their number`()
    throws
  {
    let notes = try left(of: [
      "Seen by [NAME_1] on [**2151-7-16**] in the clinic.",
      "Seen by [NAME_2] on [**2151-7-16**] in the clinic. Fine.",
      "Seen by [NAME\(PlaceholderMark.character)] on [**2151-7-17**] in the clinic.",
      "Seen by ___ on [**2151-7-17**] in the clinic.",
    ])
    #expect(notes[1] == "Fine.")
    #expect(notes[2].hasPrefix("Seen by [NAME"))
    #expect(notes[3].hasPrefix("Seen by ___"))
  }

  @Test func `numbers below and above a limit are no copies`() throws {
    let notes = try left(of: [
      "Potassium was found at <3.5 this morning.", "Potassium was found at >3.5 this morning.",
      "Potassium was found at 3.5 this morning.", "The base excess was -2 this morning.",
      "The base excess was 2 this morning.",
    ])
    #expect(notes[1...4].allSatisfy { !$0.isEmpty })
  }

  @Test func `scripts without blanks are cut by sentence and by letter`() throws {
    let first = "患者は昨日から発熱があり来院した。咳はない。"
    let second = "患者は昨日から発熱があり来院した。今日は解熱した。"
    #expect(try left(of: [first, second])[1] == "今日は解熱した。")
    let runs = try left(of: [first, "経過：患者は昨日から発熱があり、来院した。咳も出る。"], Self.tens)
    #expect(runs[1] == "経過：も出る。")
  }

  // MARK: Runs of words

  @Test func `the longest repeated run goes as a whole`() throws {
    let copied = (1...14).map { "w\($0)" }.joined(separator: " ")
    let notes = try left(
      of: ["alpha \(copied) omega.", "Today new \(copied), then more\n\n  text."], Self.tens)
    #expect(notes[1] == "Today new then more\n\n  text.")
  }

  @Test func `nine words in a row stay`() throws {
    let copied = (1...9).map { "w\($0)" }.joined(separator: " ")
    #expect(try left(of: ["a \(copied) b", "c \(copied) d"], Self.tens)[1] == "c \(copied) d")
  }

  @Test func `runs from two earlier notes that meet are cut through`() throws {
    let one = (1...10).map { "x\($0)" }.joined(separator: " ")
    let two = (1...10).map { "y\($0)" }.joined(separator: " ")
    #expect(try left(of: [one, two, "begin \(one)\n\(two) end"], Self.tens)[2] == "begin\nend")
  }

  @Test func `a number is not cut in two`() throws {
    let start = (1...10).map { "w\($0)" }.joined(separator: " ")
    #expect(
      try left(of: ["\(start) 120/80", "Then \(start) 120/85"], Self.tens)[1] == "Then 120/85")
  }

  // MARK: Against the definition itself

  @Test(arguments: 0..<60) func `agrees with the definition on random notes`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let length = 2 + seed % 4
    let notes = (0..<6).map { _ in
      (0..<Int.random(in: 0...30, using: &random)).map { _ in
        "w\(Int.random(in: 0..<(3 + seed % 5), using: &random))"
      }
    }
    let settings = CopyForwardSettings(unit: .words(length: length))
    let found = try left(of: notes.map { $0.joined(separator: " ") }, settings)
    for (place, words) in notes.enumerated() {
      let kept = words.indices.filter { word in
        !(max(0, word - length + 1)...word).contains { start in
          start + length <= words.count
            && Self.holds(notes[..<place], words[start..<start + length])
        }
      }
      #expect(found[place] == kept.map { words[$0] }.joined(separator: " "))
    }
  }

  private static func holds(_ notes: ArraySlice<[String]>, _ run: ArraySlice<String>) -> Bool {
    notes.contains { note in
      note.indices.contains { note[$0...].starts(with: run) }
    }
  }

  @Test func `records of other shapes and labelled texts are left alone`() {
    let maker = PassageUnitMaker(Self.tens)
    let pair = TextPair(first: "a", second: "b", label: "c")
    #expect(maker.units(of: .textPair(pair), group: 1) == nil)
    let labelled = LabelledText(text: "a b c", labels: ["d"])
    #expect(maker.units(of: .labelledText(labelled), group: 1) == nil)
    #expect(maker.units(of: .labelledText(LabelledText(text: "a b c")), group: 1) != nil)
  }

  @Test(arguments: [
    "", " ", "\n\n", ":", "a:", "---", "- \n-", "1.", "(1)", "[", "[A", "[AB_", "___", "。", "：a",
    "a。」", "<", PlaceholderMark.character, "a\u{00A0}b\u{3000}", "-\u{2264}", "é", "x [**a\nb**] y",
    "a - \nb",
  ])
  func `any text is covered by items, blanks apart`(text: String) {
    let passage = PassageText(text)
    var places = passage.words.map(\.place) + passage.headings.map(\.place)
    places.sort { $0.lowerBound < $1.lowerBound }
    for (one, next) in zip(places, places.dropFirst()) {
      #expect(one.upperBound <= next.lowerBound)
    }
    guard !places.isEmpty else { return }
    let bytes = Array(text.utf8)
    let covered = Set(places.joined())
    let rest = bytes.indices.filter { !covered.contains($0) }.map { bytes[$0] }
    #expect(String(decoding: rest, as: UTF8.self).allSatisfy { $0.isWhitespace })
  }
}
