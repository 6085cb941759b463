import Recipes
import Records
import Stages

extension GlobalDecisions {
  /// Applies the recipe's caps, weights, shares and total.
  func mix(_ keys: RecordKeys, _ fates: inout Fates) {
    let balance = MixBalance(plan)
    guard !plan.recipe.mix.isEmpty || balance.isActive else { return }
    var selector = MixSelector(rules: plan.sources.map(rule), seed: plan.recipe.seed)
    let strata = strata(keys)
    for record in 0..<keys.count where fates.isKept(record) {
      selector.count(
        mixID(of: record, keys, fates), ofSource: Int(keys.keys[record].source),
        stratum: strata.isEmpty ? 0 : strata[record])
    }
    selector.settle()
    for record in 0..<keys.count where fates.isKept(record) {
      let decision = selector.decision(
        on: mixID(of: record, keys, fates), ofSource: Int(keys.keys[record].source),
        stratum: strata.isEmpty ? 0 : strata[record],
        in: Split(rank: fates.splits[record]) ?? .train)
      switch decision {
      case .emitted(let copies): fates.copies[record] = UInt8(clamping: copies)
      case .rejected(let reason): fates.reject(record, reason)
      }
    }
    if balance.isActive { apply(balance, selector, keys, &fates) }
  }

  private func rule(of source: PlannedSource) -> MixRule {
    let rule = plan.recipe.mix[source.name]
    return MixRule(
      maximumExamples: rule?.maximumExamples, weight: rule?.weight ?? 1,
      strata: source.stratum == nil ? nil : rule?.isEven == false ? .proportional : .even)
  }

  /// The stratum of every record; empty when no cap is spread.
  private func strata(_ keys: RecordKeys) -> [UInt64] {
    guard !keys.capStrata.isEmpty else { return [] }
    var strata = [UInt64](repeating: 0, count: keys.count)
    for mark in keys.capStrata { strata[mark.record] = mark.stratum }
    return strata
  }

  /// Takes of every source as many training examples as shares and total allow: the records that draw
  /// the lowest numbers, so that another source decides how many are taken and never which.
  private func apply(
    _ balance: MixBalance, _ selector: MixSelector, _ keys: RecordKeys, _ fates: inout Fates
  ) {
    var training: [[(rank: UInt64, record: Int)]] = plan.sources.map { _ in [] }
    var sizes = [Int](repeating: 0, count: plan.sources.count)
    // An example for each task; that a task does not fit a record is known only when it is rendered.
    let examplesOfACopy = plan.sources.map { max(1, plan.tasks[$0.name]?.count ?? 1) }
    for record in 0..<keys.count
    where fates.isKept(record) && Split(rank: fates.splits[record]) == .train {
      let source = Int(keys.keys[record].source)
      training[source].append((selector.rank(of: mixID(of: record, keys, fates)), record))
      sizes[source] += Int(fates.copies[record]) * examplesOfACopy[source]
    }
    let quotas = balance.quotas(of: sizes)
    for source in plan.sources.indices where quotas[source] < sizes[source] {
      let reason: Rejection.Reason =
        balance.shares[source] == nil ? .overMixTotal : .overMixShare
      var taken = 0
      for entry in training[source].sorted(by: { $0 < $1 }) {
        taken += Int(fates.copies[entry.record]) * examplesOfACopy[source]
        if taken > quotas[source] { fates.reject(entry.record, reason) }
      }
    }
  }
}

extension MixBalance {
  /// What a recipe asks for, by the number of the source.
  init(_ plan: BuildPlan) {
    self.init(
      shares: plan.sources.map { plan.recipe.mix[$0.name]?.share },
      total: plan.recipe.total?.maximumExamples, exponent: plan.recipe.total?.sizeExponent ?? 1)
  }
}
