import Records
import Stages

/// Settles records that a source holds under one id: versions, withdrawals and plain repeats.
enum IdentityResolution {
  private struct Identity: Hashable {
    var id: Digest128
    var source: UInt16
  }

  /// Rejects what is withdrawn or superseded and numbers what merely shares an id.
  ///
  /// Of records with revisions the highest stays, and of equal ones the one read last, since later
  /// files correct earlier ones. A withdrawal takes what stands before it: a citation that is published
  /// again afterwards stays.
  static func apply(_ keys: RecordKeys, to fates: inout Fates) {
    for range in keys.damaged { for record in range { fates.reject(record, .damagedEntry) } }
    withdraw(keys, &fates)
    let order = (0..<keys.count).filter(fates.isKept).sorted { first, second in
      let (one, other) = (keys.keys[first], keys.keys[second])
      return (one.source, one.id, first) < (other.source, other.id, second)
    }
    var start = 0
    while start < order.count {
      let key = keys.keys[order[start]]
      var end = start + 1
      while end < order.count, keys.keys[order[end]].id == key.id,
        keys.keys[order[end]].source == key.source
      {
        end += 1
      }
      if end - start > 1 { settle(order[start..<end], keys, &fates) }
      start = end
    }
  }

  private static func withdraw(_ keys: RecordKeys, _ fates: inout Fates) {
    guard !keys.withdrawals.isEmpty else { return }
    // The last withdrawal of an id covers the earlier ones.
    let limits = Dictionary(
      keys.withdrawals.map { (Identity(id: $0.id, source: $0.source), $0.recordsBefore) },
      uniquingKeysWith: max)
    for record in 0..<keys.count {
      let key = keys.keys[record]
      if let limit = limits[Identity(id: key.id, source: key.source)], record < limit {
        fates.reject(record, .deletedCitation)
      }
    }
  }

  /// Settles records of one id, in the order they were read.
  private static func settle(_ records: ArraySlice<Int>, _ keys: RecordKeys, _ fates: inout Fates) {
    let revised = records.filter { keys.keys[$0].revision >= 0 }
    let survivor = revised.max {
      (keys.keys[$0].revision, $0) < (keys.keys[$1].revision, $1)
    }
    for record in revised where record != survivor {
      fates.reject(record, .supersededVersion, value: "version \(keys.keys[record].revision)")
    }
    for (number, record) in records.filter(fates.isKept).enumerated().dropFirst() {
      fates.idNumbers[record] = number + 1
    }
  }
}
