import Formats
import Records

/// Which records stay: by length, language, year, tags, quality, and whether they were retracted.
///
/// A record is rejected by the first thing that does not suit, in this order: retraction, language,
/// year, tags, length, the measures and the flaws in the order of their registries.
package struct RecordFilter: Sendable {
  /// The field whose length counts; the main fields together when nil, or when a record's shape
  /// has no such field.
  package var field: String?
  package var minimumWords: Int?
  package var maximumWords: Int?
  /// Lengths in characters are counted in code points.
  package var minimumCharacters: Int?
  package var maximumCharacters: Int?
  /// The languages that stay; all when empty.
  ///
  /// The language of a record that has none is guessed from its text; a record whose language
  /// cannot be told does not stay.
  package var languages: [String]
  package var keepsRetracted: Bool
  /// The years of publication that stay.
  ///
  /// They are asked of articles, and of other records that have a `year` tag.
  package var minimumYear: Int?
  package var maximumYear: Int?
  /// For every name that occurs here, a record must have one of its values.
  package var includedTags: [Tag]
  /// A record must have none of these.
  package var excludedTags: [Tag]
  /// What must hold of the measures, in the order of `MeasureRegistry`.
  package var bounds: [MeasureBound]
  /// What a record must not have, in the order of `FlawRegistry`.
  package var flaws: [Flaw]
  /// Whether records go that give a question another answer than others do; decided on all records.
  package var rejectsConflicts: Bool

  package init(
    field: String? = nil, minimumWords: Int? = nil, maximumWords: Int? = nil,
    minimumCharacters: Int? = nil, maximumCharacters: Int? = nil, languages: [String] = [],
    keepsRetracted: Bool = false, minimumYear: Int? = nil, maximumYear: Int? = nil,
    includedTags: [Tag] = [], excludedTags: [Tag] = [], bounds: [MeasureBound] = [],
    flaws: [Flaw] = [], rejectsConflicts: Bool = false
  ) {
    self.field = field
    self.minimumWords = minimumWords
    self.maximumWords = maximumWords
    self.minimumCharacters = minimumCharacters
    self.maximumCharacters = maximumCharacters
    self.languages = languages.map(LanguageCode.primary)
    self.keepsRetracted = keepsRetracted
    self.minimumYear = minimumYear
    self.maximumYear = maximumYear
    self.includedTags = includedTags
    self.excludedTags = excludedTags
    self.bounds = bounds
    self.flaws = flaws
    self.rejectsConflicts = rejectsConflicts
  }

  /// All bounds, those of the length among them, in the order in which they are asked.
  package var allBounds: [MeasureBound] {
    let lengths = [
      ("words", minimumWords, maximumWords), ("chars", minimumCharacters, maximumCharacters),
    ].compactMap { name, least, most -> MeasureBound? in
      guard least != nil || most != nil else { return nil }
      return MeasureRegistry.measure(named: name).map {
        MeasureBound(measure: $0, least: least.map(Double.init), most: most.map(Double.init))
      }
    }
    return lengths + bounds
  }

  /// The rejection of a record that does not stay, with what was measured; nil for one that does.
  package func rejection(of record: Record) -> Rejection? {
    guard let finding = finding(on: record) else { return nil }
    return Rejection(
      id: record.id, reason: finding.reason, stage: "filter", value: finding.value,
      provenance: record.provenance)
  }

  private typealias Finding = (reason: Rejection.Reason, value: String?)

  private func finding(on record: Record) -> Finding? {
    if !keepsRetracted, case .article(let article) = record.content, article.isRetracted {
      return (.retracted, nil)
    }
    return languageFinding(on: record) ?? yearFinding(on: record) ?? tagFinding(on: record)
      ?? wordFinding(on: record.content) ?? characterFinding(on: record.content)
      ?? qualityFinding(on: record)
  }

  private func qualityFinding(on record: Record) -> Finding? {
    guard !bounds.isEmpty || !flaws.isEmpty else { return nil }
    var measurement = RecordMeasurement(record, field: field)
    for bound in bounds {
      guard let value = measurement.value(of: bound.measure),
        let reason = bound.reason(against: value)
      else { continue }
      return (reason, "\(bound.measure.name) \(bound.measure.text(of: value))")
    }
    for flaw in flaws {
      if let found = measurement.finding(of: flaw) { return (flaw.reason, found) }
    }
    return nil
  }

  private func languageFinding(on record: Record) -> Finding? {
    guard !languages.isEmpty else { return nil }
    let language =
      record.language
      ?? LanguageGuess.language(of: texts(of: record.content).joined(separator: "\n"))
    guard let language else { return (.otherLanguage, "unknown") }
    return languages.contains(LanguageCode.primary(language)) ? nil : (.otherLanguage, language)
  }

  private func yearFinding(on record: Record) -> Finding? {
    guard minimumYear != nil || maximumYear != nil else { return nil }
    var year = record.tag("year").flatMap(Int.init)
    if case .article(let article) = record.content {
      guard let known = article.year ?? year else { return (.filteredOut, "no year") }
      year = known
    }
    guard let year else { return nil }
    let years = (minimumYear ?? .min)...max(minimumYear ?? .min, maximumYear ?? .max)
    return years.contains(year) ? nil : (.filteredOut, "year \(year)")
  }

  private func tagFinding(on record: Record) -> Finding? {
    if let tag = excludedTags.first(where: { record.has($0) }) {
      return (.filteredOut, "\(tag.name): \(tag.value)")
    }
    let missing = includedTags.first { tag in
      !includedTags.contains { $0.name == tag.name && record.has($0) }
    }
    return missing.map { (.filteredOut, "no such \($0.name)") }
  }

  private func wordFinding(on content: Content) -> Finding? {
    guard minimumWords != nil || maximumWords != nil else { return nil }
    let count = texts(of: content).reduce(0) { $0 + WordCount.words(in: $1) }
    let value = count == 1 ? "1 word" : "\(count) words"
    if let minimumWords, count < minimumWords { return (.tooShort, value) }
    if let maximumWords, count > maximumWords { return (.tooLong, value) }
    return nil
  }

  private func characterFinding(on content: Content) -> Finding? {
    guard minimumCharacters != nil || maximumCharacters != nil else { return nil }
    let count = texts(of: content).reduce(0) { $0 + $1.unicodeScalars.count }
    let value = count == 1 ? "1 character" : "\(count) characters"
    if let minimumCharacters, count < minimumCharacters { return (.tooShort, value) }
    if let maximumCharacters, count > maximumCharacters { return (.tooLong, value) }
    return nil
  }

  private func texts(of content: Content) -> [String] {
    if let field, let text = content.text(of: field) { return [text] }
    return content.mainFields.compactMap { content.text(of: $0) }
  }
}

extension Record {
  /// Whether the record has a tag, or a field of that name with that value: `category` of a note.
  fileprivate func has(_ tag: Tag) -> Bool {
    tags.contains(tag) || content.text(of: tag.name) == tag.value
  }
}
