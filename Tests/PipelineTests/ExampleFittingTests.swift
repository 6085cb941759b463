import Emitters
import Recipes
import Records
import Testing
import Tokenizers

@testable import Pipeline

struct ExampleFittingTests {
  private let meter = LengthMeter(baseModel: "some/model", tokenizer: nil)

  private func fitting(_ limit: Int, _ overLong: Recipe.Training.OverLong) -> ExampleFitting {
    ExampleFitting(meter: meter, limit: limit, overLong: overLong)
  }

  private let note = Example(
    id: "a:1",
    body: .text(
      "The patient slept well. She ate breakfast, e.g. some bread.\n\nNo fever was seen today!\n"
        + "昨日は熱がありました。今日は元気です。"))

  @Test func `cuts texts at the ends of sentences and lines, into rows that fit and hold all`()
    throws
  {
    guard case .cut(let parts, 0) = try fitting(20, .split).outcome(of: note, nil) else {
      Issue.record("the note was not cut")
      return
    }
    #expect(
      parts.map(\.example.body) == [
        .text("The patient slept well. She ate breakfast, e.g. some bread."),
        .text("No fever was seen today!\n昨日は熱がありました。"), .text("今日は元気です。"),
      ])
    #expect(parts.map(\.example.id) == ["a:1/1", "a:1/2", "a:1/3"])
    for part in parts {
      #expect(part.length == (try meter.length(of: part.example.body, nil)))
      #expect(part.length.tokens <= 20)
    }
  }

  @Test func `leaves the task of what it cuts`() throws {
    let task = Example.Task(name: "pre-training-text", title: "Go on with the text")
    for body in [note.body, .conversation(conversation)] {
      var example = Example(id: "a", body: body)
      example.task = task
      let limit = try meter.length(of: body, nil).tokens - 1
      guard case .cut(let parts, _) = try fitting(limit, .split).outcome(of: example, nil) else {
        Issue.record("the example was not cut")
        continue
      }
      #expect(parts.allSatisfy { $0.example.task == task })
    }
  }

  @Test func `cuts a long sentence between words, and leaves out a text whose word is too long`()
    throws
  {
    let sentence = Example(
      id: "a", body: .text((1...60).map { "word\($0)" }.joined(separator: " ")))
    guard case .cut(let parts, _) = try fitting(40, .split).outcome(of: sentence, nil) else {
      Issue.record("the sentence was not cut")
      return
    }
    #expect(parts.count > 3)
    let texts = parts.map { part -> String in
      guard case .text(let text) = part.example.body else { return "" }
      return text
    }
    #expect(.text(texts.joined(separator: " ")) == sentence.body)
    let word = Example(id: "a", body: .text(String(repeating: "x", count: 900)))
    guard case .tooLong = try fitting(40, .split).outcome(of: word, nil) else {
      Issue.record("the word was not left out")
      return
    }
  }

  private let conversation = Conversation(
    history: (1...3).flatMap {
      [
        Turn(role: .user, text: "Question \($0)?"),
        Turn(role: .assistant, text: "Answer number \($0)."),
      ]
    }, instruction: "And now?", output: "The last answer.")

  @Test func `drops the earliest turns of a conversation, question with answer`() throws {
    let example = Example(id: "c", body: .conversation(conversation))
    let whole = try meter.length(of: example.body, nil).tokens
    guard
      case .cut(let parts, let dropped) = try fitting(whole - 1, .split).outcome(of: example, nil)
    else {
      Issue.record("the conversation was not cut")
      return
    }
    #expect(dropped == 2)
    var expected = conversation
    expected.history.removeFirst(2)
    #expect(parts.map(\.example) == [Example(id: "c", body: .conversation(expected))])
  }

  @Test func `leaves out what does not fit even so, and everything long without a split`() throws {
    let example = Example(id: "c", body: .conversation(conversation))
    for fitting in [fitting(10, .split), fitting(30, .reject), fitting(30, .fail)] {
      guard case .tooLong = try fitting.outcome(of: example, nil) else {
        Issue.record("the conversation was not left out")
        continue
      }
    }
  }

  @Test func `measures a preference with the longer of its answers`() throws {
    var preference = Conversation(instruction: "And now?", output: "Short.")
    preference.rejected = "A far longer answer than the right one."
    var right = preference
    right.rejected = nil
    var longer = right
    longer.output = "A far longer answer than the right one."

    let length = try meter.length(of: .conversation(preference), nil)

    #expect(length.tokens == (try meter.length(of: .conversation(longer), nil).tokens))
    #expect(length.answer == (try meter.length(of: .conversation(right), nil).answer))
  }

  @Test func `names the example that its tokenizer cannot count`() throws {
    let file = #"{"model": {"type": "WordLevel", "vocab": {"a": 0}}}"#
    let encoder = TokenEncoder(try Tokenizer(parsing: Array(file.utf8)))
    let error = #expect(throws: PipelineError.self) {
      try fitting(40, .split).outcome(of: Example(id: "notes:7", body: .text("b")), encoder)
    }
    #expect(error?.exitCode == 1)
    #expect(error?.diagnostic.message.contains("example 'notes:7' cannot be measured") == true)
    #expect(error?.diagnostic.hint == "build without 'tokenizer'; lengths are then estimated")
  }

  @Test func `names the longest examples, the same in any order`() {
    var first = LengthTally()
    var second = LengthTally()
    for (id, tokens) in [("d", 7), ("b", 9), ("e", 1)] { first.reject(id, tokens: tokens) }
    for (id, tokens) in [("a", 7), ("c", 9), ("f", 2)] { second.reject(id, tokens: tokens) }
    var other = second
    other += first
    first += second
    #expect(first.longest.map(\.id) == ["b", "c", "a", "d", "f"])
    #expect(first.longest.map(\.id) == other.longest.map(\.id))
  }
}
