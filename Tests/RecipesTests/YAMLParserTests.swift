import Records
import TestSupport
import Testing

@testable import Recipes

struct YAMLParserTests {
  private func node(_ text: String) throws -> YAMLNode {
    try YAMLParser.parse(Array(text.utf8), file: "r.yaml")
  }

  private func problems(_ text: String) -> [String] {
    do {
      _ = try node(text)
      return []
    } catch let error as RecipeProblems {
      return error.problems.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }

  @Test(arguments: [
    "no", "yes", "on", "off", "True", "NULL", "0777", "0x1F", "0o17", ".5", "5.", "+1", "1_000",
    "1:30", "2019-03-02", ".inf", ".NaN", "--", "1e", "00", "-01", "a",
  ])
  func `what YAML 1.2 and JSON do not call a number or a flag is text`(scalar: String) throws {
    #expect(try node("key: \(scalar)\n")["key"]?.string == scalar)
  }

  @Test(arguments: [
    ("0", 0.0), ("-0", 0), ("17", 17), ("-3", -3), ("0.5", 0.5), ("1e3", 1000), ("2.5E-1", 0.25),
  ])
  func `numbers are those of JSON`(scalar: String, number: Double) throws {
    #expect(try node("key: \(scalar)")["key"]?.double == number)
  }

  @Test(arguments: [("1e3", 1000), ("5.0", 5), ("-2.00", -2), ("9223372036854775807", Int.max)])
  func `a whole number is whole however it is written`(scalar: String, number: Int) throws {
    #expect(try node("key: \(scalar)")["key"]?.int == number)
  }

  @Test(arguments: ["0.5", "1e-1", "1e30", "-9223372036854775809"])
  func `a number that is not whole, or too large, is no integer`(scalar: String) throws {
    #expect(try node("key: \(scalar)")["key"]?.int == nil)
  }

  @Test func `quotes and blocks make text of anything`() throws {
    let root = try node(
      """
      a: "17"
      b: 'true'
      c: |
        line 1
        line 2
      d: >-
        folded
        text
      """)
    #expect(root["a"]?.string == "17")
    #expect(root["b"]?.string == "true")
    #expect(root["c"]?.string == "line 1\nline 2\n")
    #expect(root["d"]?.string == "folded text")
  }

  @Test func `nothing, a tilde and null are null`() throws {
    let root = try node("a:\nb: ~\nc: null\n")
    #expect(root.members.allSatisfy { $0.value.string == nil && $0.value.scalarText == nil })
    #expect(root.members.map(\.key) == ["a", "b", "c"])
  }

  @Test func `keys and values know their places, counted in characters`() throws {
    let root = try node("größe: {ß: x, key: y}\n")
    let inner = try #require(root.members.first?.value.members.last)
    #expect(inner.keyPosition == Position(file: "r.yaml", line: 1, column: 15))
    #expect(inner.value.position == Position(file: "r.yaml", line: 1, column: 20))
  }

  @Test func `a key that occurs twice is told at its second place`() {
    #expect(
      problems("seed: 1\nuse: research\nseed: 2\n")
        == ["r.yaml:3:1: error: key 'seed' occurs twice; it stands on line 1 already"])
  }

  @Test(arguments: [
    ("a: &x 1\n", ["r.yaml:1:4: error: anchors are not part of the recipe language"]),
    ("a: *x\n", ["r.yaml:1:4: error: aliases are not part of the recipe language"]),
    ("a: !!str 1\n", ["r.yaml:1:4: error: tags are not part of the recipe language"]),
    ("a: !run [x]\n", ["r.yaml:1:4: error: tags are not part of the recipe language"]),
    ("a: &x {b: 1}\n", ["r.yaml:1:4: error: anchors are not part of the recipe language"]),
    (
      "a: &x 1\nb: *x\n",
      [
        "r.yaml:1:4: error: anchors are not part of the recipe language",
        "r.yaml:2:4: error: aliases are not part of the recipe language",
      ]
    ),
    ("[1]: x\n", ["r.yaml:1:1: error: a key must be a word, not a list or mapping"]),
    (
      "a: 1\n---\nb: 2\n",
      ["r.yaml:2:1: error: a second document starts here; a recipe is one document"]
    ),
  ])
  func `what a recipe has no use for is refused at its place`(text: String, expected: [String]) {
    #expect(problems(text) == expected)
  }

  @Test func `an alias bomb ends at its first anchor's message, unexpanded`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...40 {
      let alias = "*a\(level - 1)"
      text +=
        "a\(level): &a\(level) [\(Array(repeating: alias, count: 9).joined(separator: ", "))]\n"
    }
    #expect(problems(text).count == 41 + 40 * 9)
  }

  @Test func `bad YAML is told where it is`() {
    let messages = problems("a: 1\n b: 2\n")
    #expect(messages.count == 1)
    #expect(messages.first?.hasPrefix("r.yaml:2:") == true)
    #expect(messages.first?.hasSuffix("hint: recipes are YAML; check the indentation") == true)
  }

  @Test(arguments: [
    "a: \"\\xZZ\"", "a: [1, 2", "a: {b", "\ta: 1", "a: 'open", "%YAML 3.0\n---\na: 1",
  ])
  func `broken text is a problem, not a crash`(text: String) {
    #expect(!problems(text).isEmpty)
  }

  @Test(arguments: [
    [0xFF, 0xFE, 0x61], [0x61, 0x3A, 0x20, 0xC3, 0x28], [0x61, 0x3A, 0x20, 0x00],
  ])
  func `bytes that are not UTF-8 text are a problem`(bytes: [UInt8]) {
    #expect(throws: RecipeProblems.self) { try YAMLParser.parse(bytes, file: "r.yaml") }
  }

  // Regression: libyaml took three minutes for these 200 kB.
  @Test func `nesting without end is refused where it becomes too deep`() {
    let text = String(repeating: "[", count: 200_000)
    #expect(
      problems(text) == ["r.yaml:1:65: error: nested deeper than 64 lists and mappings"])
  }

  @Test func `an empty file is null at its start`() throws {
    let root = try node("# only a comment\n")
    #expect(root.members.isEmpty)
    #expect(root.position.line == 1)
  }

  @Test func `more than 1 MiB is refused by its size`() {
    let bytes = [UInt8](repeating: 0x23, count: (1 << 20) + 1)
    let error = #expect(throws: RecipeProblems.self) {
      try YAMLParser.parse(bytes, file: "r.yaml")
    }
    #expect(
      error?.description
        == "r.yaml: error: the file has 1048577 bytes; a recipe may have 1048576")
  }
}
