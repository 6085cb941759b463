import Records

/// The least and the most that a measure may be.
package struct MeasureBound: Sendable {
  package var measure: Measure
  package var least: Double?
  package var most: Double?

  package init(measure: Measure, least: Double? = nil, most: Double? = nil) {
    self.measure = measure
    self.least = least
    self.most = most
  }

  /// Why a record with that value goes; nil when it stays.
  package func reason(against value: Double) -> Rejection.Reason? {
    if let least, value < least { return measure.low ?? .filteredOut }
    if let most, value > most { return measure.high ?? .filteredOut }
    return nil
  }
}

extension [MeasureBound] {
  /// The thresholds of a published filter, for what the recipe does not bound itself.
  ///
  /// `gopher`: the quality and repetition rules of Rae et al. 2021 (appendix A, table A1). Words are
  /// cut here as length filters do, an n-gram that occurs once is no repetition, and n-grams
  /// are shares of the characters in words.
  package static func profile(named name: String) -> [MeasureBound]? {
    guard name == "gopher" else { return nil }
    let bounds: [(String, least: Double?, most: Double?)] = [
      ("words", 50, 100_000), ("mean_word", 3, 10), ("letter_words", 0.8, nil),
      ("hashes", nil, 0.1), ("ellipses", nil, 0.1), ("bullet_lines", nil, 0.9),
      ("ellipsis_lines", nil, 0.3), ("stop_words", 2, nil), ("repeated_lines", nil, 0.3),
      ("repeated_line_chars", nil, 0.2), ("repeated_paragraphs", nil, 0.3),
      ("repeated_paragraph_chars", nil, 0.2), ("top_2grams", nil, 0.2), ("top_3grams", nil, 0.18),
      ("top_4grams", nil, 0.16), ("repeated_5grams", nil, 0.15), ("repeated_6grams", nil, 0.14),
      ("repeated_7grams", nil, 0.13), ("repeated_8grams", nil, 0.12),
      ("repeated_9grams", nil, 0.11), ("repeated_10grams", nil, 0.1),
    ]
    return bounds.compactMap { name, least, most in
      MeasureRegistry.measure(named: name).map {
        MeasureBound(measure: $0, least: least, most: most)
      }
    }
  }
}
