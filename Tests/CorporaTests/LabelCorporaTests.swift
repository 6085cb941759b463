import Records
import Testing

@testable import Corpora

struct HallmarksOfCancerTests {
  @Test func `a document has the labels of all its sentences, in the order of the hallmarks`()
    throws
  {
    let record = try read(["level": "document"]).first
    #expect(record?.id == "1")
    #expect(record?.labelled?.text == "A .\nB .")
    #expect(record?.labelled?.labels == ["Resisting cell death", "Inducing angiogenesis"])
  }

  @Test func `labels may keep all their levels`() throws {
    let records = try read(["depth": "full"])
    #expect(
      records.first?.labelled?.labels == [
        "Inducing angiogenesis--By B", "Inducing angiogenesis--By A",
      ])
    #expect(records.first?.labelled?.labelSet == [])
  }

  @Test func `bare files of two folders are told apart`() throws {
    var reader = try HallmarksOfCancer(options: ReaderOptions())
    let files = [("text/1.txt", "A ."), ("labels/1.txt", "<Resisting cell death--Apoptosis")].map {
      BufferedEntry(path: $0, archive: $0, bytes: Array($1.utf8))
    }
    for var file in files { try reader.index(&file) }

    #expect(
      try reader.readings(of: files[0]).first?.record?.labelled?.labels == ["Resisting cell death"])
    #expect(try reader.readings(of: files[1]).isEmpty)
  }

  @Test func `NULL is no label`() throws {
    #expect(try read([:], labels: "< < NULL").map { $0.labelled?.labels } == [[], []])
  }

  private func read(
    _ options: [String: String],
    labels: String =
      "<Inducing angiogenesis--By B ANDInducing angiogenesis--By A<Resisting cell death--"
  ) throws -> [Record] {
    var reader = try HallmarksOfCancer(options: ReaderOptions(options: options))
    var entry = BufferedEntry(path: "labels/1.txt", bytes: Array(labels.utf8))
    try reader.index(&entry)
    return try reader.readings(of: "A .\nB .\n", path: "text/1.txt").compactMap(\.record)
  }
}

struct BIOSSESTests {
  @Test(arguments: [
    ([4, 4, 4, 4, 4], "4.0"), ([1, 2, 2, 1, 2], "1.6"), ([0, 0, 0, 0, 1], "0.2"),
  ])
  func `scores are means with one decimal`(scores: [Int], mean: String) throws {
    let names = ["a", "b", "c", "d", "e"].map { "annotator_\($0)" }.joined(separator: "\t")
    let text =
      "sentence_id\tsentence_1\tsentence_2\t\(names)\n1\tA.\tB.\t"
      + scores.map(String.init).joined(separator: "\t") + "\n"
    let record = try BIOSSES(options: ReaderOptions()).readings(of: text, path: "x.tsv").first?
      .record
    #expect(record?.content.text(of: "label") == mean)
  }
}

struct MEDIQARQETests {
  @Test func `other XML is an error`() throws {
    #expect(throws: Diagnostic.self) {
      try MEDIQARQE(options: ReaderOptions()).readings(of: "<article/>", path: "x.xml")
    }
  }
}

struct MedNLITests {
  @Test func `is about patients and under PhysioNet's agreement`() {
    #expect(MedNLI.facts.isSensitive)
    #expect(MedNLI.facts.license?.needsAcceptance == true)
  }
}

extension Record {
  fileprivate var labelled: LabelledText? {
    guard case .labelledText(let item) = content else { return nil }
    return item
  }
}
