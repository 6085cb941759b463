import Records

/// The pairs that were found alike, on disk: collected in any order, asked for by member.
final class SimilarPairs {
  private let folder: String
  private var runs: SortedRuns?
  private let partners: ScratchFile
  /// The members that have partners, ascending, and where those of each begin.
  private var members: [UInt32] = []
  private var starts: [Int] = []

  /// - Parameter memoryBytes: The most that sorting takes; 12 bytes for each member that has a
  ///   partner come on top.
  init(folder: String, memoryBytes: Int) throws {
    self.folder = folder
    runs = SortedRuns(folder: folder, name: "similar-pairs", memoryBytes: memoryBytes)
    partners = try ScratchFile(in: folder, named: "similar-partners")
  }

  /// Adds a pair; one that was added before changes nothing.
  func append(_ first: Int, _ second: Int) throws {
    try runs?.append(KeyedOrdinal(key: UInt64(first) << 32 | UInt64(second), ordinal: 0))
    try runs?.append(KeyedOrdinal(key: UInt64(second) << 32 | UInt64(first), ordinal: 0))
  }

  /// Ends the collecting; pairs can be asked for from here on.
  func finish() throws {
    var last: UInt64?
    var buffer: [UInt32] = []
    var count = 0
    try runs?.forEach { pair in
      guard pair.key != last else { return }
      last = pair.key
      let member = UInt32(truncatingIfNeeded: pair.key >> 32)
      if members.last != member {
        members.append(member)
        starts.append(count)
      }
      buffer.append(UInt32(truncatingIfNeeded: pair.key))
      count += 1
      if buffer.count == 1 << 14 { try flush(&buffer) }
    }
    try flush(&buffer)
    starts.append(count)
    runs = nil
  }

  private func flush(_ buffer: inout [UInt32]) throws {
    try buffer.withUnsafeBytes { try partners.append($0) }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Those that a member was found alike to, ascending.
  func partners(of member: Int) throws -> [UInt32] {
    var low = 0
    var high = members.count
    while low < high {
      let middle = (low + high) / 2
      if members[middle] < UInt32(member) { low = middle + 1 } else { high = middle }
    }
    guard low < members.count, members[low] == UInt32(member) else { return [] }
    let range = starts[low]..<starts[low + 1]
    return try [UInt32](unsafeUninitializedCapacity: range.count) { buffer, initialized in
      let room = UnsafeMutableBufferPointer(rebasing: buffer[..<range.count])
      try partners.read(into: UnsafeMutableRawBufferPointer(room), at: range.lowerBound * 4)
      initialized = range.count
    }
  }
}
