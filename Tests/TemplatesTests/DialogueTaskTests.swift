import Records
import Testing

@testable import Templates

struct DialogueTaskTests {
  @Test func `what doctors say first is the system message, turns of one side are one`() {
    let dialogue = Dialogue(turns: [
      doctor("Good morning."), doctor("How can I help?"), patient("I cough."),
      patient("At night."), doctor("Since when?"), patient("Monday."), doctor("I see."),
      doctor("Any fever?"), patient("No."),
    ])

    #expect(
      filling(dialogue)
        == .conversation(
          Conversation(
            system: "Doctor: Good morning.\nDoctor: How can I help?",
            history: [
              Turn(role: .user, text: "I cough.\nAt night."),
              Turn(role: .assistant, text: "Since when?"),
            ], instruction: "Monday.", output: "I see.\nAny fever?")))
  }

  @Test func `blank turns do not part turns of one side`() {
    let dialogue = Dialogue(turns: [patient("A."), doctor(" "), patient("B."), doctor("C.")])

    #expect(
      filling(dialogue)
        == .conversation(
          Conversation(system: "", history: [], instruction: "A.\nB.", output: "C.")))
  }

  @Test(arguments: [[Turn](), [patient("Hello?")], [doctor("Hello?")]])
  func `a conversation that nobody answers in has no target`(turns: [Turn]) {
    #expect(filling(Dialogue(turns: turns)) == .refused(.noTarget, value: "assistant turn"))
  }

  @Test func `a note is generated whole, its headings included`() {
    let dialogue = Dialogue(
      turns: [patient("I cough.")],
      target: [NoteSection(header: "HPI", text: "Cough."), NoteSection(text: "Plan: rest.")])

    #expect(
      TrainingTask.noteGeneration.filling(of: .sample(.dialogue(dialogue)))
        == .slots(["Patient: I cough.", "HPI:\nCough.\n\nPlan: rest."]))
  }

  @Test func `chat without a note has no target for one`() {
    let dialogue = Dialogue(turns: [patient("I cough."), doctor("Rest.")])

    #expect(
      TrainingTask.noteGeneration.filling(of: .sample(.dialogue(dialogue)))
        == .refused(.noTarget, value: "note"))
  }

  @Test func `a sequence without a label has no target`() {
    let sequence = BiologicalSequence(residues: "ACGT", name: "x")

    #expect(
      TrainingTask.sequenceClassification.filling(of: .sample(.sequence(sequence)))
        == .refused(.noTarget, value: "label"))
  }

  private func filling(_ dialogue: Dialogue) -> Filling {
    TrainingTask.dialogueResponse.filling(of: .sample(.dialogue(dialogue)))
  }
}

private func doctor(_ text: String) -> Turn {
  Turn(role: .assistant, speaker: "Doctor", text: text)
}

private func patient(_ text: String) -> Turn { Turn(role: .user, speaker: "Patient", text: text) }
