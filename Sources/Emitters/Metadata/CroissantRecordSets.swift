import Formats
import Records

/// The record sets of a dialect: one for each file that Croissant can read rows of.
struct CroissantRecordSets {
  private let configuration: DatasetDescription.Configuration

  init(_ configuration: DatasetDescription.Configuration) { self.configuration = configuration }

  func write(into json: inout JSONWriter) {
    guard configuration.features.allSatisfy(\.isFlat),
      configuration.format == .jsonl || configuration.format == .parquet
    else { return }
    for file in configuration.files where !file.isCompressed { write(file, into: &json) }
  }

  private func write(_ file: DatasetDescription.File, into json: inout JSONWriter) {
    let suffix = configuration.format.suffix
    let id = file.path.hasSuffix(suffix) ? String(file.path.dropLast(suffix.count)) : file.path
    json.beginObject()
    json.member("@type", "cr:RecordSet")
    json.member("@id", id)
    json.member("name", id)
    json.member("description", "\(file.rows) rows of split \(file.split.rawValue)")
    json.members("field", configuration.features) {
      write($1, of: file, as: "\(id)/\($1.name)", into: &$0)
    }
    json.endObject()
  }

  private func write(
    _ feature: Feature, of file: DatasetDescription.File, as id: String, into json: inout JSONWriter
  ) {
    json.beginObject()
    json.member("@type", "cr:Field")
    json.member("@id", id)
    json.member("name", feature.name)
    switch feature.kind {
    case .objects(let members):
      json.member("isArray", true)
      json.member("arrayShape", "-1")
      json.members("subField", members) {
        writeMember($1, of: feature, file, as: "\(id)/\($1.name)", into: &$0)
      }
    default:
      json.member("dataType", feature.kind == .number ? "sc:Integer" : "sc:Text")
      writeSource(of: file, column: feature.name, member: nil, into: &json)
    }
    json.endObject()
  }

  private func writeMember(
    _ member: Feature, of column: Feature, _ file: DatasetDescription.File, as id: String,
    into json: inout JSONWriter
  ) {
    json.beginObject()
    json.member("@type", "cr:Field")
    json.member("@id", id)
    json.member("name", member.name)
    json.member("dataType", member.kind == .number ? "sc:Integer" : "sc:Text")
    writeSource(of: file, column: column.name, member: member.name, into: &json)
    json.endObject()
  }

  private func writeSource(
    of file: DatasetDescription.File, column: String, member: String?, into json: inout JSONWriter
  ) {
    json.key("source")
    json.beginObject()
    json.key("fileObject")
    json.beginObject()
    json.member("@id", file.objectID)
    json.endObject()
    json.key("extract")
    json.beginObject()
    json.member("column", column)
    json.endObject()
    if let member {
      json.key("transform")
      json.beginObject()
      json.member("jsonPath", member)
      json.endObject()
    }
    json.endObject()
  }
}

extension Feature {
  /// Whether the column holds scalars, or a list of objects of scalars.
  fileprivate var isFlat: Bool {
    switch kind {
    case .text, .number: true
    case .objects(let members): members.allSatisfy { $0.kind == .text || $0.kind == .number }
    case .texts, .textPairs, .object: false
    }
  }
}
