import Formats
import Recipes
import Records
import TestSupport
import Testing

@testable import Pipeline

/// Copy-forward over whole builds of invented notes.
struct CopyForwardBuildTests {
  private let folder: TemporaryFolder

  private static let history = "He has had asthma since his early childhood years."
  private static let plan = "Continue the inhaler twice a day as before."

  /// Notes of two patients, later ones before earlier ones, in two sources.
  init() throws {
    let days = [
      Self.row(
        "d2", "p1", "2150-03-02",
        "\(Self.history) Slept well and ate a whole breakfast today at last, without any help."),
      Self.row("d1", "p1", "2150-03-01", "\(Self.history) \(Self.plan)"),
      Self.row("d3", "p1", "2150-03-03", "\(Self.history) \(Self.plan) Stable."),
      Self.row("q1", "p2", "2150-03-03", "\(Self.history) \(Self.plan) Stable."),
    ]
    let nurses = [
      Self.row(
        "n1", "p1", "2150-03-01 12:00",
        "Walked to the window and back twice with some help. \(Self.plan) It went well."),
      Self.row("n2", "", "2150-03-01", "\(Self.history) \(Self.plan) Nobody knows whose this is."),
      Self.row("n3", "", "2150-03-02", "\(Self.history) \(Self.plan) Nobody knows whose that is."),
    ]
    folder = try TemporaryFolder(["days.jsonl": days.joined(), "nurses.jsonl": nurses.joined()])
  }

  private static func row(_ id: String, _ patient: String, _ time: String, _ text: String) -> String
  {
    let patient = patient.isEmpty ? "" : #""patient": "\#(patient)", "#
    return #"{"id": "\#(id)", \#(patient)"time": "\#(time)", "text": "\#(text)"}"# + "\n"
  }

  private func recipe(
    _ rule: String, sources: [String] = ["days", "nurses"], more: String = ""
  ) throws -> String {
    let listed = sources.map {
      "  - {name: \($0), corpus: jsonl, path: \($0).jsonl, license: CC0-1.0, shape: note, "
        + "fields: {id: id, patient: patient, time: time, text: text}}"
    }
    return try folder.write(
      """
      version: 1
      name: tiny
      seed: 17
      sources:
      \(listed.joined(separator: "\n"))
      stages: [{deduplicate: {exact: false, within: \(rule)}}]
      split: {train: 1}
      tasks: [{for: [\(sources.joined(separator: ", "))], task: pre-training-text}]
      emit: [{dialect: text}]
      \(more)
      """, to: "r.yaml")
  }

  private func build(
    _ recipe: String, threads: Int = 2, memory: Int = 1 << 30
  ) async throws -> [String: [UInt8]] {
    var options = BuildOptions(threads: threads, memoryBytes: memory)
    options.output = folder("out")
    let report = try await BuildPipeline(
      recipe: try Recipe.load(from: recipe), recipePath: recipe, options: options
    ).run()
    #expect(report.ledger.unbalancedSources.isEmpty)
    return FolderContent.files(in: folder("out"))
  }

  private func rows(_ name: String, of files: [String: [UInt8]]) throws -> [JSON] {
    let text = String(decoding: files[name] ?? [], as: UTF8.self)
    return try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
  }

  private func texts(_ files: [String: [UInt8]]) throws -> [String] {
    try rows("text/train.jsonl", of: files).compactMap { $0["text"]?.string }
  }

  @Test func `the first note in time keeps what later ones repeat`() async throws {
    let files = try await build(recipe("{min_left: 3}"))
    let texts = try texts(files)
    #expect(texts.count == 6)
    #expect(texts.contains("\(Self.history) \(Self.plan)"))
    #expect(texts.contains("Slept well and ate a whole breakfast today at last, without any help."))
    #expect(texts.contains("Walked to the window and back twice with some help. It went well."))
    #expect(texts.contains("\(Self.history) \(Self.plan) Stable."))
    #expect(texts.count { $0.contains("Nobody knows") && $0.hasPrefix(Self.history) } == 2)
    let rejected = try rows("rejected.jsonl", of: files)
    #expect(rejected.map { $0["id"]?.string } == ["d3"])
    #expect(rejected.first?["reason"]?.string == "copied-forward")
    #expect(rejected.first?["stage"]?.string == "deduplicate")
    #expect(rejected.first?["value"]?.string == "1 of 18 words left")
  }

