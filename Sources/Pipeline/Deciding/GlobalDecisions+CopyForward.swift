import Records
import Stages

extension GlobalDecisions {
  /// Mixes, and decides what records lose that an earlier one of their patient holds.
  ///
  /// Those with too little left go before the mix, so that they fill no caps; what the others lose is
  /// settled among those that stay after it, so that nothing is cut for a record that is not there.
  func cutCopiedPassages(
    _ keys: RecordKeys, _ firstRecords: [Int], _ fates: inout Fates
  ) throws -> [CopiedForwardCount] {
    guard let maker = plan.stages.passageUnits else {
      mix(keys, &fates)
      return []
    }
    let passages = CopiedPassages(
      maker.settings, of: units.map(\.passages), firstRecords: firstRecords,
      scratchPath: scratchPath, memoryBytes: options.memoryBytes / 2)
    let before = fates
    let first = try passages.search(named: "copied-passages") { before.isKept($0) }
    for record in first.emptied {
      fates.reject(record.record, .copiedForward, value: record.value)
    }
    mix(keys, &fates)
    fates.passageCuts = first.cuts
    if (0..<keys.count).contains(where: { before.isKept($0) && !fates.isKept($0) }) {
      let left = fates
      fates.passageCuts =
        try passages.search(named: "copied-passages-left") { left.isKept($0) }.cuts
    }
    return CopiedForwardCount.of(plan.sources, keys, fates)
  }
}
