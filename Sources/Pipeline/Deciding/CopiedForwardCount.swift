import Emitters
import Records

/// What the records of a source lost that earlier ones of their patient hold.
struct CopiedForwardCount: Sendable, Equatable {
  var source: String
  /// The records that are written without it.
  var records = 0
  /// The sentences, or the longest runs of words, that were cut.
  var units = 0
  var words = 0
  /// The records that went, since they had too little left.
  var rejected = 0

  /// The counts of every source, in their order.
  static func of(
    _ sources: [PlannedSource], _ keys: RecordKeys, _ fates: Fates
  ) -> [CopiedForwardCount] {
    var counts = sources.map { CopiedForwardCount(source: $0.name) }
    for record in 0..<keys.count where fates.reason(of: record) == .copiedForward {
      counts[Int(keys.keys[record].source)].rejected += 1
    }
    guard let cuts = fates.passageCuts else { return counts }
    for touched in cuts.touched where fates.isKept(touched.record) {
      let place = Int(keys.keys[touched.record].source)
      counts[place].records += 1
      counts[place].units += touched.units
      counts[place].words += touched.words
    }
    return counts
  }
}
