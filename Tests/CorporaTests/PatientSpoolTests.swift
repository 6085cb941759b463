import Foundation
import Records
import TestSupport
import Testing

@testable import Corpora

struct PatientSpoolTests {
  @Test func `patients come together in one order, their items in the order given`() throws {
    let patients = try drained(folder: nil)
    #expect(patients.count == 40)
    for (patient, items) in patients {
      #expect(items.allSatisfy { $0.hasPrefix("\(patient):") })
      #expect(items.count == 100)
      #expect(items == items.sorted())
    }
  }

  @Test func `on disk and in memory are alike, and nothing stays in the folder`() throws {
    let folder = try TemporaryFolder()
    let inMemory = try drained(folder: nil)
    let onDisk = try drained(folder: folder.path)
    #expect(onDisk.map(\.patient) == inMemory.map(\.patient))
    #expect(onDisk.map(\.items) == inMemory.map(\.items))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test func `partitions that are too long are divided, down to a patient who alone is too long`()
    throws
  {
    let folder = try TemporaryFolder()
    let divided = try drained(folder: folder.path, dividedBytes: 1)
    let whole = try drained(folder: nil)
    #expect(Set(divided.map(\.patient)) == Set(whole.map(\.patient)))
    #expect(
      Dictionary(uniqueKeysWithValues: divided.map { ($0.patient, $0.items) })
        == Dictionary(uniqueKeysWithValues: whole.map { ($0.patient, $0.items) }))
  }

  @Test func `a folder that does not exist stops it`() {
    #expect(throws: ScratchError.self) { try drained(folder: "/nowhere/at-all") }
  }

  /// Forty patients with a hundred items each, of near 2 KB, which came in turns.
  private func drained(
    folder: String?, dividedBytes: Int = 32 << 20
  ) throws -> [(patient: String, items: [String])] {
    var spool = PatientSpool<TextItem>(folder: folder, dividedBytes: dividedBytes)
    let filling = String(repeating: "x", count: 2000)
    for number in 100..<200 {
      for patient in 0..<40 {
        try spool.append(TextItem(text: "p\(patient):\(number)\(filling)"), of: "p\(patient)")
      }
    }
    var patients: [(patient: String, items: [String])] = []
    try spool.drain { patients.append(($0, $1.map(\.text))) }
    return patients
  }
}

private struct TextItem: SpoolItem {
  let text: String

  init(text: String) { self.text = text }
  init(from reader: inout SpillReader) { text = reader.readString() }
  func write(to writer: inout SpillWriter) { writer.write(text) }
}
