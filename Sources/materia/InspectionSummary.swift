import Pipeline
import Records

/// An inspection as aligned text.
struct InspectionSummary {
  private let inspection: Inspection
  private var lines: [String] = []

  /// The fields that are listed of a format; a wide table has more.
  private static let maximumFields = 40
  private static let maximumFormats = 20

  init(_ inspection: Inspection) {
    self.inspection = inspection
    addHead()
    addFormats()
    for reading in inspection.readings { add(reading) }
    addLicenses()
  }

  var text: String { lines.joined(separator: "\n") }

  // MARK: Files and entries

  private mutating func addHead() {
    lines.append(inspection.path)
    let containers = inspection.containers.byCount.map { line in
      inspection.fileCount == 1 ? line.name : "\(Text.grouped(line.count)) × \(line.name)"
    }
    add("container", containers.joined(separator: ", "))
    add("size", Text.bytes(inspection.byteCount))
    add(
      "entries",
      "\(Text.grouped(inspection.entryCount)), \(Text.bytes(inspection.expandedBytes)) decompressed"
    )
    for name in inspection.entryNames { lines.append("    \(name)") }
    let more = inspection.entryCount - inspection.entryNames.count
    if more > 0, !inspection.entryNames.isEmpty {
      lines.append("    … and \(Text.grouped(more)) more")
    }
    if !inspection.skipped.isEmpty { add("left out", Self.counts(inspection.skipped)) }
  }

  // MARK: Formats

  private mutating func addFormats() {
    for group in inspection.formats.prefix(Self.maximumFormats) {
      add("format", "\(Text.grouped(group.entryCount)) × \(group.label)")
      let unmapped = group.evidence.flatMap { $0.isMapped && $0.mapping == nil ? $0.corpus : nil }
      if let corpus = unmapped ?? group.mappableCorpus {
        add("  guess", "none: corpus \(corpus) needs 'shape:' and 'fields:' in the recipe")
      }
      addFields(group.fields, indent: 4)
    }
    let more = inspection.formats.count - Self.maximumFormats
    if more > 0 { add("format", "… and \(Text.grouped(more)) more") }
  }

  private mutating func addFields(_ fields: InspectionFields, indent: Int) {
    let shown = fields.all.prefix(Self.maximumFields)
    guard !shown.isEmpty else { return }
    let names = shown.map(\.name)
    let width = names.map(\.unicodeScalars.count).max() ?? 0
    let blanks = String(repeating: " ", count: indent)
    for field in shown {
      let padding = String(repeating: " ", count: width - field.name.unicodeScalars.count)
      lines.append(blanks + field.name + padding + "  " + Self.share(field))
    }
    let more = fields.all.count - shown.count + fields.omitted
    if more > 0 { lines.append("\(blanks)… and \(Text.grouped(more)) more") }
  }

  /// ` 97 % of 1,000`, or nothing where no value was whole.
  private static func share(_ field: InspectionFields.Field) -> String {
    guard field.count > 0 else { return "" }
    let percent = "\(field.percent)"
    let padding = String(repeating: " ", count: max(0, 3 - percent.utf8.count))
    return "\(padding)\(percent) % of \(Text.grouped(field.count))"
  }

  // MARK: Corpora

  private mutating func add(_ reading: InspectionReading) {
    let name = reading.facts.name
    add("corpus", "\(name): \(reading.facts.title)")
    add(
      "  records", "\(Text.grouped(reading.records)) from \(Text.grouped(reading.entries)) entries")
    if !reading.rejections.isEmpty { add("  rejected", Self.counts(reading.rejections)) }
    if reading.withdrawals > 0 { add("  withdrawn", Text.grouped(reading.withdrawals)) }
    if reading.unacceptedEntries > 0 {
      add(
        "  not read",
        "\(Text.grouped(reading.unacceptedEntries)) entries, whose names the reader does not take")
    }
    if reading.foreignEntries > 0 {
      add(
        "  not of it",
        "\(Text.grouped(reading.foreignEntries)) entries; leave them out with 'members:'")
    }
    if let mapping = reading.mapping {
      let pairs = mapping.fields.map { "\($0.target) ← \($0.column)" }
      add("  guess", "\(mapping.shape.rawValue): \(pairs.joined(separator: ", "))")
    }
    if !reading.languages.isEmpty { add("  languages", Self.counts(reading.languages)) }
    if !reading.groups.isEmpty { add("  groups", Self.counts(reading.groups)) }
    if !reading.licenses.isEmpty { add("  licenses", Self.counts(reading.licenses)) }
    if !reading.tasks.isEmpty { add("  tasks", Self.counts(reading.tasks)) }
    addFields(reading.fields, indent: 4)
    addFields(reading.tags, indent: 4)
    for (field, text) in reading.sample { lines.append("    \(field): \(Self.printable(text))") }
  }

  // MARK: Licences

  private mutating func addLicenses() {
    for file in inspection.licenses {
      let ids = file.licenses.map(\.rawValue).joined(separator: ", ")
      let place = file.isInside ? file.path : "\(file.path) beside it"
      add("license", "\(ids.isEmpty ? "not recognised" : ids) (\(place))")
    }
    for facts in inspection.readings.map(\.facts) {
      add(
        "license",
        facts.license.map { "\($0.rawValue) (declared by \(facts.name))" }
          ?? "none declared by \(facts.name)")
    }
  }

  // MARK: Lines

  private mutating func add(_ label: String, _ text: String) {
    let padding = String(repeating: " ", count: max(1, 12 - label.utf8.count))
    lines.append("  \(label)\(padding)\(text)")
  }

  /// `empty-answer 31,034, no-abstract 2`.
  private static func counts(_ tally: InspectionTally) -> String {
    tally.byCount.map { "\($0.name) \(Text.grouped($0.count))" }.joined(separator: ", ")
  }

  /// Text on one line, with nothing that could steer a terminal.
  private static func printable(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control
      line.append(isControl ? " " : scalar)
    }
    return String(line)
  }
}
