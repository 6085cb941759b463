/// The fields of a message in Protocol Buffers' wire format, in their order.
struct ProtobufFields {
  /// A field's number and value.
  struct Field {
    var number: Int
    var value: Value
  }

  /// What the wire format tells apart.
  enum Value {
    case varint(UInt64)
    case fixed32(UInt32)
    case fixed64(UInt64)
    case bytes(ArraySlice<UInt8>)
  }

  private var rest: ArraySlice<UInt8>
  /// Whether the bytes broke off, or were no message.
  private(set) var isDamaged = false

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func next() -> Field? {
    guard !rest.isEmpty, !isDamaged else { return nil }
    guard let key = varint(), key >> 3 > 0, key >> 3 < 1 << 29, let value = value(key & 7) else {
      isDamaged = true
      return nil
    }
    return Field(number: Int(key >> 3), value: value)
  }

  private mutating func value(_ type: UInt64) -> Value? {
    switch type {
    case 0: return varint().map(Value.varint)
    case 1: return fixed(8).map(Value.fixed64)
    case 5: return fixed(4).map { .fixed32(UInt32(truncatingIfNeeded: $0)) }
    case 2:
      guard let length = varint(), length <= UInt64(rest.count) else { return nil }
      defer { rest = rest.dropFirst(Int(length)) }
      return .bytes(rest.prefix(Int(length)))
    default: return nil
    }
  }

  private mutating func varint() -> UInt64? {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64, let byte = rest.popFirst() {
      result |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return result }
      shift += 7
    }
    return nil
  }

  private mutating func fixed(_ count: Int) -> UInt64? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension ProtobufFields.Value {
  var isTrue: Bool { number != 0 }

  var number: UInt64 {
    switch self {
    case .varint(let value): value
    case .fixed32(let value): UInt64(value)
    case .fixed64(let value): value
    case .bytes: 0
    }
  }

  var float: Float {
    guard case .fixed32(let bits) = self else { return 0 }
    return Float(bitPattern: bits)
  }

  var bytes: ArraySlice<UInt8> {
    guard case .bytes(let bytes) = self else { return [] }
    return bytes
  }
}
