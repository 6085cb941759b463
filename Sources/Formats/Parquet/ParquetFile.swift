import Records

/// A Parquet file, in memory or where it lies: its footer, checked, and its rows as JSON values.
///
/// Pages of versions 1 and 2; encodings PLAIN, RLE, dictionaries, DELTA_BINARY_PACKED,
/// DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY and BYTE_STREAM_SPLIT; codecs none, SNAPPY, GZIP and
/// ZSTD; lists of two and three levels, structs and maps, nested as one likes. `ParquetScalar` says
/// what becomes of values; a map is an object, keys that occur twice included.
///
/// Of a file only the columns that are asked for are decoded, a page of each at a time. Nothing is
/// taken on trust: lengths and offsets are held against the bytes that are there, and what a file
/// claims against `ParquetLimits`.
///
/// Format: github.com/apache/parquet-format, version 2.11.
package struct ParquetFile {
  private let bytes: ParquetFileBytes
  private let metadata: ParquetMetadata
  private let schema: ParquetSchema
  private let limits: ParquetLimits

  /// The names of the columns at the root.
  package var columns: [String] { schema.fields.map(\.name) }

  package var rowCount: Int { metadata.rowCount }

  package init(
    _ bytes: [UInt8], limits: ParquetLimits = ParquetLimits()
  ) throws(ParquetError) {
    try self.init(.whole(bytes), limits)
  }

  /// Opens a file that is read in parts: the footer now, each row group's columns in their turn.
  ///
  /// - Parameters:
  ///   - count: The bytes of the file.
  ///   - read: Gives the bytes of a range of the file.
  package init(
    count: Int, limits: ParquetLimits = ParquetLimits(),
    read: @escaping @Sendable (Range<Int>) throws -> [UInt8]
  ) throws(ParquetError) {
    try self.init(.parts(count: count, read: read), limits)
  }

  private init(_ bytes: ParquetFileBytes, _ limits: ParquetLimits) throws(ParquetError) {
    self.bytes = bytes
    self.limits = limits
    let (footer, offset) = try Self.footer(of: bytes, limits)
    do throws(ParquetFault) {
      metadata = try ParquetMetadata(footer, limits: limits)
      schema = try ParquetSchema(metadata.schema, limits: limits)
    } catch {
      throw ParquetError(fault: error, byteOffset: offset)
    }
    try check(chunksEndBefore: offset)
  }

  /// The rows, to be asked for one by one.
  ///
  /// - Parameter wanted: the columns at the root that are decoded; nil for all. Names that the file
  ///   does not have are passed over.
  package func rows(columns wanted: Set<String>? = nil) -> ParquetRowReader {
    ParquetRowReader(
      file: self, fields: schema.fields.filter { wanted?.contains($0.name) ?? true },
      budget: ParquetBudget(maximum: limits.maximumUnpackedBytes(fileBytes: bytes.count)))
  }

  /// Calls `body` with each row; see `rows(columns:)`.
  ///
  /// - Throws: `ParquetError`, or what `body` throws.
  package func forEachRow(
    columns wanted: Set<String>? = nil, _ body: (ParquetRow) throws -> Void
  ) throws {
    var reader = rows(columns: wanted)
    while let row = try reader.next() { try body(row) }
  }

  private func columns(
    of fields: [ParquetField], in group: ParquetMetadata.RowGroup, _ index: Int,
    _ budget: ParquetBudget
  ) throws(ParquetError) -> [ParquetColumn?] {
    var columns = [ParquetColumn?](repeating: nil, count: schema.leaves.count)
    for leaf in fields.flatMap(\.leaves) {
      let chunk = group.chunks[leaf]
      do throws(ParquetFault) {
        let pages = try ParquetPages(
          chunk, of: schema.leaves[leaf], bytes: try bytes.part(chunk.range, "a column chunk"),
          limits: limits, budget: budget)
        columns[leaf] = ParquetColumn(pages: pages, rowGroup: index)
      } catch {
        throw ParquetError(
          fault: error, byteOffset: chunk.range.lowerBound, column: schema.leaves[leaf].path,
          rowGroup: index)
      }
    }
    return columns
  }
}

