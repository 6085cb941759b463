import Emitters
import Records
import Stages

extension DatasetStatistics {
  /// A part of a report for a person: a heading, then a table or lines.
  package struct Section: Sendable {
    package var title: String
    package var header: [String] = []
    package var rows: [[String]] = []
    package var lines: [String] = []
  }

  /// The report by source, in the order of the recipe's sources.
  package func sections(showsText: Bool) -> [Section] {
    sources.flatMap { $0.sections(showsText: showsText) }
  }
}

extension DatasetStatistics.Source {
  fileprivate typealias Section = DatasetStatistics.Section

  fileprivate func sections(showsText: Bool) -> [Section] {
    var sections = [
      Section(
        title: "\(name) (\(corpus))",
        lines: [
          "read \(account.read), measured \(records?.records ?? 0), kept \(account.written)"
        ] + account.reasons.map { "rejected \($0.count) as \($0.reason.rawValue)" })
    ]
    guard let records, records.records > 0 else { return sections }
    sections += records.fields.map { $0.section(of: name) }
    sections.append(
      Section(
        title: "\(name): flaws", header: ["flaw", "records"],
        rows: zip(FlawRegistry.all, records.flaws).map { [$0.name, String($1)] }))
    if !records.rejections.isEmpty {
      sections.append(
        Section(
          title: "\(name): what each threshold of the recipe would reject by itself",
          header: ["field", "key", "value", "records"],
          rows: records.rejections.map {
            [
              $0.threshold.field ?? "main fields", $0.threshold.key, $0.threshold.value,
              String($0.records),
            ]
          }))
    }
    sections.append(
      Section(
        title: "\(name): diversity",
        lines: records.answers.lines(showsText: showsText) + examples.lines))
    if let lengths { sections.append(lengths.section(of: name)) }
    return sections
  }
}

extension RecordStatistics.FieldStatistics {
  fileprivate func section(of source: String) -> DatasetStatistics.Section {
    var section = DatasetStatistics.Section(title: "\(source): \(field ?? "main fields")")
    section.header =
      ["measure", "records", "min"] + ValueHistogram.percentiles.map { "p\($0)" } + ["max"]
    var zeros: [String] = []
    for (measure, histogram) in zip(MeasureRegistry.all, measures) where histogram.count > 0 {
      guard histogram.maximum != 0 else {
        zeros.append(measure.name)
        continue
      }
      let values =
        [histogram.minimum].compactMap { $0 } + histogram.quantiles
        + [histogram.maximum].compactMap { $0 }
      section.rows.append(
        [measure.name, String(histogram.count)] + values.map { measure.text(of: $0) })
    }
    if !zeros.isEmpty { section.lines = ["0 in all records: \(zeros.joined(separator: ", "))"] }
    return section
  }
}

extension Manifest.Lengths.Distribution {
  fileprivate func section(of source: String) -> DatasetStatistics.Section {
    DatasetStatistics.Section(
      title: "\(source): tokens of an example, in the model's chat template",
      header: ["examples", "min"] + Self.percentiles.map { "p\($0)" } + ["max", "in all"],
      rows: [([rows, minimum] + ranks + [maximum, total]).map(String.init)])
  }
}

extension AnswerBalance {
  fileprivate func lines(showsText: Bool) -> [String] {
    var lines: [String] = []
    if !goldPositions.isEmpty {
      let positions = goldPositions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      lines.append("right option: \(positions.joined(separator: ", "))")
    }
    if let line = labels.line("labels", showsValues: showsText) { lines.append(line) }
    if let line = questionTypes.line("question types", showsValues: showsText) {
      lines.append(line)
    }
    return lines
  }
}

extension DiversityStatistics {
  fileprivate var lines: [String] {
    guard examples > 0 else { return ["no examples"] }
    var lines = ["examples: \(examples)"]
    lines += [
      tasks.line("tasks", showsValues: true), wordings.line("wordings", showsValues: false),
    ]
    .compactMap { $0 }
    if prompts.count > 0 {
      lines.append(
        "different prompts: \(prompts.text); numbers set apart: \(promptsButNumbers.text)")
      lines.append("different first two words of prompts: \(openings.text)")
    }
    lines.append("different targets: \(targets.text)")
    if targetWords > 0, targetPairs > 0 {
      let words = Double(distinctWords.count) / Double(targetWords)
      let pairs = Double(distinctPairs.count) / Double(targetPairs)
      lines.append(
        "different words of targets: \(Decimals.four(words)) of all; pairs of words: "
          + Decimals.four(pairs))
    }
    return lines
  }
}

extension ValueCounts {
  fileprivate func line(_ name: String, showsValues: Bool) -> String? {
    if isOpen { return "\(name): more than \(Self.limit) different" }
    guard !counts.isEmpty else { return nil }
    let values =
      showsValues ? ": " + ranked.map { "\($0.value) \($0.count)" }.joined(separator: ", ") : ""
    return "\(name): \(counts.count) different, entropy \(Decimals.four(entropy)) bits\(values)"
  }
}

extension DistinctCount {
  fileprivate var text: String { isExact ? String(count) : "about \(count)" }
}
