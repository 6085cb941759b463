import Synchronization

/// Running totals of what was read, for progress and for the limit on a run.
///
/// One tally may be shared by many archives and read from any thread.
package final class ReadTally: Sendable {
  private let compressed = Atomic<Int>(0)
  private let expanded = Atomic<Int>(0)

  package init() {}

  /// Bytes read from disk; never more than the sizes of the files.
  package var compressedBytes: Int { compressed.load(ordering: .relaxed) }

  /// Bytes that came out of archives and compressed files.
  package var expandedBytes: Int { expanded.load(ordering: .relaxed) }

  func addCompressed(_ count: Int) { compressed.wrappingAdd(count, ordering: .relaxed) }

  /// Adds and returns the new total.
  func addExpanded(_ count: Int) -> Int {
    expanded.wrappingAdd(count, ordering: .relaxed).newValue
  }
}
