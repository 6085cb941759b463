import Records
import TestSupport
import Testing

@testable import Corpora

/// What every reader of the registry keeps to, shown on its fixture.
struct ContractTests {
  @Test(arguments: CorpusFixture.all)
  func `reads its fixture as its golden file says`(fixture: CorpusFixture) throws {
    var text = ""
    for (entry, reading) in try fixture.readings(by: fixture.indexedReader()) {
      text += ReadingText.line(reading, entry: entry)
    }
    try expectGolden(text, matches: "Fixtures/\(fixture.corpus)/expected.jsonl")
  }

  @Test(arguments: CorpusFixture.all)
  func `ids are unique, ordinals ascend, licences and corpus are set`(
    fixture: CorpusFixture
  ) throws {
    var ids: Set<String> = []
    var ordinals: [String: Int] = [:]
    for (entry, reading) in try fixture.readings(by: fixture.indexedReader()) {
      // What a collection counts at its end is of no single entry.
      if case .count = reading { continue }
      #expect(!entry.isEmpty)
      if let ordinal = reading.provenance?.ordinal {
        #expect(ordinals[entry].map { $0 < ordinal } ?? true)
        ordinals[entry] = ordinal
      }
      guard let record = reading.record else { continue }
      #expect(!record.id.isEmpty && ids.insert(record.id).inserted)
      #expect(record.corpus == fixture.corpus)
      #expect(
        record.licenses != .unknown || fixture.options.fields["license"] != nil
          || fixture.recordsStateLicenses)
    }
    #expect(!ids.isEmpty)
  }

  @Test(arguments: CorpusFixture.all)
  func `gives the same readings in pieces of any length`(fixture: CorpusFixture) throws {
    let reader = try fixture.indexedReader()
    let whole = try fixture.readings(by: reader).map(\.reading)
    for length in [1, 7, 4096] {
      #expect(try fixture.readings(by: reader, pieceLength: length).map(\.reading) == whole)
    }
  }

  @Test(arguments: CorpusFixture.all)
  func `reads twice alike`(fixture: CorpusFixture) throws {
    let reader = try fixture.indexedReader()
    let first = try fixture.readings(by: reader).map(\.reading)
    #expect(try fixture.readings(by: fixture.indexedReader()).map(\.reading) == first)
  }

  @Test(arguments: CorpusFixture.all)
  func `a truncated entry gives an error or no more readings, and no crash`(
    fixture: CorpusFixture
  ) throws {
    let reader = try fixture.indexedReader()
    // Counts come beside the records, and a text that is cut short may be counted as one not read.
    let isReading = { (item: (entry: String, reading: Reading)) in item.reading.provenance != nil }
    let whole = try fixture.readings(by: reader).count(where: isReading)
    for entry in try fixture.entries() where reader.accepts(path: entry.path) {
      for length in stride(from: 0, to: entry.bytes.count, by: max(1, entry.bytes.count / 97)) {
        do {
          let part = try fixture.readings(by: reader) { other in
            other.path == entry.path
              ? BufferedEntry(path: other.path, bytes: Array(other.bytes[..<length])) : other
          }
          // A collection may tell of each record that misses what was cut off.
          #expect(part.count(where: isReading) <= whole || reader is any CollectingReader)
        } catch {
          #expect(error is any DiagnosticError)
        }
      }
    }
  }

  @Test(arguments: CorpusFixture.all)
  func `stops when the sink has enough`(fixture: CorpusFixture) throws {
    let reader = try fixture.indexedReader()
    for var entry in try fixture.entries() where reader.accepts(path: entry.path) {
      var count = 0
      try reader.read(&entry) { _ in
        count += 1
        return false
      }
      #expect(count <= 1)
    }
  }

  @Test(arguments: CorpusFixture.all)
  func `refuses an option it does not have`(fixture: CorpusFixture) throws {
    var options = fixture.options
    options.options["colour"] = "blue"
    #expect(throws: Diagnostic.self) {
      try CorpusRegistry.reader(named: fixture.corpus, options: options)
    }
  }

  @Test(arguments: CorpusFixture.all)
  func `takes the licence that the recipe asserts`(fixture: CorpusFixture) throws {
    var options = fixture.options
    options.licenses = Licenses(.ccBySA4)
    options.fields["license"] = nil
    guard !fixture.recordsStateLicenses else { return }
    let reader = try CorpusRegistry.reader(named: fixture.corpus, options: options)
    let records = try fixture.readings(by: reader).compactMap(\.reading.record)
    #expect(records.allSatisfy { $0.licenses == Licenses(.ccBySA4) })
  }
}

/// The list of readers.
struct CorpusRegistryTests {
  @Test func `names are unique and in kebab case`() {
    let names = CorpusRegistry.all.map(\.name)
    #expect(Set(names).count == names.count)
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
    #expect(names.allSatisfy { $0.allSatisfy(allowed.contains) })
  }

  @Test func `an unknown corpus is an error that names the nearest`() throws {
    let error = try #require(throws: Diagnostic.self) {
      try CorpusRegistry.reader(named: "medquat")
    }
    #expect(error.hint == "did you mean 'medquad'?")
  }
}
