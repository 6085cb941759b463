import Archives
import Formats
import Pipeline
import Records
import Testing

struct InspectorTests {
  @Test(arguments: [
    ("questions.zip", "zip", "medquad"), ("abstracts.xml.gz", "gzip", "pubmed"),
    ("notes.tar.gz", "tar in gzip", "text-notes"), ("dialogues.zip", "zip", "mts-dialog"),
  ])
  func `detects the corpus of a sample archive`(
    name: String, container: String, corpus: String
  ) throws {
    let found = try Inspector().inspect(path: samplePath(name))
    #expect(found.containers.lines == [.init(container, count: 1)])
    #expect(found.readings.map(\.facts.name) == [corpus])
    #expect(found.readings.first.map { $0.records > 20 } == true)
    #expect(found.isWhole)
  }

  @Test func `groups tables by their columns and guesses the fields of each`() throws {
    let folder = try InspectionFolder([
      "a.csv": "question,answer\nq1,a1\nq2,\n", "b.csv": "question,answer\nq3,a3\n",
      "c.csv": "sentence1,sentence2,label\nx,y,1\n",
    ])
    let found = try Inspector().inspect(path: folder.path)
    #expect(
      found.formats.map(\.label) == [
        "CSV (question, answer)", "CSV (sentence1, sentence2, label)",
      ])
    #expect(found.formats.map(\.entryCount) == [2, 1])
    #expect(found.readings.map(\.shape) == [.questionAnswer, .textPair])
    #expect(found.readings.map(\.records) == [2, 1])
    #expect(found.readings.map(\.foreignEntries) == [1, 2])
    #expect(found.readings[0].rejections.count(of: "empty-answer") == 1)
  }

  @Test(arguments: [
    (
      #"{"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]}"#,
      "messages"
    ),
    (
      #"{"conversations": [{"from": "human", "value": "q"}, {"from": "gpt", "value": "a"}]}"#,
      "sharegpt"
    ),
    (#"{"instruction": "q", "input": "", "output": "a"}"#, "alpaca"),
  ])
  func `takes JSON lines of messages for instructions`(line: String, corpus: String) throws {
    let folder = try InspectionFolder(["a.jsonl": line + "\n" + line + "\n"])
    let found = try Inspector().inspect(path: folder("a.jsonl"))
    #expect(found.readings.map(\.facts.name) == [corpus])
    #expect(found.readings.first?.shape == .instruction)
    #expect(found.readings.first?.records == 2)
    #expect(found.readings.first?.defaultTask == "instruction-following")
  }

  @Test func `gives the texts beside annotations to their reader, and other texts to notes`() throws
  {
    let folder = try InspectionFolder([
      "a/1.txt": "No sign of a cold.", "a/1.ann": "T1\tDisease 13 17\tcold\n",
      "a/2.txt": "Nothing to see.", "a/2.ann": "", "b/3.txt": "A note by itself.",
    ])
    let found = try Inspector().inspect(path: folder.path)
    #expect(found.readings.map(\.facts.name) == ["text-notes", "brat"])
    #expect(found.readings.map(\.records) == [1, 2])
    #expect(found.readings.map(\.endings.lines.first?.name) == [".txt", ".ann"])
    #expect(found.isWhole)
  }

  @Test func `knows PubTator by its first line`() throws {
    let folder = try InspectionFolder([
      "c.txt": "\n7|t|On colds.\n7|a|Colds are common.\n7\t3\t8\tcolds\tDisease\tD003139\n\n"
    ])
    let found = try Inspector().inspect(path: folder.path)
    #expect(found.formats.map(\.label) == ["PubTator"])
    #expect(found.readings.map(\.facts.name) == ["pubtator"])
    #expect(found.readings.first?.records == 1)
  }

  @Test(arguments: [("meds", "meds"), ("pubmedqa/pqa_labeled", "pubmedqa")])
  func `knows Parquet files by their columns`(folder: String, corpus: String) throws {
    let found = try Inspector().inspect(path: fixturePath(folder))
    #expect(found.readings.map(\.facts.name) == [corpus])
    #expect(found.readings.first.map { $0.records > 0 } == true)
  }

  @Test func `guesses what the columns of other Parquet files stand for`() throws {
    let found = try Inspector().inspect(path: fixturePath("parquet"))
    #expect(found.readings.map(\.facts.name) == ["parquet"])
    #expect(found.readings.first?.mapping?.shape == .multipleChoice)
  }

  @Test func `finds licence texts inside and beside`() throws {
    let inside = try Inspector().inspect(path: samplePath("questions.zip"))
    #expect(inside.licenses.first?.licenses == [.cc0])
    #expect(inside.licenses.first?.isInside == true)
    let folder = try InspectionFolder(["a.txt": "A note.\n", "LICENSE": "CC0 1.0 Universal\n"])
    let beside = try Inspector().inspect(path: folder("a.txt"))
    #expect(beside.licenses == [.init(path: "LICENSE", isInside: false, licenses: [.cc0])])
  }

  @Test func `shows what could be read of a damaged archive and where the damage is`() throws {
    let folder = try InspectionFolder()
    var damaged = try bytes(ofSample: "questions.zip")
    for place in (damaged.count / 3)..<(damaged.count / 3 + 8) { damaged[place] ^= 0x55 }
    try folder.write(damaged, to: "damaged.zip")
    let found = try Inspector().inspect(path: folder("damaged.zip"))
    #expect(!found.isWhole)
    #expect(found.problems.first?.position.file == "damaged.zip")
    #expect(found.problems.first?.position.entry != nil)
    #expect(found.entryCount == 31)
    #expect(found.readings.first.map { $0.records > 60 } == true)
  }

  @Test func `a file that is not what its name says is a problem, not a crash`() throws {
    let folder = try InspectionFolder(["a.zip": "no zip at all\n"])
    let found = try Inspector().inspect(path: folder("a.zip"))
    #expect(found.problems.count == 1)
    #expect(found.entryCount == 0)
  }

  @Test func `throws when nothing is at the path`() {
    #expect(throws: ArchiveError.self) { try Inspector().inspect(path: "/nonexistent/a.zip") }
  }

  @Test func `refuses a corpus that does not exist`() {
    var inspector = Inspector()
    inspector.corpus = "medqaud"
    #expect(throws: Diagnostic.self) {
      try inspector.inspect(path: samplePath("questions.zip"))
    }
  }

  @Test func `reads with the reader that the user names`() throws {
    let folder = try InspectionFolder(["a.csv": "text,label\nA note of some length.,x\n"])
    var inspector = Inspector()
    inspector.corpus = "text-notes"
    let found = try inspector.inspect(path: folder("a.csv"))
    #expect(found.readings.map(\.facts.name) == ["text-notes"])
  }

  @Test func `holds text of the corpus only when it was asked for`() throws {
    let folder = try InspectionFolder(["a.csv": "question,answer\nsecret-one,secret-two\n"])
    let silent = try Inspector().inspect(path: folder("a.csv"))
    #expect(!Inspection.json(of: [silent]).contains("secret"))
    var inspector = Inspector()
    inspector.showsText = true
    let open = try inspector.inspect(path: folder("a.csv"))
    #expect(Inspection.json(of: [open]).contains("secret-two"))
  }

  @Test func `lists no more names than wanted`() throws {
    var inspector = Inspector()
    inspector.listedEntries = 3
    let found = try inspector.inspect(path: samplePath("notes.tar.gz"))
    #expect(found.entryNames.count == 3)
    #expect(found.entryCount > 60)
  }

  @Test func `writes one JSON object with stable keys`() throws {
    let found = try Inspector().inspect(path: samplePath("dialogues.zip"))
    let json = try JSON(parsing: Inspection.json(of: [found, found]))
    #expect(json.members?.map(\.key) == ["version", "inputs"])
    #expect(json["inputs"]?.array?.count == 2)
    #expect(json["inputs"]?[0]?["corpora"]?[0]?["corpus"]?.string == "mts-dialog")
    #expect(json["inputs"]?[0]?["corpora"]?[0]?["declared_license"]?.string == "CC-BY-4.0")
  }
}
