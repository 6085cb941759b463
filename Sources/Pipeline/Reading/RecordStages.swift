import Emitters
import Recipes
import Records
import Stages

/// The stages of pass 1, in their fixed order: licence gate, cleaning, de-identification, filters,
/// fingerprint, benchmarks.
struct RecordStages: Sendable {
  let gate: LicenseGate
  let cleaner: Cleaner
  let chatTokens: ChatTokenGuard
  let filters: [RecordFilter]
  let duplicateSettings: DuplicateSettings?
  let fingerprinter: Fingerprinter?
  /// Makes the units that later records of a patient may repeat; nil unless the recipe asks for it.
  let passageUnits: PassageUnitMaker?
  /// What the split is stratified by.
  let stratum: String?
  var deidentifier: RecordDeidentifier?
  /// What is known of patients from tables and other sources; empty until they are read.
  var patients = KnownPatients()
  /// Nil without benchmarks, and until they are read.
  var decontaminator: Decontaminator?
  /// What is measured of records before the filters; nil unless that is asked for.
  var survey: RecordSurvey?

  init(_ recipe: Recipe) {
    gate = LicenseGate(
      use: recipe.use, allowsUnknown: recipe.allowsUnknownLicense,
      providerDialects: recipe.emissions.map(\.dialect.text).filter { name in
        DialectRegistry.all.contains { $0.facts.name == name && $0.facts.isSentToProvider }
      })
    cleaner = Cleaner(foldsSpaces: recipe.cleaning.foldsSpaces)
    chatTokens = ChatTokenGuard(recipe.cleaning.chatTokens)
    filters = recipe.filters.map { filter in
      // Whether retracted articles stay is asked once, with the source's own filter.
      var filter = RecordFilter(filter)
      filter.keepsRetracted = true
      return filter
    }
    duplicateSettings = recipe.deduplication.map(DuplicateSettings.init)
    fingerprinter = duplicateSettings.map(Fingerprinter.init)
    passageUnits = recipe.deduplication?.within.map {
      PassageUnitMaker(CopyForwardSettings($0))
    }
    stratum = recipe.split.stratum?.text
  }

  /// Takes a record through the gate, cleaning and de-identification; says why it goes, if it goes.
  ///
  /// - Parameter tokens: Counts the special tokens of chat templates that are met.
  func admission(
    of record: inout Record, in source: PlannedSource, tokens: inout [String: Int]
  ) -> RecordDeidentifier.Outcome {
    var outcome = RecordDeidentifier.Outcome()
    if !source.namesWorks { record.works = [] }
    // What a row says of its licence does not release it from the agreement that its source is under.
    if let agreed = source.licensing.agreements { record.licenses = record.licenses.union(agreed) }
    outcome.rejection =
      gate.rejection(of: record, accepted: source.licensing.accepted)
      ?? cleanRejection(of: &record, &tokens)
    guard outcome.rejection == nil, let deidentifier else { return outcome }
    return deidentifier.apply(to: &record, known: patients.identifiers(of: record))
  }

  /// Takes a record through the filters; returns why it goes, if it goes.
  func rejection(of record: Record, in source: PlannedSource) -> Rejection? {
    for filter in [source.filter] + filters {
      if let rejection = filter.rejection(of: record) { return rejection }
    }
    return nil
  }
}

extension RecordStages {
  /// Whether a source's records must not contradict others.
  func rejectsConflicts(in source: PlannedSource) -> Bool {
    source.filter.rejectsConflicts || filters.contains(where: \.rejectsConflicts)
  }

  /// Cleans a record's texts, and breaks the special tokens in them; returns why it goes, if it goes.
  func cleanRejection(of record: inout Record, _ tokens: inout [String: Int]) -> Rejection? {
    var found: [String: Int] = [:]
    record.content.forEachText { text in
      cleaner.clean(&text)
      chatTokens.take(&text, &found)
    }
    tokens.merge(found, uniquingKeysWith: +)
    return chatTokens.rejection(of: record, with: found)
  }
}

extension ChatTokenGuard {
  init(_ policy: Recipe.Cleaning.ChatTokenPolicy) {
    self.init(policy: Policy(rawValue: policy.rawValue) ?? .neutralise)
  }
}

extension DuplicateSettings {
  init(_ recipe: Recipe.Deduplication) {
    self.init(
      isExact: recipe.isExact, exactFields: recipe.exactFields.map(\.text),
      near: recipe.near.map {
        Near(
          threshold: $0.threshold, fields: $0.fields.map(\.text), shingleWords: $0.shingleWords,
          permutations: $0.permutations, recall: $0.recall)
      }, keep: Keep(rawValue: recipe.keep.rawValue) ?? .longest,
      cluster: Cluster(rawValue: recipe.cluster.rawValue) ?? .star)
  }
}

extension CopyForwardSettings {
  init(_ recipe: Recipe.Deduplication.Within) {
    self.init(
      group: GroupKey.Kind(rawValue: recipe.group.rawValue) ?? .patient,
      unit: recipe.unit == .sentence
        ? .sentence(minimumWords: recipe.minimumWords) : .words(length: recipe.length),
      minimumLeft: recipe.minimumLeft)
  }
}

extension ContaminationSettings {
  init(_ recipe: Recipe.Decontamination) {
    self.init(
      ngramWords: recipe.ngramWords, ngramCharacters: recipe.ngramCharacters,
      overlap: recipe.overlap, targetWords: recipe.targetWords,
      targetCharacters: recipe.targetCharacters)
  }
}
