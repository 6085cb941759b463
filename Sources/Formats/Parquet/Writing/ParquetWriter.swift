/// Writes rows of JSON as a Parquet file, a row group at a time.
///
/// Pages are of version 1 with checksums, values in PLAIN or by a dictionary, levels in RLE; the same
/// rows give the same bytes. No more than a row group is held, packed but for one page of each column.
///
/// Format: github.com/apache/parquet-format, version 2.11.
package final class ParquetWriter {
  /// How pages are packed.
  package enum Compression: String, Sendable, CaseIterable {
    case zstd
    case snappy
    case none

    fileprivate var codec: ParquetCodec {
      switch self {
      case .zstd: .zstd
      case .snappy: .snappy
      case .none: .none
      }
    }
  }

  /// What stands in the footer beside the schema.
  package struct Notes: Sendable {
    /// Who wrote the file, as `NAME version NUMBER`.
    package var writer: String
    package var entries: [(key: String, value: String)]

    package init(writer: String, entries: [(key: String, value: String)] = []) {
      self.writer = writer
      self.entries = entries
    }
  }

  private let fields: [ParquetWriterField]
  private let nodes: [ParquetWriterNode]
  private let columns: [ParquetColumnWriter]
  private let codec: ParquetCodec
  private let notes: Notes
  /// The bytes that were not taken yet, and how many were.
  private var pending = Array("PAR1".utf8)
  private var taken = 0
  private var groups: [ParquetWrittenGroup] = []
  private var groupRows = 0

  /// The most unpacked bytes of a row group, about: what a reader has to hold.
  private static let groupBytes = 32 << 20

  package init(_ fields: [ParquetWriterField], _ compression: Compression, _ notes: Notes) {
    self.fields = fields
    nodes = fields.map { ParquetWriterNode($0) }
    columns = nodes.flatMap(\.columns)
    codec = compression.codec
    self.notes = notes
  }

  /// Appends a row.
  ///
  /// - Precondition: it is an object whose members are columns and of their kinds; one that is not
  ///   there is null.
  package func append(_ row: JSONNode) {
    precondition(row.kind == .object, "a row is an object")
    ParquetWriterNode.append(row, to: nodes, repetition: 0)
    groupRows += 1
    for column in columns where column.isPageFull { column.closePage(codec) }
    // Adding up on every row would cost more than writing short ones.
    guard groupRows.isMultiple(of: 16) else { return }
    if columns.reduce(0, { $0 + $1.byteCount }) >= Self.groupBytes { closeGroup() }
  }

  /// The bytes that are due.
  package func take() -> [UInt8] {
    var bytes: [UInt8] = []
    swap(&bytes, &pending)
    taken += bytes.count
    return bytes
  }

  /// The last bytes: those that are due, the last row group and the footer.
  package func finish() -> [UInt8] {
    if groupRows > 0 { closeGroup() }
    let footer = ParquetFooterWriter(fields: fields, groups: groups, notes: notes).bytes
    pending += footer
    pending.appendLittleEndian(UInt32(footer.count))
    pending += Array("PAR1".utf8)
    return take()
  }

  private func closeGroup() {
    let chunks = columns.map { $0.closeChunk(codec, into: &pending, at: taken) }
    groups.append(ParquetWrittenGroup(rowCount: groupRows, chunks: chunks))
    groupRows = 0
  }
}
