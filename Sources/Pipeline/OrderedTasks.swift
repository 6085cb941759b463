/// Work in parallel whose results come in order.
enum OrderedTasks {
  /// Works on items, `width` at once at most, and hands the results on in the order of the items.
  ///
  /// Results that are early wait; as no more than `width` items are begun before the oldest is handed
  /// on, that is also the most that wait. A width of 1 works in place.
  static func run<Item: Sendable, Result: Sendable>(
    _ items: [Item], width: Int, _ work: @escaping @Sendable (Int, Item) async throws -> Result,
    each body: (Int, Result) throws -> Void
  ) async throws {
    guard width > 1 else {
      for (place, item) in items.enumerated() { try body(place, try await work(place, item)) }
      return
    }
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
      var early: [Int: Result] = [:]
      var next = 0
      var due = 0
      while due < items.count {
        while next < items.count, next < due + width {
          let (place, item) = (next, items[next])
          group.addTask { (place, try await work(place, item)) }
          next += 1
        }
        guard let (place, result) = try await group.next() else { return }
        early[place] = result
        while let result = early.removeValue(forKey: due) {
          try body(due, result)
          due += 1
        }
      }
    }
  }

  /// Works on items and returns the results in the order of the items.
  static func run<Item: Sendable, Result: Sendable>(
    _ items: [Item], width: Int, _ work: @escaping @Sendable (Int, Item) async throws -> Result
  ) async throws -> [Result] {
    var results: [Result] = []
    try await run(items, width: width, work) { _, result in results.append(result) }
    return results
  }
}