/// The rows of a Parquet file as they are asked for; the columns of one row group are open at a time.
package struct ParquetRowReader {
  fileprivate let file: ParquetFile
  fileprivate let fields: [ParquetField]
  fileprivate let budget: ParquetBudget
  private var group = 0
  private var rows: ParquetRows?
  private var leftInGroup = 0
  private var number = 0

  fileprivate init(file: ParquetFile, fields: [ParquetField], budget: ParquetBudget) {
    self.file = file
    self.fields = fields
    self.budget = budget
  }

  /// The next row; nil at the end of the file.
  package mutating func next() throws(ParquetError) -> ParquetRow? {
    while leftInGroup == 0 {
      try rows?.finish()
      rows = nil
      guard group < file.groupCount else { return nil }
      (rows, leftInGroup) = try file.openGroup(group, fields, budget)
      group += 1
    }
    leftInGroup -= 1
    defer { number += 1 }
    return try rows?.row(number: number)
  }
}

extension ParquetFile {
  fileprivate var groupCount: Int { metadata.rowGroups.count }

  /// The rows of a row group, and how many there are.
  fileprivate func openGroup(
    _ index: Int, _ fields: [ParquetField], _ budget: ParquetBudget
  ) throws(ParquetError) -> (ParquetRows, Int) {
    let group = metadata.rowGroups[index]
    let columns = try columns(of: fields, in: group, index, budget)
    return (ParquetRows(fields, columns, limits: limits), group.rowCount)
  }
}

/// Where the bytes of a file are.
private enum ParquetFileBytes {
  case whole([UInt8])
  case parts(count: Int, read: @Sendable (Range<Int>) throws -> [UInt8])

  var count: Int {
    switch self {
    case .whole(let bytes): bytes.count
    case .parts(let count, _): count
    }
  }

  /// A part of the file, from which nothing around it is read.
  ///
  /// - Precondition: the range lies within the file.
  func part(_ range: Range<Int>, _ name: String) throws(ParquetFault) -> ParquetBytes {
    switch self {
    case .whole(let bytes): return ParquetBytes(bytes, range, name: name)
    case .parts(_, let read):
      let bytes: [UInt8]
      do {
        bytes = try read(range)
      } catch {
        throw .unreachable((error as? any DiagnosticError)?.diagnostic.message ?? "\(error)")
      }
      guard bytes.count == range.count else { throw .endsInside("the file") }
      return ParquetBytes(bytes, 0..<bytes.count, name: name)
    }
  }
}

// MARK: The footer

extension ParquetFile {
  private static let magic = Array("PAR1".utf8)
  private static let encryptedMagic = Array("PARE".utf8)

  /// The bytes of the footer, those before its length and the four letters at the end, and where they
  /// begin in the file.
  private static func footer(
    of file: ParquetFileBytes, _ limits: ParquetLimits
  ) throws(ParquetError) -> (bytes: ParquetBytes, offset: Int) {
    func part(_ range: Range<Int>, _ name: String) throws(ParquetError) -> ParquetBytes {
      do throws(ParquetFault) {
        return try file.part(range, name)
      } catch {
        throw ParquetError(fault: error, byteOffset: range.lowerBound)
      }
    }
    func letters(_ range: Range<Int>) throws(ParquetError) -> [UInt8] {
      try part(range, "the file").withUnsafeBytes { Array($0) }
    }
    let head = try letters(0..<min(4, file.count))
    guard head == magic || head == encryptedMagic else {
      throw ParquetError(fault: .notParquet, byteOffset: 0)
    }
    let end = file.count - 8
    let tail = try letters(max(0, end)..<file.count)
    guard head != encryptedMagic, !tail.suffix(4).elementsEqual(encryptedMagic) else {
      throw ParquetError(fault: .encrypted, byteOffset: max(0, end))
    }
    guard end >= 4, tail.suffix(4).elementsEqual(magic) else {
      throw ParquetError(fault: .noFooter, byteOffset: file.count)
    }
    let length = tail.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= limits.maximumFooterBytes else {
      let fault = ParquetFault.overLimit(
        "bytes of the footer", found: length, maximum: limits.maximumFooterBytes)
      throw ParquetError(fault: fault, byteOffset: end)
    }
    guard length <= end - 4 else {
      let fault = ParquetFault.malformed("the footer is longer than the file")
      throw ParquetError(fault: fault, byteOffset: end)
    }
    return (try part(end - length..<end, "the footer"), end - length)
  }

