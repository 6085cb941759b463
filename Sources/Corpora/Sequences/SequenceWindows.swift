import Records

/// Cuts the residues of a record into windows as they come, holding one window at a time.
struct SequenceWindows {
  /// How a record is cut.
  struct Plan: Sendable {
    /// The most residues of a window.
    var length: Int
    /// How far a window starts behind the one before.
    var stride: Int
    /// The fewest residues of the last window.
    var minimum: Int
    /// Whether every other window, by a hash of its place, is cut shorter, as DNABERT's are.
    var varies = false
  }

  /// A stretch of a record, as written there.
  struct Window {
    var residues: ArraySlice<UInt8>
    /// The 0-based place of its first residue in what was read of the record.
    var start: Int
    /// Whether it is what is left at the end and shorter than a window may be.
    var isTooShort: Bool
  }

  let plan: Plan
  /// What makes the hashes of this record's places its own.
  private let name: String
  private var buffer: [UInt8] = []
  /// The place of the buffer's first residue.
  private var start = 0
  /// How many residues are to be passed over, where the stride is longer than a window.
  private var passing = 0
  private var target: Int
  private var hasWindows = false

  init(_ plan: Plan, name: String) {
    self.plan = plan
    self.name = name
    target = plan.length
    target = nextTarget()
    buffer.reserveCapacity(plan.length)
  }

  /// Takes the next residues and hands on each window that is full.
  mutating func take(
    _ residues: some Sequence<UInt8>, _ body: (Window) throws -> Void
  ) rethrows {
    for byte in residues {
      guard passing == 0 else {
        passing -= 1
        start += 1
        continue
      }
      buffer.append(byte)
      if buffer.count == target { try cut(body) }
    }
  }

  /// Hands on what is left, unless other windows hold it already.
  mutating func finish(_ body: (Window) throws -> Void) rethrows {
    let overlap = hasWindows ? max(0, plan.length - plan.stride) : 0
    guard buffer.count > overlap else { return }
    let isTooShort = buffer.count < plan.minimum
    try body(Window(residues: buffer[...], start: start, isTooShort: isTooShort))
  }

  private mutating func cut(_ body: (Window) throws -> Void) rethrows {
    try body(Window(residues: buffer[...], start: start, isTooShort: false))
    hasWindows = true
    let step = plan.varies ? buffer.count : plan.stride
    passing = max(0, step - buffer.count)
    start += min(step, buffer.count)
    buffer.removeFirst(min(step, buffer.count))
    target = nextTarget()
  }

  /// Half of the windows of a varying plan have any length from the least to the most.
  private func nextTarget() -> Int {
    guard plan.varies else { return plan.length }
    let hash = StableHash.of(seed: 0, purpose: "sequence-window", "\(name):\(start)")
    guard hash & 1 == 0 else { return plan.length }
    return plan.minimum + Int((hash >> 1) % UInt64(plan.length - plan.minimum + 1))
  }
}
