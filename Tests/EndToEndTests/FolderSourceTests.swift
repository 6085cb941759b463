import Formats
import Pipeline
import Records
import TestSupport
import Testing

/// A folder is read as an archive of it would be.
struct FolderSourceTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for patient in 0..<30 {
      for note in 0..<4 {
        try folder.write(
          "Chief complaint: pain \(patient) \(note).\nPlan: rest for \(note + 2) days, see \(patient).\n",
          to: "notes/patient-\(patient)/n\(note).txt")
      }
    }
  }

  private func build(_ pattern: String) async throws -> (dataset: BuiltDataset, told: [String]) {
    try folder.write(
      """
      version: 1
      name: notes
      sources:
        - name: notes
          corpus: text-notes
          path: notes
          license: CC0-1.0
          language: en
          options: {patient: "\(pattern)"}
      split: {train: 0.7, validation: 0.15, test: 0.15}
      tasks: [{for: notes, task: pre-training-text}]
      emit: [{dialect: text}]
      """, to: "r.yaml")
    let report = try await BuiltDataset.build(folder("r.yaml"), to: folder("out")).report
    return (try BuiltDataset(path: folder("out")), report.warnings.map(\.message))
  }

  @Test(arguments: ["**/{patient}/*", "{patient}/*.txt"])
  func `patients are told by their folders`(pattern: String) async throws {
    let (dataset, told) = try await build(pattern)
    #expect(try dataset.sharedGroups() == [])
    #expect(try dataset.groupKinds().contains("patient"))
    #expect(!told.contains { $0.contains("tells the patient") })
    let rows = try Split.allCases.flatMap { try dataset.rows("provenance/\($0.rawValue).jsonl") }
    let ids = rows.compactMap { $0["records"]?.array?.first?.string }
    #expect(ids.contains("patient-0/n0.txt"))
    #expect(Set(ids).count == 120)
  }

  @Test func `a pattern that tells no patient is told of`() async throws {
    let (_, told) = try await build("nonsense/{patient}/x")
    #expect(
      told.contains {
        $0.contains("'nonsense/{patient}/x' tells the patient of 0 of 120 records")
      })
  }
}
