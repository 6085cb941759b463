import Formats
import Foundation
import Records
import Testing

@testable import Corpora

/// What real Parquet files give, where they are at hand.
@Suite(.enabled(if: SharedFolder.isAtHand, "the shared corpora are not there (MATERIA_SHARED)"))
struct SharedParquetTests {
  /// Snappy, zstd, gzip and none; pages of versions 1 and 2; one and several row groups.
  @Test func `PubMedQA's Parquet files give the records of its JSON`() throws {
    let json = try SharedFolder.records("pubmedqa", in: "pubmedqa/pubmedqa.zip") {
      $0.hasSuffix("ori_pqal.json")
    }
    let reader = try PubMedQA(options: ReaderOptions(license: .cc0))
    let parquet = try (0..<4).flatMap { shard in
      try reader.readings(
        of: entry("pubmedqa-parquet/pqa_labeled/train-0000\(shard)-of-00004.parquet"))
    }.compactMap(\.record)
    #expect(parquet.count == 1000)
    #expect(Set(parquet.map(\.id)).count == 1000)
    let byID = Dictionary(json.map { ($0.id, $0) }) { first, _ in first }
    for var record in parquet {
      guard let twin = byID[record.id] else {
        Issue.record("\(record.id) is not in the JSON")
        continue
      }
      record.provenance = twin.provenance
      #expect(record == twin)
    }
  }

  @Test func `the MIMIC-IV demo in MEDS has its 72,381 rows`() throws {
    let counts = try [
      "data/tuning/0.parquet", "metadata/codes.parquet", "metadata/subject_splits.parquet",
    ].map { path in
      let file = try ParquetFile(entry(Self.meds + path).bytes)
      var count = 0
      try file.forEachRow { _ in count += 1 }
      #expect(count == file.rowCount)
      return count
    }
    #expect(counts == [69_620, 2661, 100])
  }

  @Test func `each row of the MIMIC-IV demo in MEDS is an event of a patient`() throws {
    var reader = try MEDS(options: ReaderOptions())
    for name in ["codes", "subject_splits"] {
      var metadata = try entry(Self.meds + "metadata/\(name).parquet")
      try reader.index(&metadata)
    }
    let readings = try reader.readings(of: entry(Self.meds + "data/tuning/0.parquet"))
    let records = readings.compactMap(\.record)
    #expect(records.count == 10 && readings.count == 10)
    #expect(records.allSatisfy { $0.officialSplit == .validation })
    let timelines = records.compactMap { record -> Timeline? in
      guard case .timeline(let timeline) = record.content else { return nil }
      return timeline
    }
    #expect(timelines.reduce(0) { $0 + $1.events.count } == 69_620)
    #expect(timelines.allSatisfy { $0.facts.map(\.name) == ["sex", "birth_date"] })
  }

  private static let meds = "mimic-iv-demo-meds/mimic-iv-demo-meds-0.0.1/"

  private func entry(_ path: String) throws -> BufferedEntry {
    let file = SharedFolder.corpora.appending(path: path)
    return BufferedEntry(path: path, bytes: Array(try Data(contentsOf: file)))
  }
}
