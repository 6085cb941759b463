/// Writes the compact protocol of Thrift; what `ThriftReader` reads.
///
/// Fields of a struct must be written in the order of their ids, which may be 15 apart at most.
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []
  /// The ids of the fields written last, the innermost struct's at the end.
  private var ids: [Int] = [0]

  mutating func field(_ id: Int, int32 value: Int) {
    begin(id, .int32)
    zigzag(value)
  }

  mutating func field(_ id: Int, int64 value: Int) {
    begin(id, .int64)
    zigzag(value)
  }

  mutating func field(_ id: Int, int16 value: Int) {
    begin(id, .int16)
    zigzag(value)
  }

  mutating func field(_ id: Int, flag value: Bool) { begin(id, value ? .yes : .no) }

  mutating func field(_ id: Int, text: String) { field(id, bytes: Array(text.utf8)) }

  mutating func field(_ id: Int, bytes value: [UInt8]) {
    begin(id, .binary)
    append(value)
  }

  /// Writes a struct as a field, its content by `body`.
  mutating func field(_ id: Int, _ body: (inout ThriftWriter) -> Void) {
    begin(id, .structure)
    structure(body)
  }

  /// Writes a list of structs as a field, each by `body`.
  mutating func field<Element>(
    _ id: Int, structures: [Element], _ body: (inout ThriftWriter, Element) -> Void
  ) {
    begin(id, .list)
    beginList(structures.count, of: .structure)
    for element in structures { structure { body(&$0, element) } }
  }

  mutating func field(_ id: Int, integers: [Int]) {
    begin(id, .list)
    beginList(integers.count, of: .int32)
    for integer in integers { zigzag(integer) }
  }

  mutating func field(_ id: Int, texts: [String]) {
    begin(id, .list)
    beginList(texts.count, of: .binary)
    for text in texts { append(Array(text.utf8)) }
  }

  /// Writes a struct: its fields by `body`, and its end.
  mutating func structure(_ body: (inout ThriftWriter) -> Void) {
    ids.append(0)
    body(&self)
    ids.removeLast()
    bytes.append(0)
  }

  /// The bytes of a struct that stands alone.
  static func bytes(of body: (inout ThriftWriter) -> Void) -> [UInt8] {
    var writer = ThriftWriter()
    writer.structure(body)
    return writer.bytes
  }

  private mutating func begin(_ id: Int, _ type: ThriftReader.FieldType) {
    let step = id - ids[ids.count - 1]
    precondition((1...15).contains(step), "fields are written in the order of their ids")
    bytes.append(UInt8(step) << 4 | type.rawValue)
    ids[ids.count - 1] = id
  }

  private mutating func beginList(_ count: Int, of type: ThriftReader.FieldType) {
    guard count >= 15 else { return bytes.append(UInt8(count) << 4 | type.rawValue) }
    bytes.append(0xf0 | type.rawValue)
    bytes.appendVarint(UInt64(count))
  }

  private mutating func append(_ value: [UInt8]) {
    bytes.appendVarint(UInt64(value.count))
    bytes += value
  }

  private mutating func zigzag(_ value: Int) {
    bytes.appendVarint(UInt64(bitPattern: Int64(value << 1 ^ value >> 63)))
  }
}

extension [UInt8] {
  /// Appends a number seven bits a byte, the lowest first (ULEB128).
  mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  /// Appends a number of some bytes, the lowest first.
  mutating func appendLittleEndian(_ value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
