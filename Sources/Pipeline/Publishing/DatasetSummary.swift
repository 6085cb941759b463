import Emitters
import Recipes
import Records
import Stages

/// The counts of a build: both passes' ledgers added up, the splits, the sources.
struct DatasetSummary: Sendable {
  var ledger = Ledger()
  var splits: [Split: Manifest.SplitCounts] = [:]
  var sources: [Manifest.Source] = []
  /// The sources that lost more to copies than they may.
  var duplicateLosses: [DuplicateLoss] = []
  var references: [Manifest.Deduplication.Reference] = []
  var copiedForward: [CopiedForwardCount] = []
  var shares: Manifest.Shares?
  /// How long the rows are; nil without 'training'.
  var lengths: Manifest.Lengths?
  var benchmarks: [Manifest.Benchmark] = []
  var warnings: [Diagnostic] = []
  /// The sources that gave nothing, not even a rejection, and why.
  var silentSources: [Diagnostic] = []
  /// What the report shows with its text.
  var samples: [ExampleSample.Member]
  /// Whether every licence in the dataset lets it be passed on, and together with the others.
  var isRedistributable: Bool
  var licenseConflicts: [Manifest.LicenseConflict] = []
  /// The works that must be named.
  var attributions: Attributions

  init(
    plan: BuildPlan, units: [UnitReading], decided: GlobalDecisions.Outcome, dataset: DatasetWriter
  ) {
    samples = dataset.sample.drawn
    attributions = dataset.attributions
    isRedistributable = plan.isRedistributable(dataset.tallies)
    duplicateLosses = decided.losses
    references = decided.referenceCounts(plan)
    copiedForward = decided.copiedForward
    warnings += decided.losses.map { $0.diagnostic(.warning) }
    benchmarks = decided.benchmarkCounts(plan.stages.decontaminator?.benchmarks ?? [])
    shares = decided.shares.manifest
    if let warning = decided.shares.warning { warnings.append(warning) }
    lengths = plan.fitting.map {
      dataset.lengths.manifest(of: $0, context: plan.recipe.training?.contextTokens)
    }
    for source in plan.sources {
      let tally = dataset.tallies[source.name] ?? SourceTally()
      let ofSource = units.filter { $0.source == source.number }
      var account = ofSource.reduce(into: Ledger.Account()) { $0 += $1.account }
      account += dataset.ledger[source.name]
      ledger[source.name] = account
      if let silence = source.silence(in: ofSource) { silentSources.append(silence) }
      take(source, tally, account.written, plan)
      if let warning = plan.patientWarning(of: source, tally, records: account.written) {
        warnings.append(warning)
      }
      var described = Manifest.Source(
        name: source.name, corpus: source.facts.name,
        licenses: tally.licenses, languages: tally.languages, tasks: tally.tasks,
        inputs: ofSource.flatMap(\.inputs).map {
          Manifest.Input(
            path: source.shown($0.path), sha256: $0.sha256, bytes: $0.byteCount)
        },
        skipped: (source.skipped + ofSource.flatMap(\.skipped)).map {
          Manifest.Skipped(entry: source.shown(entry: $0.entry), reason: $0.reason)
        }, account: account)
      described.exampleLicenses = tally.exampleLicenses
      described.offeredLicense = source.licensing.offered
      described.acceptedTerms = source.licensing.accepted
      sources.append(described)
    }
    for (place, split) in Split.allCases.enumerated() {
      splits[split] = Manifest.SplitCounts(
        records: dataset.records[place], examples: dataset.examples[place],
        groups: dataset.groupCounts[place])
    }
    addShares(MixBalance(plan))
  }
}

extension BuildPlan {
  /// That records stand in splits without regard to their patient, where the recipe says how to tell
  /// it; nil where every record has one.
  fileprivate func patientWarning(
    of source: PlannedSource, _ tally: SourceTally, records: Int
  ) -> Diagnostic? {
    guard
      let pattern = recipe.sources.first(where: { $0.name.text == source.name })?
        .options["patient"], tally.recordsWithPatient < records
    else { return nil }
    return Diagnostic(
      "source '\(source.name)': '\(pattern)' tells the patient of \(tally.recordsWithPatient) of "
        + "\(records) records; the others may stand in another split than their patient",
      severity: .warning,
      hint: "the pattern is held against an entry's path, as 'materia inspect' shows it")
  }
}

