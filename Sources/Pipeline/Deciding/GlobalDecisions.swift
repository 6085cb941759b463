import Recipes
import Records
import Stages

/// The middle of a build: what becomes of every record, decided on keys only.
///
/// In this order: versions and withdrawals, conflicting answers, copies, groups joined with the clusters
/// of copies, split, items of benchmarks, what was copied forward, mix. Texts are never read here.
struct GlobalDecisions {
  let plan: BuildPlan
  let units: [UnitReading]
  let options: BuildOptions
  let scratchPath: String
  /// A hash of each source's name: ids are unique within their source only.
  private let sourceSalts: [UInt64]

  init(plan: BuildPlan, units: [UnitReading], options: BuildOptions, scratchPath: String) {
    self.plan = plan
    self.units = units
    self.options = options
    self.scratchPath = scratchPath
    sourceSalts = plan.sources.map { StableHash.of(seed: 0, purpose: "source", $0.name) }
  }

  /// The decisions, and the copies they rest on.
  struct Outcome: Sendable {
    var fates: Fates
    var copies: DuplicateFinder.Copies
    /// What each source lost that was copied forward; empty unless that is cut.
    var copiedForward: [CopiedForwardCount]
    /// The sources that lose more to copies than they may.
    var losses: [DuplicateLoss]
    /// The records that are like items of benchmarks, those left out before set apart.
    var contaminated: [RecordKeys.Contaminated]
    /// The number of the first record of each unit.
    var firstRecords: [Int]
    /// The number of each record's component, of its groups and copies; empty unless exemplars, which
    /// must be of another one, are wanted.
    var components: [UInt32]
    /// The shares of the splits.
    var shares: SplitShares
  }

  func outcome() throws -> Outcome {
    var keys = RecordKeys()
    var firstRecords: [Int] = []
    for unit in units {
      firstRecords.append(keys.count)
      keys.append(unit.keys)
    }
    // The first records of a trial may lack what others have.
    if options.limit == nil { try keys.requireStrata(of: plan) }
    var fates = Fates(count: keys.count)
    IdentityResolution.apply(keys, to: &fates)
    AnswerConflicts.apply(keys, to: &fates)
    let copies = try removeCopies(firstRecords, &fates)
    let losses = losses(keys, copies, fates)
    var groups: UnionFind?
    if plan.recipe.split.isByGroup || plan.wantsExemplars { groups = joined(keys, copies) }
    split(keys, groups, &fates)
    let drawn = SplitShares(keys, fates, plan.recipe.split)
    let contaminated = removeContaminated(keys, &fates)
    let copiedForward = try cutCopiedPassages(keys, firstRecords, &fates)
    if plan.stages.deidentifier != nil {
      fates.placeholders = PlaceholderNumbers(
        keys, isKept: fates.isKept, wantsGroups: plan.sources.contains { $0.pseudonyms != nil })
    }
    return Outcome(
      fates: fates, copies: copies, copiedForward: copiedForward, losses: losses,
      contaminated: contaminated,
      firstRecords: firstRecords,
      components: plan.wantsExemplars ? Self.components(of: groups) : [], shares: drawn)
  }

  private func removeCopies(
    _ firstRecords: [Int], _ fates: inout Fates
  ) throws -> DuplicateFinder.Copies {
    guard let settings = plan.stages.duplicateSettings else { return DuplicateFinder.Copies() }
    let finder = try DuplicateFinder(
      settings: settings, workFolder: scratchPath, memoryBytes: options.memoryBytes / 2)
    for (unit, first) in zip(units, firstRecords) {
      try unit.fingerprints?.forEachPart { part, offset in
        try finder.add(part, ordinalBase: first + offset)
      }
    }
    try plan.referencePrints?.spill.forEachPart { part, offset in
      try finder.add(part, ordinalBase: fates.count + offset)
    }
    let before = fates
    let copies = try finder.copies { !before.isKept($0) }
    for cluster in copies.clusters {
      for copy in cluster.copies {
        let reason: Rejection.Reason = copy.kind == .exact ? .exactDuplicate : .nearDuplicate
        fates.reject(copy.ordinal, reason, value: Decimals.four(copy.similarity))
      }
    }
    return copies
  }

  /// The sources that lose more to copies than the recipe lets pass.
  private func losses(
    _ keys: RecordKeys, _ copies: DuplicateFinder.Copies, _ fates: Fates
  ) -> [DuplicateLoss] {
    guard let maximum = plan.recipe.deduplication?.maximumLoss, !copies.clusters.isEmpty else {
      return []
    }
    var lost = [Int](repeating: 0, count: plan.sources.count)
    for copy in copies.clusters.lazy.flatMap(\.copies) {
      lost[Int(keys.keys[copy.ordinal].source)] += 1
    }
    var compared = lost
    for record in 0..<keys.count where fates.isKept(record) {
      compared[Int(keys.keys[record].source)] += 1
    }
    return plan.sources.enumerated().compactMap { place, source in
      DuplicateLoss(
        source: source.name, lost: lost[place], compared: compared[place], maximum: maximum)
    }
  }

