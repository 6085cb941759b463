import Records
import Stages

/// The middle of a build: what becomes of every record, decided on keys only.
///
/// In this order: versions and withdrawals, copies, groups joined with the clusters of copies, split,
/// mix. Texts are never read here.
struct GlobalDecisions {
  let plan: BuildPlan
  let units: [UnitReading]
  let options: BuildOptions
  let scratchPath: String

  /// The decisions, and the clusters of copies they rest on.
  struct Outcome: Sendable {
    var fates: Fates
    var clusters: [DuplicateCluster]
    /// The number of the first record of each unit.
    var firstRecords: [Int]
  }

  func outcome() throws -> Outcome {
    var keys = RecordKeys()
    var firstRecords: [Int] = []
    for unit in units {
      firstRecords.append(keys.count)
      keys.append(unit.keys)
    }
    var fates = Fates(count: keys.count)
    IdentityResolution.apply(keys, to: &fates)
    let clusters = try removeCopies(firstRecords, &fates)
    try split(keys, clusters, &fates)
    mix(keys, &fates)
    return Outcome(fates: fates, clusters: clusters, firstRecords: firstRecords)
  }

  private func removeCopies(
    _ firstRecords: [Int], _ fates: inout Fates
  ) throws -> [DuplicateCluster] {
    guard let settings = plan.stages.duplicateSettings else { return [] }
    let finder = try DuplicateFinder(
      settings: settings, workFolder: scratchPath, memoryBytes: options.memoryBytes / 2)
    for (unit, first) in zip(units, firstRecords) {
      try unit.fingerprints?.forEachPart { part, offset in
        try finder.add(part, ordinalBase: first + offset)
      }
    }
    let before = fates
    let clusters = try finder.clusters { !before.isKept($0) }
    for cluster in clusters {
      for copy in cluster.copies {
        let reason: Rejection.Reason = copy.kind == .exact ? .exactDuplicate : .nearDuplicate
        fates.reject(copy.ordinal, reason, value: Decimals.four(copy.similarity))
      }
    }
    return clusters
  }

  /// Splits the records by the components that groups and clusters of copies join them to.
  private func split(
    _ keys: RecordKeys, _ clusters: [DuplicateCluster], _ fates: inout Fates
  ) throws {
    let components = plan.recipe.split.isByGroup ? joined(keys, clusters) : nil
    let assigner = plan.splitAssigner
    fates.assignSplits(keys, components: components, by: assigner, honouringOfficial: plan.recipe.split.honoursOfficial)
  }

  /// The components of records that share a group or a text; a copy that goes still joins its groups.
  private func joined(_ keys: RecordKeys, _ clusters: [DuplicateCluster]) -> UnionFind {
    var sets = UnionFind(count: keys.count)
    for cluster in clusters {
      for copy in cluster.copies { sets.join(cluster.kept, copy.ordinal) }
    }
    var byGroup: [(group: Hash128, record: Int)] = []
    byGroup.reserveCapacity(keys.groups.count)
    for record in 0..<keys.count {
      for group in keys.groups(of: record) { byGroup.append((group, record)) }
    }
    byGroup.sort { $0 < $1 }
    for (one, next) in zip(byGroup, byGroup.dropFirst()) where one.group == next.group {
      sets.join(one.record, next.record)
    }
    return sets
  }
}
