import Records

/// An external sort of keyed ordinals: any number of them in bounded memory.
///
/// Items are collected in memory, sorted when the memory is full and written as a run; reading
/// merges the runs. Equal keys come out in the order in which they went in.
package final class SortedRuns {
  private let folder: String
  private let name: String
  private let capacity: Int
  private var items: UnsafeMutablePointer<KeyedOrdinal>
  private var count = 0
  private var file: ScratchFile?
  private var runs: [Range<Int>] = []

  /// - Parameter memoryBytes: The most that items and the space to sort them take; pages are used
  ///   only as they fill.
  package init(folder: String, name: String, memoryBytes: Int) {
    self.folder = folder
    self.name = name
    capacity = max(1024, memoryBytes / (2 * Self.stride))
    items = .allocate(capacity: 2 * capacity)
  }

  deinit { items.deallocate() }

  private static let stride = MemoryLayout<KeyedOrdinal>.stride

  package func append(_ item: KeyedOrdinal) throws {
    if count == capacity { try writeRun() }
    items[count] = item
    count += 1
  }

  /// Calls `body` with every item, by ascending key.
  package func forEach(_ body: (KeyedOrdinal) throws -> Void) throws {
    guard !runs.isEmpty, let file else {
      KeyedOrdinal.sort(items, scratch: items + capacity, count: count)
      for index in 0..<count { try body(items[index]) }
      return
    }
    if count > 0 { try writeRun() }
    var merge = try RunMerge(
      of: runs, in: file, buffer: UnsafeMutableBufferPointer(start: items, count: 2 * capacity))
    while let item = try merge.next() { try body(item) }
  }

  /// Calls `body` with every key and those who have it, by ascending key.
  ///
  /// - Parameter isMember: Who counts; a key that nobody who counts has is passed over.
  package func forEachGroup(
    where isMember: (Int) -> Bool = { _ in true }, _ body: (UInt64, [Int]) throws -> Void
  ) throws {
    var key: UInt64 = 0
    var members: [Int] = []
    try forEach { item in
      if item.key != key {
        if !members.isEmpty { try body(key, members) }
        members.removeAll(keepingCapacity: true)
        key = item.key
      }
      if isMember(Int(item.ordinal)) { members.append(Int(item.ordinal)) }
    }
    if !members.isEmpty { try body(key, members) }
  }

  private func writeRun() throws {
    KeyedOrdinal.sort(items, scratch: items + capacity, count: count)
    let target = try file ?? ScratchFile(in: folder, named: name)
    file = target
    let start = target.byteCount / Self.stride
    try target.append(UnsafeRawBufferPointer(start: items, count: count * Self.stride))
    runs.append(start..<start + count)
    count = 0
  }
}

/// Merges runs, each read through its share of one buffer.
private struct RunMerge {
  /// A run's window on the file.
  private struct Cursor {
    /// What is still in the file, as item numbers.
    var rest: Range<Int>
    let window: UnsafeMutableBufferPointer<KeyedOrdinal>
    var position = 0
    var filled = 0
  }

  private let file: ScratchFile
  private var cursors: [Cursor] = []
  /// The runs that have items left, as a binary heap by their next item.
  private var heap: [Int] = []

  init(
    of runs: [Range<Int>], in file: ScratchFile, buffer: UnsafeMutableBufferPointer<KeyedOrdinal>
  ) throws {
    self.file = file
    // Windows beyond 256 KiB bring nothing; at least one item each.
    let share = max(1, min(buffer.count / runs.count, (256 << 10) / 16))
    precondition(share * runs.count <= buffer.count, "more runs than items of memory")
    for (index, run) in runs.enumerated() {
      let window = UnsafeMutableBufferPointer(
        rebasing: buffer[index * share..<(index + 1) * share])
      cursors.append(Cursor(rest: run, window: window))
      if try fill(index) { heap.append(index) }
    }
    for root in stride(from: heap.count / 2, through: 0, by: -1) { siftDown(from: root) }
  }

  mutating func next() throws -> KeyedOrdinal? {
    guard let run = heap.first else { return nil }
    let item = cursors[run].window[cursors[run].position]
    cursors[run].position += 1
    if cursors[run].position == cursors[run].filled, try !fill(run) {
      heap.swapAt(0, heap.count - 1)
      heap.removeLast()
    }
    siftDown(from: 0)
    return item
  }

  /// Reads the next items of a run; returns false when there are none.
  private mutating func fill(_ index: Int) throws -> Bool {
    let cursor = cursors[index]
    let count = min(cursor.rest.count, cursor.window.count)
    guard count > 0 else { return false }
    let stride = MemoryLayout<KeyedOrdinal>.stride
    let start = cursor.rest.lowerBound
    try file.read(
      into: UnsafeMutableRawBufferPointer(start: cursor.window.baseAddress, count: count * stride),
      at: start * stride)
    cursors[index].rest = start + count..<cursor.rest.upperBound
    cursors[index].position = 0
    cursors[index].filled = count
    return true
  }

  private mutating func siftDown(from root: Int) {
    var node = root
    while true {
      var least = node
      for child in [2 * node + 1, 2 * node + 2] where child < heap.count {
        if precedes(heap[child], heap[least]) { least = child }
      }
      guard least != node else { return }
      heap.swapAt(node, least)
      node = least
    }
  }

  /// By key, then by run: earlier runs were appended earlier.
  private func precedes(_ first: Int, _ second: Int) -> Bool {
    let one = cursors[first].window[cursors[first].position].key
    let two = cursors[second].window[cursors[second].position].key
    return one == two ? first < second : one < two
  }
}