  @Test func `the manifest tells what each source lost`() async throws {
    let files = try await build(recipe("{unit: words, length: 8, min_left: 3}"))
    let within = try JSON(parsing: files["manifest.json"] ?? [])["deduplication"]?["within"]
    #expect(within?["unit"]?.string == "words")
    #expect(within?["length"]?.int == 8)
    let sources = within?["sources"]?.array ?? []
    #expect(sources.map { $0["name"]?.string } == ["days", "nurses"])
    #expect(sources.map { $0["records"]?.int } == [1, 1])
    #expect(sources.map { $0["units"]?.int } == [1, 1])
    #expect(sources.map { $0["words"]?.int } == [9, 8])
    #expect(sources.map { $0["rejected"]?.int } == [1, 0])
  }

  @Test func `nothing is cut for a note that the mix leaves out`() async throws {
    let all = try await build(recipe("{min_left: 3}", more: "mix: {nurses: {max_examples: 3}}"))
    let written = try texts(all)
    #expect(written.count == 6)
    let few = try await build(
      recipe("{min_left: 3}", more: "mix: {days: {max_examples: 1}}"))
    let left = try texts(few)
    let hasFirst = left.contains("\(Self.history) \(Self.plan)")
    let walk = left.first { $0.hasPrefix("Walked") }
    #expect(walk?.contains(Self.plan) == !hasFirst)
    let breakfast = left.first { $0.contains("breakfast") }
    #expect(breakfast?.hasPrefix(Self.history) != false)
  }

  @Test func `placeholders keep their numbers in what is left`() async throws {
    let seen = "Seen by Dr. Martha Okafor in the clinic this morning."
    let notes = [
      Self.row("d1", "p1", "2150-03-01", "\(seen) Slept well and ate a whole breakfast."),
      Self.row(
        "d2", "p1", "2150-03-02", "\(seen) Later Dr. Paul Greene found him in good spirits."),
    ]
    try folder.write(notes.joined(), to: "days.jsonl")
    let recipe = try recipe("{min_left: 3}", sources: ["days"])
    let text = String(decoding: FolderContent.bytes(of: recipe), as: UTF8.self)
      .replacing("stages: [", with: "stages: [{deidentify: {mode: redact}}, ")
    let left = try await texts(build(folder.write(text, to: "r.yaml")))
    #expect(left.contains("Later Dr. [NAME_2] found him in good spirits."))
    #expect(left.contains { $0.contains("[NAME_1]") && !$0.contains("Okafor") })
  }

  @Test func `what is left alike in two splits stops the build, with a way out`() async throws {
    let rest = "Rests well, the call light is in reach, and we go on to watch him."
    let notes = (0..<40).flatMap { patient in
      let own = "This one came with complaint number \(patient) of the long list."
      return [
        Self.row(
          "a\(patient)", "p\(patient)", "2150-03-01", "\(own) More of it number \(patient)."),
        Self.row("b\(patient)", "p\(patient)", "2150-03-02", "\(own) \(rest)"),
      ]
    }
    try folder.write(notes.joined(), to: "days.jsonl")
    func recipe(_ least: Int, _ leaks: String = "stop") throws -> String {
      let text = String(
        decoding: FolderContent.bytes(
          of: try self.recipe("{min_left: \(least)}", sources: ["days"])), as: UTF8.self)
      return try folder.write(
        text.replacing("exact: false", with: "exact: true").replacing(
          "{train: 1}", with: "{train: 0.5, test: 0.5, leaks: \(leaks)}"), to: "r.yaml")
    }
    let error = await #expect(throws: PipelineError.self) { try await build(recipe(10)) }
    #expect(error?.exitCode == 1)
    #expect(error?.diagnostic.hint?.contains("'min_left'") == true)
    let longer = try await build(recipe(20))
    let rejected = try rows("rejected.jsonl", of: longer)
    #expect(rejected.count { $0["reason"]?.string == "copied-forward" } == 40)
    let reported = try await build(recipe(10, "report"))
    #expect(reported["proof.json"] != nil)
  }

