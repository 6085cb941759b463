import Emitters
import Formats
import Records

/// Examples as the renderer makes them, odd ones included.
enum Samples {
  static let answer = Example(
    id: "q1",
    body: .conversation(
      Conversation(
        instruction: "Answer the following health question.", input: "What is asthma?",
        output: "A disease of the airways.")))

  static let instructionOnly = Example(
    id: "q2",
    body: .conversation(Conversation(instruction: "What is a fever?", output: "Warmth.")))

  static let withSystem = Example(
    id: "q3",
    body: .conversation(
      Conversation(
        system: "Answer briefly.", instruction: "Was ist \"Fieber\"?\nZeile 2\t\u{1}",
        output: "Erhöhte Temperatur \u{1F321}.")))

  static let severalTurns = Example(
    id: "q4",
    body: .conversation(
      Conversation(
        system: "Be kind.",
        history: [
          Turn(role: .user, text: "My knee hurts."),
          Turn(role: .assistant, text: "Since when?"),
        ], instruction: "Since Monday.", output: "Let it rest.")))

  static let outOfTurn = Example(
    id: "q5",
    body: .conversation(
      Conversation(
        history: [Turn(role: .user, text: "One"), Turn(role: .user, text: "Two")],
        instruction: "Three", output: "Four")))

  static let withRejected: Example = {
    var conversation = Conversation(
      system: "Choose.", instruction: "Choose the best answer.",
      input: "Which is an organ?\n\nA. Heart\nB. Blood", output: "A. Heart")
    conversation.rejected = "B. Blood"
    var example = Example(id: "q6", body: .conversation(conversation))
    example.task = Example.Task(
      name: "multiple-choice-qa", title: "Choose the right option",
      definitions: ["Choose.\n\nChoose the best answer."])
    return example
  }()

  static let text = Example(id: "t1", body: .text("A title\n\nAn abstract."))

  static let all = [
    answer, instructionOnly, withSystem, severalTurns, outOfTurn, withRejected, text,
  ]
}

/// What `write` puts into a fresh writer.
func written(_ write: (inout JSONWriter) -> Void) -> String {
  var json = JSONWriter()
  write(&json)
  return json.text
}
