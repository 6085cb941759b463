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
    default: ReaderOptions()
    }
  }

  func reader() throws -> any CorpusReader {
    try CorpusRegistry.reader(named: corpus, options: options)
  }

  /// The entries that the reader accepts, by path.
  func entries() throws -> [BufferedEntry] {
    let reader = try reader()
    let folder = Self.folder.appending(path: corpus)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return try paths.sorted().filter { $0 != "expected.jsonl" && reader.accepts(path: $0) }
      .compactMap { path in
        let file = folder.appending(path: path)
        guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
          return nil
        }
        return BufferedEntry(path: path, bytes: Array(try Data(contentsOf: file)))
      }
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures")
}

/// An entry that comes in pieces of a given length.
struct PiecewiseEntry: EntryBytes {
  let path: String
  let bytes: [UInt8]
  let pieceLength: Int

  func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    try bytes.withUnsafeBytes { buffer in
      for start in stride(from: 0, to: buffer.count, by: pieceLength) {
        let end = min(start + pieceLength, buffer.count)
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
