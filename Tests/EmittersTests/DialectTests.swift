import Emitters
import Formats
import Records
import TestSupport
import Testing

struct DialectTests {
  private static let variants: [(folder: String, name: String, options: DialectOptions)] = [
    ("messages", "messages", DialectOptions()),
    ("prompt-completion", "prompt-completion", DialectOptions()),
    ("prompt-completion-standard", "prompt-completion", DialectOptions(form: .standard)),
    ("alpaca", "alpaca", DialectOptions()),
    ("alpaca-history", "alpaca", DialectOptions(hasHistory: true)),
    ("sharegpt", "sharegpt", DialectOptions()),
    ("text", "text", DialectOptions()),
    ("bert-lines", "bert-lines", DialectOptions()),
    ("bert-lines-profile", "bert-lines", DialectOptions(hasSentenceLines: true)),
    ("preference", "preference", DialectOptions()),
    ("preference-standard", "preference", DialectOptions(form: .standard)),
    ("openai-preference", "openai-preference", DialectOptions()),
    ("super-natural-instructions", "super-natural-instructions", DialectOptions()),
    ("openai-chat", "openai-chat", DialectOptions()),
    ("openai-chat-answer", "openai-chat", DialectOptions(hasHistory: true)),
    ("openai-chat-turns", "openai-chat", DialectOptions(loss: .turns, hasHistory: true)),
    ("llama-factory", "llama-factory", DialectOptions()),
    ("llama-factory-ranking", "llama-factory", DialectOptions(form: .ranking)),
    ("llama-factory-text", "llama-factory", DialectOptions(holdsText: true)),
    ("mlx", "mlx", DialectOptions()),
    ("mlx-text", "mlx", DialectOptions(holdsText: true)),
    ("nemo", "nemo", DialectOptions()),
    ("together", "together", DialectOptions()),
    ("together-answer", "together", DialectOptions(hasHistory: true)),
    ("together-text", "together", DialectOptions(holdsText: true)),
    ("vertex-gemini", "vertex-gemini", DialectOptions()),
    ("bedrock", "bedrock", DialectOptions()),
  ]

  /// Gemini takes no empty system instruction, so only rows that have one name it.
  private static let hasOptionalKeys: Set = ["vertex-gemini"]

  @Test(arguments: variants.map(\.folder))
  func `writes the rows of the golden file`(folder: String) throws {
    let variant = try #require(Self.variants.first { $0.folder == folder })
    let dialect = try #require(
      DialectRegistry.dialect(named: variant.name, options: variant.options))
    var json = JSONWriter()

    for example in Samples.all where dialect.refusal(of: example.body) == nil {
      dialect.write(example, into: &json)
      json.newline()
    }

