import Records
import Stages

/// What `materia stats` measures of every record, before any filter.
struct RecordSurvey: Sendable {
  /// The fields that are measured each for itself, beside the main fields.
  var fields: [String] = []

  /// A bound or flaw that a filter of the recipe asks for.
  struct Threshold: Sendable {
    /// The filter's field; nil for the main fields.
    var field: String?
    /// As the recipe writes it: `max_html`, or `reject`.
    var key: String
    /// The limit, or the flaw's name.
    var value: String
    fileprivate var isMet: @Sendable (inout RecordMeasurement) -> Bool
  }

  /// The thresholds of a source: those of its own filter, then those of the stages.
  static func thresholds(of source: PlannedSource, _ stages: RecordStages) -> [Threshold] {
    ([source.filter] + stages.filters).flatMap { filter in
      filter.allBounds.flatMap { thresholds(of: $0, filter.field) }
        + filter.flaws.map { flaw in
          Threshold(field: filter.field, key: "reject", value: flaw.name) {
            $0.finding(of: flaw) == nil
          }
        }
    }
  }

  private static func thresholds(of bound: MeasureBound, _ field: String?) -> [Threshold] {
    let (measure, least, most) = (bound.measure, bound.least, bound.most)
    func threshold(
      _ key: String, _ limit: Double?, _ suits: @escaping @Sendable (Double) -> Bool
    ) -> [Threshold] {
      guard let limit else { return [] }
      return [
        Threshold(field: field, key: "\(key)_\(measure.name)", value: measure.text(of: limit)) {
          $0.value(of: measure).map(suits) ?? true
        }
      ]
    }
    return threshold("min", least) { $0 >= least ?? 0 } + threshold("max", most) { $0 <= most ?? 0 }
  }
}

/// What was measured of the records of a source.
struct RecordStatistics: Sendable {
  private let survey: RecordSurvey
  private let thresholds: [RecordSurvey.Threshold]
  private(set) var records = 0
  /// The measures of the main fields, then those of each field that was named.
  private(set) var fields: [FieldStatistics]
  /// The records with each flaw, in the order of the registry.
  private(set) var flaws = [Int](repeating: 0, count: FlawRegistry.all.count)
  /// The records that each threshold would reject if it were the only one.
  private(set) var failures: [Int]
  private(set) var answers = AnswerBalance()

  /// A field's measures.
  struct FieldStatistics: Sendable {
    /// The field; nil for the main fields together.
    var field: String?
    /// In the order of the registry.
    var measures = MeasureRegistry.all.map { ValueHistogram(of: $0.unit) }
  }

  init(_ survey: RecordSurvey, thresholds: [RecordSurvey.Threshold]) {
    self.survey = survey
    self.thresholds = thresholds
    fields = [FieldStatistics()] + survey.fields.map { FieldStatistics(field: $0) }
    failures = [Int](repeating: 0, count: thresholds.count)
  }

  /// The thresholds with the records that each would reject.
  var rejections: [(threshold: RecordSurvey.Threshold, records: Int)] {
    Array(zip(thresholds, failures))
  }

  mutating func take(_ record: Record) {
    records += 1
    answers.take(record.content)
    for place in fields.indices {
      let field = fields[place].field
      if let field, record.content.text(of: field) == nil { continue }
      var measurement = RecordMeasurement(record, field: field)
      for (number, measure) in MeasureRegistry.all.enumerated() {
        guard let value = measurement.value(of: measure) else { continue }
        fields[place].measures[number].add(value)
      }
    }
    var measurement = RecordMeasurement(record)
    for (place, flaw) in FlawRegistry.all.enumerated()
    where measurement.finding(of: flaw) != nil { flaws[place] += 1 }
    takeThresholds(of: record)
  }

  private mutating func takeThresholds(of record: Record) {
    var field: String?
    var measurement = RecordMeasurement(record)
    for (place, threshold) in thresholds.enumerated() {
      if threshold.field != field {
        field = threshold.field
        measurement = RecordMeasurement(record, field: field)
      }
      if !threshold.isMet(&measurement) { failures[place] += 1 }
    }
  }

  static func += (statistics: inout RecordStatistics, other: RecordStatistics) {
    statistics.records += other.records
    for (place, field) in other.fields.enumerated() {
      for (number, histogram) in field.measures.enumerated() {
        statistics.fields[place].measures[number] += histogram
      }
    }
    for (place, count) in other.flaws.enumerated() { statistics.flaws[place] += count }
    for (place, count) in other.failures.enumerated() { statistics.failures[place] += count }
    statistics.answers += other.answers
  }
}
