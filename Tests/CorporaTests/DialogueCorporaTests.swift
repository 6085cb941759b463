import Records
import Testing

@testable import Corpora

/// What the golden files of the dialogue corpora cannot say.
struct DialogueCorporaTests {
  @Test func `a visit keeps its group and split over all forms and parts`() throws {
    let reader = try ACIBench(options: ReaderOptions())
    let table = "dataset,encounter_id,dialogue,note\naci,D2N01,[doctor] hi,N.\n"
    let list =
      #"{"data": [{"src": "[doctor] hi", "tgt": "N.", "file": "D2N01-aci-subjective"}]}"#
    let records =
      try reader.readings(of: table, path: "challenge_data/valid.csv").compactMap(\.record)
      + reader.readings(of: table, path: "src_experiment_data/valid_aci_asr.csv")
      .compactMap(\.record)
      + reader.readings(of: list, path: "challenge_data_json/valid_subjective.json")
      .compactMap(\.record)
    #expect(records.map(\.id) == ["D2N01", "D2N01-aci_asr", "D2N01-subjective"])
    #expect(Set(records.map(\.groups)) == [[GroupKey(.dialogue, "aci-bench/D2N01")]])
    #expect(Set(records.map(\.officialSplit)) == [.validation])
  }

  @Test(arguments: [
    ("clinicalnlp_taskB_test1.csv", "test1"), ("clinicalnlp_taskC_test2.csv", "test2"),
    ("clef_taskC_test3.csv", "test3"),
  ])
  func `the three test sets are told apart`(path: String, set: String) throws {
    let table = "dataset,encounter_id,dialogue,note\naci,D2N01,[doctor] hi,N.\n"
    let record = try ACIBench(options: ReaderOptions()).readings(of: table, path: path)[0].record
    #expect(record?.officialSplit == .test)
    #expect(record?.tag("set") == set)
  }

  @Test func `answers without their questions are told, not dropped`() throws {
    let readings = try CMedQA2(options: ReaderOptions())
      .readings(of: "ans_id,question_id,content\n1,7,答。\n", path: "answer.csv")
    #expect(readings.map(\.rejection?.reason) == [.missingCounterpart])
  }

  @Test func `a broken line rejects its conversation only`() throws {
    let head = "\nhttps://x\nDescription\nd\nDialogue\nPatient:\n"
    let bytes =
      Array("id=1\(head)a".utf8) + [0xff] + Array("\nDoctor:\nb\nid=2\(head)c\n".utf8)
    let readings = try MedDialog(options: ReaderOptions())
      .readings(of: BufferedEntry(path: "x.txt", bytes: bytes))
    #expect(readings.map(\.rejection?.reason) == [.invalidEncoding, nil])
    #expect(readings[0].rejection?.value == "line 7")
    #expect(readings[1].record?.id == "x-2")
  }

  @Test func `text that is no MedDialog is an error with its line`() throws {
    let error = try #require(throws: Diagnostic.self) {
      try MedDialog(options: ReaderOptions()).readings(of: "\nSome text.\n", path: "x.txt")
    }
    #expect(error.position.line == 2)
  }

  @Test(arguments: ["keep", "strip"])
  func `signatures stay when the recipe wants them`(option: String) throws {
    let text = #"[{"input": "q", "output": "Rest. Regards, Chat Doctor."}]"#
    let reader = try ChatDoctor(options: ReaderOptions(options: ["signatures": option]))
    guard case .instruction(let item)? = try reader.readings(of: text)[0].record?.content else {
      Issue.record("no record")
      return
    }
    #expect(item.turns[1].text == (option == "keep" ? "Rest. Regards, Chat Doctor." : "Rest."))
  }
}
