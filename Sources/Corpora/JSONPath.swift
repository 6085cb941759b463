import Formats

/// A way to values inside a JSON value: keys, array indices and `*` (each element or member),
/// joined by dots: `meta.ids.0`, `paragraphs.*.qas`.
struct JSONPath: Sendable {
  private let steps: [String]

  init(_ text: String) {
    steps = text.utf8.split(separator: UInt8(ascii: ".")).map { String($0) ?? "" }
  }

  /// The nodes that the path leads to, in document order.
  func nodes(in root: JSONNode) -> [JSONNode] {
    steps.reduce([root]) { nodes, step in nodes.flatMap { Self.step(step, from: $0) } }
  }

  /// The records that the path leads to: the elements of arrays, other values themselves.
  func rows(in root: JSONNode) -> [JSONNode] {
    nodes(in: root).flatMap { $0.kind == .array ? Array($0.elements) : [$0] }
  }

  /// Whether the path may lead to several values.
  var isPlural: Bool { steps.contains("*") }

  private static func step(_ step: String, from node: JSONNode) -> [JSONNode] {
    if step == "*" {
      return node.kind == .array ? Array(node.elements) : node.members.map(\.value)
    }
    if node.kind == .array { return Int(step).flatMap { node[$0] }.map { [$0] } ?? [] }
    return node[step].map { [$0] } ?? []
  }
}

/// An object as a row: places are members' names or paths, and `@key` the row's key in an object of
/// rows.
struct JSONRow: MappedRow {
  let node: JSONNode
  let key: String?

  func value(at place: String) -> JSON? {
    if place == "@key" { return key.map(JSON.string) }
    if let member = node[place] { return member.isNull ? nil : JSON(member) }
    let path = JSONPath(place)
    let nodes = path.nodes(in: node).filter { !$0.isNull }
    guard path.isPlural else { return nodes.first.map(JSON.init) }
    return nodes.isEmpty ? nil : .array(nodes.map(JSON.init))
  }
}