    try expectGolden(json.text, matches: "Fixtures/\(folder)/expected.jsonl")
  }

  @Test(arguments: variants.map(\.folder).filter { !hasOptionalKeys.contains($0) })
  func `gives every row the same keys and the same types`(folder: String) throws {
    let variant = try #require(Self.variants.first { $0.folder == folder })
    let dialect = try #require(
      DialectRegistry.dialect(named: variant.name, options: variant.options))

    var shapes: Set<[String]> = []
    for example in Samples.all where dialect.refusal(of: example.body) == nil {
      let row = written { dialect.write(example, into: &$0) }
      guard case .object(let members) = try JSON(parsing: Array(row.utf8)) else {
        Issue.record("a row is not an object")
        continue
      }
      shapes.insert(members.map { "\($0.key): \(kind(of: $0.value))" })
    }

    #expect(shapes.count == 1)
  }

  @Test(arguments: DialectRegistry.names)
  func `writes an example or says why it cannot`(name: String) throws {
    let dialect = try #require(DialectRegistry.dialect(named: name))

    for example in Samples.all {
      if let refusal = dialect.refusal(of: example.body) {
        #expect(!refusal.isEmpty)
      } else {
        #expect(!written { dialect.write(example, into: &$0) }.isEmpty)
      }
    }
    let accepted = Samples.all.filter { dialect.refusal(of: $0.body) == nil }
    #expect(!accepted.isEmpty)
    #expect(dialect.refusal(of: Samples.outOfTurn.body) != nil)
  }

  @Test func `names the files of splits as their readers look for them`() throws {
    let names = try ["mlx", "nemo", "messages"].map { name in
      let dialect = try #require(DialectRegistry.dialect(named: name))
      return Split.allCases.map(dialect.stem(of:))
    }

    #expect(
      names == [
        ["train", "valid", "test"], ["training", "validation", "test"],
        ["train", "validation", "test"],
      ])
  }

  @Test func `describes each file of LLaMA-Factory's folder, with every tag`() throws {
    let dialect = try #require(DialectRegistry.dialect(named: "llama-factory"))
    let files = [Split.train, .test].map {
      DialectFile(split: $0, name: "\($0.rawValue).jsonl", rows: 3)
    }

    let companion = try #require(dialect.companions(of: files).first)

    #expect(companion.name == "dataset_info.json")
    try expectGolden(
      String(decoding: companion.bytes, as: UTF8.self),
      matches: "Fixtures/llama-factory/dataset_info.json")
  }

  @Test func `describes a ranking in LLaMA-Factory's folder`() throws {
    let dialect = try #require(
      DialectRegistry.dialect(named: "llama-factory", options: .init(form: .ranking)))

    let companion = try #require(
      dialect.companions(of: [DialectFile(split: .train, name: "train.parquet", rows: 3)]).first)

    try expectGolden(
      String(decoding: companion.bytes, as: UTF8.self),
      matches: "Fixtures/llama-factory-ranking/dataset_info.json")
    #expect(dialect.needsRejectedAnswers)
  }

  @Test func `refuses an example without a rejected answer where one is needed`() throws {
    let dialect = try #require(DialectRegistry.dialect(named: "preference"))

    #expect(dialect.refusal(of: Samples.answer.body) == "there is no rejected answer")
    #expect(dialect.refusal(of: Samples.withRejected.body) == nil)
  }

  @Test(arguments: variants.filter { isParquet($0.name) }.map(\.folder))
  func `has columns that hold every row`(folder: String) throws {
    let variant = try #require(Self.variants.first { $0.folder == folder })
    let dialect = try #require(
      DialectRegistry.dialect(named: variant.name, options: variant.options))
    let writer = ParquetWriter(
      dialect.features.map(\.parquetField), .zstd, .init(writer: "materia version 0"))

    var rows: [JSON] = []
    for example in Samples.all where dialect.refusal(of: example.body) == nil {
      let row = written { dialect.write(example, into: &$0) }
      rows.append(try JSON(parsing: row))
      writer.append(try JSONDocument(parsing: Array(row.utf8)).root)
    }

    var read: [JSON] = []
    try ParquetFile(writer.finish()).forEachRow { read.append($0.object) }
    #expect(read == rows)
  }

  private static func isParquet(_ name: String) -> Bool {
    DialectRegistry.dialect(named: name).map {
      type(of: $0).facts.formats.contains(.parquet)
    } ?? false
  }

  @Test func `tells datasets the columns of a Parquet file`() throws {
    let features = HubFeatures([
      Feature("text"), Feature("history", .textPairs),
      Feature("messages", .objects([Feature("role"), Feature("weight", .number)])),
    ])

    try expectGolden(features.text + "\n", matches: "Fixtures/side-files/hub-features.json")
  }

  @Test func `names the part of a file as the part's own name does`() {
    let part = RowPart(
      .taskAndLicense, source: "questions", task: "list-qa", license: "LicenseRef-CC BY/X")

    #expect(part.name == "questions.list-qa.licenseref-cc-by-x")
    #expect(RowPart.name(inFile: "text/train.jsonl", stem: "text/train") == "")
    #expect(RowPart.name(inFile: "text/train.mit.jsonl.gz", stem: "text/train") == "mit")
    #expect(
      RowPart.name(inFile: "text/train.cc-by-4.0-00001-of-00012.parquet", stem: "text/train")
        == "cc-by-4.0")
    #expect(
      RowPart.name(inFile: "text/train-00001-of-00012.txt", stem: "text/train") == "")
    #expect(RowPart.name(inFile: "text/training.jsonl", stem: "text/train") == nil)
    #expect(RowPart.name(inFile: "text/train.yaml", stem: "text/train") == nil)
  }

  @Test func `names every dialect once`() {
    let names = DialectRegistry.names

    #expect(Set(names).count == names.count)
    #expect(DialectRegistry.dialect(named: "csv") == nil)
  }

  @Test func `refuses earlier turns where a row has no place for them`() throws {
    let standard = try #require(
      DialectRegistry.dialect(named: "prompt-completion", options: .init(form: .standard)))
    let alpaca = try #require(DialectRegistry.dialect(named: "alpaca"))

    #expect(standard.refusal(of: Samples.severalTurns.body) != nil)
    #expect(alpaca.refusal(of: Samples.severalTurns.body) != nil)
  }

  @Test func `names the schema of each form of prompt and completion`() throws {
    let schemas = [DialectOptions.Form.conversational, .standard].map {
      DialectRegistry.dialect(named: "prompt-completion", options: .init(form: $0))?.schemaName
    }

    #expect(schemas == ["prompt-completion-conversational", "prompt-completion"])
  }

  private func kind(of value: JSON) -> String {
    switch value {
    case .null: "null"
    case .bool: "bool"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
