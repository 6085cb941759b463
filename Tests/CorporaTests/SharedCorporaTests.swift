import Foundation
import Records
import Testing

@testable import Corpora

/// Counts on the real corpora, where they are at hand.
@Suite(.enabled(if: SharedCorpora.isAtHand, "the shared corpora are not there (MATERIA_SHARED)"))
struct SharedCorporaTests {
  @Test func `MedQuAD has 47,457 pairs, 31,034 of them without an answer`() throws {
    let tally = try SharedCorpora.tally("medquad", of: "medquad/MedQuAD-master.zip")
    #expect(tally.entries == 11_274)
    #expect(tally.records == 16_423)
    #expect(tally.ids == tally.records)
    #expect(tally.rejected == [.emptyAnswer: 31_034])
  }

  @Test func `PubMedQA has 1,000 labelled questions`() throws {
    let tally = try SharedCorpora.tally("pubmedqa", of: "pubmedqa/pubmedqa.zip")
    #expect(tally.entries == 1)
    #expect(tally.records == 1000)
    #expect(tally.rejected.isEmpty)
    #expect(tally.answers == ["yes": 552, "no": 338, "maybe": 110])
  }

  @Test func `COVID-QA has 1,380 questions; 234 offsets are repaired`() throws {
    let tally = try SharedCorpora.tally("covid-qa", of: "covid-qa/200423_covidQA.json.gz")
    #expect(tally.ids == 1380)
    #expect(tally.rejected.isEmpty)
    #expect(tally.tags[Records.Tag("offset", "repaired")] == 234)
  }

  @Test func `MTS-Dialog has its published sets`() throws {
    let tally = try SharedCorpora.tally("mts-dialog", of: "mts-dialog/MTS-Dialog.zip")
    #expect(tally.splits == [.train: 1201 + 3603, .validation: 100, .test: 400])
    #expect(tally.ids == tally.records)
    #expect(tally.rejected.isEmpty)
  }

  @Test(arguments: [
    ("0001", 25, 24), ("1000", 29, 0), ("1001", 26, 11), ("1002", 21, 24), ("1003", 50, 1),
  ])
  func `PubMed files have their citations`(file: String, records: Int, bare: Int) throws {
    let tally = try SharedCorpora.tally(
      "pubmed", of: "pubmed-medline/baseline/pubmed21n\(file).xml.gz")
    #expect(tally.records == records)
    #expect(tally.rejected == (bare == 0 ? [:] : [.noAbstract: bare]))
  }
}

/// The folder of shared corpora, unpacked by the system's own tools as far as the tests need.
private enum SharedCorpora {
  struct Tally {
    var entries = 0
    var records = 0
    private(set) var rejected: [Rejection.Reason: Int] = [:]
    private(set) var splits: [Split: Int] = [:]
    private(set) var answers: [String: Int] = [:]
    private(set) var tags: [Records.Tag: Int] = [:]
    private var seen: Set<String> = []

    var ids: Int { seen.count }

    mutating func count(_ reading: Reading) {
      if let rejection = reading.rejection { rejected[rejection.reason, default: 0] += 1 }
      guard let record = reading.record else { return }
      records += 1
      seen.insert(record.id)
      for tag in record.tags { tags[tag, default: 0] += 1 }
      if let split = record.officialSplit { splits[split, default: 0] += 1 }
      if case .questionAnswer(let item) = record.content, item.kind == .yesNoMaybe {
        answers[item.answer, default: 0] += 1
      }
    }
  }

  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["MATERIA_SHARED"] {
      return URL(filePath: path).appending(path: "corpora")
    }
    return (0..<3).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
      .deletingLastPathComponent().appending(path: "shared/corpora")
  }()

  static var isAtHand: Bool { FileManager.default.fileExists(atPath: folder.path) }

  static func tally(_ corpus: String, of archive: String) throws -> Tally {
    let reader = try CorpusRegistry.reader(named: corpus)
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "materia-corpora-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    try unpack(folder.appending(path: archive).path, to: scratch)
    var tally = Tally()
    for path in try FileManager.default.subpathsOfDirectory(atPath: scratch.path).sorted()
    where reader.accepts(path: path) {
      let data = try Data(contentsOf: scratch.appending(path: path))
      tally.entries += 1
      try reader.readings(of: BufferedEntry(path: path, bytes: Array(data)))
        .forEach { tally.count($0) }
    }
    return tally
  }

  private static func unpack(_ archive: String, to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let command =
      archive.hasSuffix(".zip")
      ? "unzip -q \"$0\" -d \"$1\"" : "zcat \"$0\" > \"$1/$(basename \"$0\" .gz)\""
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command, archive, folder.path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
