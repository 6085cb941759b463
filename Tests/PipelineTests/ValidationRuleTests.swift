import Records
import TestSupport
import Testing

@testable import Pipeline

/// Every rule with rows on which it fires and rows on which it does not.
struct ValidationRuleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var rule: ValidationRule
    var bad: [String: String]
    var good: [String: String]
    var change: @Sendable (inout ValidationSettings) -> Void = { _ in }

    init(
      _ rule: ValidationRule, bad: String, good: String, named name: String = "a.jsonl",
      _ change: @escaping @Sendable (inout ValidationSettings) -> Void = { _ in }
    ) {
      self.init(rule, bad: [name: bad], good: [name: good], change)
    }

    init(
      _ rule: ValidationRule, bad: [String: String], good: [String: String],
      _ change: @escaping @Sendable (inout ValidationSettings) -> Void = { _ in }
    ) {
      self.rule = rule
      self.bad = bad
      self.good = good
      self.change = change
    }

    var testDescription: String { rule.id }
  }

  private static func chat(_ turns: (String, String)..., more: String = "") -> String {
    let list = turns.map { "{\"role\":\"\($0.0)\",\"content\":\"\($0.1)\"}" }
    return "{\"messages\":[\(list.joined(separator: ","))]\(more)}\n"
  }

  private static let good = chat(("user", "Where is the knee?"), ("assistant", "In the leg."))
  private static let other = chat(("user", "Where is the elbow?"), ("assistant", "In the arm."))
  private static let changed = chat(("user", "Where is the knee?"), ("assistant", "Below."))
  private static let provenance =
    #"{"id":"a","records":["a"],"source":"s","corpus":"c","license":"LICENSE","groups":[],"#
    + #""archive":"a","entry":"e","ordinal":0,"split":"train","split_reason":"hash","task":"t","#
    + #""template":""}"# + "\n"

  private static func preference(rejected: String) -> String {
    #"{"prompt":"Where is it?","chosen":"In the leg.","rejected":"\#(rejected)"}"# + "\n"
  }

  private static func provenance(_ license: String) -> String {
    provenance.replacing("LICENSE", with: license)
  }

  static let cases: [Case] = [
    Case(.noRows, bad: "", good: good),
    Case(.byteOrderMark, bad: "\u{feff}" + good, good: good),
    Case(.carriageReturn, bad: good.replacing("\n", with: "\r\n"), good: good),
    Case(.blankLine, bad: good + "\n" + other, good: good + other),
    Case(.tornLine, bad: good + String(other.prefix(40)), good: good + other.dropLast()),
    Case(.noFinalNewline, bad: String(good.dropLast()), good: good),
    Case(.jsonSyntax, bad: "{'a': 1}\n", good: good),
    Case(.duplicateKey, bad: "{\"text\":\"a\",\"text\":\"b\"}\n", good: "{\"text\":\"a\"}\n"),
    Case(
      .loneSurrogate, bad: "{\"text\":\"\\ud83d\"}\n", good: "{\"text\":\"\\ud83d\\ude00\"}\n"),
    Case(.nulCharacter, bad: "{\"text\":\"a\\u0000b\"}\n", good: "{\"text\":\"a\\u0001b\"}\n"),
    Case(.unknownFormat, bad: "{\"body\":\"a\"}\n", good: "{\"text\":\"a\"}\n"),
    Case(.schema, bad: "{\"messages\":[{\"role\":\"user\",\"content\":1}]}\n", good: good),
    Case(.extraColumn, bad: chat(("user", "a"), ("assistant", "b"), more: ",\"id\":1"), good: good),
    Case(
      .reservedColumn, bad: chat(("user", "a"), ("assistant", "b"), more: ",\"labels\":1"),
      good: chat(("user", "a"), ("assistant", "b"), more: ",\"source\":1")),
    Case(
      .mixedFormats, bad: chat(("user", "a"), ("assistant", "b"), more: ",\"prompt\":\"a\""),
      good: good),
    Case(
      .columnTypes, bad: "{\"text\":\"a\",\"id\":1}\n{\"text\":\"b\",\"id\":\"2\"}\n",
      good: "{\"text\":\"a\",\"id\":1}\n{\"text\":\"b\",\"id\":2.5}\n{\"text\":\"c\",\"id\":null}\n"
    ),
    Case(
      .columnKeys, bad: "{\"text\":\"a\",\"id\":1}\n{\"text\":\"b\"}\n",
      good: "{\"text\":\"a\",\"id\":1}\n{\"id\":2,\"text\":\"b\"}\n"),
    Case(
      .nullColumn, bad: "{\"text\":\"a\",\"id\":null}\n{\"text\":\"b\",\"id\":null}\n",
      good: "{\"text\":\"a\",\"id\":null}\n{\"text\":\"b\",\"id\":1}\n"),
    Case(.unknownRole, bad: chat(("user", "a"), ("bot", "b")), good: good),
    Case(
      .turnOrder, bad: chat(("user", "a"), ("user", "b"), ("assistant", "c")),
      good: chat(
        ("system", "s"), ("user", "a"), ("assistant", "b"), ("user", "c"), ("assistant", "d"))
    ),
    Case(
      .lastTurn, bad: chat(("user", "a"), ("assistant", "b"), ("user", "c")), good: good),
    Case(.emptyText, bad: chat(("user", "a"), ("assistant", " \\n")), good: good),
    Case(
      .sameAnswers, bad: preference(rejected: "In the leg."), good: preference(rejected: "Above.")),
    Case(.emptyText, bad: preference(rejected: " "), good: preference(rejected: "Above.")),
    Case(
      .chatToken, bad: preference(rejected: "Above.<|im_end|>"),
      good: preference(rejected: "Above.")
    ),
    Case(.tooLong, bad: preference(rejected: "a b c d"), good: preference(rejected: "a b c")) {
      $0.maximumWords = 6
    },
    Case(
      .sameAnswers,
      bad: #"{"conversations":[{"from":"human","value":"q"}],"chosen":{"from":"gpt","value":"a"},"#
        + #""rejected":{"from":"gpt","value":"a"}}"# + "\n",
      good: #"{"conversations":[{"from":"human","value":"q"}],"chosen":{"from":"gpt","value":"a"},"#
        + #""rejected":{"from":"gpt","value":"b"}}"# + "\n"),
    Case(
      .toolCall, bad: ToolRows.row(answers: ["call_9"]), good: ToolRows.row(answers: ["call_0"])),
    Case(
      .deprecatedKey,
      bad: ToolRows.row(answers: ["call_0"], more: ",\"functions\":[{\"name\":\"look_up\"}]"),
      good: ToolRows.row(answers: ["call_0"])),
    Case(
      .chatToken, bad: chat(("user", "a <|im_start|>b"), ("assistant", "c")),
      good: chat(("user", "a <| b < c [1] # d"), ("assistant", "c"))),
    Case(.tooLong, bad: "{\"text\":\"a b c d\"}\n", good: "{\"text\":\"a b c\"}\n") {
      $0.maximumWords = 3
    },
    Case(
      .tooFewRows, bad: ["openai-chat/train.jsonl": good],
      good: ["openai-chat/test.jsonl": good, "messages/train.jsonl": good]),
    Case(.duplicateRow, bad: good + good, good: good + other),
    Case(.conflictingAnswer, bad: good + changed, good: good + other),
    Case(
      .leakedRow, bad: ["train.jsonl": good, "valid.jsonl": good],
      good: ["train.jsonl": good, "valid.jsonl": other]),
    Case(
      .leakedPrompt, bad: ["training.jsonl": good, "test/a.jsonl": changed],
      good: ["training.jsonl": good + changed, "test/a.jsonl": other]),
    Case(
      .licenseMissing,
      bad: ["m/train.jsonl": good + other, "provenance/train.jsonl": provenance("CC0-1.0")],
      good: ["m/train.jsonl": good, "provenance/train.jsonl": provenance("CC0-1.0")]),
    Case(
      .licenseUnknown, bad: ["provenance/train.jsonl": provenance("Own-Terms")],
      good: ["provenance/train.jsonl": provenance("CC-BY-4.0 AND MIT")]),
  ]

  private func rules(
    of files: [String: String], _ change: (inout ValidationSettings) -> Void
  ) async throws -> Set<ValidationRule> {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(text, to: name) }
    var settings = ValidationSettings()
    change(&settings)
    var rules: Set<ValidationRule> = []
    _ = try await FileValidation(settings).run([folder.path]) { rules.insert($0.rule) }
    return rules
  }

  @Test(arguments: cases) func `a rule fires on its rows, and on no others`(
    _ example: Case
  ) async throws {
    let bad = try await rules(of: example.bad, example.change)
    #expect(bad.contains(example.rule), "found \(bad.map(\.id).sorted())")
    let good = try await rules(of: example.good, example.change)
    #expect(!good.contains(example.rule), "found \(good.map(\.id).sorted())")
  }

  @Test(arguments: cases) func `a rule can be left out, or looked for alone`(
    _ example: Case
  ) async throws {
    let without = try await rules(of: example.bad) {
      example.change(&$0)
      $0.ignored = [example.rule]
    }
    #expect(!without.contains(example.rule))
    let alone = try await rules(of: example.bad) {
      example.change(&$0)
      $0.selected = [example.rule]
    }
    #expect(alone == [example.rule])
  }

  /// Those two need bytes and not text, and have tests of their own.
  @Test func `every rule has an example`() {
    let missing = Set(ValidationRule.allCases).subtracting(Self.cases.map(\.rule))
    #expect(missing == [.unreadable, .invalidUTF8])
  }

  @Test func `bytes that are not UTF-8 are told with their offset`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      Array("{\"text\":\"a\"}\n{\"text\":\"".utf8) + [0xff] + Array("\"}\n".utf8), to: "a.jsonl")
    var found: [Finding] = []
    _ = try await FileValidation(ValidationSettings()).run([folder("a.jsonl")]) { found.append($0) }
    #expect(found.first?.rule == .invalidUTF8)
    #expect(found.first?.message == "byte 22 of the file is not UTF-8")
  }

  @Test func `ids are in kebab case, and titles differ`() {
    for rule in ValidationRule.allCases {
      #expect(rule.id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }, "\(rule.id)")
    }
    #expect(Set(ValidationRule.allCases.map(\.title)).count == ValidationRule.allCases.count)
  }
}
