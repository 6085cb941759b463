import Records
import TestSupport
import Testing

@testable import Corpora

/// What readers of patients' records keep to, on their fixtures.
struct PatientRecordsTests {
  private static let corpora = [
    "fhir-bundle", "fhir-ndjson", "synthea-csv", "mimic-iv", "mimic-iii",
  ]

  @Test(arguments: corpora)
  func `rows wait on disk as they do in memory`(corpus: String) throws {
    let fixture = CorpusFixture(corpus: corpus)
    let reader = try #require(try fixture.reader() as? any CollectingReader)
    let folder = try TemporaryFolder()
    var collection = try reader.makeCollection(scratchPath: folder.path)
    var readings: [Reading] = []
    for var entry in try fixture.entries() where reader.accepts(path: entry.path) {
      try collection.take(&entry) {
        readings.append($0)
        return true
      }
    }
    try collection.finish {
      readings.append($0)
      return true
    }
    #expect(try readings == fixture.readings(by: reader).map(\.reading))
  }

  @Test(arguments: corpora)
  func `events stand in time order and know their encounter's timeline`(corpus: String) throws {
    let fixture = CorpusFixture(corpus: corpus)
    let records = try fixture.readings(by: fixture.reader()).compactMap(\.reading.record)
    for record in records {
      guard case .timeline(let timeline) = record.content else { continue }
      #expect(timeline.events == timeline.events.inTimeOrder())
      #expect(record.groups == [GroupKey(.patient, timeline.patient)])
    }
    #expect(!records.isEmpty)
  }

  @Test(arguments: corpora)
  func `the order of entries does not matter but for events of one time`(corpus: String) throws {
    let fixture = CorpusFixture(corpus: corpus)
    let reader = try #require(try fixture.reader() as? any CollectingReader)
    var collection = try reader.makeCollection(scratchPath: nil)
    var timelines: [String: Set<String>] = [:]
    for var entry in try fixture.entries().reversed() where reader.accepts(path: entry.path) {
      try collection.take(&entry) { _ in true }
    }
    try collection.finish { reading in
      reading.record.map { timelines[$0.id] = lines(of: $0) }
      return true
    }
    let records = try fixture.readings(by: reader).compactMap(\.reading.record)
    #expect(timelines.count == records.count)
    for record in records { #expect(timelines[record.id] == lines(of: record)) }
  }

  @Test(arguments: ["fhir-bundle", "fhir-ndjson"])
  func `every resource is accounted for once`(corpus: String) throws {
    let fixture = CorpusFixture(corpus: corpus)
    var counts: [String: Int] = [:]
    var rejected = 0
    for (_, reading) in try fixture.readings(by: fixture.reader()) {
      switch reading {
      case .count(let name, let count): counts[name, default: 0] += count
      // Lines that hold no resource are rejected too, and are none.
      case .rejection(let rejection): rejected += rejection.id.isEmpty ? 0 : 1
      case .record, .withdrawal: break
      }
    }
    let fates = [
      "patients", "resources_in_events", "shared_resources", "duplicate_resources",
      "superseded_resources", "resources_entered_in_error", "claims_left_out", "resources_unused",
    ]
    #expect(counts["resources"] == fates.reduce(rejected) { $0 + (counts[$1] ?? 0) })
    let types = counts.filter { $0.key.hasPrefix("resources.") }.values.reduce(0, +)
    #expect(counts["resources"] == types)
  }

  @Test(arguments: corpora)
  func `a lost entry stops the build whatever the source's settings`(corpus: String) throws {
    let reader = try #require(
      try CorpusFixture(corpus: corpus).reader() as? any CollectingReader)
    var collection = try reader.makeCollection(scratchPath: nil)
    let path = corpus.hasPrefix("fhir") ? "x.json" : "patients.csv"
    var entry = BufferedEntry(
      path: path, bytes: Array(corpus == "fhir-ndjson" ? longLine : Array("{".utf8)))
    #expect(throws: LostEntryError.self) { try collection.take(&entry) { _ in true } }
  }

  /// A line beyond the longest that is taken.
  private var longLine: [UInt8] { Array(repeating: UInt8(ascii: " "), count: 64 << 20 + 1) }

  @Test func `claims make events when asked for`() throws {
    let fixture = CorpusFixture(corpus: "fhir-bundle")
    var options = fixture.options
    options.options["claims"] = "true"
    let reader = try FHIRBundles(options: options)
    let events = try fixture.readings(by: reader).compactMap(\.reading.record)
      .flatMap { lines(of: $0) }
    #expect(events.contains("2020-01-27 other: Claim, Encounter for problem 129.16 USD"))
  }

  @Test func `JSON that is not FHIR is told with what to do`() throws {
    let reader = try FHIRBundles(options: CorpusFixture(corpus: "fhir-bundle").options)
    let error = try #require(throws: LostEntryError.self) {
      try reader.readings(of: "{\"a\": 1}", path: "other.json")
    }
    #expect(error.diagnostic.message == "not FHIR: the JSON has no 'resourceType'")
    #expect(error.diagnostic.hint?.contains("exclude") == true)
  }

  @Test(arguments: [
    ("Patient/12", "Patient/12"), ("https://a.org/r4/Patient/12/_history/3", "Patient/12"),
    ("urn:uuid:1-2", "urn:uuid:1-2"), ("#med", "#med"),
    ("Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9", nil),
  ])
  func `references are told by their last parts`(reference: String, canonical: String?) {
    #expect(FHIRReference.canonical(reference) == canonical ?? reference)
  }

  private func lines(of record: Record) -> Set<String> {
    guard case .timeline(let timeline) = record.content else { return [] }
    return Set(timeline.events.map(\.line))
  }
}
