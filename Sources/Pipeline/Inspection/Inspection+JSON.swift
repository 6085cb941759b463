import Formats
import Records

extension Inspection {
  /// Inspections as one JSON object; the keys are part of what scripts may rely on.
  package static func json(of inspections: [Inspection]) -> String {
    var writer = JSONWriter(layout: .pretty)
    writer.beginObject()
    writer.key("version")
    writer.number(1)
    writer.list("inputs", inspections) { writer, inspection in inspection.write(to: &writer) }
    writer.endObject()
    return writer.text
  }

  private func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("path", path)
    writer.member("files", fileCount)
    writer.member("bytes", byteCount)
    writer.counts("containers", containers)
    writer.member("entries", entryCount)
    writer.member("expanded_bytes", expandedBytes)
    writer.list("entry_names", entryNames) { $0.string($1) }
    writer.counts("skipped", skipped)
    writer.list("formats", formats) { writer, group in group.write(to: &writer) }
    writer.list("corpora", readings) { writer, reading in reading.write(to: &writer) }
    writer.list("licenses", licenses) { writer, file in
      writer.beginObject()
      writer.member("path", file.path)
      writer.key("inside")
      writer.bool(file.isInside)
      writer.list("ids", file.licenses) { $0.string($1.rawValue) }
      writer.endObject()
    }
    writer.list("problems", problems) { writer, problem in writer.value(problem) }
    writer.member("omitted_problems", omittedProblems)
    writer.list("warnings", warnings) { writer, warning in writer.value(warning) }
    writer.endObject()
  }
}

extension Inspection.FormatGroup {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("format", format.label)
    writer.member("entries", entryCount)
    writer.member("bytes", byteCount)
    if !encoding.isEmpty { writer.member("encoding", encoding) }
    writer.list("columns", columns) { $0.string($1) }
    writer.fields("fields", fields)
    writer.key("corpus")
    if let evidence { writer.string(evidence.corpus) } else { writer.null() }
    writer.endObject()
  }
}

extension InspectionReading {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("corpus", facts.name)
    writer.member("shape", shape.rawValue)
    writer.member("entries", entries)
    writer.member("unaccepted_entries", unacceptedEntries)
    writer.member("foreign_entries", foreignEntries)
    writer.member("records", records)
    writer.counts("rejections", rejections)
    writer.member("withdrawals", withdrawals)
    writer.key("declared_license")
    if let license = facts.license { writer.string(license.rawValue) } else { writer.null() }
    writer.counts("licenses", licenses)
    writer.counts("languages", languages)
    writer.counts("groups", groups)
    writer.pairs("mapped_fields", mapping?.fields ?? [])
    writer.pairs("options", evidence.options)
    writer.member("sampled_records", sampledRecords)
    writer.fields("fields", fields)
    writer.fields("tags", tags)
    writer.counts("tasks", tasks)
    if !sample.isEmpty {
      writer.pairs("sample", sample.map { InspectionMapping.Pair($0.field, $0.text) })
    }
    writer.endObject()
  }
}

extension JSONWriter {
  fileprivate mutating func member(_ name: String, _ text: String) {
    key(name)
    string(text)
  }

  fileprivate mutating func member(_ name: String, _ value: Int) {
    key(name)
    number(value)
  }

  fileprivate mutating func list<Element>(
    _ name: String, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }

  fileprivate mutating func counts(_ name: String, _ tally: InspectionTally) {
    key(name)
    beginObject()
    for line in tally.byCount { member(line.name, line.count) }
    endObject()
  }

  fileprivate mutating func pairs(_ name: String, _ pairs: [InspectionMapping.Pair]) {
    key(name)
    beginObject()
    for pair in pairs { member(pair.target, pair.column) }
    endObject()
  }

  fileprivate mutating func fields(_ name: String, _ fields: InspectionFields) {
    list(name, fields.all) { writer, field in
      writer.beginObject()
      writer.member("name", field.name)
      writer.member("filled", field.filled)
      writer.member("of", field.count)
      writer.endObject()
    }
  }

  fileprivate mutating func value(_ diagnostic: Diagnostic) {
    beginObject()
    member("severity", diagnostic.severity.rawValue)
    member("position", diagnostic.position.description)
    member("message", diagnostic.message)
    if let hint = diagnostic.hint { member("hint", hint) }
    endObject()
  }
}
