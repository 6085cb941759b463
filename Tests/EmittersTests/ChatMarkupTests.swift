import Records
import Testing

@testable import Emitters

struct ChatMarkupTests {
  private let short = Conversation(instruction: "What is asthma?", output: "A disease.")
  private let long = Conversation(
    system: "Be kind.",
    history: [Turn(role: .user, text: "Hi."), Turn(role: .assistant, text: "Hello.")],
    instruction: "Asthma?", output: "A disease.")

  private func text(of conversation: Conversation, for model: String) -> String {
    (ModelFamily(ofModel: model)?.markup ?? .chatML).parts(of: conversation).joined
  }

  @Test(arguments: [
    (
      "unknown/model",
      "<|im_start|>user\nWhat is asthma?<|im_end|>\n<|im_start|>assistant\nA disease.<|im_end|>\n"
    ),
    (
      "Qwen/Qwen2-7B-Instruct",
      "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\nWhat is asthma?"
        + "<|im_end|>\n<|im_start|>assistant\nA disease.<|im_end|>\n"
    ),
    (
      "Qwen/Qwen3-8B",
      "<|im_start|>user\nWhat is asthma?<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
        + "A disease.<|im_end|>\n"
    ),
    (
      "meta-llama/Meta-Llama-3-8B-Instruct",
      "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nWhat is asthma?<|eot_id|>"
        + "<|start_header_id|>assistant<|end_header_id|>\n\nA disease.<|eot_id|>"
    ),
    (
      "meta-llama/Llama-2-7b-chat-hf", "<s>[INST] What is asthma? [/INST] A disease. </s>"
    ),
    (
      "google/medgemma-4b-it",
      "<bos><start_of_turn>user\nWhat is asthma?<end_of_turn>\n<start_of_turn>model\nA disease."
        + "<end_of_turn>\n"
    ),
  ])
  func `writes a question and an answer as the model's template does`(model: String, text: String) {
    #expect(self.text(of: short, for: model) == text)
  }

  @Test(arguments: [
    (
      "mistralai/Mistral-7B-Instruct-v0.3",
      "<s>[INST] Be kind.\n\nHi.[/INST] Hello.</s>[INST] Asthma?[/INST] A disease.</s>"
    ),
    (
      "meta-llama/Llama-2-7b-chat-hf",
      "<s>[INST] <<SYS>>\nBe kind.\n<</SYS>>\n\nHi. [/INST] Hello. </s>"
        + "<s>[INST] Asthma? [/INST] A disease. </s>"
    ),
    (
      "microsoft/Phi-3-mini-4k-instruct",
      "<|system|>\nBe kind.<|end|>\n<|user|>\nHi.<|end|>\n<|assistant|>\nHello.<|end|>\n"
        + "<|user|>\nAsthma?<|end|>\n<|assistant|>\nA disease.<|end|>\n<|endoftext|>"
    ),
  ])
  func `puts system messages and earlier turns where the template has them`(
    model: String, text: String
  ) {
    #expect(self.text(of: long, for: model) == text)
  }

  @Test func `begins the system turn of Llama 3.1 with its dates, asked or not`() {
    #expect(text(of: short, for: "Llama-3.1-8B").contains("Today Date: 26 Jul 2024\n\n<|eot_id|>"))
    #expect(text(of: long, for: "Llama-3.1-8B").contains("2024\n\nBe kind.<|eot_id|>"))
  }

  @Test func `takes blanks off where the template does`() {
    var spaced = short
    spaced.output = "\n A disease. \n"
    #expect(text(of: spaced, for: "llama-3") == text(of: short, for: "llama-3"))
    #expect(text(of: spaced, for: "unknown") != text(of: short, for: "unknown"))
  }
}
