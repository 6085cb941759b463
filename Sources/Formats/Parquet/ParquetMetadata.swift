/// The footer of a Parquet file, as far as reading needs it.
///
/// Format: github.com/apache/parquet-format, src/main/thrift/parquet.thrift, version 2.11.
struct ParquetMetadata {
  /// The schema as the file has it: a tree flattened in pre-order, the root first.
  var schema: [SchemaElement] = []
  var rowCount = 0
  var rowGroups: [RowGroup] = []

  struct RowGroup {
    var rowCount = 0
    var chunks: [Chunk] = []
  }

  /// A column chunk: the values of one leaf column in one row group.
  struct Chunk {
    var type = 0
    var codec = 0
    var valueCount = 0
    var byteCount = 0
    var dataOffset = 0
    var dictionaryOffset: Int?

    /// Where its first page begins; writers of old say 0 where there is no dictionary.
    var start: Int {
      guard let dictionaryOffset, dictionaryOffset > 0 else { return dataOffset }
      return min(dictionaryOffset, dataOffset)
    }

    /// The bytes of its pages; none where there are no values, whatever the offsets say.
    var range: Range<Int> { valueCount == 0 ? 0..<0 : start..<start + byteCount }
  }

  struct SchemaElement {
    var name = ""
    /// The physical type; nil for groups.
    var type: Int?
    var typeLength = 0
    var repetition = 0
    var childCount = 0
    var convertedType: Int?
    var scale = 0
    var logicalType: LogicalType?
  }

  /// What the newer annotation says of an element, as far as it bears on reading.
  struct LogicalType {
    var kind = 0
    var scale = 0
    var isAdjustedToUTC = false
    /// 1 milliseconds, 2 microseconds, 3 nanoseconds.
    var unit = 0
    var isSigned = true
  }

  init(_ bytes: ParquetBytes, limits: ParquetLimits) throws(ParquetFault) {
    var reader = ThriftReader(bytes)
    var seen: Set<Int> = []
    var metadata = ParquetMetadata()
    try reader.structure { reader, id, type throws(ParquetFault) in
      seen.insert(id)
      switch id {
      case 2: metadata.schema = try Self.schema(&reader, type, limits)
      case 3: metadata.rowCount = try reader.integer(type)
      case 4: metadata.rowGroups = try Self.rowGroups(&reader, type)
      case 8: throw .encrypted
      default: try reader.skip(type)
      }
    }
    for (id, name) in [(2, "the schema"), (3, "the number of rows"), (4, "the list of row groups")]
    where !seen.contains(id) {
      throw .missing(name)
    }
    self = metadata
  }

  private init() {}

  private static func schema(
    _ reader: inout ThriftReader, _ type: ThriftReader.FieldType, _ limits: ParquetLimits
  ) throws(ParquetFault) -> [SchemaElement] {
    var elements: [SchemaElement] = []
    try reader.list(type) { reader, _ throws(ParquetFault) in
      elements.append(try SchemaElement(&reader))
      guard elements.count <= limits.maximumColumns else {
        throw .overLimit(
          "elements of the schema", found: elements.count, maximum: limits.maximumColumns)
      }
    }
    return elements
  }

  private static func rowGroups(
    _ reader: inout ThriftReader, _ type: ThriftReader.FieldType
  ) throws(ParquetFault) -> [RowGroup] {
    var groups: [RowGroup] = []
    try reader.list(type) { reader, _ throws(ParquetFault) in
      groups.append(try RowGroup(&reader))
    }
    return groups
  }
}

extension ParquetMetadata.RowGroup {
  fileprivate init(_ reader: inout ThriftReader) throws(ParquetFault) {
    var group = Self()
    try reader.structure { reader, id, type throws(ParquetFault) in
      switch id {
      case 1:
        try reader.list(type) { reader, _ throws(ParquetFault) in
          group.chunks.append(try ParquetMetadata.Chunk(&reader))
        }
      case 3: group.rowCount = try reader.integer(type)
      default: try reader.skip(type)
      }
    }
    guard !group.chunks.isEmpty else { throw .missing("the list of columns of a row group") }
    self = group
  }
}

extension ParquetMetadata.Chunk {
  /// Reads a `ColumnChunk`, of which the `ColumnMetaData` is what counts.
  fileprivate init(_ reader: inout ThriftReader) throws(ParquetFault) {
    var chunk: Self?
    try reader.structure { reader, id, type throws(ParquetFault) in
      switch id {
      case 1: throw .unsupported("a column in another file")
      case 3 where type == .structure: chunk = try Self(metadata: &reader)
      case 8, 9: throw .encrypted
      default: try reader.skip(type)
      }
    }
    guard let chunk else { throw .missing("the metadata of a column") }
    self = chunk
  }

  private init(metadata reader: inout ThriftReader) throws(ParquetFault) {
    var chunk = Self()
    var seen: Set<Int> = []
    try reader.structure { reader, id, type throws(ParquetFault) in
      seen.insert(id)
      switch id {
      case 1: chunk.type = try reader.integer(type)
      case 4: chunk.codec = try reader.integer(type)
      case 5: chunk.valueCount = try reader.integer(type)
      case 7: chunk.byteCount = try reader.integer(type)
      case 9: chunk.dataOffset = try reader.integer(type)
      case 11: chunk.dictionaryOffset = try reader.integer(type)
      default: try reader.skip(type)
      }
    }
    guard seen.isSuperset(of: [1, 4, 5, 7, 9]) else {
      throw .missing("a size or an offset in the metadata of a column")
    }
    self = chunk
  }
}

