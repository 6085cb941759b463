import Records
import Testing

@testable import Stages

struct SortedRunsTests {
  @Test(arguments: [1, 40_000, 1 << 22])
  func `sorts by key and keeps the order of equal keys`(memoryBytes: Int) throws {
    let folder = try WorkFolderFixture()
    var random = SplitMix64(seed: 3)
    let items = (0..<20_000).map { ordinal in
      KeyedOrdinal(key: random.next() % 5000 &* 0x9e37_79b9_7f4a_7c15, ordinal: ordinal)
    }
    let runs = SortedRuns(folder: folder.path, name: "keys", memoryBytes: memoryBytes)
    for item in items { try runs.append(item) }
    var sorted: [KeyedOrdinal] = []
    try runs.forEach { sorted.append($0) }
    #expect(sorted == items.sorted { ($0.key, $0.ordinal) < ($1.key, $1.ordinal) })
  }

  @Test func `groups hold those who count, and empty groups are passed over`() throws {
    let folder = try WorkFolderFixture()
    let runs = SortedRuns(folder: folder.path, name: "keys", memoryBytes: 0)
    for (ordinal, key) in [7, 0, 7, 3, 0].enumerated() {
      try runs.append(KeyedOrdinal(key: UInt64(key), ordinal: ordinal))
    }
    var groups: [[Int]] = []
    try runs.forEachGroup(where: { $0 != 3 }) { _, members in groups.append(members) }
    #expect(groups == [[1, 4], [0, 2]])
  }

  @Test func `a folder that does not exist is told by name`() throws {
    let error = #expect(throws: ScratchError.self) {
      try DuplicateFinder(
        settings: DuplicateSettings(), workFolder: "/nowhere/at-all", memoryBytes: 1 << 20)
    }
    #expect(error?.description.contains("cannot create: no such file or directory") == true)
  }
}
