import Records
import Synchronization
import Testing

@testable import Pipeline

struct OrderedTasksTests {
  private struct Failure: Error, Equatable { var item: Int }

  @Test(arguments: [1, 2, 7, 100])
  func `results come in the order of the items, however long each takes`(width: Int) async throws {
    let results = try await OrderedTasks.run(Array(0..<50), width: width) { place, item in
      try await Task.sleep(for: .microseconds((item * 37) % 400))
      return "\(place):\(item)"
    }
    #expect(results == (0..<50).map { "\($0):\($0)" })
  }

  @Test func `no more than the width are begun before the oldest is handed on`() async throws {
    let begun = Mutex(0)
    var handedOn = 0
    try await OrderedTasks.run(Array(0..<40), width: 3) { _, item in
      begun.withLock { $0 += 1 }
      return item
    } each: { _, _ in
      #expect(begun.withLock { $0 } <= handedOn + 3)
      handedOn += 1
    }
    #expect(handedOn == 40)
  }

  @Test(arguments: [1, 4])
  func `an error of the work ends the run`(width: Int) async {
    await #expect(throws: Failure(item: 5)) {
      try await OrderedTasks.run(Array(0..<20), width: width) { _, item in
        if item == 5 { throw Failure(item: item) }
        return item
      } as [Int]
    }
  }

  @Test func `no items are no results`() async throws {
    let results = try await OrderedTasks.run([Int](), width: 4) { _, item in item }
    #expect(results.isEmpty)
  }
}

struct BatchQueueTests {

  @Test(arguments: [0, 1, 4])
  func `results come in the order of the entries`(width: Int) async {
    var queue = BatchQueue(width: width) { entries in
      entries.map { entry in
        switch entry {
        case .bytes(let entry): entry.path
        case .damaged(let path, _): path
        }
      }
    }
    var found: [String] = []
    // Entries of 256 KiB: a batch is full at 1 MiB.
    for number in 0..<30 {
      let entry: BatchedEntry =
        number % 7 == 3
        ? .damaged(path: "\(number)", Diagnostic("broken"))
        : .bytes(BufferedEntry(path: "\(number)", bytes: Array(repeating: 0, count: 1 << 18)))
      found += await queue.add(entry).joined()
    }
    found += await queue.drain().joined()
    #expect(found == (0..<30).map(String.init))
    #expect(await queue.drain().isEmpty)
  }
}
