import Records
import Testing

@testable import Corpora

struct BratTests {
  @Test func `bare files of a folder are paired by their folders`() throws {
    var reader = try Brat(options: ReaderOptions(license: .cc0))
    var files = [
      ("a/7.txt", "Gout."), ("a/7.ann", "T1\tDisease 0 4\tGout\n"), ("b/7.txt", "Fever."),
      ("b/7.ann.gz", ""),
    ].map { archive, text in
      BufferedEntry(
        path: archive.replacing(".gz", with: ""), archive: archive, bytes: Array(text.utf8))
    }
    for index in files.indices { try reader.index(&files[index]) }

    let records = try files.compactMap { try reader.readings(of: $0).first?.record }
    #expect(records.map(\.id) == ["7", "7"])
    #expect(records.map { $0.annotatedText?.entities.count } == [1, 0])
  }

  @Test func `a pattern of paths names the group`() throws {
    let record = try read(
      "train/8528200.1", "Gout.", "", options: ["pmid": "**/{pmid}.*txt"]
    ).first?.record
    #expect(record?.groups == [GroupKey(.pmid, "8528200")])
    #expect(record?.officialSplit == .train)
  }

  @Test(arguments: ["T1\tDisease 0 4\tGout", "T1\tDisease 1 5\tGout"])
  func `a byte order mark goes, whether offsets count it or not`(lines: String) throws {
    let content = try read("7", "\u{feff}Gout.", lines).first?.record?.annotatedText
    #expect(content?.text == "Gout.")
    #expect(content?.entities.map(\.spans) == [[TextSpan(0, 4)]])
  }

  @Test(arguments: [
    ("T1 Disease 0 4 Gout", 1), ("T1\tDisease 0\tGout", 1), ("T1\tDisease 0 x\tGout", 1),
    ("T1\tDisease 0 4\tGout\nN1\tReference T2 D1", 2),
    ("T1\tDisease 0 4\tGout\n\nR1\tIs Arg1:T1", 3),
    ("E1\tEvent:T1", 0), ("X1\tDisease 0 4\tGout", 1), ("A1\tNegation", 1),
  ])
  func `tells the line that cannot be used`(lines: String, line: Int) throws {
    let annotations = BratAnnotations(lines)
    #expect(annotations.malformedLine == (line == 0 ? nil : line))
  }

  private func read(
    _ place: String, _ text: String, _ annotations: String, options: [String: String] = [:]
  ) throws -> [Reading] {
    var reader = try Brat(options: ReaderOptions(license: .cc0, options: options))
    var lines = BufferedEntry(path: "\(place).ann", bytes: Array(annotations.utf8))
    try reader.index(&lines)
    return try reader.readings(of: text, path: "\(place).txt")
  }
}
