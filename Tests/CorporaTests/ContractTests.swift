import Records
import TestSupport
import Testing

@testable import Corpora

/// What every reader of the registry keeps to, shown on its fixture.
struct ContractTests {
  @Test(arguments: CorpusFixture.all)
  func `reads its fixture as its golden file says`(fixture: CorpusFixture) throws {
    let reader = try fixture.reader()
    var text = ""
    for entry in try fixture.entries() {
      for reading in try reader.readings(of: entry) {
        text += ReadingText.line(reading, entry: entry.path)
      }
    }
    try expectGolden(text, matches: "Fixtures/\(fixture.corpus)/expected.jsonl")
  }

  @Test(arguments: CorpusFixture.all)
  func `ids are unique, ordinals ascend, licences and corpus are set`(
    fixture: CorpusFixture
  ) throws {
    let reader = try fixture.reader()
    var ids: Set<String> = []
    for entry in try fixture.entries() {
      let readings = try reader.readings(of: entry)
      let ordinals = readings.compactMap(\.provenance?.ordinal)
      #expect(zip(ordinals, ordinals.dropFirst()).allSatisfy { $0 < $1 })
      for record in readings.compactMap(\.record) {
        #expect(!record.id.isEmpty && ids.insert(record.id).inserted)
        #expect(record.corpus == fixture.corpus)
        #expect(record.license != .unknown || fixture.options.fields["license"] != nil)
      }
    }
    #expect(!ids.isEmpty)
  }

  @Test(arguments: CorpusFixture.all)
  func `gives the same readings in pieces of any length`(fixture: CorpusFixture) throws {
    let reader = try fixture.reader()
    for entry in try fixture.entries() {
      let whole = try reader.readings(of: entry)
      for length in [1, 7, 4096] {
        let pieces = PiecewiseEntry(path: entry.path, bytes: entry.bytes, pieceLength: length)
        #expect(try reader.readings(of: pieces) == whole)
      }
    }
  }

  @Test(arguments: CorpusFixture.all)
  func `reads twice alike`(fixture: CorpusFixture) throws {
    let reader = try fixture.reader()
    for entry in try fixture.entries() {
      #expect(try reader.readings(of: entry) == reader.readings(of: entry))
    }
  }

  @Test(arguments: CorpusFixture.all)
  func `a truncated entry gives an error or fewer readings, and no crash`(
    fixture: CorpusFixture
  ) throws {
    let reader = try fixture.reader()
    for entry in try fixture.entries() {
      let whole = try reader.readings(of: entry)
      for length in stride(from: 0, to: entry.bytes.count, by: max(1, entry.bytes.count / 97)) {
        let part = BufferedEntry(path: entry.path, bytes: Array(entry.bytes[..<length]))
        do {
          #expect(try reader.readings(of: part).count <= whole.count)
        } catch {
          #expect(error is any DiagnosticError)
        }
      }
    }
  }

  @Test(arguments: CorpusFixture.all)
  func `stops when the sink has enough`(fixture: CorpusFixture) throws {
    let reader = try fixture.reader()
    for var entry in try fixture.entries() {
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
    options.license = .ccBySA4
    options.fields["license"] = nil
    let reader = try CorpusRegistry.reader(named: fixture.corpus, options: options)
    for entry in try fixture.entries() {
      let records = try reader.readings(of: entry).compactMap(\.record)
      #expect(records.allSatisfy { $0.license == .ccBySA4 })
    }
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
