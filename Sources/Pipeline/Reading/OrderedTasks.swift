/// Work in parallel whose results come in order.
enum OrderedTasks {
  /// Works on items, `width` at once at most, and hands the results on in the order of the items.
  ///
  /// Results that are early wait, `window` of them at most, so that one slow item neither stops the
  /// others nor fills the memory. A width of 1 works in place.
  static func run<Item: Sendable, Result: Sendable>(
    _ items: [Item], width: Int, window: Int? = nil,
    _ work: @escaping @Sendable (Int, Item) async throws -> Result,
    each body: (Int, Result) throws -> Void
  ) async throws {
    let window = window ?? 4 * width
    guard width > 1 else {
      for (place, item) in items.enumerated() { try body(place, try await work(place, item)) }
      return
    }
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
      var early: [Int: Result] = [:]
      var next = 0
      var due = 0
      var running = 0
      while due < items.count {
        while next < items.count, running < width, next < due + window {
          let (place, item) = (next, items[next])
          group.addTask { (place, try await work(place, item)) }
          next += 1
          running += 1
        }
        guard let (place, result) = try await group.next() else { return }
        running -= 1
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
    try await run(items, width: width, window: .max / 2, work) { _, result in
      results.append(result)
    }
    return results
  }
}
