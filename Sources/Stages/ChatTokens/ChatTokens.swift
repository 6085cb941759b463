/// The special tokens of chat templates, and where they stand in a text.
///
/// A tokenizer that meets one in a corpus' text takes it for the end of a turn or the start of another.
/// Tokens are known by their exact bytes, as tokenizers know them: `<|im_start|>` and its kind by
/// their form (three letters at least, so that `<|t|>` is none), the others by a list. `<think>` is not
/// among them: corpora of reasoning are written with it, and templates leave it in.
package enum ChatTokens {
  /// A token in a text.
  struct Match {
    var range: Range<Int>
    /// What counts and messages call it: the token itself, or `<|...|>` for one that is not listed,
    /// since its name is text of the corpus.
    var name: String
  }

  /// The name of tokens of the form `<|name|>` that are not listed.
  static let otherName = "<|...|>"

  private static let listed = [
    // Llama 2, Mistral, Gemma, Hermes and Qwen
    "<s>", "</s>", "<unk>", "<pad>", "<bos>", "<eos>", "<<SYS>>", "<</SYS>>", "<start_of_turn>",
    "<end_of_turn>", "<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>",
    "[INST]", "[/INST]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]", "[TOOL_CALLS]",
    "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]", "[TOOL_RESULTS]", "[/TOOL_RESULTS]",
    // Alpaca and Vicuna write their turns as text.
    "### Human:", "### Assistant:", "### User:", "### System:", "### Instruction:", "### Input:",
    "### Response:",
  ].map { (name: $0, bytes: Array($0.utf8)) }

  /// Names of the form `<|name|>` that counts may tell.
  private static let knownNames: Set<String> = [
    "<|im_start|>", "<|im_end|>", "<|im_sep|>", "<|endoftext|>", "<|startoftext|>",
    "<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>",
    "<|eot_id|>",
    "<|eom_id|>", "<|python_tag|>", "<|finetune_right_pad_id|>", "<|header_start|>",
    "<|header_end|>", "<|eot|>", "<|user|>", "<|assistant|>", "<|system|>", "<|end|>", "<|start|>",
    "<|message|>", "<|channel|>", "<|return|>", "<|call|>", "<|endofprompt|>", "<|tool|>",
    "<|observation|>", "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>", "<|vision_start|>",
    "<|vision_end|>", "<|START_OF_TURN_TOKEN|>", "<|END_OF_TURN_TOKEN|>", "<|USER_TOKEN|>",
    "<|CHATBOT_TOKEN|>", "<|SYSTEM_TOKEN|>", "<｜User｜>", "<｜Assistant｜>", "<｜begin▁of▁sentence｜>",
    "<｜end▁of▁sentence｜>",
  ]

  /// The first token at or behind a place.
  static func first(in text: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Match? {
    var index = start
    let raw = UnsafeRawBufferPointer(text)
    while index < text.count {
      if index + 8 <= text.count {
        // Nearly all text ends here, eight bytes at a time.
        let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        guard hasOpener(word) else {
          index += 8
          continue
        }
      }
      let end = min(index + 8, text.count)
      while index < end {
        if isOpener(text[index]), let match = match(at: index, text) { return match }
        index += 1
      }
    }
    return nil
  }

  private static func isOpener(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "<") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "#")
  }

  /// Whether one of eight bytes may begin a token.
  @inline(__always)
  private static func hasOpener(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
    let found =
      zeros(word ^ ones &* 0x3c) | zeros(word ^ ones &* 0x5b) | zeros(word ^ ones &* 0x23)
    return found & (ones &* 0x80) != 0
  }

  private static func match(at index: Int, _ text: UnsafeBufferPointer<UInt8>) -> Match? {
    let rest = text[index...]
    if let end = endOfNamed(at: index, text) {
      let name = String(decoding: text[index..<end], as: UTF8.self)
      return Match(range: index..<end, name: knownNames.contains(name) ? name : otherName)
    }
    return listed.first { rest.starts(with: $0.bytes) }.map {
      Match(range: index..<index + $0.bytes.count, name: $0.name)
    }
  }

  /// The end of `<|name|>`, or of DeepSeek's kind with full-width bars, that begins at a place.
  private static func endOfNamed(at start: Int, _ text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard text[start] == UInt8(ascii: "<") else { return nil }
    let rest = text[(start + 1)...]
    let bar: [UInt8] =
      rest.first == UInt8(ascii: "|")
      ? [UInt8(ascii: "|")] : rest.starts(with: wideBar) ? wideBar : []
    guard !bar.isEmpty else { return nil }
    let first = start + 1 + bar.count
    var end = first
    while end < text.count, end - first < 64, isNameByte(text[end]), !text[end...].starts(with: bar)
    { end += 1 }
    let tail = text[end...]
    guard end - first >= 3, tail.starts(with: bar), end + bar.count < text.count,
      text[end + bar.count] == UInt8(ascii: ">")
    else { return nil }
    return end + bar.count + 1
  }

  /// U+FF5C.
  private static let wideBar: [UInt8] = [0xef, 0xbd, 0x9c]

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte >= 0x80
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }
}