  /// Splits the records by the components that groups and clusters of copies join them to.
  private func split(_ keys: RecordKeys, _ groups: UnionFind?, _ fates: inout Fates) {
    let rule = plan.recipe.split
    let assigner = SplitAssigner(
      seed: plan.recipe.seed, train: rule.train, validation: rule.validation, test: rule.test,
      honoursOfficial: rule.honoursOfficial,
      folds: rule.folds.map { SplitAssigner.Folds(count: $0, test: rule.fold) },
      tolerance: rule.balancedTolerance)
    let components = (rule.isByGroup ? groups : nil) ?? UnionFind(count: keys.count)
    let before = fates
    assigner.assign(
      in: components,
      key: { record in
        guard before.isKept(record) else { return nil }
        let id = uniqueID(of: record, keys)
        return rule.isByGroup
          ? SplitAssigner.splitKey(groups: keys.groups(of: record), id: id) : id
      }, official: { Split(rank: keys.keys[$0].officialSplit) },
      stratum: { keys.strata.isEmpty ? .none : keys.strata[$0] }
    ) { record, assignment in
      switch assignment {
      case .drawn(let split): fates.splits[record] = split.rank
      case .official(let split):
        fates.splits[record] = split.rank
        fates.hasOfficialSplit[record] = true
      case .conflict(let own, let component):
        fates.reject(
          record, .officialSplitConflict,
          value: "published in \(own.rawValue), belongs to \(component.rawValue)")
      }
    }
  }

  /// Lets records of train and validation go that are items of benchmarks; returns all such records
  /// that have come so far, those of the test split among them.
  ///
  /// A test split is not trained on: it may hold a benchmark, or be one.
  private func removeContaminated(
    _ keys: RecordKeys, _ fates: inout Fates
  ) -> [RecordKeys.Contaminated] {
    guard let benchmarks = plan.stages.decontaminator?.benchmarks else { return [] }
    let contaminated = keys.contaminated.filter { fates.isKept($0.record) }
    for mark in contaminated where Split(rank: fates.splits[mark.record]) != .test {
      guard let hit = mark.strongest else { continue }
      fates.reject(
        mark.record, .contaminated,
        value: "\(benchmarks[hit.benchmark].name)#\(hit.item) \(hit.rule.rawValue) "
          + Decimals.four(hit.score))
    }
    return contaminated
  }

  private static func components(of groups: UnionFind?) -> [UInt32] {
    guard var groups else { return [] }
    return (0..<groups.count).map { UInt32(groups.find($0)) }
  }

  /// The digest that tells a record from all others of the build, those of other sources included.
  func uniqueID(of record: Int, _ keys: RecordKeys) -> Digest128 {
    let key = keys.keys[record]
    return Digest128(high: key.id.high ^ sourceSalts[Int(key.source)], low: key.id.low)
  }

  /// The digest that chance draws by: records that merely share an id are drawn one by one.
  func mixID(of record: Int, _ keys: RecordKeys, _ fates: Fates) -> Digest128 {
    let id = uniqueID(of: record, keys)
    guard let number = fates.idNumbers[record] else { return id }
    return Digest128(high: id.high, low: id.low &+ UInt64(number))
  }

  /// The components of records that share a group or a text; a copy that goes still joins its groups.
  private func joined(_ keys: RecordKeys, _ copies: DuplicateFinder.Copies) -> UnionFind {
    var sets = UnionFind(count: keys.count)
    // A copy of a reference goes, and what it was copied from is not written.
    for cluster in copies.clusters where cluster.kept < keys.count {
      for copy in cluster.copies { sets.join(cluster.kept, copy.ordinal) }
    }
    for link in copies.links { sets.join(link.first, link.second) }
    var byGroup: [(group: Digest128, record: Int)] = []
    byGroup.reserveCapacity(keys.groups.count)
    for record in 0..<keys.count {
      for group in keys.groups(of: record) { byGroup.append((group, record)) }
    }
    byGroup.sort { $0.group == $1.group ? $0.record < $1.record : $0.group < $1.group }
    for (one, next) in zip(byGroup, byGroup.dropFirst()) where one.group == next.group {
      sets.join(one.record, next.record)
    }
    return sets
  }
}
