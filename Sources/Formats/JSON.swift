/// A JSON value that stands on its own, for schema files, manifests and tests.
///
/// Hot paths use `JSONNode` and `JSONWriter`.
///
/// Two values are equal when they are written alike: `1` differs from `1.0`, and members have an
/// order.
package enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  /// A number by its text, so that none is ever rounded.
  case number(String)
  case string(String)
  case array([JSON])
  case object([Member])

  /// A key with its value.
  package struct Member: Sendable, Hashable {
    package var key: String
    package var value: JSON

    package init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// Parses bytes that hold one JSON text.
  package init(parsing bytes: [UInt8]) throws(JSONError) {
    self.init(try JSONDocument(parsing: bytes).root)
  }

  /// Parses a text.
  package init(parsing text: String) throws(JSONError) {
    try self.init(parsing: Array(text.utf8))
  }

  /// Copies a node with all its content.
  ///
  /// Goes through the tape backwards, so that the content of a container is there when its own entry
  /// comes, and no recursion is needed.
  package init(_ node: JSONNode) {
    var values: [JSON] = []
    let document = node.document
    for index in (node.index..<Int(node.entry.next)).reversed() {
      let entry = JSONNode(document: document, index: index)
      switch entry.kind {
      case .null: values.append(.null)
      case .bool: values.append(.bool(entry.bool ?? false))
      case .number: values.append(.number(entry.numberText ?? ""))
      case .string, .key: values.append(.string(entry.string ?? ""))
      case .array: values.replaceLast(entry.count) { .array($0) }
      case .object:
        values.replaceLast(entry.count * 2) { content in
          .object(
            stride(from: 0, to: content.count, by: 2).map {
              Member(content[$0].string ?? "", content[$0 + 1])
            })
        }
      }
    }
    self = values.last ?? .null
  }
}

extension JSON {
  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  package var bool: Bool? {
    guard case .bool(let flag) = self else { return nil }
    return flag
  }

  package var numberText: String? {
    guard case .number(let text) = self else { return nil }
    return text
  }

  /// A string, or a number as it is written: corpora have ids and years as either.
  package var scalarText: String? { string ?? numberText }

  /// The value of a number written without fraction and exponent, if it fits.
  package var int: Int? { numberText.flatMap { Int($0) } }

  package var array: [JSON]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  package var members: [Member]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  package subscript(key: String) -> JSON? { members?.first { $0.key == key }?.value }

  package subscript(place: Int) -> JSON? {
    guard let array, array.indices.contains(place) else { return nil }
    return array[place]
  }
}

extension [JSON] {
  /// Puts the container made of the last `count` values, the latest first, in their place.
  fileprivate mutating func replaceLast(_ count: Int, _ container: ([JSON]) -> JSON) {
    let content = Array(suffix(count).reversed())
    removeLast(count)
    append(container(content))
  }
}
