extension ChatMarkup {
  /// ChatML, of which the Qwen models are a kind; what is counted for a family that is not known.
  package static let chatML = ChatMarkup(
    name: "chatml", system: Frame("<|im_start|>system\n", "<|im_end|>\n"),
    user: Frame("<|im_start|>user\n", "<|im_end|>\n"),
    assistant: Frame("<|im_start|>assistant\n", "<|im_end|>\n"),
    tokens: ["<|im_start|>", "<|im_end|>"])

  static let qwen = chatML.with {
    $0.name = "qwen"
    $0.defaultSystem = "You are a helpful assistant."
  }

  static let qwen25 = chatML.with {
    $0.name = "qwen2.5"
    $0.defaultSystem = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant."
  }

  /// An answer without thoughts has an empty block of them.
  static let qwen3 = chatML.with {
    $0.name = "qwen3"
    $0.answer = Frame("<|im_start|>assistant\n<think>\n\n</think>\n\n", "<|im_end|>\n")
    $0.tokens += ["<think>", "</think>"]
  }

  static let llama3 = ChatMarkup(
    name: "llama3", start: "<|begin_of_text|>", system: llama3Frame("system"),
    user: llama3Frame("user"), assistant: llama3Frame("assistant"), trimsTexts: true,
    tokens: ["<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"])

  private static func llama3Frame(_ role: String) -> Frame {
    Frame("<|start_header_id|>\(role)<|end_header_id|>\n\n", "<|eot_id|>")
  }

  /// From 3.1 on there is always a system turn, which begins with two dates.
  static let llama31 = llama3.with {
    $0.name = "llama3.1"
    $0.systemHead = "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n"
  }

  static let llama4 = ChatMarkup(
    name: "llama4", start: "<|begin_of_text|>", system: llama4Frame("system"),
    user: llama4Frame("user"), assistant: llama4Frame("assistant"), trimsTexts: true,
    tokens: ["<|begin_of_text|>", "<|header_start|>", "<|header_end|>", "<|eot|>"])

  private static func llama4Frame(_ role: String) -> Frame {
    Frame("<|header_start|>\(role)<|header_end|>\n\n", "<|eot|>")
  }

  static let llama2 = ChatMarkup(
    name: "llama2", system: Frame("<<SYS>>\n", "\n<</SYS>>\n\n"),
    user: Frame("<s>[INST] ", " [/INST]"), assistant: Frame(" ", " </s>"),
    isSystemInQuestion: true, trimsTexts: true, tokens: ["<s>", "</s>"])

  static let mistral = ChatMarkup(
    name: "mistral", start: "<s>", system: Frame("", "\n\n"), user: Frame("[INST] ", "[/INST]"),
    assistant: Frame(" ", "</s>"), isSystemInQuestion: true,
    tokens: ["<s>", "</s>", "[INST]", "[/INST]"])

  static let gemma = ChatMarkup(
    name: "gemma", start: "<bos>", system: Frame("", "\n\n"),
    user: Frame("<start_of_turn>user\n", "<end_of_turn>\n"),
    assistant: Frame("<start_of_turn>model\n", "<end_of_turn>\n"), isSystemInQuestion: true,
    trimsTexts: true, tokens: ["<bos>", "<start_of_turn>", "<end_of_turn>"])

  static let phi3 = ChatMarkup(
    name: "phi3", system: Frame("<|system|>\n", "<|end|>\n"),
    user: Frame("<|user|>\n", "<|end|>\n"), assistant: Frame("<|assistant|>\n", "<|end|>\n"),
    answer: Frame("<|assistant|>\n", "<|end|>\n<|endoftext|>"),
    tokens: ["<|system|>", "<|user|>", "<|assistant|>", "<|end|>", "<|endoftext|>"])

  static let phi4 = ChatMarkup(
    name: "phi4", system: Frame("<|im_start|>system<|im_sep|>", "<|im_end|>"),
    user: Frame("<|im_start|>user<|im_sep|>", "<|im_end|>"),
    assistant: Frame("<|im_start|>assistant<|im_sep|>", "<|im_end|>"),
    tokens: ["<|im_start|>", "<|im_sep|>", "<|im_end|>"])

  static let vicuna = ChatMarkup(
    name: "vicuna", start: "<s>", system: Frame("", " "), user: Frame("USER: ", " "),
    assistant: Frame("ASSISTANT: ", "</s>"),
    defaultSystem: "A chat between a curious user and an artificial intelligence assistant. "
      + "The assistant gives helpful, detailed, and polite answers to the user's questions.",
    tokens: ["<s>", "</s>"])

  private func with(_ change: (inout ChatMarkup) -> Void) -> ChatMarkup {
    var markup = self
    change(&markup)
    return markup
  }
}
