import Formats
import Foundation
import TestSupport
import Testing

/// What scripts may rely on: exit codes, messages, and an output that is whole or not there.
@Suite(.enabled(if: Binary.tested != nil, "\(Binary.absence)"))
struct CommandLineTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A recipe over a table of invented questions.
  private func writeRecipe(path: String = "q.csv", _ lines: String = "", source: String = "") throws
  {
    try folder.write(
      """
      version: 1
      name: tiny
      \(lines)
      sources:
        - name: q
          corpus: table
          path: \(path)
          license: CC0-1.0
          shape: question-answer
          fields: {question: q, answer: a}
      \(source)
      tasks: [{for: q, task: question-answering}]
      emit: [{dialect: messages}]
      """, to: "r.yaml")
  }

  private func table(_ topic: String, rows: Int) -> String {
    "q,a\n" + (1...rows).map { "What of \(topic) \($0)?,Rest the \(topic) \($0).\n" }.joined()
  }

  private func build(_ arguments: String...) throws -> MateriaRun {
    try MateriaRun(["build", "r.yaml", "--output", "out"] + arguments, in: folder.path)
  }

  /// Whether only what the test wrote is in the folder: no output, no work folder, no lock.
  private var isClean: Bool { !folder.names().contains { $0.contains("out") } }

  @Test func `a build that reaches its aims exits with 0 and says where the dataset is`() throws {
    try folder.write(table("ankle", rows: 20), to: "q.csv")
    try writeRecipe()
    let run = try build()
    #expect(run.exitCode == 0)
    #expect(run.output.contains("wrote out: 20 examples"))
    #expect(run.messages == "")
    #expect(folder.names() == ["out", "q.csv", "r.yaml"])
  }

  @Test func `a source without a record is warned of, and told of where nothing is left`() throws {
    try folder.write("x", to: "q.png")
    try writeRecipe(path: "q.png")
    let warning = "source 'q' holds no records; 1 entries are by their names not of 'table'"
    let run = try build()
    #expect(run.exitCode == 1)
    #expect(run.messages.contains("hint: \(warning)"))
    let preview = try MateriaRun(["preview", "r.yaml"], in: folder.path)
    #expect(preview.messages.contains("warning: \(warning)"))
  }

  @Test func `XML of no corpus is sent to its fields`() throws {
    try folder.write("<all><item><a>x</a></item></all>", to: "q.xml")
    let run = try MateriaRun(["init", "q.xml"], in: folder.path)
    #expect(run.exitCode == 1)
    #expect(run.messages.contains("start from Recipes/instruction/xml.yaml"))
  }

  @Test func `three mistakes in a recipe are three located messages, and exit 2`() throws {
    try folder.write(table("ankle", rows: 2), to: "q.csv")
    try writeRecipe("sead: 1\nuse: fun\nlimits: {max_ratio: 1}")
    let run = try build()
    #expect(run.exitCode == 2)
    #expect(
      run.messages == """
        r.yaml:3:1: error: 'sead' is not a known key
        hint: did you mean 'seed'?
        r.yaml:4:6: error: 'use' must be one of 'research', 'commercial', 'redistribution'
        r.yaml:5:21: error: 'max_ratio' must be at least 2, not 1

        """)
    #expect(isClean)
  }

  @Test func `unknown names and missing files are told together, and exit 2`() throws {
    try writeRecipe("mix: {q: {weight: 2}}")
    let recipe = folder.text(of: "r.yaml").replacing("dialect: messages", with: "dialect: mesages")
      .replacing("task: question-answering", with: "task: question-answer")
    try folder.write(recipe, to: "r.yaml")
    let run = try build()
    #expect(run.exitCode == 2)
    #expect(run.messages.contains("r.yaml:7:11: error: cannot open 'q.csv': no such file"))
    #expect(run.messages.contains("there is no task 'question-answer'"))
    #expect(run.messages.contains("there is no dialect 'mesages'\nhint: did you mean 'messages'?"))
    #expect(isClean)
  }

  @Test(arguments: [
    ["build"], ["build", "r.yaml", "--thread", "4"], ["build", "r.yaml", "--threads", "0"],
    ["build", "r.yaml", "--memory", "1k"], ["build", "r.yaml", "--source", "q"], ["bild"],
    ["index", "missing.csv", "--output", "x"], ["index", "r.yaml"],
    ["index", "--output", "x"], ["index", "a.csv", "--recipe", "r.yaml", "--output", "x"],
    ["build", "missing.yaml"], ["validate", "missing.jsonl", "--schema", "messages"],
  ])
  func `a command that cannot be understood exits with 2`(arguments: [String]) throws {
    let run = try MateriaRun(arguments, in: folder.path)
    #expect(run.exitCode == 2)
    #expect(run.output == "")
    #expect(run.messages.lowercased().contains("error:"))
  }

  @Test func `an index of a benchmark takes its questions out of training`() throws {
    try folder.write(table("ankle", rows: 20), to: "q.csv")
    try folder.write(table("ankle", rows: 5), to: "exam.csv")
    let entry =
      "{path: exam.csv, corpus: table, shape: question-answer, fields: {question: q, answer: a}}"
    try writeRecipe("stages: [{decontaminate: {against: [\(entry)]}}]")
    let run = try MateriaRun(
      ["index", "--recipe", "r.yaml", "--output", "exam.index"], in: folder.path)
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(run.output.contains("exam"))
    #expect(!folder.text(of: "exam.index").contains("ankle"))
    try writeRecipe("stages: [{decontaminate: {against: [exam.index]}}]")
    #expect(try build().exitCode == 0)
    let dataset = try BuiltDataset(path: folder("out"))
    #expect(dataset.rejected(in: "q") == ["contaminated": 5])
  }

  @Test func `a missed expectation is told, and exits with 1`() throws {
    try folder.write(table("ankle", rows: 20), to: "q.csv")
    try writeRecipe("expect: {train: {min_examples: 100}}")
    let run = try build()
    #expect(run.exitCode == 1)
    #expect(
      run.messages
        == "error: train has 20 examples; the recipe expects at least 100\n")
    #expect(folder.has("out/manifest.json"))
  }

  @Test func `a dry run publishes nothing`() throws {
    try folder.write(table("ankle", rows: 20), to: "q.csv")
    try writeRecipe()
    let run = try build("--dry-run")
    #expect(run.exitCode == 0)
    #expect(run.output.contains("dry run: nothing was written"))
    #expect(isClean)
  }

  @Test func `a limit takes the first records of each source, whatever the threads`() throws {
    try folder.write(table("ankle", rows: 50), to: "in/a.csv")
    try folder.write(table("wrist", rows: 50), to: "in/b.csv")
    try writeRecipe(path: "in")
    for threads in ["1", "4"] {
      let run = try build("--limit", "60", "--threads", threads)
      #expect(run.exitCode == 0)
      let dataset = try BuiltDataset(path: folder("out"))
      #expect(dataset.source("q")?["read"]?.int == 60)
      let entries = try dataset.rows("provenance/train.jsonl").map { $0["archive"]?.string }
      #expect(entries.count { $0 == "a.csv" } == 50)
    }
  }

  @Test func `the result as JSON is one document with the manifest in it`() throws {
    try folder.write(table("ankle", rows: 5), to: "q.csv")
    try writeRecipe()
    let run = try build("--json")
    let result = try JSON(parsing: run.output)
    #expect(result["published"]?.bool == true)
    let manifest = try JSON(parsing: folder.bytes(of: "out/manifest.json"))
    #expect(result["manifest"] == manifest)
  }

  @Test func `quiet is quiet`() throws {
    try folder.write(table("ankle", rows: 5), to: "q.csv")
    try writeRecipe()
    let run = try build("--quiet")
    #expect(run.output + run.messages == "")
  }

  @Test func `a truncated file is named, with how much was read, and nothing is published`() throws
  {
    let whole = FolderContent.bytes(of: PackageFolder.sample("abstracts.xml.gz"))
    try folder.write(Array(whole.prefix(whole.count / 2)), to: "cut.xml.gz")
    let run = try MateriaRun(
      [
        "build", PackageFolder.quickstart, "--output", "out", "--source", "abstracts=cut.xml.gz",
      ], in: folder.path)
    #expect(run.exitCode == 1)
    #expect(run.messages.hasPrefix("cut.xml.gz"))
    #expect(run.messages.contains("error: content is cut short: it ends after "))
    let counts = run.messages.firstMatch(of: /; ([0-9]+) records of it were read, and nothing/)
    #expect(Int(counts?.1 ?? "") ?? 0 > 10)
    #expect(run.messages.contains("hint: fetch it again"))
    #expect(isClean)
  }

  @Test func `a truncated file that may go is rejected whole, counted, and exits with 1`() throws {
    let whole = FolderContent.bytes(of: PackageFolder.sample("abstracts.xml.gz"))
    try folder.write(Array(whole.prefix(whole.count / 2)), to: "in/cut.xml.gz")
    try folder.write(whole, to: "in/whole.xml.gz")
    try folder.write(
      """
      version: 1
      name: cut
      sources: [{name: p, corpus: pubmed, path: in, damaged: reject}]
      tasks: [{for: p, task: title-generation}]
      emit: [{dialect: messages}]
      """, to: "r.yaml")
    let run = try build()
    #expect(run.exitCode == 1)
    #expect(run.messages.contains("warning: content is cut short"))
    let dataset = try BuiltDataset(path: folder("out"))
    #expect(dataset.unbalanced == [])
    #expect(dataset.rejected(in: "p")["damaged-entry"] ?? 0 > 10)
    for row in try dataset.rows("provenance/train.jsonl") {
      #expect(row["archive"]?.string == "whole.xml.gz")
    }
  }

  /// A zip whose second of three members has a byte changed after its checksum was taken.
  private func writeDamagedZip() throws {
    var zip = try ArchiveBuilder.zip(
      [
        .file("a.csv", table("ankle", rows: 9)), .file("b.csv", table("wrist", rows: 9)),
        .file("c.csv", table("elbow", rows: 9)),
      ], options: "zip:compression=store")
    let place = try #require(zip.firstRange(of: Array("wrist 5.".utf8)))
    zip[place.lowerBound] = UInt8(ascii: "W")
    try folder.write(zip, to: "in.zip")
  }

  @Test func `a zip member with a wrong checksum stops the build`() throws {
    try writeDamagedZip()
    try writeRecipe(path: "in.zip")
    let run = try build()
    #expect(run.exitCode == 1)
    #expect(run.messages.hasPrefix("in.zip[b.csv]"))
    #expect(isClean)
  }

  @Test func `a zip member with a wrong checksum may be left out`() throws {
    try writeDamagedZip()
    try writeRecipe(path: "in.zip", source: "    damaged: reject")
    let run = try build()
    #expect(run.exitCode == 1)
    let dataset = try BuiltDataset(path: folder("out"))
    #expect(dataset.unbalanced == [])
    let entries = try dataset.rows("provenance/train.jsonl").map { $0["entry"]?.string }
    #expect(Set(entries) == ["a.csv", "c.csv"])
    #expect(entries.count == 18)
    #expect(!folder.text(of: "out/rejected.jsonl").contains("wrist"))
  }

  @Test func `an output that cannot be written exits with 3`() throws {
    try folder.write(table("ankle", rows: 5), to: "q.csv")
    try folder.write("a file", to: "file")
    try writeRecipe()
    let run = try MateriaRun(["build", "r.yaml", "--output", "file/out"], in: folder.path)
    #expect(run.exitCode == 3)
    #expect(run.messages.contains("error: cannot create"))
  }

  @Test func `a read-only parent exits with 3`() throws {
    // Root may write anywhere.
    guard getuid() != 0 else { return }
    try folder.write(table("ankle", rows: 5), to: "q.csv")
    try writeRecipe()
    try folder.makeFolder("shut")
    chmod(folder("shut"), 0o500)
    let run = try MateriaRun(["build", "r.yaml", "--output", "shut/out"], in: folder.path)
    #expect(run.exitCode == 3)
  }

  @Test func `an output folder of something else is not replaced`() throws {
    try folder.write(table("ankle", rows: 5), to: "q.csv")
    try folder.write("precious", to: "out/letters/mine.txt")
    try writeRecipe()
    let run = try build()
    #expect(run.exitCode == 2)
    #expect(run.messages.contains("out: error: what is there is no dataset of materia"))
    #expect(folder.text(of: "out/letters/mine.txt") == "precious")
    #expect(folder.names() == ["out", "q.csv", "r.yaml"])
  }

  @Test func `locked inputs are held to the lock file`() throws {
    try folder.write(table("ankle", rows: 5), to: "in/a.csv")
    try folder.write(table("wrist", rows: 5), to: "in/b.csv")
    try writeRecipe(path: "in")
    #expect(try build().exitCode == 0)
    let before = FolderContent.files(in: folder("out"))
    #expect(try build("--locked").exitCode == 0)
    try folder.write(table("ankle", rows: 6), to: "in/a.csv")
    try FileManager.default.moveItem(atPath: folder("in/b.csv"), toPath: folder("in/c.csv"))
    try writeRecipe(path: "in", "seed: 4")
    let run = try build("--locked")
    #expect(run.exitCode == 3)
    let hint = "\nhint: build without '--locked' to accept the change"
    let problems = [
      "the recipe differs from the one that the lock was written for",
      "'a.csv' of source 'q' has changed", "'c.csv' of source 'q' is new",
      "'b.csv' of source 'q' is missing",
    ]
    #expect(
      run.messages
        == problems.map { "out/recipe.lock.yaml: error: \($0)\(hint)\n" }.joined())
    #expect(FolderContent.files(in: folder("out")) == before)
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func `a build that is stopped leaves nothing and exits with 128 and the signal`(
    signal: Int32
  ) throws {
    try folder.write(table("ankle", rows: 200_000), to: "q.csv")
    try writeRecipe("stages: [deduplicate: {near: true}]")
    let process = MateriaRun.process(
      ["build", "r.yaml", "--output", "out", "--quiet"], folder.path)
    try process.run()
    // Not `Task.sleep`: beside a busy test run that comes back when the build is long done.
    for _ in 0..<5000 where !folder.has(".out.work/scratch") && process.isRunning { usleep(1000) }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationStatus == 128 + signal)
    #expect(isClean)
  }

  @Test func `the dataset of people is for its owner only`() throws {
    try folder.write(table("ankle", rows: 5), to: "q.csv")
    try writeRecipe(source: "    sensitive: true")
    let run = try MateriaRun(
      ["build", "r.yaml", "--output", "out"], in: folder.path, umask: "000")
    #expect(run.exitCode == 0)
    #expect(folder.mode(of: "out") == 0o700)
    for name in FolderContent.files(in: folder("out")).keys {
      #expect(folder.mode(of: "out/\(name)") == 0o600, "\(name)")
    }
    for name in ["messages", "provenance"] { #expect(folder.mode(of: "out/\(name)") == 0o700) }
  }

  @Test func `validation tells every bad row and exits with 1`() throws {
    try folder.write("{\"messages\": []}\nnot JSON\n", to: "bad.jsonl")
    let run = try MateriaRun(
      ["validate", "bad.jsonl", "--schema", "messages"], in: folder.path)
    #expect(run.exitCode == 1)
    #expect(run.messages.contains("bad.jsonl:1:"))
    #expect(run.messages.contains("bad.jsonl:2:"))
    #expect(run.output.contains("2 rows in 1 file: 2 invalid"))
  }

  @Test func `two builds are compared, and a record is explained`() throws {
    try folder.write(table("ankle", rows: 20), to: "q.csv")
    try writeRecipe()
    #expect(try build().exitCode == 0)
    let same = try MateriaRun(["diff", "out", "out/"], in: folder.path)
    #expect(same.exitCode == 0)
    #expect(same.output == "the builds are the same\n")
    try folder.write(table("ankle", rows: 19) + "What of it?,Rest it.\n", to: "q.csv")
    let second = try MateriaRun(["build", "r.yaml", "--output", "new"], in: folder.path)
    #expect(second.exitCode == 0)
    let changed = try MateriaRun(["diff", "out", "new"], in: folder.path)
    #expect(changed.exitCode == 1)
    #expect(changed.output.contains("text: 1 record, with other rows\n  q:q.csv#19\n"))
    #expect(!changed.output.contains("Rest"))
    let explained = try MateriaRun(["explain", "new/messages/train.jsonl:20"], in: folder.path)
    #expect(explained.exitCode == 0)
    #expect(explained.output.hasPrefix("q:q.csv#19\n  source       q, corpus table\n"))
    #expect(!explained.output.contains("Rest it."))
    let shown = try MateriaRun(["explain", "q.csv#19", "new", "--show-text"], in: folder.path)
    #expect(shown.output.contains("Rest it."))
    for arguments in [["diff", "out"], ["diff", "out", "none"], ["explain", "q:99", "new"]] {
      #expect(try MateriaRun(arguments, in: folder.path).exitCode == 2)
    }
  }

  @Test func `an adapter's configuration is written without a build`() throws {
    let run = try MateriaRun(
      ["config", "lora", "--base-model", "m", "--rank", "8", "--rslora"], in: folder.path)
    #expect(run.exitCode == 0)
    let config = try JSON(parsing: run.output)
    #expect(config["r"]?.numberText == "8")
    #expect(config["lora_alpha"]?.numberText == "16")
    #expect(config["use_rslora"] == .bool(true))
  }

  @Test(arguments: [
    (["lora", "--virtual-tokens", "9"], "'--virtual-tokens' is for prefix-tuning"),
    (["lorra"], "there is no adapter 'lorra'"), (["ia3", "--feed-forward", "w2"], "--target"),
    (["lora", "--rank", "0"], "at least 1"),
  ])
  func `an adapter's configuration takes its own settings only`(
    arguments: [String], message: String
  ) throws {
    let run = try MateriaRun(["config", "--base-model", "m"] + arguments, in: folder.path)
    #expect(run.exitCode == 2)
    #expect(run.messages.contains(message), "\(run.messages)")
  }
}
