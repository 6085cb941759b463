import Deidentification
import Foundation
import Records
import Testing

@testable import Stages

struct RecordDeidentifierTests {
  private func record(_ text: String) -> Record {
    Record(
      id: "1", corpus: "c", license: .mit,
      content: .note(Note(sections: [NoteSection(code: "", header: "", text: text)])))
  }

  private func text(of record: Record) -> String {
    guard case .note(let note) = record.content else { return "" }
    return note.sections[0].text
  }

  @Test func `what looks like a mark goes, and marks stand where identifiers were`() {
    let mark = PlaceholderMark.character
    var record = record("\(mark)Mr. John Smith \(mark) and \(mark)\(mark) 617-555-0142.\(mark)")
    _ = RecordDeidentifier(mode: .redact, texts: TextDeidentifier()).apply(to: &record)
    #expect(record.marks == [0, 1])
    record.numberPlaceholders([7, 8])
    #expect(
      text(of: record)
        == "\u{FFFD}Mr. [NAME_7] \u{FFFD} and \u{FFFD}\u{FFFD} [PHONE_8].\u{FFFD}")
  }

  @Test(arguments: [RecordDeidentifier.Mode.redact, .surrogate])
  func `the time grows with the length, not with its square`(mode: RecordDeidentifier.Mode) {
    let key = SecretKey(Array("a key of the tests, long enough: 0123456789abcdefghij".utf8))
    let stage = RecordDeidentifier(mode: mode, texts: TextDeidentifier(), key: key)
    let known = [KnownIdentifier(.name, "Velka Dorquist")]
    func seconds(_ count: Int) -> Double {
      let text = String(repeating: "Dorquist is ok. Mr. John Smith ___ ate. ", count: count)
      var record = record(text + PlaceholderMark.character)
      let start = Self.threadSeconds()
      _ = stage.apply(to: &record, known: known)
      return Self.threadSeconds() - start
    }
    _ = seconds(100)
    let (short, long) = (seconds(500), seconds(4000))
    // Eight times the length: a square would be 64 times the time.
    #expect(long < 30 * short + 0.05)
  }

  /// The processor time of this thread, which other tests do not lengthen.
  private static func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
