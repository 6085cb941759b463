import Foundation
import Records
import TestSupport
import Testing

@testable import Corpora

/// The same documents in several formats give the same records, where the real corpora are at hand.
@Suite(.enabled(if: SharedFolder.isAtHand, "the shared corpora are not there (MATERIA_SHARED)"))
struct SharedAnnotationTests {
  @Test func `BioRED's development set is the same in PubTator, BioC XML and BioC JSON`() throws {
    let archive = "biored/BIORED.zip"
    let abstracts = try SharedFolder.records("pubtator", in: archive) {
      $0.hasSuffix("Dev.PubTator")
    }
    let xml = try SharedFolder.records("bioc-xml", in: archive) { $0.hasSuffix(".XML") }
    let json = try SharedFolder.records("bioc-json", in: archive) { $0.hasSuffix(".JSON") }

    let contents = abstracts.compactMap(\.annotatedText)
    #expect(contents.count == 100)
    #expect(contents.reduce(0) { $0 + $1.entities.count } == 3533)
    #expect(contents.reduce(0) { $0 + $1.relations.count } == 1162)
    for others in [xml, json] {
      #expect(others.compactMap(\.annotatedText) == contents)
      #expect(others.map(\.id) == abstracts.map(\.id))
      #expect(others.map(\.groups) == abstracts.map(\.groups))
      #expect(others.map(\.officialSplit) == abstracts.map(\.officialSplit))
      #expect(others.map(\.tags) == abstracts.map(\.tags))
    }
  }

  /// The standoff form has a line end where PubTator has a blank, and the one wrong mention put right.
  @Test func `the NCBI disease corpus is the same in PubTator and standoff`() throws {
    let archive = "ncbi-disease/ncbi-disease.tar.gz"
    let drop = ["mismatch": "drop"]
    let abstracts = try SharedFolder.records("pubtator", in: archive, options: drop) {
      $0.contains("/original-data/") && $0.hasSuffix(".txt")
    }
    let standoff = try SharedFolder.records("brat", in: archive) { $0.contains("/standoff/") }

    #expect(abstracts.count == 793 && standoff.count == 793)
    let texts = Dictionary(
      try standoff.map { ($0.id, try #require($0.annotatedText)) },
      uniquingKeysWith: { one, _ in one })
    #expect(texts.count == 793)
    for record in abstracts {
      let content = try #require(record.annotatedText)
      var twin = try #require(texts[record.id])
      #expect(twin.text.replacingOccurrences(of: "\n", with: " ") == content.text + " ")
      #expect(record.officialSplit == standoff.first { $0.id == record.id }?.officialSplit)
      if record.id == "10923035" { twin.entities.removeAll { $0.spans.first?.start == 711 } }
      #expect(twin.entities.map(Mark.init) == content.entities.map(Mark.init))
    }
  }

  /// The examples of bconv and bionlplab: the same documents in XML and JSON, nothing left out.
  @Test func `the small BioC files are read whole, alike in XML and JSON`() throws {
    let archive = "biored/bioc-examples.tar.gz"
    let xml = try SharedFolder.readings("bioc-xml", in: archive) { $0.hasSuffix(".xml") }
    let json = try SharedFolder.readings("bioc-json", in: archive) {
      $0.hasSuffix(".json") && !$0.contains("pubanno")
    }

    #expect(xml.compactMap(\.rejection).isEmpty && json.compactMap(\.rejection).isEmpty)
    let contents = [xml, json].map { readings in
      readings.compactMap(\.record).map { "\($0.id) \(String(describing: $0.content))" }.sorted()
    }
    #expect(contents[0] == contents[1])
    #expect(xml.count == 17)
  }

  @Test func `the small PubTator, brat and CoNLL files are read or their lack is told`() throws {
    let archive = "biored/bioc-examples.tar.gz"
    let abstracts = try SharedFolder.readings("pubtator", in: archive) {
      $0.contains("/pubtator") && $0.hasSuffix(".txt")
    }
    let tokens = try SharedFolder.readings(
      "conll", in: archive, options: ["columns": "token,start,end,tag"]
    ) { $0.hasSuffix(".conll") }
    let annotations = try SharedFolder.readings("brat", in: archive) { $0.hasSuffix(".ann") }

    #expect(abstracts.compactMap(\.rejection).isEmpty && tokens.compactMap(\.rejection).isEmpty)
    #expect(abstracts.count == 25 && tokens.count == 12)
    #expect(
      annotations.compactMap(\.rejection).map(\.reason)
        == Array(repeating: .missingCounterpart, count: 4))
  }

  /// What two forms of a mention agree on; one names vocabularies and parts composite concepts.
  private struct Mark: Equatable {
    let type: String
    let spans: [TextSpan]
    let text: String

    init(_ entity: Entity) {
      type = entity.type
      spans = entity.spans
      text = entity.text
    }
  }
}

/// The folder of shared corpora, read with the system's own tools.
enum SharedFolder {
  static let corpora: URL = {
    if let path = ProcessInfo.processInfo.environment["MATERIA_SHARED"] {
      return URL(filePath: path).appending(path: "corpora")
    }
    return (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
      .appending(path: "shared/corpora")
  }()

  static var isAtHand: Bool { FileManager.default.fileExists(atPath: corpora.path) }

  /// The records that a reader makes of the entries of an archive whose paths are wanted.
  static func records(
    _ corpus: String, in archive: String, options: [String: String] = [:],
    where isWanted: (String) -> Bool
  ) throws -> [Record] {
    try readings(corpus, in: archive, options: options, where: isWanted).compactMap(\.record)
  }

  /// Everything that the reader makes of them.
  static func readings(
    _ corpus: String, in archive: String, options: [String: String] = [:],
    where isWanted: (String) -> Bool
  ) throws -> [Reading] {
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "materia-annotations-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    try unpack(corpora.appending(path: archive).path, to: scratch)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: scratch.path).sorted()
    var reader = try CorpusRegistry.reader(
      named: corpus, options: ReaderOptions(license: .cc0, language: "en", options: options))
    var entries: [BufferedEntry] = []
    for path in paths where isWanted(path) && reader.accepts(path: path) {
      let file = scratch.appending(path: path)
      guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
        continue
      }
      entries.append(BufferedEntry(path: path, bytes: Array(try Data(contentsOf: file))))
    }
    if var indexing = reader as? any IndexingReader {
      for index in entries.indices where indexing.indexes(path: entries[index].path) {
        try indexing.index(&entries[index])
      }
      reader = indexing
    }
    return try entries.flatMap { try reader.readings(of: $0) }
  }

  private static func unpack(_ archive: String, to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c", archive.hasSuffix(".zip") ? "unzip -q \"$0\" -d \"$1\"" : "tar xf \"$0\" -C \"$1\"",
      archive, folder.path,
    ]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
