import Records
import Testing

@testable import Corpora

struct SciFactTests {
  @Test func `an abstract that is no NumPy list stops the build`() throws {
    var reader = try SciFact(options: ReaderOptions())
    let table = "doc_id,title,abstract,structured\n1,T,['A,False\n"
    var entry = BufferedEntry(path: "corpus_train.csv", bytes: Array(table.utf8))
    #expect(throws: Diagnostic.self) { try reader.index(&entry) }
  }
}

struct EvidenceInferenceTests {
  @Test func `a spelling of a label counts as the other`() throws {
    let records = try read(labels: ["significantly increase", "significantly increased", "invalid"])
    #expect(records.map { $0.content.text(of: "label") } == ["significantly increased"])
  }

  @Test func `an annotator who cites twice has one voice`() throws {
    let labels = [
      "significantly increased", "significantly increased", "no significant difference",
    ]
    #expect(try read(labels: labels, users: ["0", "0", "1"]).isEmpty)
    #expect(try read(labels: labels, users: ["0", "2", "1"]).count == 1)
  }

  private func read(labels: [String], users: [String] = ["0", "1", "2"]) throws -> [Record] {
    var reader = try EvidenceInference(options: ReaderOptions())
    let head =
      "UserID,PromptID,PMCID,Valid Label,Valid Reasoning,Label,Annotations,Label Code,In Abstract,"
      + "Evidence Start,Evidence End\n"
    let rows = zip(users, labels).map { "\($0),1,9,True,True,\($1),rose,1,True,5,9\n" }.joined()
    let files = [
      ("prompts_merged.csv", "PromptID,PMCID,Outcome,Intervention,Comparator\n1,9,a,b,c\n"),
      ("v2_annotations.csv", head + rows), ("txt_files/PMC9.txt", "Pain rose."),
    ]
    for (path, text) in files {
      var entry = BufferedEntry(path: path, bytes: Array(text.utf8))
      try reader.index(&entry)
    }
    return try reader.readings(of: "Pain rose.", path: "txt_files/PMC9.txt").compactMap(\.record)
  }
}

struct BEIRTests {
  @Test func `bare files of a folder belong together`() throws {
    var reader = try BEIR(options: ReaderOptions(license: .cc0))
    let files = [
      ("corpus.jsonl", #"{"_id": "d", "title": "", "text": "Rest."}"#),
      ("queries.jsonl", #"{"_id": "q", "text": "colds"}"#),
    ]
    for (name, text) in files {
      var entry = BufferedEntry(
        path: "set/\(name)", archive: "set/\(name)", bytes: Array(text.utf8))
      try reader.index(&entry)
    }
    let judgements = BufferedEntry(
      path: "set/qrels/test.tsv", archive: "set/qrels/test.tsv",
      bytes: Array("query-id\tcorpus-id\tscore\nq\td\t1\n".utf8))
    let record = try reader.readings(of: judgements).first?.record
    #expect(record?.content.text(of: "passage") == "Rest.")
    #expect(record?.officialSplit == .test)
  }
}
