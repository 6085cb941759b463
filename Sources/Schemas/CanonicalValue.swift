import Formats

/// A value in a form in which equal values have equal bytes: numbers by size, members by key.
///
/// This is the equality of `const`, `enum` and `uniqueItems`: `1` equals `1.0`, order of members does
/// not matter.
struct CanonicalValue: Sendable, Hashable {
  private(set) var bytes: [UInt8] = []

  init(_ instance: some SchemaInstance) { append(instance) }

  private mutating func append(_ instance: some SchemaInstance) {
    switch instance.instanceKind {
    case .null: bytes.append(UInt8(ascii: "n"))
    case .bool: bytes.append(instance.isTrue ? UInt8(ascii: "t") : UInt8(ascii: "f"))
    case .number: append(instance.withNumberUTF8 { ExactNumber($0) })
    case .string: instance.withTextUTF8 { appendText($0) }
    case .array: appendElements(of: instance)
    case .object: appendMembers(of: instance)
    }
  }

  private mutating func append(_ number: ExactNumber) {
    bytes.append(UInt8(ascii: number.isNegative ? "-" : "+"))
    append(number.digits.count)
    bytes.append(contentsOf: number.digits)
    append(number.exponent)
  }

  private mutating func appendText(_ text: UnsafeRawBufferPointer) {
    bytes.append(UInt8(ascii: "\""))
    append(text.count)
    bytes.append(contentsOf: text)
  }

  private mutating func append(_ count: Int) {
    withUnsafeBytes(of: count.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func appendElements<Instance: SchemaInstance>(of instance: Instance) {
    bytes.append(UInt8(ascii: "["))
    append(instance.instanceCount)
    _ = instance.allElements { element in
      append(element)
      return true
    }
  }

  private mutating func appendMembers<Instance: SchemaInstance>(of instance: Instance) {
    var members: [[UInt8]] = []
    _ = instance.allMembers { key, value in
      members.append(CanonicalValue(key).bytes + CanonicalValue(value).bytes)
      return true
    }
    bytes.append(UInt8(ascii: "{"))
    append(members.count)
    for member in members.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      bytes.append(contentsOf: member)
    }
  }
}

/// A value of a schema file that values are compared with.
struct AllowedValue: Sendable {
  let canonical: CanonicalValue
  /// The UTF-8 of a string, for the short way.
  let text: [UInt8]?
  /// How messages write the value.
  let description: String

  init(_ json: JSON) throws(JSONError) {
    var writer = JSONWriter()
    writer.value(json)
    let node = try JSONDocument(parsing: writer.bytes, maximumDepth: .max).root
    canonical = CanonicalValue(node)
    text = json.string.map { Array($0.utf8) }
    description = json.string.map { "'\($0)'" } ?? writer.text
  }
}

extension [AllowedValue] {
  /// Whether a value equals one of these.
  func contain<Instance: SchemaInstance>(_ instance: Instance) -> Bool {
    if instance.instanceKind == .string {
      return instance.withTextUTF8 { text in contains { $0.text?.elementsEqual(text) ?? false } }
    }
    guard contains(where: { $0.text == nil }) else { return false }
    let canonical = CanonicalValue(instance)
    return contains { $0.canonical == canonical }
  }
}