  /// Holds what the footer says of the row groups against the file and the schema.
  private func check(chunksEndBefore footerOffset: Int) throws(ParquetError) {
    let maximumValues = limits.maximumValues(fileBytes: bytes.count)
    var (rows, values) = (0, 0)
    var ranges: [Range<Int>] = []
    func fail(
      _ fault: ParquetFault, column: String? = nil, rowGroup: Int? = nil
    ) -> ParquetError {
      ParquetError(fault: fault, byteOffset: footerOffset, column: column, rowGroup: rowGroup)
    }
    for (index, group) in metadata.rowGroups.enumerated() {
      guard group.chunks.count == schema.leaves.count else {
        let fault = ParquetFault.malformed(
          "the row group has \(group.chunks.count) columns, the schema \(schema.leaves.count)")
        throw fail(fault, rowGroup: index)
      }
      guard (0...maximumValues).contains(group.rowCount) else {
        throw fail(
          .overLimit("rows", found: group.rowCount, maximum: maximumValues), rowGroup: index)
      }
      rows += group.rowCount
      for (chunk, leaf) in zip(group.chunks, schema.leaves) {
        if let fault = problem(of: chunk, leaf, group, footerOffset, maximumValues) {
          throw fail(fault, column: leaf.path, rowGroup: index)
        }
        values += chunk.valueCount
        if !chunk.range.isEmpty { ranges.append(chunk.range) }
      }
      // Checked as they add up, so that no sum can overflow.
      guard max(rows, values) <= maximumValues else {
        throw fail(.overLimit("values of the file", found: values, maximum: maximumValues))
      }
    }
    guard rows == metadata.rowCount else {
      let fault = ParquetFault.malformed(
        "the row groups have \(rows) rows, the footer says \(metadata.rowCount)")
      throw fail(fault)
    }
    ranges.sort { $0.lowerBound < $1.lowerBound }
    guard zip(ranges, ranges.dropFirst()).allSatisfy({ $0.upperBound <= $1.lowerBound }) else {
      throw fail(.malformed("two column chunks share bytes"))
    }
  }

  private func problem(
    of chunk: ParquetMetadata.Chunk, _ leaf: ParquetLeaf, _ group: ParquetMetadata.RowGroup,
    _ footerOffset: Int, _ maximumValues: Int
  ) -> ParquetFault? {
    guard chunk.type == leaf.type.code else {
      return .malformed("the column chunk is of another type than the schema says")
    }
    guard (0...maximumValues).contains(chunk.valueCount) else {
      return .overLimit("values of a column", found: chunk.valueCount, maximum: maximumValues)
    }
    let bounds = 4...footerOffset
    guard
      chunk.valueCount == 0
        || bounds.contains(chunk.start)
          && (0...footerOffset - chunk.start).contains(chunk.byteCount)
    else { return .malformed("the column chunk lies outside the file") }
    guard leaf.maximumRepetition > 0 || chunk.valueCount == group.rowCount else {
      return .malformed("the column has \(chunk.valueCount) values for \(group.rowCount) rows")
    }
    return nil
  }
}
