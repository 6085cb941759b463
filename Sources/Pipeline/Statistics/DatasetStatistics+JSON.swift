import Emitters
import Formats
import Records
import Stages

extension DatasetStatistics {
  /// The numbers as one JSON object; names of labels only with `showsText`.
  package func json(showsText: Bool) -> String {
    var json = JSONWriter(layout: .pretty)
    json.beginObject()
    json.key("version")
    json.number(1)
    json.key("name")
    json.string(name)
    if let limit {
      json.key("limit")
      json.number(limit)
    }
    json.key("sources")
    json.beginArray()
    for source in sources { source.write(into: &json, showsText: showsText) }
    json.endArray()
    json.endObject()
    return json.text
  }
}

extension DatasetStatistics.Source {
  fileprivate func write(into json: inout JSONWriter, showsText: Bool) {
    json.beginObject()
    json.key("name")
    json.string(name)
    json.key("corpus")
    json.string(corpus)
    json.count("read", account.read)
    json.count("measured", records?.records ?? 0)
    json.counts("rejected", account.reasons.map { ($0.reason.rawValue, $0.count) })
    json.count("kept", account.written)
    if let records {
      json.key("fields")
      json.beginArray()
      for field in records.fields { field.write(into: &json) }
      json.endArray()
      json.counts("flaws", zip(FlawRegistry.all, records.flaws).map { ($0.name, $1) })
      records.writeThresholds(into: &json)
      records.answers.write(into: &json, showsText: showsText)
    }
    examples.write(into: &json)
    if let lengths {
      json.key("tokens")
      lengths.write(into: &json)
    }
    json.endObject()
  }
}

extension RecordStatistics.FieldStatistics {
  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    json.key("field")
    json.string(field ?? "main fields")
    json.key("measures")
    json.beginArray()
    for (measure, histogram) in zip(MeasureRegistry.all, measures) where histogram.count > 0 {
      json.beginObject()
      json.key("name")
      json.string(measure.name)
      json.count("records", histogram.count)
      func number(_ name: String, _ value: Double?) {
        guard let value else { return }
        json.key(name)
        json.number(text: measure.text(of: value))
      }
      number("min", histogram.minimum)
      for (percent, value) in zip(ValueHistogram.percentiles, histogram.quantiles) {
        number("p\(percent)", value)
      }
      number("max", histogram.maximum)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }
}

extension RecordStatistics {
  fileprivate func writeThresholds(into json: inout JSONWriter) {
    json.key("thresholds")
    json.beginArray()
    for (threshold, count) in rejections {
      json.beginObject()
      json.key("field")
      json.string(threshold.field ?? "main fields")
      json.key("key")
      json.string(threshold.key)
      json.key("value")
      json.string(threshold.value)
      json.count("rejects", count)
      json.endObject()
    }
    json.endArray()
  }
}

extension AnswerBalance {
  fileprivate func write(into json: inout JSONWriter, showsText: Bool) {
    json.counts(
      "gold_positions", goldPositions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    json.spread("labels", labels, showsValues: showsText)
    json.spread("question_types", questionTypes, showsValues: showsText)
  }
}

extension DiversityStatistics {
  fileprivate func write(into json: inout JSONWriter) {
    json.key("examples")
    json.beginObject()
    json.count("count", examples)
    json.spread("tasks", tasks, showsValues: true)
    json.spread("wordings", wordings, showsValues: true)
    json.distinct("distinct_prompts", prompts)
    json.distinct("distinct_prompts_but_numbers", promptsButNumbers)
    json.distinct("distinct_first_two_words", openings)
    json.distinct("distinct_targets", targets)
    json.ratio("target_distinct_1", distinctWords, of: targetWords)
    json.ratio("target_distinct_2", distinctPairs, of: targetPairs)
    json.endObject()
  }
}

extension JSONWriter {
  fileprivate mutating func count(_ name: String, _ value: Int) {
    key(name)
    number(value)
  }

  fileprivate mutating func counts(_ name: String, _ counts: [(String, Int)]) {
    key(name)
    beginObject()
    for (name, value) in counts { count(name, value) }
    endObject()
  }

  /// How many different values there are, and how evenly they are spread.
  fileprivate mutating func spread(_ name: String, _ values: ValueCounts, showsValues: Bool) {
    key(name)
    beginObject()
    if values.isOpen {
      key("more_than")
      number(ValueCounts.limit)
    } else {
      count("distinct", values.counts.count)
      key("entropy_bits")
      number(text: Decimals.four(values.entropy))
      if showsValues { counts("counts", values.ranked) }
    }
    endObject()
  }

  fileprivate mutating func distinct(_ name: String, _ value: DistinctCount) {
    key(name)
    beginObject()
    count("count", value.count)
    key("exact")
    bool(value.isExact)
    endObject()
  }

  fileprivate mutating func ratio(_ name: String, _ distinct: DistinctCount, of total: Int) {
    key(name)
    guard total > 0 else { return null() }
    number(text: Decimals.four(Double(distinct.count) / Double(total)))
  }
}