  @Test func `the bytes do not depend on threads, memory or the order of sources`() async throws {
    let many = try ManyNotes(patients: 40, notes: 30)
    try folder.write(many.rows(0), to: "days.jsonl")
    try folder.write(many.rows(1), to: "nurses.jsonl")
    for rule in ["{unit: words, length: 10}", "{unit: sentence}"] {
      let expected = try await build(recipe(rule), threads: 1)
      let written = try texts(expected)
      #expect(written.count > 100)
      for threads in [2, 7] {
        let again = try await build(recipe(rule), threads: threads, memory: 64 << 20)
        #expect(again == expected)
      }
      let turned = try await build(recipe(rule, sources: ["nurses", "days"]), memory: 1 << 20)
      #expect(turned["text/train.jsonl"] == expected["text/train.jsonl"])
      #expect(turned["rejected.jsonl"] == expected["rejected.jsonl"])
    }
  }

  @Test func `what is left is what the definition says`() async throws {
    let many = try ManyNotes(patients: 8, notes: 12)
    try folder.write(many.rows(0), to: "days.jsonl")
    try folder.write(many.rows(1), to: "nurses.jsonl")
    let files = try await build(recipe("{unit: words, length: 6, min_left: 1}"), memory: 1 << 20)
    let found = try texts(files).map { $0.split { $0.isWhitespace }.joined(separator: " ") }
    let expected = many.left(length: 6)
    #expect(found.sorted() == expected.sorted())
  }
}

/// Random notes that copy runs of earlier notes of their patient, in no order.
private struct ManyNotes {
  private struct Entry {
    var id: Int
    var patient: Int
    var day: Int
    var words: [String]
  }

  private var entries: [Entry] = []

  init(patients: Int, notes: Int) throws {
    var random = SeededNumbers(state: 5)
    for patient in 0..<patients {
      var earlier: [[String]] = []
      for day in 0..<notes {
        var words: [String] = []
        for _ in 0..<3 {
          words += (0..<Int.random(in: 1...12, using: &random)).map { _ in
            "w\(Int.random(in: 0..<400, using: &random))"
          }
          if let note = earlier.randomElement(using: &random), note.count > 4 {
            let start = Int.random(in: 0..<note.count - 3, using: &random)
            words += note[start..<Int.random(in: start + 1...note.count, using: &random)]
          }
          words[words.count - 1] += "."
        }
        earlier.append(words)
        entries.append(Entry(id: entries.count, patient: patient, day: day, words: words))
      }
    }
    entries.shuffle(using: &random)
  }

  /// The rows of the notes with odd or even numbers.
  func rows(_ remainder: Int) -> String {
    entries.filter { $0.id % 2 == remainder }.map { entry in
      let time =
        "2150-\(entry.day / 28 < 9 ? "0" : "")\(entry.day / 28 + 1)-"
        + "\(entry.day % 28 < 9 ? "0" : "")\(entry.day % 28 + 1)"
      return #"{"id": "\#(entry.id)", "patient": "p\#(entry.patient)", "time": "\#(time)", "#
        + #""text": "\#(entry.words.joined(separator: " "))"}"# + "\n"
    }.joined()
  }

  /// The notes that have words left which no window repeated from an earlier note covers, without the
  /// others; what these alone hold is not cut.
  func left(length: Int) -> [String] {
    var rest = self
    rest.entries = entries.filter { !left(of: $0, length).isEmpty }
    return rest.entries.map { rest.left(of: $0, length) }
  }

  private func left(of entry: Entry, _ length: Int) -> String {
    func windows(_ words: [String]) -> [String] {
      let bare = words.map { $0.replacing(".", with: "") }
      return (0..<max(0, bare.count - length + 1)).map {
        bare[$0..<$0 + length].joined(separator: " ")
      }
    }
    let earlier = entries.filter { $0.patient == entry.patient && $0.day < entry.day }
    let seen = Set(earlier.flatMap { windows($0.words) })
    let own = windows(entry.words).map(seen.contains)
    let kept = entry.words.indices.filter { word in
      !(max(0, word - length + 1)...word).contains { $0 < own.count && own[$0] }
    }
    return kept.map { entry.words[$0] }.joined(separator: " ")
  }
}

private struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
