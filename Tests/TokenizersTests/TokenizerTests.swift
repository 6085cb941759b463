import Formats
import Records
import Testing

@testable import Tokenizers

struct TokenizerTests {
  private static let names = [
    "bert", "clip", "gpt2", "llama2", "llama3", "scripts", "sp-bpe", "sp-unigram", "unigram",
    "words",
  ]

  @Test(arguments: names)
  func `gives the ids of the original library`(name: String) throws {
    let golden = try TokenizerGolden.fixtures()
    #expect(golden.names == Self.names)
    #expect(try golden.differences(of: name) == [])
  }

  @Test func `knows the tokens that are put around a text`() throws {
    let golden = try TokenizerGolden.fixtures()
    #expect(try golden.tokenizer("llama2").surroundingTokens == 1)
    #expect(try golden.tokenizer("llama3").surroundingTokens == 0)
  }

  @Test func `finds control tokens of a SentencePiece model in markup alone`() throws {
    let encoder = TokenEncoder(try TokenizerGolden.fixtures().tokenizer("sp-bpe"))
    #expect(try encoder.ids(of: "<s>", isMarkup: true) == [1])
    #expect(try encoder.count(of: "<s>") > 1)
  }

  @Test func `forgets pieces without changing ids`() throws {
    let tokenizer = try TokenizerGolden.fixtures().tokenizer("llama3")
    let encoder = TokenEncoder(tokenizer)
    for number in 0..<140_000 { _ = try encoder.count(of: "x\(number % 70_000)y\(number)") }
    for text in try TokenizerGolden.fixtures().texts {
      #expect(try encoder.ids(of: text) == TokenEncoder(tokenizer).ids(of: text))
    }
  }

  @Test(arguments: [
    (
      #"{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": [], "dropout": 0.1}}"#,
      "BPE with dropout"
    ),
    (
      #"{"normalizer": {"type": "Fold"}, "model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}}"#,
      "normalizer 'Fold'"
    ),
    (
      #"{"pre_tokenizer": {"type": "UnicodeScripts"}, "model": {"type": "BPE", "vocab": {"a": 0}}}"#,
      "pre-tokenizer 'UnicodeScripts'"
    ),
    (#"{"model": {"type": "Bigram", "vocab": {"a": 0}}}"#, "model 'Bigram'"),
    (
      #"{"model": {"type": "BPE", "vocab": {"a": 0, "b": 1}, "merges": ["a b"]}}"#,
      "merge 0 makes no token"
    ),
    (
      #"{"model": {"type": "BPE", "vocab": {"a": 2147483648}, "merges": []}}"#,
      "vocab has a token without an id from 0 to 2147483647"
    ),
    (#"{"model": {"type": "BPE", "vocab": {"a": -1}, "merges": []}}"#, "vocab has a token without"),
    (
      #"{"added_tokens": [{"id": 4294967296, "content": "a"}], "model": {"type": "WordLevel", "vocab": {"a": 0}}}"#,
      "added token has no content or not an id"
    ),
    (
      #"{"model": {"type": "Unigram", "unk_id": 4294967296, "vocab": [["a", -1.5]]}}"#,
      "unk_id is not in the vocabulary"
    ),
    ("{}", "neither a 'tokenizer.json'"),
    ("aGVsbG8= 1\n", "neither a 'tokenizer.json'"),
  ])
  func `names the part that it does not know`(file: String, part: String) {
    let error = #expect(throws: TokenizerError.self) { try Tokenizer(parsing: Array(file.utf8)) }
    #expect(error?.diagnostic.description.contains(part) == true)
  }

  @Test(arguments: ["sp-bpe", "sp-unigram"])
  func `refuses a SentencePiece model with a part that is cut`(name: String) throws {
    // Regression: a cut piece or normalizer was read up to the cut, and counts were wrong in silence.
    var file = try TokenizerGolden.fixtures().file(of: name)
    // A normalizer of one byte, which begins a field without its value.
    file += [3 << 3 | 2, 1, 3 << 3]
    #expect(throws: TokenizerError.unknownForm) { try Tokenizer(parsing: file) }
  }

  @Test func `does not stop at damaged files`() throws {
    let golden = try TokenizerGolden.fixtures()
    for name in golden.names {
      let file = golden.file(of: name)
      for end in stride(from: 0, to: file.count, by: max(1, file.count / 60)) {
        _ = try? Tokenizer(parsing: Array(file[..<end]))
      }
    }
  }

  @Test func `does not stop at changed files, nor at texts after them`() throws {
    let golden = try TokenizerGolden.fixtures()
    let values = ["4294967296", "-1", "1e999", "null", "[]", "\"\"", "\"a\""]
    for name in golden.names {
      for number in 0..<60 {
        var file = golden.file(of: name)
        // Places all over the file; of JSON, the ends of values are the ones that matter.
        let place = number * 7919 % file.count
        if name.hasPrefix("sp-") {
          file[place] = [0x00, 0x7F, 0x80, 0xFF][number % 4]
        } else if let start = file[place...].firstIndex(of: UInt8(ascii: ":")),
          let end = file[start...].firstIndex(where: { ",}]".utf8.contains($0) })
        {
          file.replaceSubrange(start + 1..<end, with: values[number % values.count].utf8)
        }
        guard let encoder = try? TokenEncoder(Tokenizer(parsing: file)) else { continue }
        for text in golden.texts.suffix(8) { _ = try? encoder.ids(of: text) }
      }
    }
  }
}

struct PrecompiledCharacterMapTests {
  /// A map with one key, `a`: a root, the node of `a`, and its leaf.
  private func map(leaf: UInt32, texts: [UInt8]) throws(TokenizerError) -> PrecompiledCharacterMap {
    var units = [UInt32](repeating: 0, count: 98)
    units[1] = 0x8000_0000 | leaf
    units[0x61] = 0x60 << 10 | 1 << 8 | 0x61
    let words = [UInt32(4 * units.count)] + units
    return try PrecompiledCharacterMap(
      words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } } + texts)
  }

