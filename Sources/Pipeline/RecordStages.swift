import Recipes
import Records
import Stages

/// The stages of pass 1, in their fixed order: licence gate, cleaning, filters, fingerprint, benchmarks.
struct RecordStages: Sendable {
  let gate: LicenseGate
  let cleaner: Cleaner
  let filters: [RecordFilter]
  let duplicateSettings: DuplicateSettings?
  let fingerprinter: Fingerprinter?
  /// Nil without benchmarks, and until they are read.
  var decontaminator: Decontaminator?

  init(_ recipe: Recipe) {
    gate = LicenseGate(use: recipe.use, allowsUnknown: recipe.allowsUnknownLicense)
    cleaner = Cleaner(foldsSpaces: recipe.cleaning.foldsSpaces)
    filters = recipe.filters.map { filter in
      // Whether retracted articles stay is asked once, with the source's own filter.
      var filter = RecordFilter(filter)
      filter.keepsRetracted = true
      return filter
    }
    duplicateSettings = recipe.deduplication.map(DuplicateSettings.init)
    fingerprinter = duplicateSettings.map(Fingerprinter.init)
  }

  /// Takes a record through the gate, cleaning and the filters; returns why it goes, if it goes.
  func rejection(for record: inout Record, in source: PlannedSource) -> Rejection? {
    if let rejection = gate.rejection(of: record, isAccepted: source.acceptsTerms) {
      return rejection
    }
    cleaner.clean(&record)
    if let rejection = source.filter.rejection(of: record) { return rejection }
    for filter in filters {
      if let rejection = filter.rejection(of: record) { return rejection }
    }
    return nil
  }
}

extension DuplicateSettings {
  init(_ recipe: Recipe.Deduplication) {
    self.init(
      isExact: recipe.isExact, exactFields: recipe.exactFields,
      near: recipe.near.map {
        Near(
          threshold: $0.threshold, fields: $0.fields, shingleWords: $0.shingleWords,
          permutations: $0.permutations)
      }, keep: Keep(rawValue: recipe.keep.rawValue) ?? .longest)
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

extension RecordFilter {
  init(_ recipe: Recipe.Filter) {
    self.init(
      field: recipe.field, minimumWords: recipe.minimumWords, maximumWords: recipe.maximumWords,
      minimumCharacters: recipe.minimumCharacters, maximumCharacters: recipe.maximumCharacters,
      languages: recipe.languages, keepsRetracted: recipe.keepsRetracted,
      minimumYear: recipe.minimumYear, maximumYear: recipe.maximumYear,
      includedTags: recipe.includedTags, excludedTags: recipe.excludedTags)
  }
}
