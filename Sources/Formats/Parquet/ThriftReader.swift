/// Reads the compact protocol of Thrift, in which footers and page headers of Parquet are written.
///
/// Format: github.com/apache/thrift, doc/specs/thrift-compact-protocol.md, 2024.
struct ThriftReader {
  /// The types that a field may have on the wire.
  enum FieldType: UInt8 {
    case yes = 1
    case no = 2
    case int8 = 3
    case int16 = 4
    case int32 = 5
    case int64 = 6
    case double = 7
    case binary = 8
    case list = 9
    case set = 10
    case map = 11
    case structure = 12
    case uuid = 13
  }

  private(set) var bytes: ParquetBytes
  private var depth = 0

  private static let maximumDepth = 32

  init(_ bytes: ParquetBytes) { self.bytes = bytes }

  /// Reads a struct: calls `field` with the id and the type of each field, which it must read or skip.
  mutating func structure(
    _ field: (inout ThriftReader, Int, FieldType) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    try descend()
    var id = 0
    while true {
      let header = try bytes.byte()
      guard header & 0x0f != 0 else { break }
      let type = try Self.type(header & 0x0f)
      if header >> 4 == 0 {
        id = Int(truncatingIfNeeded: try bytes.zigzag())
      } else {
        id &+= Int(header >> 4)
      }
      try field(&self, id, type)
    }
    depth -= 1
  }

  /// Reads a list: calls `element` for each element, which it must read or skip.
  mutating func list(
    _ type: FieldType, _ element: (inout ThriftReader, FieldType) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    guard type == .list || type == .set else { throw Self.otherType }
    try descend()
    let header = try bytes.byte()
    let count = header >> 4 == 15 ? try bytes.length() : Int(header >> 4)
    // Every element has a byte at least, so the loop ends with the bytes.
    guard count <= bytes.remaining else { throw .malformed("a list is longer than its bytes") }
    guard count > 0 else {
      depth -= 1
      return
    }
    let elementType = try Self.type(header & 0x0f)
    for _ in 0..<count { try element(&self, elementType) }
    depth -= 1
  }

  mutating func integer(_ type: FieldType) throws(ParquetFault) -> Int {
    switch type {
    case .int8: Int(Int8(bitPattern: try bytes.byte()))
    case .int16, .int32, .int64: Int(try bytes.zigzag())
    default: throw Self.otherType
    }
  }

  /// A flag of a struct; those have no bytes of their own.
  func flag(_ type: FieldType) throws(ParquetFault) -> Bool {
    guard type == .yes || type == .no else { throw Self.otherType }
    return type == .yes
  }

  mutating func text(_ type: FieldType) throws(ParquetFault) -> String {
    guard type == .binary else { throw Self.otherType }
    return try bytes.take(bytes.length()).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }

  mutating func skip(_ type: FieldType) throws(ParquetFault) {
    switch type {
    case .yes, .no: return
    case .int8: _ = try bytes.byte()
    case .int16, .int32, .int64: _ = try bytes.varint()
    case .double: _ = try bytes.take(8)
    case .uuid: _ = try bytes.take(16)
    case .binary: _ = try bytes.take(bytes.length())
    case .list, .set:
      try list(type) { reader, type throws(ParquetFault) in try reader.skipItem(type) }
    case .map: try skipMap()
    case .structure:
      try structure { reader, _, type throws(ParquetFault) in try reader.skip(type) }
    }
  }

  private mutating func skipMap() throws(ParquetFault) {
    try descend()
    let count = try bytes.length()
    guard count <= bytes.remaining else { throw .malformed("a map is longer than its bytes") }
    if count > 0 {
      let types = try bytes.byte()
      let (key, value) = (try Self.type(types >> 4), try Self.type(types & 0x0f))
      for _ in 0..<count {
        try skipItem(key)
        try skipItem(value)
      }
    }
    depth -= 1
  }

  /// Skips an element of a list or map, where flags have a byte.
  private mutating func skipItem(_ type: FieldType) throws(ParquetFault) {
    if type == .yes || type == .no { _ = try bytes.byte() } else { try skip(type) }
  }

  private mutating func descend() throws(ParquetFault) {
    depth += 1
    guard depth <= Self.maximumDepth else { throw .malformed("metadata is nested too deep") }
  }

  private static func type(_ code: UInt8) throws(ParquetFault) -> FieldType {
    guard let type = FieldType(rawValue: code) else {
      throw .malformed("metadata has a field of unknown type \(code)")
    }
    return type
  }

  private static let otherType = ParquetFault.malformed(
    "metadata has a field of another type than Parquet gives it")
}