  @Test func `puts texts in the place of keys`() throws {
    var text = Array("bab".utf8)
    try map(leaf: 0, texts: Array("é\0".utf8)).apply(to: &text)
    #expect(String(decoding: text, as: UTF8.self) == "béb")
  }

  @Test(
    arguments: [
      (0, [0xF0, 0]), (0, [0x62, 0xC3]), (1, [0xC3, 0xA9, 0]), (9, [0x62, 0]), (0, []),
    ] as [(UInt32, [UInt8])])
  func `refuses texts that are not UTF-8, and places that are none's`(leaf: UInt32, texts: [UInt8])
  {
    // Regression: such texts went to readers that rely on UTF-8 and read beyond the end.
    #expect(throws: TokenizerError.self) { try map(leaf: leaf, texts: texts) }
  }
}

struct RubyPatternTests {
  @Test func `keeps properties and repeats them`() throws {
    #expect(
      try RubyPattern(#"[^\r\n\p{L}]?\p{L}+|\p{N}{1,3}"#).translated
        == #"[^\r\n\p{L}]?\p{L}+|\p{N}{1,3}"#)
  }

  @Test func `takes names of scripts for scripts alone`() throws {
    #expect(
      try RubyPattern(#"[\p{Han}\p{^Lu}]+|\P{Hiragana}|\p{^Thai}|\p{Any}"#).translated
        == #"[\p{sc:Han}\p{^Lu}]+|\P{sc:Hiragana}|\p{^sc:Thai}|\p{Any}"#)
  }

  @Test(arguments: [#"\p{Alphabetic}"#, #"\p{scx:Han}"#, #"\p{Alnum}"#, #"\p{Han"#])
  func `has PCRE2 refuse properties that are no scripts`(pattern: String) {
    #expect(throws: TokenizerError.self) { try RegexPattern(pattern) }
  }

  @Test func `writes whitespace and word classes out`() throws {
    let whitespace = #"\p{Z}\t-\r\x{85}"#
    #expect(try RubyPattern(#"\s+(?!\S)"#).translated == "[\(whitespace)]+(?![^\(whitespace)])")
    #expect(try RubyPattern(#"[^\s]"#).translated == "[^\(whitespace)]")
  }

  @Test(arguments: [
    #"\p{N}{1,3}+"#, #"a{2}+"#, #"\bword"#, "[a[bc]]", "[a&&b]", "(?m:.)", #"\h"#, #"[\S]"#,
    #"\pL"#,
  ])
  func `refuses what means something else`(pattern: String) {
    #expect(throws: TokenizerError.self) { try RubyPattern(pattern) }
  }
}

struct TokenEstimateTests {
  private let estimate = TokenEstimate(hasSmallVocabulary: false)

  @Test func `counts words, digits, ideographs and kana apart`() {
    #expect(estimate.count(of: "") == 0)
    #expect(estimate.count(of: "The dose was 250 mg twice daily.") == 11)
    #expect(estimate.count(of: "糖尿病患者") == 4)
    #expect(estimate.count(of: "ありがとう") == 4)
  }

  @Test func `takes more for a small vocabulary`() {
    let small = TokenEstimate(hasSmallVocabulary: true)
    #expect(small.count(of: "糖尿病患者应该注意什么") > estimate.count(of: "糖尿病患者应该注意什么"))
  }
}
