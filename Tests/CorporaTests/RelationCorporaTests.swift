import Records
import Testing

@testable import Corpora

struct DDICorpusTests {
  @Test func `pairs become records of two entities, related or not`() throws {
    let fixture = CorpusFixture(corpus: "ddi")
    let reader = try DDICorpus(options: ReaderOptions(options: ["as": "pairs"]))
    let records = try fixture.readings(by: reader).compactMap(\.reading.record)

    #expect(records.map(\.id) == (0..<3).map { "DDI-DrugBank.d1.s0.p\($0)" })
    #expect(records.map { $0.annotatedText?.entities.count } == [2, 2, 2])
    #expect(
      records.map { $0.annotatedText?.relations.map(\.type) } == [["mechanism"], ["mechanism"], []])
  }

  @Test func `other XML is an error`() throws {
    #expect(throws: Diagnostic.self) {
      try DDICorpus(options: ReaderOptions()).readings(of: "<article/>", path: "x.xml")
    }
  }
}

struct ChemProtTests {
  @Test func `the pairs of one sentence stay together`() throws {
    let lines = """
      {"text": "<< A >> blocks B and [[ C ]].", "label": "INHIBITOR", "metadata": []}
      {"text": "A blocks << B >> and [[ C ]].", "label": "SUBSTRATE", "metadata": []}
      """
    let records = try ChemProt(options: ReaderOptions()).readings(
      of: lines, path: "chemprot/dev.txt"
    )
    .compactMap(\.record)
    #expect(records.count == 2)
    #expect(records[0].groups == records[1].groups)
    #expect(records[0].officialSplit == .validation)
  }
}

struct ChemProtAbstractsTests {
  @Test func `relations that are not evaluated are taken when asked for`() throws {
    let fixture = CorpusFixture(corpus: "chemprot-abstracts")
    var reader = try ChemProtAbstracts(options: ReaderOptions(options: ["relations": "all"]))
    for var entry in try fixture.entries() where reader.indexes(path: entry.path) {
      try reader.index(&entry)
    }
    let records = try fixture.readings(by: reader).compactMap(\.reading.record)
    let content = records.first { $0.id == "90000001" }?.annotatedText
    #expect(content?.relations.map(\.note) == ["CPR:4", "CPR:10", "CPR:9"])
  }

  @Test func `an entity of other columns stops the build`() throws {
    var reader = try ChemProtAbstracts(options: ReaderOptions())
    var entry = BufferedEntry(path: "chemprot_sample_entities.tsv", bytes: Array("1\tT1\n".utf8))
    #expect(throws: Diagnostic.self) { try reader.index(&entry) }
  }
}

struct PGRTests {
  @Test func `spans move with the entities that become characters`() throws {
    let text = AnnotatedText(
      text: "&lt;A&amp;B&gt; &lt;",
      entities: [Entity(type: "x", spans: [TextSpan(4, 11)], text: "A&amp;B")])
    let decoded = MarkupEntities.decoded(text)
    #expect(decoded.text == "<A&B> <")
    #expect(decoded.entities.map(\.spans) == [[TextSpan(1, 4)]])
    #expect(decoded.entities.map(\.text) == ["A&B"])
  }

  @Test func `an escaped entity is decoded once`() {
    #expect(MarkupEntities.decoded(AnnotatedText(text: "&amp;lt; &x;")).text == "&lt; &x;")
  }
}
