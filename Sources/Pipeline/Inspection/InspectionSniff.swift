import Formats

/// What the first bytes of an entry tell: its format, and the names that it uses.
package struct InspectionSniff: Sendable, Equatable {
  package var format: InspectionFormat
  /// The columns, keys or elements met.
  package var fields = InspectionFields()
  /// The columns of a table's header in order; empty where there is none.
  package var columns: [String] = []
  /// The records that the window shows whole; 0 where the format does not say what a record is.
  package var recordCount = 0
  /// The encoding of a text; nil for binary formats.
  package var encoding: String?

  /// How many of an entry's first bytes are looked at.
  package static let windowBytes = 64 << 10

  /// - Parameters:
  ///   - path: the entry's path, whose ending helps where content leaves a doubt.
  ///   - isWhole: whether the bytes are the whole entry.
  package init(_ bytes: [UInt8], path: String, isWhole: Bool) {
    guard !bytes.isEmpty else {
      format = .empty
      return
    }
    if let name = InspectionSignatures.binaryName(of: bytes) {
      format = .binary(name)
      return
    }
    let encoding = InspectionEncoding(of: bytes, isWhole: isWhole)
    guard let name = encoding.name else {
      format = .binary("")
      return
    }
    self.encoding = name
    format = .text(encoding: name)
    takeText(Self.narrowed(bytes, encoding), path: path.lowercased(), isWhole: isWhole)
  }

  /// What the footer of a Parquet file tells; nil when it cannot be read.
  package init?(parquet bytes: [UInt8]) {
    guard !bytes.isEmpty, let file = try? ParquetFile(bytes) else { return nil }
    format = .parquet
    columns = file.columns
    recordCount = file.rowCount
  }

  private mutating func takeText(_ bytes: [UInt8], path: String, isWhole: Bool) {
    if let name = InspectionSignatures.textName(of: bytes) {
      format = .named(name)
      return
    }
    switch bytes.first(where: { $0 > 0x20 }) {
    case UInt8(ascii: "<"):
      guard let xml = InspectionXML(bytes, isNamedXML: path.hasSuffix(".xml")) else { break }
      format = xml.isHTML ? .html : .xml(root: xml.root)
      fields = xml.fields
      return
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let isNamedLines = path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson")
      guard let json = InspectionJSON(bytes, isNamedLines: isNamedLines) else { break }
      format = json.format
      fields = json.fields
      recordCount = json.recordCount
      return
    default: break
    }
    // Annotations in columns are no table to map.
    guard InspectionEvidence.tellingEnding(of: path) == nil else { return }
    takeTable(bytes, path: path, isWhole: isWhole)
  }

  private mutating func takeTable(_ bytes: [UInt8], path: String, isWhole: Bool) {
    let isNamed = [".csv", ".tsv", ".tab", ".psv"].contains { path.hasSuffix($0) }
    guard let table = InspectionTable(bytes, isWhole: isWhole, isNamedTable: isNamed) else {
      return
    }
    format = .table(table.delimiter)
    columns = table.header
    fields = table.fields
    recordCount = table.recordCount
  }

  /// The bytes without their mark; of UTF-16 the low bytes, which is enough for names in ASCII.
  private static func narrowed(_ bytes: [UInt8], _ encoding: InspectionEncoding) -> [UInt8] {
    let text = bytes.dropFirst(encoding.markBytes)
    guard encoding.isWide else { return Array(text) }
    let low = encoding.name == "UTF-16LE" ? 0 : 1
    let places = stride(from: text.startIndex, to: text.endIndex - 1, by: 2)
    return places.map { text[$0 + 1 - low] == 0 ? text[$0 + low] : UInt8(ascii: "?") }
  }
}
