import Foundation
import Pipeline
import Recipes
import TestSupport
import Testing

/// The same recipe and the same inputs give the same bytes, whatever else differs.
struct ReproducibilityTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func expectEqual(
    _ first: [String: [UInt8]], _ second: [String: [UInt8]],
    at location: SourceLocation = #_sourceLocation
  ) {
    let names = Set(first.keys).union(second.keys)
    #expect(!first.isEmpty, sourceLocation: location)
    #expect(names.filter { first[$0] != second[$0] } == [], sourceLocation: location)
  }

  @Test func `threads decide nothing`() async throws {
    let one = try await BuiltDataset.build(PackageFolder.quickstart, to: folder("1")) {
      $0.threads = 1
    }
    for threads in [4, 7] {
      let many = try await BuiltDataset.build(
        PackageFolder.quickstart, to: folder("\(threads)")
      ) { $0.threads = threads }
      expectEqual(one.files, many.files)
    }
  }

  @Test func `memory decides nothing`() async throws {
    let plenty = try await BuiltDataset.build(PackageFolder.quickstart, to: folder("1"))
    let little = try await BuiltDataset.build(PackageFolder.quickstart, to: folder("2")) {
      $0.memoryBytes = 64 << 20
    }
    expectEqual(plenty.files, little.files)
  }

  /// A recipe of two sources with two files each, in an order of the caller's.
  private func writeRecipe(_ name: String, isTurned: Bool) throws -> String {
    let turn: ([String]) -> String = { (isTurned ? $0.reversed() : $0).joined(separator: "\n") }
    let lists = isTurned ? ("[z.csv, a.csv]", "[n2, n1]") : ("[a.csv, z.csv]", "[n1, n2]")
    let sources = turn([
      "  - {name: b, corpus: table, path: \(lists.0), license: CC0-1.0, shape: question-answer, "
        + "fields: {question: q, answer: a}}",
      "  - {name: n, corpus: text-notes, path: \(lists.1), license: CC0-1.0}",
    ])
    return try folder.write(
      """
      version: 1
      name: turned
      sources:
      \(sources)
      stages: [deduplicate: {exact: true, near: true, keep: first}]
      split: {train: 0.5, validation: 0.25, test: 0.25}
      mix: {b: {weight: 1.5}}
      tasks:
        - {for: b, task: question-answering}
        - {for: n, task: note-summarisation}
      emit: [{dialect: messages, shard_rows: 3}, {dialect: alpaca, compression: gzip}]
      """, to: "\(name).yaml")
  }

  @Test func `the order of sources and of their files decides nothing`() async throws {
    for (name, topic) in [("a", "ankle"), ("z", "wrist")] {
      let rows = (1...9).map { "What of \(topic) number \($0)?,Rest the \(topic) \($0) days.\n" }
      try folder.write("q,a\nWhat of pain?,Rest.\n" + rows.joined(), to: "\(name).csv")
    }
    for (name, word) in [("n1", "left"), ("n2", "right")] {
      for patient in 1...4 {
        try folder.write(
          """
          HISTORY:
          The \(word) knee of patient \(patient) hurts since \(patient) weeks.

          ASSESSMENT:
          A sprained \(word) knee, number \(patient).

          PLAN:
          Rest for \(patient) days and come again.
          """, to: "\(name)/p\(patient)/note.txt")
      }
    }
    let straight = try await BuiltDataset.build(
      writeRecipe("straight", isTurned: false), to: folder("1"))
    let turned = try await BuiltDataset.build(
      writeRecipe("turned", isTurned: true), to: folder("2"))
    expectEqual(straight.files, turned.files)
  }

  /// Answers of some sixty words in two sources, of which most are near copies of others.
  private func writeNearCopies() throws {
    for (source, shift) in [("left", 0), ("right", 3)] {
      let rows = (0..<400).map { number -> String in
        let words = (0..<60).map { place in
          place == (number * 7 + shift) % 60 ? "x\(number % 5)\(source)" : "w\(number / 8)n\(place)"
        }
        return
          #"{"id": "\#(number)", "question": "Of \#(number)?", "answer": "\#(words.joined(separator: " "))"}"#
      }
      try folder.write(rows.joined(separator: "\n"), to: "\(source).jsonl")
    }
  }

  private func nearCopiesRecipe(_ name: String, sources: [String]) throws -> String {
    let list = sources.map {
      "  - {name: \($0), corpus: jsonl, path: \($0).jsonl, license: CC0-1.0, "
        + "shape: question-answer, fields: {id: id, question: question, answer: answer}}"
    }
    return try folder.write(
      """
      version: 1
      name: copies
      sources:
      \(list.joined(separator: "\n"))
      stages: [deduplicate: {near: {threshold: 0.8, field: answer}, max_loss: 1}]
      split: {train: 0.6, validation: 0.2, test: 0.2}
      tasks: [{for: [left, right], task: question-answering}]
      emit: [{dialect: messages}]
      """, to: "\(name).yaml")
  }

  @Test func `near copies are the same whatever the threads, the memory and the order of sources`()
    async throws
  {
    try writeNearCopies()
    let recipe = try nearCopiesRecipe("straight", sources: ["left", "right"])
    let first = try await BuiltDataset.build(recipe, to: folder("1")) { $0.threads = 1 }
    #expect(String(decoding: first.files["duplicates.jsonl"] ?? [], as: UTF8.self).count > 10_000)
    for (threads, memory) in [(2, 64), (7, 1024)] {
      let other = try await BuiltDataset.build(recipe, to: folder("\(threads)t")) {
        $0.threads = threads
        $0.memoryBytes = memory << 20
      }
      expectEqual(first.files, other.files)
    }
    let turned = try await BuiltDataset.build(
      nearCopiesRecipe("turned", sources: ["right", "left"]), to: folder("turned"))
    expectEqual(first.files, turned.files)
  }

  @Test(.enabled(if: Binary.tested != nil, "\(Binary.absence)"))
  func `a build that was killed leaves nothing that changes the next`() throws {
    try writeNearCopies()
    let recipe = try nearCopiesRecipe("straight", sources: ["left", "right"])
    let arguments = ["build", recipe, "--output", folder("killed"), "--quiet"]
    for delay in [0.02, 0.1, 0.3] {
      let process = MateriaRun.process(arguments)
      try process.run()
      Thread.sleep(forTimeInterval: delay)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    for name in ["killed", "whole"] {
      let run = try MateriaRun(["build", recipe, "--output", folder(name), "--quiet"])
      #expect(run.exitCode == 0, "\(run.messages)")
    }
    expectEqual(FolderContent.files(in: folder("killed")), FolderContent.files(in: folder("whole")))
  }

  @Test(.enabled(if: Binary.tested != nil, "\(Binary.absence)"))
  func `folder, locale, time zone, umask and hash seed decide nothing`() throws {
    let plain = try MateriaRun(
      ["build", "Recipes/quickstart.yaml", "--output", folder("1"), "--quiet"])
    let odd = try MateriaRun(
      ["build", PackageFolder.quickstart, "--output", "2", "--quiet"], in: folder.path,
      environment: [
        "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE", "TZ": "Pacific/Kiritimati",
        "HOME": "/nonexistent",
        "TMPDIR": folder.path, "SWIFT_DETERMINISTIC_HASHING": "1",
      ], umask: "077")
    #expect(plain.exitCode == 0, "\(plain.messages)")
    #expect(odd.exitCode == 0, "\(odd.messages)")
    expectEqual(FolderContent.files(in: folder("1")), FolderContent.files(in: folder("2")))
    #expect(folder.mode(of: "1/manifest.json") == 0o644)
    #expect(folder.mode(of: "2/manifest.json") == 0o644)
    #expect(folder.mode(of: "2/messages") == 0o755)
  }

  @Test func `a second run replaces the first with equal bytes`() async throws {
    let first = try await BuiltDataset.build(PackageFolder.quickstart, to: folder("out"))
    try folder.write("left over", to: "out/messages/train-00007-of-00009.jsonl")
    let second = try await BuiltDataset.build(PackageFolder.quickstart, to: folder("out"))
    expectEqual(first.files, second.files)
  }

  @Test func `no output names the machine's folders`() async throws {
    let built = try await BuiltDataset.build(PackageFolder.quickstart, to: folder("out"))
    for (name, bytes) in built.files {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains(PackageFolder.path), "\(name)")
      #expect(!text.contains(folder.path), "\(name)")
    }
  }
}
