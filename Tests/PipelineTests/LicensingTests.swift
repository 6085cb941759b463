import Formats
import Recipes
import Records
import TestSupport
import Testing

@testable import Pipeline

/// What a recipe says of licences, from the plan to the files on disk.
struct LicensingTests {
  private let folder: TemporaryFolder

  init() throws {
    let rows = { (name: String) in
      (0..<30).map {
        #"{"id": "\#(name)\#($0)", "question": "What of \#(name) \#($0)?", "answer": "Rest it \#($0) \#(name)."}"#
          + "\n"
      }.joined()
    }
    folder = try TemporaryFolder(["a.jsonl": rows("a"), "b.jsonl": rows("b")])
  }

  private func source(_ name: String, _ license: String, _ more: String = "") -> String {
    """
      - name: \(name)
        corpus: jsonl
        path: \(name).jsonl
        license: \(license)
        shape: question-answer
        fields: {id: id, question: question, answer: answer\(more)}

    """
  }

  private func recipe(
    _ sources: String, use: String = "research", prompting: String = "",
    dialect: String = "messages"
  ) throws -> String {
    let names = sources.contains("name: b") ? "[a, b]" : "a"
    return try folder.write(
      """
      version: 1
      name: tiny
      seed: 17
      use: \(use)
      sources:
      \(sources)split: {train: 0.6, validation: 0.2, test: 0.2}
      tasks: [{for: \(names), task: question-answering\(prompting)}]
      emit: [{dialect: \(dialect)}]
      """, to: "r.yaml")
  }

  private func pipeline(_ recipe: String) throws -> BuildPipeline {
    var options = BuildOptions(threads: 2)
    options.output = folder("out")
    return BuildPipeline(
      draft: try RecipeDraft.load(from: recipe), recipePath: recipe, options: options)
  }

  private func problems(_ recipe: String) throws -> [String] {
    do {
      _ = try pipeline(recipe).plan()
      return []
    } catch let error as PipelineError {
      return error.diagnostics.map { $0.description.replacing("\(folder.path)/", with: "") }
    }
  }

  private func build(_ recipe: String) async throws -> (report: BuildReport, manifest: JSON) {
    let report = try await pipeline(recipe).run()
    return (report, try JSON(parsing: FolderContent.bytes(of: folder("out/manifest.json"))))
  }

  private func text(_ name: String) -> String {
    String(decoding: FolderContent.bytes(of: folder("out/\(name)")), as: UTF8.self)
  }

  private func rows(_ name: String) throws -> [JSON] {
    try text(name).split(separator: "\n").map { try JSON(parsing: String($0)) }
  }

  private func counts(_ key: String, in manifest: JSON, source: Int = 0) -> [String: Int] {
    Dictionary(
      (manifest["sources"]?.array?[source][key]?.members ?? []).map {
        ($0.key, $0.value.int ?? 0)
      }, uniquingKeysWith: +)
  }

  // MARK: Agreements