extension ParquetMetadata.SchemaElement {
  fileprivate init(_ reader: inout ThriftReader) throws(ParquetFault) {
    var element = Self()
    try reader.structure { reader, id, type throws(ParquetFault) in
      switch id {
      case 1: element.type = try reader.integer(type)
      case 2: element.typeLength = try reader.integer(type)
      case 3: element.repetition = try reader.integer(type)
      case 4: element.name = try reader.text(type)
      case 5: element.childCount = try reader.integer(type)
      case 6: element.convertedType = try reader.integer(type)
      case 7: element.scale = try reader.integer(type)
      case 10 where type == .structure:
        element.logicalType = try ParquetMetadata.LogicalType(&reader)
      default: try reader.skip(type)
      }
    }
    self = element
  }
}

extension ParquetMetadata.LogicalType {
  /// Reads the union: its one field's id is the kind, and most kinds are empty structs.
  fileprivate init(_ reader: inout ThriftReader) throws(ParquetFault) {
    var logical = Self()
    try reader.structure { reader, id, type throws(ParquetFault) in
      logical.kind = id
      guard type == .structure else { return try reader.skip(type) }
      try reader.structure { reader, id, type throws(ParquetFault) in
        switch (logical.kind, id) {
        case (5, 1): logical.scale = try reader.integer(type)
        case (7...8, 1): logical.isAdjustedToUTC = try reader.flag(type)
        case (7...8, 2) where type == .structure:
          try reader.structure { reader, id, type throws(ParquetFault) in
            logical.unit = id
            try reader.skip(type)
          }
        case (10, 2): logical.isSigned = try reader.flag(type)
        default: try reader.skip(type)
        }
      }
    }
    self = logical
  }
}

/// The header that stands before each page.
struct ParquetPageHeader {
  /// The kinds of page, by their numbers in the format.
  enum Kind: Int {
    case data = 0
    case index = 1
    case dictionary = 2
    case dataV2 = 3
  }

  var kind: Kind?
  var unpackedBytes = -1
  var packedBytes = -1
  /// The CRC-32 of the page as it lies in the file.
  var checksum: UInt32?
  var valueCount = 0
  var encoding = 0
  /// How version 1 writes the levels.
  var levelEncodings: Set<Int> = []
  /// How many bytes version 2 has for levels, which are never packed.
  var definitionBytes = 0
  var repetitionBytes = 0
  var isPacked = true

  init(_ reader: inout ThriftReader) throws(ParquetFault) {
    var header = ParquetPageHeader()
    try reader.structure { reader, id, type throws(ParquetFault) in
      switch id {
      case 1:
        let code = try reader.integer(type)
        guard let kind = Kind(rawValue: code) else {
          throw .malformed("a page is of unknown kind \(code)")
        }
        header.kind = kind
      case 2: header.unpackedBytes = try reader.integer(type)
      case 3: header.packedBytes = try reader.integer(type)
      case 4: header.checksum = UInt32(truncatingIfNeeded: try reader.integer(type))
      case 5 where type == .structure: try header.readVersion1(&reader)
      case 7 where type == .structure: try header.readDictionary(&reader)
      case 8 where type == .structure: try header.readVersion2(&reader)
      default: try reader.skip(type)
      }
    }
    guard header.kind != nil else { throw .missing("the kind of a page") }
    guard header.unpackedBytes >= 0, header.packedBytes >= 0 else {
      throw .missing("the size of a page")
    }
    guard header.valueCount >= 0 else { throw .malformed("a page has a negative number of values") }
    self = header
  }

  private init() {}

  private mutating func readVersion1(_ reader: inout ThriftReader) throws(ParquetFault) {
    var header = self
    try reader.structure { reader, id, type throws(ParquetFault) in
      switch id {
      case 1: header.valueCount = try reader.integer(type)
      case 2: header.encoding = try reader.integer(type)
      case 3, 4: header.levelEncodings.insert(try reader.integer(type))
      default: try reader.skip(type)
      }
    }
    self = header
  }

  private mutating func readDictionary(_ reader: inout ThriftReader) throws(ParquetFault) {
    var header = self
    try reader.structure { reader, id, type throws(ParquetFault) in
      switch id {
      case 1: header.valueCount = try reader.integer(type)
      case 2: header.encoding = try reader.integer(type)
      default: try reader.skip(type)
      }
    }
    self = header
  }

  private mutating func readVersion2(_ reader: inout ThriftReader) throws(ParquetFault) {
    var header = self
    try reader.structure { reader, id, type throws(ParquetFault) in
      switch id {
      case 1: header.valueCount = try reader.integer(type)
      case 4: header.encoding = try reader.integer(type)
      case 5: header.definitionBytes = try reader.integer(type)
      case 6: header.repetitionBytes = try reader.integer(type)
      case 7: header.isPacked = try reader.flag(type)
      default: try reader.skip(type)
      }
    }
    self = header
  }
}
