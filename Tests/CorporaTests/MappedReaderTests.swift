import Formats
import Records
import Testing

@testable import Corpora

struct MappedReaderTests {
  @Test func `a misspelt field names the nearest`() throws {
    let error = try #require(throws: Diagnostic.self) {
      try TableCorpus(
        options: ReaderOptions(fields: ["qestion": "q", "answer": "a"], shape: .questionAnswer))
    }
    #expect(error.message.contains("no field 'qestion'"))
    #expect(error.hint == "did you mean 'question'?")
  }

  @Test(arguments: Content.Shape.allCases)
  func `a shape without its fields is an error that says what it needs`(
    shape: Content.Shape
  ) throws {
    let error = try #require(throws: Diagnostic.self) {
      try JSONLinesCorpus(options: ReaderOptions(fields: ["id": "id"], shape: shape))
    }
    #expect(error.message.contains("needs field '"))
  }

  @Test func `without a shape there is nothing to map to`() {
    #expect(throws: Diagnostic.self) { try JSONCorpus(options: ReaderOptions()) }
  }

  @Test func `a column that the header lacks is an error at the header`() throws {
    let reader = try TableCorpus(
      options: ReaderOptions(fields: ["text": "txt", "labels": "label"], shape: .labelledText))
    let error = try #require(throws: Diagnostic.self) {
      try reader.readings(of: "text,label\na,b\n", path: "t.csv")
    }
    #expect(error.message == "the header has no column 'txt'")
    #expect(error.hint == "did you mean 'text'?")
    #expect(error.position.line == 1)
  }

  @Test func `a table without a header has numbered columns`() throws {
    let options = ReaderOptions(
      fields: ["question": "1", "options": "2,3", "answer": "4"], shape: .multipleChoice,
      options: ["header": "false"])
    let records = try TableCorpus(options: options).readings(of: "Q,x,y,B\n", path: "t.csv")
    #expect(
      records.first?.record?.content
        == .multipleChoice(MultipleChoice(stem: "Q", options: ["x", "y"], answers: [1])))
  }

  @Test func `pairs may be translations, into a language of the row or of all rows`() throws {
    func pair(_ row: String, _ options: [String: String]) throws -> Content? {
      let fields = ["source_text": "ja", "target_text": "en", "target_language": "to"]
      let reader = try TableCorpus(
        options: ReaderOptions(fields: fields, shape: .pairedText, options: options))
      return try reader.readings(of: "ja,en,to\n\(row)\n", path: "t.csv").first?.record?.content
    }

    let options = ["kind": "translation", "target_language": "en"]
    #expect(
      try pair("心臓,heart,", options)
        == .pairedText(
          PairedText(
            kind: .translation, sourceText: "心臓", targetText: "heart", targetLanguage: "en")))
    #expect(
      try pair("心臓,cœur,fra", options)
        == .pairedText(
          PairedText(
            kind: .translation, sourceText: "心臓", targetText: "cœur", targetLanguage: "fr")))
    #expect(throws: Diagnostic.self) { try pair("a,b,", ["kind": "list"]) }
    #expect(throws: Diagnostic.self) { try pair("a,b,", ["target_language": "English"]) }
  }

  @Test func `labels outside of a closed set are rejected`() throws {
    let options = ReaderOptions(
      fields: ["text": "t", "labels": "l"], shape: .labelledText,
      options: ["label_set": "drug | disease", "label_separator": ";"])
    let readings = try TableCorpus(options: options).readings(
      of: "t,l\nA,disease;drug\nB,gene\nC,\n", path: "t.csv")

    #expect(
      readings[0].record?.content
        == .labelledText(
          LabelledText(text: "A", labels: ["disease", "drug"], labelSet: ["drug", "disease"])))
    #expect(readings[1].rejection?.reason == .unknownLabel)
    #expect(
      readings[2].record?.content
        == .labelledText(LabelledText(text: "C", labels: [], labelSet: ["drug", "disease"])))
  }

  @Test func `a declared encoding is converted`() throws {
    let options = ReaderOptions(
      fields: ["question": "q", "answer": "a"], shape: .questionAnswer,
      options: ["encoding": "gb18030"])
    // 茶 and 水 in GB18030.
    let bytes = Array("q,a\n".utf8) + [0xb2, 0xe8, 0x2c, 0xcb, 0xae, 0x0a]
    let reader = try TableCorpus(options: options)
    for length in [1, 3, 100] {
      let entry = PiecewiseEntry(path: "t.csv", bytes: bytes, pieceLength: length)
      let records = try reader.readings(of: entry).compactMap(\.record)
      #expect(
        records.map(\.content) == [.questionAnswer(QuestionAnswer(question: "茶", answer: "水"))])
    }
  }

  @Test(arguments: [
    (#"{"A": "x", "B": "y"}"#, #""B""#, "auto", [1]),
    (#"["x", "y", "z"]"#, #""c""#, "auto", [2]),
    (#"["x", "y", "z"]"#, #"["a", "c"]"#, "auto", [0, 2]),
    (#"["x", "y", "z"]"#, #""A, C""#, "letter", [0, 2]),
    (#"["x", "y", "z"]"#, #""y""#, "auto", [1]),
    (#"["x", "y"]"#, "0", "0", [0]), (#"["x", "y"]"#, "2", "1", [1]),
    (#"["10", "12"]"#, "12", "text", [1]), (#"["b", "a"]"#, #""a""#, "auto", [1]),
  ])
  func `answers are numbers, letters or texts`(
    options: String, answer: String, base: String, places: [Int]
  ) throws {
    let readings = try choice(options, answer, base)
    guard case .multipleChoice(let item) = readings.first?.record?.content else {
      Issue.record("no record")
      return
    }
    #expect(item.answers == places)
  }

  @Test(arguments: [
    (#"["x", "y"]"#, #""z""#, "auto"), (#"["x", "y"]"#, "-1", "0"), (#"["x", "y"]"#, "0", "1"),
    (#"["x", "y"]"#, #""CA""#, "letter"), (#"["x", "y"]"#, #""no""#, "text"),
  ])
  func `an answer that names no option is rejected`(
    options: String, answer: String, base: String
  ) throws {
    #expect(try choice(options, answer, base).map(\.rejection?.reason) == [.unknownLabel])
  }

  @Test func `a number needs the recipe to say where counting starts`() throws {
    let error = try #require(throws: Diagnostic.self) {
      try choice(#"["x", "y"]"#, "1", "auto")
    }
    #expect(error.hint == "set option 'answer_base' to 0, 1 or text")
  }

  @Test func `alpaca rows with a history become a conversation`() throws {
    let reader = try JSONCorpus(
      options: ReaderOptions(
        fields: [
          "instruction": "instruction", "input": "input", "output": "output", "history": "history",
        ], shape: .instruction))
    let rows =
      #"[{"instruction": "And now?", "input": "tea", "output": "Yes", "history": [["Hi", "Hello"]]}]"#
    #expect(
      try reader.readings(of: rows).first?.record?.content
        == .instruction(
          Instruction(turns: [
            Turn(role: .user, text: "Hi"), Turn(role: .assistant, text: "Hello"),
            Turn(role: .user, text: "And now?\n\ntea"), Turn(role: .assistant, text: "Yes"),
          ])))
  }

  @Test func `a way to records that leads nowhere is an error, an empty list is none`() throws {
    let options = ReaderOptions(
      fields: ["text": "t"], shape: .labelledText, options: ["records": "data.item"])
    let reader = try JSONCorpus(options: options)
    let error = #expect(throws: Diagnostic.self) {
      try reader.readings(of: #"{"data": {"items": []}}"#)
    }
    #expect(error?.hint == "did you mean 'items'?")
    #expect(try reader.readings(of: #"{"data": {"item": []}}"#).isEmpty)
  }

  @Test func `records inside a document take fields from the objects around them`() throws {
    let options = ReaderOptions(
      fields: [
        "question": "question", "answer": "answers.0.text", "context": "^.context",
        "document": "^.^.title",
      ], shape: .questionAnswer, options: ["records": "data.*.paragraphs.*.qas"])
    let squad = #"""
      {"data": [{"title": "T", "paragraphs": [{"context": "C", "qas": [
        {"question": "Q1", "answers": [{"text": "A1"}]},
        {"question": "Q2", "answers": [{"text": "A2"}]}]}]}]}
      """#
    let records = try JSONCorpus(options: options).readings(of: squad).compactMap(\.record)
    #expect(records.map { $0.content.text(of: "context") } == ["C", "C"])
    #expect(records.map { $0.content.text(of: "answer") } == ["A1", "A2"])
    #expect(records.map(\.groups) == Array(repeating: [GroupKey(.document, "T")], count: 2))
  }

  @Test func `the root can be the one record`() throws {
    let options = ReaderOptions(
      fields: ["text": "body"], shape: .labelledText, options: ["records": "."])
    let records = try JSONCorpus(options: options).readings(of: #"{"body": "x"}"#)
    #expect(records.first?.record?.content == .labelledText(LabelledText(text: "x")))
  }

  @Test(arguments: [
    "[1, 2", "[1 2]", "[,]", "[1,]", #"{"a" 1}"#, #"{"a": {}} x"#, "x", "", #"{a: 1}"#, "[}",
    "[[1}]",
    #"{"a": }"#,
  ])
  func `a damaged list is an error with its place`(json: String) throws {
    let reader = try JSONCorpus(
      options: ReaderOptions(fields: ["text": "x"], shape: .labelledText))
    #expect(throws: JSONError.self) {
      try reader.readings(of: json.replacing("1", with: "{}"))
    }
  }

  @Test func `yes, no and maybe are the only answers of their kind`() throws {
    let reader = try JSONLinesCorpus(
      options: ReaderOptions(
        fields: ["question": "q", "answer": "a"], shape: .questionAnswer,
        options: ["kind": "yes-no-maybe"]))
    let readings = try reader.readings(
      of: #"{"q": "?", "a": "Yes"}"# + "\n" + #"{"q": "?", "a": "so"}"#)
    #expect(readings.first?.record?.content.text(of: "answer") == "yes")
    #expect(readings.last?.rejection?.reason == .unknownLabel)
  }

  private func choice(_ options: String, _ answer: String, _ base: String) throws -> [Reading] {
    let reader = try JSONLinesCorpus(
      options: ReaderOptions(
        fields: ["question": "q", "options": "o", "answer": "a"], shape: .multipleChoice,
        options: ["answer_base": base]))
    return try reader.readings(of: #"{"q": "?", "o": \#(options), "a": \#(answer)}"#)
  }
}

struct XMLCorpusTests {
  private func reader(_ fields: [String: String], records: String) throws -> XMLCorpus {
    try XMLCorpus(
      options: ReaderOptions(
        fields: fields, shape: .questionAnswer, options: ["records": records]))
  }

  @Test func `the record element must be named`() {
    let error = #expect(throws: Diagnostic.self) {
      try XMLCorpus(
        options: ReaderOptions(fields: ["question": "q", "answer": "a"], shape: .questionAnswer))
    }
    #expect(error?.message.contains("option 'records'") == true)
  }

  @Test func `a file without such elements is an error, not an empty corpus`() throws {
    let reader = try reader(["question": "q", "answer": "a"], records: "pair")
    let error = #expect(throws: Diagnostic.self) {
      try reader.readings(of: "<all><item><q>Q</q><a>A</a></item></all>", path: "t.xml")
    }
    #expect(error?.message == "no element 'pair' is in the file")
  }

  @Test(arguments: [("pair", "q"), (".", "pair/q")])
  func `the root may be the record`(records: String, place: String) throws {
    let reader = try reader(
      ["question": place, "answer": records == "." ? "pair/a" : "a"], records: records)
    let readings = try reader.readings(
      of: "<all><pair><q>Q</q><a>A</a></pair></all>", path: "t.xml")
    #expect(
      readings.map(\.record?.content)
        == [.questionAnswer(QuestionAnswer(question: "Q", answer: "A"))])
  }

  @Test func `blanks inside raised and lowered text still part words`() throws {
    let reader = try reader(["question": "q", "answer": "a"], records: "pair")
    let readings = try reader.readings(
      of: "<pair><q>FEV<sub>1 </sub>rose by 10<sup>5</sup>/μL?</q><a>CO<sub> 2</sub>.</a></pair>",
      path: "t.xml")
    #expect(
      readings.map(\.record?.content)
        == [.questionAnswer(QuestionAnswer(question: "FEV₁ rose by 10⁵/μL?", answer: "CO ₂."))])
  }

  @Test func `a place around the root leads nowhere`() throws {
    let reader = try reader(["question": "q", "answer": "^/^/^/a"], records: "pair")
    let readings = try reader.readings(of: "<pair><q>Q</q></pair>", path: "t.xml")
    #expect(readings.map(\.rejection?.reason) == [.missingField])
  }
}
