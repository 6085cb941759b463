import Records

/// A value of a YAML file with its place, as recipes need it.
///
/// Recipes are YAML 1.2 core-schema documents without anchors, aliases, tags or several documents:
/// only plain `true`, `false`, `null`, `~` and numbers are not text, so `language: no` is Norwegian.
package struct YAMLNode: Sendable {
  /// What a node holds.
  package indirect enum Value: Sendable {
    case null
    case bool(Bool)
    /// A number, in the text of the file.
    case number(String)
    case string(String)
    case sequence([YAMLNode])
    case mapping([Member])
  }

  /// A key with its value.
  package struct Member: Sendable {
    package var key: String
    package var keyPosition: Position
    package var value: YAMLNode
  }

  package var value: Value
  package var position: Position

  package init(_ value: Value, at position: Position) {
    self.value = value
    self.position = position
  }
}

extension YAMLNode {
  /// The value under a key of a mapping.
  package subscript(_ key: String) -> YAMLNode? {
    guard case .mapping(let members) = value else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The members of a mapping; empty for anything else.
  package var members: [Member] {
    guard case .mapping(let members) = value else { return [] }
    return members
  }

  /// The elements of a sequence; empty for anything else.
  package var elements: [YAMLNode] {
    guard case .sequence(let elements) = value else { return [] }
    return elements
  }

  package var string: String? {
    guard case .string(let text) = value else { return nil }
    return text
  }

  /// A string, or a number or boolean in its own text: for options that readers interpret.
  package var scalarText: String? {
    switch value {
    case .string(let text), .number(let text): text
    case .bool(let flag): flag ? "true" : "false"
    case .null, .sequence, .mapping: nil
    }
  }

  /// The value of a whole number, `5.0` and `1e3` included as JSON Schema has it, if it fits.
  package var int: Int? {
    guard case .number(let text) = value else { return nil }
    if let whole = Int(text) { return whole }
    // A bound beyond what a number can hold is a bound nevertheless.
    if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return .max }
    // Beyond 2^53 a Double is the neighbour of what was written.
    guard let value = Double(text), value.magnitude < 0x1p53 else { return nil }
    return Int(exactly: value)
  }

  package var double: Double? {
    guard case .number(let text) = value else { return nil }
    return Double(text)
  }

  package var bool: Bool? {
    guard case .bool(let flag) = value else { return nil }
    return flag
  }

  /// A list of strings, written as one or as a sequence.
  package var strings: [String]? {
    switch value {
    case .string(let text): [text]
    case .sequence(let elements): elements.compactMap(\.string)
    case .null, .bool, .number, .mapping: nil
    }
  }
}
