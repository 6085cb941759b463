import Glibc
import Synchronization

/// How far a run is, as any thread may say and one printer may ask.
///
/// The unit is compressed input bytes, the only size known beforehand.
package final class Progress: Sendable {
  /// What a printer shows.
  package struct Snapshot: Sendable {
    package var phase: String
    package var doneBytes: Int
    package var totalBytes: Int
    package var records: Int
    package var seconds: Double

    /// How much is done, from 0 to 1.
    package var fraction: Double {
      totalBytes > 0 ? min(1, Double(doneBytes) / Double(totalBytes)) : 0
    }

    /// The time left in seconds, once there is something to guess it from.
    package var secondsLeft: Double? {
      guard fraction > 0.01, seconds > 0.5 else { return nil }
      return seconds * (1 - fraction) / fraction
    }
  }

  private let phase = Mutex<(name: String, start: Double)>(("", 0))
  private let done = Atomic<Int>(0)
  private let total = Atomic<Int>(0)
  private let records = Atomic<Int>(0)

  package init() {}

  package func begin(_ name: String, totalBytes: Int) {
    phase.withLock { $0 = (name, Self.now()) }
    done.store(0, ordering: .relaxed)
    records.store(0, ordering: .relaxed)
    total.store(totalBytes, ordering: .relaxed)
  }

  package func add(bytes: Int = 0, records count: Int = 0) {
    done.wrappingAdd(bytes, ordering: .relaxed)
    records.wrappingAdd(count, ordering: .relaxed)
  }

  package var snapshot: Snapshot {
    let (name, start) = phase.withLock { $0 }
    return Snapshot(
      phase: name, doneBytes: done.load(ordering: .relaxed),
      totalBytes: total.load(ordering: .relaxed), records: records.load(ordering: .relaxed),
      seconds: Self.now() - start)
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
