import Records
import Schemas

/// A YAML node as a schema sees it; keys are strings with places of their own.
extension YAMLNode: SchemaInstance {
  package var instanceKind: SchemaInstanceKind {
    switch value {
    case .null: .null
    case .bool: .bool
    case .number: .number
    case .string: .string
    case .sequence: .array
    case .mapping: .object
    }
  }

  package var instanceCount: Int {
    switch value {
    case .sequence(let elements): elements.count
    case .mapping(let members): members.count
    case .null, .bool, .number, .string: 0
    }
  }

  package var isTrue: Bool { bool ?? false }

  package var instancePosition: Position { position }

  package func withTextUTF8<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    var text = string ?? ""
    return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }

  package func withNumberUTF8<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    var text = scalarText ?? ""
    return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }

  package func allElements(_ body: (YAMLNode) -> Bool) -> Bool {
    elements.allSatisfy(body)
  }

  package func allMembers(_ body: (_ key: YAMLNode, _ value: YAMLNode) -> Bool) -> Bool {
    members.allSatisfy { body(YAMLNode(.string($0.key), at: $0.keyPosition), $0.value) }
  }

  package static func name(of kind: SchemaInstanceKind) -> String {
    switch kind {
    case .null: "nothing"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "a mapping"
    }
  }
}