  @Test func `no row is released from the agreement of its source`() async throws {
    let rows = (0..<30).map {
      #"{"id": "a\#($0)", "question": "What of a \#($0)?", "answer": "Rest it \#($0).", "terms": "CC-BY-SA-4.0"}"#
        + "\n"
    }
    try folder.write(rows.joined(), to: "a.jsonl")
    let agreement = "LicenseRef-PhysioNet-Credentialed-1.5.0"
    let source = source("a", "\(agreement)\n    accept_terms: \(agreement)", ", license: terms")
    let (_, manifest) = try await build(try recipe(source))
    #expect(counts("licenses", in: manifest) == ["CC-BY-SA-4.0 AND \(agreement)": 30])
    #expect(manifest["redistributable"]?.bool == false)
    #expect(
      try problems(recipe(source, dialect: "together")).contains {
        $0.contains("forbids sending it to a provider")
      })
  }

  @Test func `terms that do not go together may be passed on in files of their own`() throws {
    let sources = source("a", "CC-BY-SA-4.0") + source("b", "CC-BY-NC-SA-4.0")
    let refused = try problems(recipe(sources, use: "redistribution"))
    #expect(refused.contains { $0.contains("cannot be passed on in one file") })
    let parted = try recipe(
      sources, use: "redistribution", dialect: "messages, shards: license")
    #expect(try problems(parted) == [])
  }

  // MARK: Expressions

  @Test(arguments: [
    (
      "MIT ANDD CC-BY-4.0",
      "r.yaml:9:14: error: license 'MIT ANDD CC-BY-4.0', character 5: 'ANDD' follows a licence "
        + "without AND or OR between them\nhint: write it as in 'MIT', 'CC-BY-4.0 AND MIT' or "
        + "'(MIT OR CC0-1.0) AND CC-BY-4.0'"
    ),
    (
      "CC-BY-4",
      "r.yaml:9:14: error: there is no license 'CC-BY-4'\nhint: did you mean 'CC-BY-4.0'?"
    ),
    (
      "GPL-3.0-only WITH Font-exception-2.0",
      "r.yaml:9:14: error: license 'GPL-3.0-only WITH Font-exception-2.0', character 19: there is "
        + "no license exception 'Font-exception-2.0'\nhint: exceptions are about programs; name the "
        + "licence alone"
    ),
  ])
  func `tells what is wrong with an expression at its line`(text: String, problem: String) throws {
    #expect(try problems(try recipe(source("a", text))) == [problem])
  }

  @Test func `both licences of an AND are in rows, card, notice and Croissant`() async throws {
    let (_, manifest) = try await build(try recipe(source("a", "MIT AND CC-BY-4.0")))
    #expect(counts("licenses", in: manifest) == ["CC-BY-4.0 AND MIT": 30])
    #expect(
      try Set(rows("provenance/train.jsonl").map { $0["license"]?.string }) == [
        "CC-BY-4.0 AND MIT"
      ])
    #expect(text("README.md").contains("\nlicense: [cc-by-4.0, mit]\n"))
    #expect(
      text("NOTICE.md").contains(
        "- All of these apply: Licence: [CC-BY-4.0](https://spdx.org/licenses/CC-BY-4.0.html), "
          + "Creative Commons Attribution 4.0; Licence: [MIT](https://spdx.org/licenses/MIT.html), "
          + "MIT License (30 records)"))
    let croissant = try JSON(parsing: text("croissant.json"))
    #expect(
      croissant["license"]?.array?.map(\.string) == [
        "https://spdx.org/licenses/CC-BY-4.0.html", "https://spdx.org/licenses/MIT.html",
      ])
  }

  @Test func `of an OR the looser is taken, and the notice says what was on offer`() async throws {
    let (_, manifest) = try await build(
      try recipe(source("a", "CC-BY-NC-4.0 OR GPL-3.0"), use: "commercial"))
    #expect(counts("licenses", in: manifest) == ["GPL-3.0-only": 30])
    #expect(
      manifest["sources"]?.array?[0]["offered_license"]?.string == "CC-BY-NC-4.0 OR GPL-3.0-only")
    #expect(
      text("NOTICE.md").contains(
        "- Taken from what the recipe says is on offer: CC-BY-NC-4.0 OR GPL-3.0-only"))
    #expect(text("NOTICE.md").contains("Passed on as a whole, it is under GPL-3.0-only."))
  }

  // MARK: Mixing

  @Test func `terms that do not go together are refused before anything is read`() throws {
    let sources = source("a", "CC-BY-SA-4.0") + source("b", "CC-BY-NC-SA-4.0")
    #expect(
      try problems(try recipe(sources, use: "redistribution")).first?.hasPrefix(
        "r.yaml:15:14: error: sources 'a' (CC-BY-SA-4.0), 'b' (CC-BY-NC-SA-4.0) cannot be passed on "
          + "in one file") == true)
    #expect(try problems(try recipe(sources)) == [])
    let later = source("a", "CC-BY-SA-4.0") + source("b", "CC-BY-SA-3.0")
    #expect(try problems(try recipe(later, use: "redistribution")) == [])
  }

  @Test func `for research such a mix is built, and says that it is not to be passed on`()
    async throws
  {
    let sources = source("a", "CC-BY-SA-4.0") + source("b", "CC-BY-NC-SA-4.0")
    let (_, manifest) = try await build(try recipe(sources))
    #expect(manifest["redistributable"]?.bool == false)
    #expect(
      text("NOTICE.md").contains(
        "**DO-NOT-REDISTRIBUTE: this dataset holds records under CC-BY-NC-SA-4.0, CC-BY-SA-4.0, "
          + "whose terms do not go together; it must not be passed on as one.**"))
  }

  @Test func `what rows bring of licences is held to the same rule`() async throws {
    try folder.write(
      ["CC-BY-SA-4.0", "CC-BY-NC-4.0"].enumerated().map {
        #"{"id": "\#($0)", "question": "What of \#($0)?", "answer": "Rest \#($0).", "l": "\#($1)"}"#
          + "\n"
      }.joined(), to: "a.jsonl")
    let recipe = try recipe(source("a", "CC0-1.0", ", license: l"), use: "redistribution")
    await #expect(throws: PipelineError.self) { _ = try await build(recipe) }
  }

  @Test func `a dialect of a provider is refused for what may not be sent there`() async throws {
    let recipe = try recipe(
      source("a", "CC-BY-4.0") + source("b", "LicenseRef-Site-Copyright"), dialect: "openai-chat")
    #expect(
      try problems(recipe) == [
        "r.yaml:15:14: error: source 'b' is under LicenseRef-Site-Copyright, which forbids sending it "
          + "to a provider, as dialect 'openai-chat' would be\n"
          + "hint: emit dialects for training of your own, or remove the source"
      ])
    let terms = try await build(
      try self.recipe(source("a", "LicenseRef-NLM-Terms"), dialect: "bedrock"))
    #expect(
      terms.report.warnings.map(\.message) == [
        "source 'a' holds records under LicenseRef-NLM-Terms; read these terms before bedrock is sent "
          + "to a provider"
      ])
  }

  @Test(arguments: [
    (
      "LicenseRef-n2c2-DUA",
      "r.yaml:9:14: error: source 'a' is under LicenseRef-UMLS, an agreement that the recipe does "
        + "not accept"
    ),
    ("MIT", "r.yaml:10:19: error: there is no agreement 'MIT' to accept"),
    ("LicenseRef-UML", "hint: did you mean 'LicenseRef-UMLS'?"),
  ])
  func `another agreement's name accepts nothing`(name: String, message: String) throws {
    let recipe = try recipe(
      source("a", "LicenseRef-UMLS\n    accept_terms: \(name)"))
    let found = try problems(recipe)
    #expect(found.contains { $0.contains(message) }, "\(found)")
  }

  // MARK: Parents

  @Test func `an example is under the licences of its worked examples too`() async throws {
    let sources = source("a", "CC-BY-4.0") + source("b", "CC-BY-NC-SA-4.0")
    let (_, manifest) = try await build(
      try recipe(sources, prompting: ", prompting: {shots: 2}"))
    let own = ["a": "CC-BY-4.0", "b": "CC-BY-NC-SA-4.0"]
    var seen: [String: Int] = [:]
    for split in Split.allCases {
      for row in try rows("provenance/\(split.rawValue).jsonl") {
        let parents =
          [row["source"]?.string ?? ""]
          + (row["exemplars"]?.array ?? []).compactMap { $0.string?.prefix(1).description }
        let expected = Set(parents.compactMap { own[$0] }).sorted().joined(separator: " AND ")
        #expect(row["license"]?.string == expected)
        seen[expected, default: 0] += 1
      }
    }
    #expect(seen["CC-BY-4.0 AND CC-BY-NC-SA-4.0", default: 0] > 0)
    let told = counts("example_licenses", in: manifest)
      .merging(counts("example_licenses", in: manifest, source: 1), uniquingKeysWith: +)
    #expect(told == seen)
  }

  // MARK: Conflicts

  @Test func `a record's own licence comes before the recipe's, and the conflict is told`()
    async throws
  {
    try folder.write(
      (0..<20).map {
        let own = $0 < 3 ? "CC-BY-NC-4.0" : $0 < 6 ? "CC0-1.0" : ""
        return
          #"{"id": "\#($0)", "question": "What of \#($0)?", "answer": "Rest \#($0).", "l": "\#(own)"}"#
          + "\n"
      }.joined(), to: "a.jsonl")
    let recipe = try recipe(source("a", "CC-BY-4.0", ", license: l"))
    let (report, manifest) = try await build(recipe)
    #expect(
      counts("licenses", in: manifest) == ["CC-BY-4.0": 14, "CC-BY-NC-4.0": 3, "CC0-1.0": 3])
    let conflicts = manifest["license_conflicts"]?.array ?? []
    #expect(conflicts.compactMap { $0["kept"]?.string } == ["CC-BY-NC-4.0", "CC0-1.0"])
    #expect(conflicts.allSatisfy { $0["found"]?.string == "CC-BY-4.0" })
    #expect(conflicts.allSatisfy { $0["ruling"]?.string == "record" && $0["records"]?.int == 3 })
    #expect(
      report.warnings.map(\.message) == [
        "source 'a': 6 records state a licence that is not the recipe's; their own holds "
          + "(license_conflicts in manifest.json)"
      ])
    #expect(
      text("NOTICE.md").contains(
        "## Conflicts of licences\n\n- a: 3 records under CC-BY-NC-4.0, where the recipe says "
          + "CC-BY-4.0; what a record says of itself holds"))
  }

  // MARK: Works

  /// An article in JATS, invented.
  private func article(_ number: Int, license: String, authors: String) -> String {
    """
    <article><front><journal-meta><journal-title>Invented [Letters]</journal-title></journal-meta>
    <article-meta><article-id pub-id-type="pmc">\(number)</article-id>
    <article-id pub-id-type="doi">10.9999/x\(number)</article-id>
    <title-group><article-title>Of water \(number)</article-title></title-group>
    <contrib-group>\(authors)</contrib-group><pub-date><year>2015</year></pub-date>
    <permissions><license \(license)/></permissions>
    <abstract><p>Water number \(number) was drunk and it helped the drinker well.</p></abstract>
    </article-meta></front></article>
    """
  }

  private func articles(_ stages: String = "", sensitive: Bool = false) throws -> String {
    let byline = """
      <contrib contrib-type="author"><name><surname>Doe</surname><given-names>Jane A</given-names>\
      </name></contrib><contrib contrib-type="editor"><name><surname>Ed</surname></name></contrib>\
      <contrib contrib-type="author"><collab>Water_Group</collab></contrib>
      """
    let address = { (path: String) in "xlink:href=\"https://creativecommons.org/\(path)/\"" }
    try folder.write(
      article(7, license: address("licenses/by/4.0"), authors: byline), to: "p/PMC7.xml")
    try folder.write(
      article(8, license: address("publicdomain/zero/1.0"), authors: byline), to: "p/PMC8.xml")
    return try folder.write(
      """
      version: 1
      name: tiny
      sources: [{name: p, corpus: pmc-jats, path: p, sensitive: \(sensitive)}]
      \(stages)
      split: {train: 1.0, validation: 0.0, test: 0.0}
      tasks: [{for: p, task: title-generation}]
      emit: [{dialect: messages}]
      """, to: "r.yaml")
  }

  @Test func `names the authors of works whose licence asks for it, and of no other`() async throws
  {
    _ = try await build(try articles())
    #expect(
      text("attributions.jsonl") == """
        {"id":"p:PMC7","source":"p","license":"CC-BY-4.0","authors":["Jane A Doe","Water_Group"],\
        "title":"Of water 7","publication":"Invented [Letters]","year":2015,\
        "url":"https://doi.org/10.9999/x7"}

        """)
    #expect(
      text("NOTICE.md").contains(
        #"""
        Works, with what their licences ask to name:

        - Jane A Doe, Water\_Group: “Of water 7”. Invented \[Letters\], 2015. <https://doi.org/10.9999/x7> (CC-BY-4.0)
        """#))
  }

  @Test(arguments: ["sensitive", "hidden"])
  func `names nobody where ids are hidden or records are about patients`(why: String) async throws {
    let stages = why == "hidden" ? "stages: [{deidentify: {mode: redact, ids: all}}]" : ""
    _ = try await build(try articles(stages, sensitive: why == "sensitive"))
    for (path, bytes) in FolderContent.files(in: folder("out")) {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("Doe"), "\(path)")
    }
    #expect(text("NOTICE.md").contains("The authors of single works are not named here"))
  }
}
