/// What the footer says of a column chunk that was written.
struct ParquetChunk {
  var path: [String]
  var type: Int
  var codec: Int
  var encodings: [Int] = []
  var valueCount = 0
  var nullCount = 0
  var unpackedBytes = 0
  var packedBytes = 0
  var dataOffset = 0
  var dictionaryOffset: Int?
  var bounds: (least: [UInt8], greatest: [UInt8])?

  /// Where its first page begins.
  var start: Int { dictionaryOffset ?? dataOffset }
}

/// A row group that was written.
struct ParquetWrittenGroup {
  var rowCount: Int
  var chunks: [ParquetChunk]
}

/// Writes the footer of a Parquet file; what `ParquetMetadata` reads, and what other readers want.
struct ParquetFooterWriter {
  let fields: [ParquetWriterField]
  let groups: [ParquetWrittenGroup]
  let notes: ParquetWriter.Notes

  private static let formatVersion = 1

  var bytes: [UInt8] {
    ThriftWriter.bytes { footer in
      footer.field(1, int32: Self.formatVersion)
      footer.field(2, structures: elements) { $1.write(into: &$0) }
      footer.field(3, int64: groups.reduce(0) { $0 + $1.rowCount })
      footer.field(4, structures: Array(groups.enumerated())) {
        Self.write($1.element, $1.offset, into: &$0)
      }
      if !notes.entries.isEmpty {
        footer.field(5, structures: notes.entries) { entry, note in
          entry.field(1, text: note.key)
          entry.field(2, text: note.value)
        }
      }
      footer.field(6, text: notes.writer)
      // Bounds count only where the order is said to be that of the type, for every column.
      let columns = elements.filter { $0.type != nil }
      footer.field(7, structures: columns) { order, _ in order.field(1) { _ in } }
    }
  }

  // MARK: The schema

  private var elements: [ParquetSchemaElement] {
    [ParquetSchemaElement(name: "schema", repetition: nil, children: fields.count)]
      + fields.flatMap(ParquetSchemaElement.elements)
  }

  // MARK: Row groups

  private static func write(
    _ group: ParquetWrittenGroup, _ number: Int, into thrift: inout ThriftWriter
  ) {
    thrift.field(1, structures: group.chunks) { write($1, into: &$0) }
    thrift.field(2, int64: group.chunks.reduce(0) { $0 + $1.unpackedBytes })
    thrift.field(3, int64: group.rowCount)
    thrift.field(5, int64: group.chunks.first?.start ?? 0)
    thrift.field(6, int64: group.chunks.reduce(0) { $0 + $1.packedBytes })
    // A number of 16 bits, without which readers count for themselves.
    if number <= Int(Int16.max) { thrift.field(7, int16: number) }
  }

  private static func write(_ chunk: ParquetChunk, into thrift: inout ThriftWriter) {
    thrift.field(2, int64: 0)
    thrift.field(3) { metadata in
      metadata.field(1, int32: chunk.type)
      metadata.field(2, integers: chunk.encodings)
      metadata.field(3, texts: chunk.path)
      metadata.field(4, int32: chunk.codec)
      metadata.field(5, int64: chunk.valueCount)
      metadata.field(6, int64: chunk.unpackedBytes)
      metadata.field(7, int64: chunk.packedBytes)
      metadata.field(9, int64: chunk.dataOffset)
      if let offset = chunk.dictionaryOffset { metadata.field(11, int64: offset) }
      metadata.field(12) { statistics in
        statistics.field(3, int64: chunk.nullCount)
        guard let bounds = chunk.bounds else { return }
        statistics.field(5, bytes: bounds.greatest)
        statistics.field(6, bytes: bounds.least)
      }
    }
  }
}

/// An element of the flattened schema.
private struct ParquetSchemaElement {
  var name: String
  var type: Int?
  /// 1 optional, 2 repeated; nil for the root.
  var repetition: Int?
  var children: Int?
  var annotation: Annotation?

  init(
    name: String, type: Int? = nil, repetition: Int? = 1, children: Int? = nil,
    annotation: Annotation? = nil
  ) {
    self.name = name
    self.type = type
    self.repetition = repetition
    self.children = children
    self.annotation = annotation
  }

  /// What an element means, by the numbers of the old annotation and of the new one.
  enum Annotation {
    case text
    case list

    var converted: Int { self == .text ? 0 : 3 }
    var logical: Int { self == .text ? 1 : 3 }
  }

  /// A field and all below it, in pre-order.
  static func elements(of field: ParquetWriterField) -> [ParquetSchemaElement] {
    switch field.kind {
    case .text:
      [Self(name: field.name, type: field.kind.physicalType, annotation: .text)]
    case .integer, .flag:
      [Self(name: field.name, type: field.kind.physicalType)]
    case .list(let kind):
      [
        Self(name: field.name, children: 1, annotation: .list),
        Self(name: "list", repetition: 2, children: 1),
      ] + elements(of: ParquetWriterField("element", kind))
    case .structure(let members):
      [Self(name: field.name, children: members.count)] + members.flatMap(elements)
    }
  }

  func write(into thrift: inout ThriftWriter) {
    if let type { thrift.field(1, int32: type) }
    if let repetition { thrift.field(3, int32: repetition) }
    thrift.field(4, text: name)
    if let children { thrift.field(5, int32: children) }
    guard let annotation else { return }
    thrift.field(6, int32: annotation.converted)
    thrift.field(10) { $0.field(annotation.logical) { _ in } }
  }
}
