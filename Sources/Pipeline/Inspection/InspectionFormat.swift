/// What an entry is, judged by its first bytes.
package enum InspectionFormat: Sendable, Hashable {
  case empty
  /// XML, by the name of its root element.
  case xml(root: String)
  case html
  /// One JSON object that is one record.
  case jsonObject
  /// One JSON object whose values are the records: PubMedQA's object by PMID.
  case jsonByKey
  case jsonArray
  case jsonLines
  case table(InspectionTable.Delimiter)
  /// A Parquet file whose footer names its columns.
  case parquet
  /// A text format that is known by its first line: FASTA, VCF, HL7 v2.
  case named(String)
  /// Plain text in an encoding: `UTF-8`, or a guess such as `windows-1252`.
  case text(encoding: String)
  /// Bytes that are no text, by their format's name, or empty when it is not known.
  case binary(String)

  /// The format as reports show it: `XML <Document>`, `CSV`, `plain text (UTF-8)`.
  package var label: String {
    switch self {
    case .empty: "empty"
    case .xml(let root): "XML <\(root)>"
    case .html: "HTML"
    case .jsonObject: "JSON object"
    case .jsonByKey: "JSON object by key"
    case .jsonArray: "JSON array"
    case .jsonLines: "JSON lines"
    case .table(let delimiter): delimiter.label
    case .parquet: "Parquet"
    case .named(let name): name
    case .text(let encoding): "plain text (\(encoding))"
    case .binary(let name): name.isEmpty ? "binary" : name
    }
  }

  /// Whether the format holds fields that a mapped reader can be pointed at.
  var isMappable: Bool {
    switch self {
    case .jsonArray, .jsonByKey, .jsonObject, .jsonLines, .table, .parquet: true
    default: false
    }
  }
}
