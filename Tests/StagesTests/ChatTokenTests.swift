import Records
import Testing

@testable import Stages

struct ChatTokenTests {
  private func broken(_ text: String) -> (text: String, counts: [String: Int]) {
    var text = text
    var counts: [String: Int] = [:]
    ChatTokenGuard().take(&text, &counts)
    return (text, counts)
  }

  @Test(arguments: [
    ("<|im_start|>user", "< |im_start|>user", "<|im_start|>"),
    ("a<|eot_id|>", "a< |eot_id|>", "<|eot_id|>"), ("[INST] x", "[ INST] x", "[INST]"),
    ("x [/INST]", "x [ /INST]", "[/INST]"), ("<<SYS>>", "< <SYS>>", "<<SYS>>"),
    ("</s>", "< /s>", "</s>"), ("<end_of_turn>", "< end_of_turn>", "<end_of_turn>"),
    ("### Human: hi", "# ## Human: hi", "### Human:"),
    ("<｜User｜>", "< ｜User｜>", "<｜User｜>"),
    ("<｜end▁of▁sentence｜>", "< ｜end▁of▁sentence｜>", "<｜end▁of▁sentence｜>"),
    ("<|secret name|> <|secret|>", "<|secret name|> < |secret|>", "<|...|>"),
  ])
  func `tokens are broken behind their first character`(text: String, to: String, name: String) {
    let found = broken(text)
    #expect(found.text == to)
    #expect(found.counts == [name: 1])
    #expect(broken(found.text).counts.isEmpty)
  }

  @Test(arguments: [
    "p < 0.05 and |x| > 3", "Pr(>|t|) <|t|>", "[Article in French]", "[INSTRUMENT]", "# 1 ## 2",
    "### Results: none", "<strong>x</strong>", "<think>", "[ INST]", "<|", "<|abc", "<|abc|", "<s",
    "[Name] was seen on [Date]", "",
  ])
  func `other brackets are left alone`(text: String) {
    let found = broken(text)
    #expect(found.text == text)
    #expect(found.counts.isEmpty)
  }

  @Test func `breaking one token makes no other`() {
    var random = SplitMix64(seed: 7)
    let parts = [
      "<|im_", "start|>", "<|", "|>", "<", "<s>", "[INST]", "[", "INST]", "### Human:", "#", " ",
      "x",
      "<<SYS>>", "｜", "<｜User｜>",
    ]
    for _ in 0..<2000 {
      let text = (0..<9).compactMap { _ in parts.randomElement(using: &random) }.joined()
      let once = broken(text)
      #expect(broken(once.text).counts.isEmpty, "\(text)")
      #expect(once.text.filter { $0 != " " } == text.filter { $0 != " " })
    }
  }

  @Test func `a token is found wherever it stands in a long text`() {
    for offset in 0..<40 {
      let text = String(repeating: "a", count: offset) + "<|im_end|>" + "b"
      #expect(ChatTokenGuard.token(in: text) == "<|im_end|>")
    }
  }

  @Test func `records of annotated text go, as a blank would move their spans`() {
    let item = AnnotatedText(
      text: "flu <|im_end|>", entities: [Entity(type: "d", spans: [TextSpan(0, 3)], text: "flu")])
    let record = Record(id: "1", corpus: "c", license: .mit, content: .annotatedText(item))
    let rejection = ChatTokenGuard().rejection(of: record, with: [:])
    #expect(rejection?.reason == .chatToken)
    #expect(rejection?.value == "<|im_end|>")
    #expect(ChatTokenGuard(policy: .keep).rejection(of: record, with: [:]) == nil)
  }

  @Test func `a policy rejects, or keeps`() {
    let record = Record(
      id: "1", corpus: "c", license: .mit, content: .labelledText(LabelledText(text: "<s>")))
    var text = "<s> and [INST]"
    var counts: [String: Int] = [:]
    let guarding = ChatTokenGuard(policy: .reject)
    guarding.take(&text, &counts)
    #expect(text == "<s> and [INST]")
    #expect(guarding.rejection(of: record, with: counts)?.value == "<s> [INST]")
    counts = [:]
    ChatTokenGuard(policy: .keep).take(&text, &counts)
    #expect(counts.isEmpty)
  }
}
