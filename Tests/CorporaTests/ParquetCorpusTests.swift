import Records
import Testing

@testable import Corpora

struct ParquetCorpusTests {
  @Test func `MedMCQA as the hub has it is read by fields`() throws {
    let reader = try ParquetCorpus(
      options: ReaderOptions(
        fields: [
          "id": "id", "question": "question", "options": "opa,opb,opc,opd", "answer": "cop",
          "explanation": "exp", "subject": "subject_name",
        ], shape: .multipleChoice, options: ["answer_base": "0"]))
    let record = try reader.readings(of: apartEntry("medmcqa.parquet")).first?.record
    #expect(record?.id == "m1")
    #expect(
      record?.content
        == .multipleChoice(
          MultipleChoice(
            stem: "Which organ makes bile?", options: ["Lung", "Liver", "Spleen", "Skin"],
            answers: [1], explanation: "It is the liver.", subject: "Physiology")))
  }

  @Test func `MedQA as the hub has it is read by fields`() throws {
    let reader = try ParquetCorpus(
      options: ReaderOptions(
        fields: ["question": "question", "options": "options", "answer": "answer_idx"],
        shape: .multipleChoice))
    let record = try reader.readings(of: apartEntry("medqa.parquet")).first?.record
    #expect(record?.id == "medqa.parquet#0")
    #expect(
      record?.content
        == .multipleChoice(
          MultipleChoice(
            stem: "Which organ makes bile?", options: ["Lung", "Liver"], answers: [1])))
  }

  @Test func `a mapped column that is not there is an error that names the nearest`() throws {
    let reader = try ParquetCorpus(
      options: ReaderOptions(
        fields: ["question": "questoin", "answer": "answer"], shape: .questionAnswer))
    let error = try #require(throws: Diagnostic.self) {
      try reader.readings(of: apartEntry("medqa.parquet"))
    }
    #expect(error.message == "the Parquet file has no column 'questoin'")
    #expect(error.hint == "did you mean 'question'?")
  }
}
