import Records

/// A record taken apart for its measures and flaws, as much of it as is asked for.
package struct RecordMeasurement {
  private let record: Record
  private let field: String?
  private var main: MeasuredText?
  private var answer: MeasuredText?

  /// - Parameter field: The field that is measured; the measures' own when nil, or when the record's
  ///   shape has no such field.
  package init(_ record: Record, field: String? = nil) {
    self.record = record
    self.field = field.flatMap { record.content.text(of: $0) == nil ? nil : $0 }
  }

  /// The value of a measure; nil where it says nothing about the record.
  package mutating func value(of measure: Measure) -> Double? {
    let text = main ?? measured(field.map { [$0] } ?? record.content.mainFields)
    main = text
    return measure.value(of: text)
  }

  /// What was found of a flaw; nil for a record without it.
  package mutating func finding(of flaw: Flaw) -> String? {
    let text = answer ?? measured(field.map { [$0] } ?? record.content.answerFields)
    answer = text
    return flaw.finding(in: record, answer: text)
  }

  private func measured(_ fields: [String]) -> MeasuredText {
    let texts = fields.compactMap { record.content.text(of: $0) }.filter { !$0.isEmpty }
    return MeasuredText(
      texts.joined(separator: "\n\n"), language: record.language.map(LanguageCode.primary))
  }
}

extension Content {
  /// The fields of what is learnt to be written, or of the text itself where nothing is asked.
  package var answerFields: [String] {
    switch self {
    case .article(let article): article.body.isEmpty ? ["abstract"] : ["body"]
    case .note, .labelledText, .annotatedText: ["text"]
    case .dialogue(let dialogue): dialogue.target.isEmpty ? ["dialogue"] : ["note"]
    case .questionAnswer(let item): item.longAnswer.isEmpty ? ["answer"] : ["long_answer"]
    case .multipleChoice: ["explanation"]
    case .textPair: ["second"]
    case .pairedText: ["target_text"]
    case .instruction: ["answer"]
    case .retrieval: ["passage"]
    case .timeline, .sequence: []
    }
  }
}
