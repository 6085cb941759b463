import Emitters
import Records
import Stages
import Synchronization

/// Holds batches of a split's rows against the held-out rows of the splits behind it.
struct RowComparison: Sendable {
  let split: Split
  let held: HeldOutRows
  let index: ShingleIndex
  /// The held-out row that the index begins with.
  let firstHeld: Int
  let settings: ProofSettings
  let bound: SharedBound

  /// What a batch has in common with held-out rows.
  struct Matches: Sendable {
    var rows = 0
    var content: [UInt8] = []
    /// For each measure of digests: rows by the parts that have the like, and places to mark.
    var masks: [[UInt32: Int]]
    var places: [[UInt32]]
    /// The same for each kind of group.
    var groupMasks: [[UInt32: Int]]
    var groupPlaces: [[UInt32]]
    /// Pairs of rows that are alike, by similarity found out.
    var near: [(row: Int, held: Int, similarity: Double)] = []
  }

  func matches(of batch: RowBatch) throws -> Matches {
    var reader = PublishedRowReader(settings)
    var scratch = ShingleIndex.Scratch()
    let measures = HeldOutRows.digestMeasures.count
    var matches = Matches(
      masks: Array(repeating: [:], count: measures), places: Array(repeating: [], count: measures),
      groupMasks: Array(repeating: [:], count: held.kinds.count),
      groupPlaces: Array(repeating: [], count: held.kinds.count))
    let parts = wantedParts
    let least = bound.value
    var number = batch.firstRow
    try batch.forEachRow(&reader) { row in
      matches.rows += 1
      matches.content += row.contentBytes
      matchDigests(of: row, in: parts, &matches)
      matchGroups(of: row, in: parts, &matches)
      index.forEachMatch(
        of: row.print.shingles, least: least, using: &scratch,
        where: { held.splits[firstHeld + $0] > split }
      ) { match in
        matches.near.append((number, firstHeld + match.row, match.similarity))
        bound.raise(to: match.similarity)
      }
      number += 1
    }
    return matches
  }

  /// The parts of the splits behind this one.
  private var wantedParts: UInt32 {
    held.parts.enumerated().reduce(0) { mask, part in
      part.element.split > split ? mask | 1 << UInt32(part.offset) : mask
    }
  }

  private func matchDigests(of row: PublishedRow, in parts: UInt32, _ matches: inout Matches) {
    for (measure, digest) in row.print.digests.enumerated() {
      guard let match = held.tables[measure].match(digest, in: parts) else { continue }
      matches.masks[measure][match.mask, default: 0] += 1
      matches.places[measure].append(match.place)
    }
  }

  private func matchGroups(of row: PublishedRow, in parts: UInt32, _ matches: inout Matches) {
    for (kind, name) in held.kinds.enumerated() {
      var mask: UInt32 = 0
      for group in row.groups where group.kind == name {
        guard let match = held.groupTables[kind].match(group.key, in: parts) else { continue }
        mask |= match.mask
        matches.groupPlaces[kind].append(match.place)
      }
      if mask != 0 { matches.groupMasks[kind][mask, default: 0] += 1 }
    }
  }
}

/// From which similarity on pairs are looked for: the highest one found so far, so that in the end
/// the highest of all is known, and never above the threshold.
///
/// When it is raised decides how much is compared, not what is found.
final class SharedBound: Sendable {
  private let bits: Atomic<UInt64>
  private let threshold: Double

  init(_ threshold: Double) {
    self.threshold = threshold
    bits = Atomic(min(threshold, LeakSettings.floor).bitPattern)
  }

  var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

  func raise(to similarity: Double) {
    // Positive numbers are in the order of their bits.
    bits.max(min(similarity, threshold).bitPattern, ordering: .relaxed)
  }
}
