import Records
import Testing

@testable import Corpora

struct PriMock57Tests {
  private static let text = "My <UNIN/> stomach <UNSURE>really</UNSURE> hurts <INAUDIBLE_SPEECH/>."

  @Test(arguments: [
    (TranscriptTags.remove, "My stomach really hurts."),
    (.mark, "My [unintelligible] stomach really[?] hurts [inaudible]."), (.keep, text),
  ])
  func `tags become what the option says`(tags: TranscriptTags, result: String) {
    #expect(tags.applied(to: Self.text) == result)
  }

  @Test(arguments: [("<UNIN/>", ""), ("<UNSURE>a", "a"), ("1 < 2 <b>", "1 < 2 <b>"), ("", "")])
  func `what is no tag stays, and a tag alone leaves nothing`(text: String, result: String) {
    #expect(TranscriptTags.remove.applied(to: text) == result)
  }
}
