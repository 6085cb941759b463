import Records

/// An entry of a batch: its bytes, or why they could not be had.
enum BatchedEntry: Sendable {
  case bytes(BufferedEntry)
  case damaged(path: String, Diagnostic)

  fileprivate var byteCount: Int {
    switch self {
    case .bytes(let entry): entry.bytes.count
    case .damaged: 0
    }
  }
}

/// Batches of small entries in work: first in, first out, so that results come in the order of the
/// entries and at most `width` of them wait in memory.
struct BatchQueue<Result: Sendable> {
  private let width: Int
  private let work: @Sendable ([BatchedEntry]) -> Result
  private var waiting: [BatchedEntry] = []
  private var waitingBytes = 0
  private var running: [Task<Result, Never>] = []

  /// How many bytes of entries make a batch, and how many entries at most.
  private static var batchBytes: Int { 1 << 20 }
  private static var batchEntries: Int { 2048 }

  /// Makes a queue.
  ///
  /// - Parameter width: How many batches may be in work at once; 0 does the work in place.
  init(width: Int, work: @escaping @Sendable ([BatchedEntry]) -> Result) {
    self.width = width
    self.work = work
  }

  /// Adds an entry; returns the results that are due.
  mutating func add(_ entry: BatchedEntry) async -> [Result] {
    waiting.append(entry)
    waitingBytes += entry.byteCount
    guard waitingBytes >= Self.batchBytes || waiting.count >= Self.batchEntries else { return [] }
    return await submit()
  }

  /// Finishes everything; returns the results in order.
  mutating func drain() async -> [Result] {
    var results = waiting.isEmpty ? [] : await submit()
    for task in running { results.append(await task.value) }
    running.removeAll()
    return results
  }

  private mutating func submit() async -> [Result] {
    let batch = waiting
    waiting = []
    waitingBytes = 0
    guard width > 0 else { return [work(batch)] }
    let work = work
    running.append(Task { work(batch) })
    guard running.count > width else { return [] }
    return [await running.removeFirst().value]
  }
}
