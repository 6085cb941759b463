import Foundation
import Records

@testable import Corpora

/// The folder `Fixtures/<corpus>`: entries as they would lie in an archive, and the golden file
/// `expected.jsonl`.
struct CorpusFixture: CustomStringConvertible {
  let corpus: String

  /// One fixture for each reader of the registry.
  static let all = CorpusRegistry.all.map { CorpusFixture(corpus: $0.name) }

  var description: String { corpus }

  /// What the recipe says to the reader, where it needs to say something.
  var options: ReaderOptions {
    switch corpus {
    case "c-cda", "hl7v2": ReaderOptions(license: .cc0, language: "en")
    case "fhir-bundle", "fhir-ndjson": ReaderOptions(license: .cc0, language: "en")
    case "text-notes":
      ReaderOptions(
        license: .cc0, language: "en", options: ["patient": "wards/patient-{patient}/*"])
    case "table":
      ReaderOptions(
        license: .cc0,
        fields: [
          "id": "id", "question": "stem", "options": "opa,opb,opc,opd", "answer": "cop",
          "explanation": "exp", "subject": "subject", "split": "set", "tag.subject": "subject",
        ], shape: .multipleChoice, options: ["answer_base": "1"])
    case "jsonl":
      ReaderOptions(
        license: .cc0, language: "en",
        fields: [
          "id": "id", "messages": "messages", "license": "license", "language": "lang",
          "tag.topic": "topics",
        ], shape: .instruction)
    case "json":
      ReaderOptions(
        license: .cc0,
        fields: [
          "question": "q.text", "answer": "answers.*.text", "question_type": "kind",
          "tag.first_id": "ids.0", "group": "@key",
        ], shape: .questionAnswer)
    case "xml":
      ReaderOptions(
        license: .cc0, language: "en",
        fields: [
          "id": "@id", "question": "ask/text", "question_type": "ask/@type", "answer": "reply",
          "focus": "^/^/topic", "group": "^/@no", "tag.code": "codes/*",
        ], shape: .questionAnswer, options: ["records": "item"])
    case "parquet":
      ReaderOptions(
        license: .cc0,
        fields: [
          "id": "id", "question": "question", "options": "choices.text", "answer": "cop",
          "explanation": "exp", "tag.year": "exam.year", "tag.labels": "choices.label",
        ], shape: .multipleChoice, options: ["answer_base": "0"])
    case "meds": ReaderOptions(license: .odbl)
    case "fasta":
      ReaderOptions(
        license: .cc0,
        options: ["window": "24", "min_length": "8", "max_n": "0.05", "consent": "true"])
    case "alpaca", "sharegpt", "messages", "medical-meadow": ReaderOptions(license: .cc0)
    case "dnabert": ReaderOptions(options: ["labels": "no promoter,promoter"])
    case "brat":
      ReaderOptions(license: .ccBySA3, language: "en", options: ["patient": "wards/{patient}_*"])
    case "pubtator", "bioc-xml", "bioc-json", "mediqa-rqe":
      ReaderOptions(license: .usGovernment)
    case "anafora": ReaderOptions(license: .apache2)
    case "beir": ReaderOptions(license: .cc0, language: "en")
    case "conll": ReaderOptions(license: .cc0, language: "en", options: ["type": "Thing"])
    case "cmexam": ReaderOptions(license: .cc0)
    case "liveqa": ReaderOptions(license: .usGovernment)
    case "medicationqa": ReaderOptions(license: .ccBy4)
    case "squad": ReaderOptions(license: .ccBySA4, language: "en")
    case "covid-qa": ReaderOptions(options: ["window": "300"])
    default: ReaderOptions()
    }
  }

  func reader() throws -> any CorpusReader {
    try CorpusRegistry.reader(named: corpus, options: options)
  }

  /// Whether every record says itself what licence it is under, whatever the recipe asserts.
  var recordsStateLicenses: Bool { corpus == "pmc-jats" }

  /// The reader with its index filled from the whole fixture.
  func indexedReader() throws -> any CorpusReader {
    let reader = try reader()
    guard var indexing = reader as? any IndexingReader else { return reader }
    for var entry in try entries() where indexing.indexes(path: entry.path) {
      try indexing.index(&entry)
    }
    return indexing
  }

  /// Every file of the fixture as an entry, by path.
  func entries() throws -> [BufferedEntry] {
    let folder = Self.folder.appending(path: corpus)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return try paths.sorted().filter { $0 != "expected.jsonl" }.compactMap { path in
      let file = folder.appending(path: path)
      guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
        return nil
      }
      return BufferedEntry(path: path, bytes: Array(try Data(contentsOf: file)))
    }
  }

  /// What the reader makes of the whole fixture, each reading with its entry's path.
  ///
  /// - Parameters:
  ///   - pieceLength: the length of the pieces that entries come in; nil for whole ones.
  ///   - change: what is done to the bytes of an entry first; nil leaves the entry out.
  func readings(
    by reader: any CorpusReader, pieceLength: Int? = nil,
    changing change: (BufferedEntry) -> BufferedEntry? = { $0 }
  ) throws -> [(entry: String, reading: Reading)] {
    var readings: [(entry: String, reading: Reading)] = []
    let entries = try entries().filter { reader.accepts(path: $0.path) }.compactMap(change)
      .map { PiecewiseEntry(path: $0.path, bytes: $0.bytes, pieceLength: pieceLength ?? .max) }
    func take(_ reading: Reading, _ path: String) -> Bool {
      let place = reading.provenance?.entry ?? ""
      readings.append((place.isEmpty ? path : place, reading))
      return true
    }
    if let collecting = reader as? any CollectingReader {
      var collection = try collecting.makeCollection(scratchPath: nil)
      for var entry in entries {
        let path = entry.path
        try collection.take(&entry) { take($0, path) }
      }
      try collection.finish { take($0, "") }
    } else {
      for var entry in entries {
        let path = entry.path
        try reader.read(&entry) { take($0, path) }
      }
    }
    return readings
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures")
}

/// An entry that comes in pieces of a given length.
struct PiecewiseEntry: EntryBytes {
  let path: String
  let archive = ""
  let bytes: [UInt8]
  let pieceLength: Int

  func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    try bytes.withUnsafeBytes { buffer in
      for start in stride(from: 0, to: buffer.count, by: min(pieceLength, max(1, buffer.count))) {
        let end = min(start + min(pieceLength, buffer.count), buffer.count)
        try body(UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
      }
    }
  }
}

extension CorpusReader {
  /// All readings of an entry.
  func readings(of entry: some EntryBytes) throws -> [Reading] {
    var entry = entry
    var readings: [Reading] = []
    try read(&entry) { reading in
      readings.append(reading)
      return true
    }
    return readings
  }

  /// All readings of a text as an entry.
  func readings(of text: String, path: String = "input") throws -> [Reading] {
    try readings(of: BufferedEntry(path: path, bytes: Array(text.utf8)))
  }
}

extension Reading {
  var record: Record? {
    guard case .record(let record) = self else { return nil }
    return record
  }

  var rejection: Rejection? {
    guard case .rejection(let rejection) = self else { return nil }
    return rejection
  }

  var provenance: Provenance? { record?.provenance ?? rejection?.provenance }
}