extension GlobalDecisions.Outcome {
  /// The benchmarks with the records that are like their items.
  fileprivate func benchmarkCounts(
    _ benchmarks: [ContaminationIndex.Benchmark]
  ) -> [Manifest.Benchmark] {
    var counts = benchmarks.map {
      Manifest.Benchmark(
        name: $0.name, sha256: $0.sha256, items: $0.items, hits: 0, removed: 0)
    }
    for mark in contaminated {
      let isRemoved = fates.reason(of: mark.record) == .contaminated
      for place in Set(mark.hits.map(\.benchmark)) {
        counts[place].hits += 1
        counts[place].removed += isRemoved ? 1 : 0
      }
    }
    return counts
  }
}

extension GlobalDecisions.Outcome {
  /// The reference sets with the records that went as copies of theirs.
  fileprivate func referenceCounts(_ plan: BuildPlan) -> [Manifest.Deduplication.Reference] {
    guard let counts = plan.referencePrints?.counts else { return [] }
    var end = fates.count
    return zip(plan.references, counts).map { reference, count in
      let range = end..<end + count
      end += count
      return Manifest.Deduplication.Reference(
        name: reference.name, sha256: reference.sha256, records: count,
        removed: copies.clusters.reduce(0) {
          $0 + (range.contains($1.kept) ? $1.copies.count : 0)
        })
    }
  }
}

extension DatasetSummary {
  /// Notes what each source makes up of the training examples, when that was asked for.
  private mutating func addShares(_ balance: MixBalance) {
    guard balance.isActive else { return }
    let total = sources.reduce(0) { $0 + $1.account.trainingExamples }
    for (place, share) in balance.shares.enumerated() {
      let written = sources[place].account.trainingExamples
      sources[place].mix = Manifest.MixShare(
        requested: share, achieved: total == 0 ? 0 : Double(written) / Double(total))
      if let warning = sources[place].shareWarning { warnings.append(warning) }
    }
  }

  var examples: Int { splits.values.reduce(0) { $0 + $1.examples } }

  /// What is wrong with a dataset without examples, which would replace a good one.
  var emptiness: Diagnostic {
    let total = ledger.total
    let reasons = total.reasons.map { "\($0.count) \($0.reason.rawValue)" }
    let silence = silentSources.map(\.message)
    return Diagnostic(
      "no record became an example (\(total.read) read"
        + (reasons.isEmpty ? "" : ": \(reasons.joined(separator: ", "))")
        + "); nothing is published",
      hint: silence.isEmpty
        ? "'materia preview' shows what becomes of the first records"
        : silence.joined(separator: "; "))
  }
}

extension PlannedSource {
  /// That the source gave nothing, not even a rejection, and why; nil where it did.
  ///
  /// - Parameter units: what pass 1 made of the source.
  func silence(in units: [UnitReading]) -> Diagnostic? {
    guard units.allSatisfy({ $0.account.read == 0 }) else { return nil }
    let strangers = units.flatMap(\.skipped).count { $0.reason == UnitReading.notOfCorpus }
    let why =
      strangers == 0
      ? ""
      : "; \(strangers) entries are by their names not of '\(facts.name)', "
        + "which reads \(facts.forms)"
    return Diagnostic(
      "source '\(name)' holds no records\(why)", severity: .warning,
      hint: "'materia inspect' shows what is in a file")
  }
}

extension Manifest.Source {
  /// That the source makes up another share of the training examples than was asked for; nil when it
  /// does not.
  fileprivate var shareWarning: Diagnostic? {
    guard let mix, let requested = mix.requested, abs(mix.achieved - requested) > 0.01 else {
      return nil
    }
    return Diagnostic(
      "source '\(name)' makes up \(Decimals.four(mix.achieved)) of the training examples, and the "
        + "recipe asks for \(Decimals.four(requested))", severity: .warning,
      hint: mix.achieved < requested
        ? "it has no more, and no record is repeated to reach a share: lower the share, or cap the "
          + "other sources with 'max_examples'"
        : "the others have no more: raise the share, or cap this source with 'max_examples'")
  }
}
