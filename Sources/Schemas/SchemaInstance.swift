import Formats
import Records

/// A value that a schema can judge: a JSON node, a YAML node.
///
/// Keys of one object must differ. Walks stop, and return false, when their body returns false.
package protocol SchemaInstance {
  /// What the value is. Keys are strings.
  var instanceKind: SchemaInstanceKind { get }

  /// How many elements or members there are; 0 for scalars.
  var instanceCount: Int { get }

  /// Whether a boolean is true.
  var isTrue: Bool { get }

  /// Where the value stands in its file.
  var instancePosition: Position { get }

  /// Calls `body` with the UTF-8 of a string or key.
  func withTextUTF8<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result

  /// Calls `body` with the text of a number, in JSON's notation.
  func withNumberUTF8<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result

  /// Walks through an array.
  func allElements(_ body: (Self) -> Bool) -> Bool

  /// Walks through an object: each key, as a string with a place of its own, and its value.
  func allMembers(_ body: (_ key: Self, _ value: Self) -> Bool) -> Bool

  /// What people call values of a kind in this notation: `an object`, `a mapping`.
  static func name(of kind: SchemaInstanceKind) -> String
}

/// The kinds of values that a schema tells apart.
package enum SchemaInstanceKind: Sendable, CaseIterable {
  case null
  case bool
  case number
  case string
  case array
  case object
}

extension SchemaInstance {
  package static func name(of kind: SchemaInstanceKind) -> String {
    switch kind {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// The text of a string or key.
  var text: String { withTextUTF8 { String(decoding: $0, as: UTF8.self) } }
}

extension JSONNode: SchemaInstance {
  package var instanceKind: SchemaInstanceKind {
    switch kind {
    case .null: .null
    case .bool: .bool
    case .number: .number
    case .string, .key: .string
    case .array: .array
    case .object: .object
    }
  }

  package var instanceCount: Int { count }
  package var isTrue: Bool { bool ?? false }
  package var instancePosition: Position { position }

  package func withTextUTF8<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    withUTF8(body)
  }

  package func withNumberUTF8<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    withSourceBytes(body)
  }

  package func allElements(_ body: (JSONNode) -> Bool) -> Bool {
    for element in elements where !body(element) { return false }
    return true
  }

  package func allMembers(_ body: (_ key: JSONNode, _ value: JSONNode) -> Bool) -> Bool {
    for member in members where !body(member.key, member.value) { return false }
    return true
  }
}
