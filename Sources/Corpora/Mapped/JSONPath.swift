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

  /// The values that the path leads to in a value that stands on its own.
  func values(in root: JSON) -> [JSON] {
    steps.reduce([root]) { values, step in values.flatMap { Self.step(step, from: $0) } }
  }

  /// The records that the path leads to, the elements of arrays or other values themselves, each
  /// with the objects around it, the innermost first.
  func rows(in root: JSONNode) -> [JSONRow] {
    let ends = (steps + ["*"]).enumerated().reduce([JSONRow(node: root)]) { rows, step in
      rows.flatMap { row -> [JSONRow] in
        if step.offset == steps.count, row.node.kind != .array { return [row] }
        let enclosing = row.node.kind == .object ? [row.node] + row.enclosing : row.enclosing
        return Self.step(step.element, from: row.node).map {
          JSONRow(node: $0, enclosing: enclosing)
        }
      }
    }
    return ends
  }

  /// The first key on the way that no value has, with the keys that are there instead; nil when the
  /// path leads somewhere or ends in an empty list.
  func missingKey(in root: JSONNode) -> (key: String, others: [String])? {
    var nodes = [root]
    for step in steps {
      let next = nodes.flatMap { Self.step(step, from: $0) }
      guard !next.isEmpty else {
        guard step != "*" else { return nil }
        return (step, nodes.flatMap { node in node.members.compactMap(\.key.string) })
      }
      nodes = next
    }
    return nil
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

  private static func step(_ step: String, from value: JSON) -> [JSON] {
    if step == "*" { return value.array ?? value.members?.map(\.value) ?? [] }
    if value.array != nil { return Int(step).flatMap { value[$0] }.map { [$0] } ?? [] }
    return value[step].map { [$0] } ?? []
  }
}

/// An object as a row: places are members' names or paths, `^.` before one stands for the object
/// around the row, and `@key` for the row's key in an object of rows.
struct JSONRow: MappedRow {
  let node: JSONNode
  var key: String?
  /// The objects around the row, the innermost first.
  var enclosing: [JSONNode] = []

  func value(at place: String) -> JSON? {
    if place == "@key" { return key.map(JSON.string) }
    var place = place
    var node = node
    var outer = enclosing[...]
    while place.hasPrefix("^.") {
      guard let next = outer.popFirst() else { return nil }
      (node, place) = (next, String(place.dropFirst(2)))
    }
    if let member = node[place] { return member.isNull ? nil : JSON(member) }
    let path = JSONPath(place)
    let nodes = path.nodes(in: node).filter { !$0.isNull }
    guard path.isPlural else { return nodes.first.map(JSON.init) }
    return nodes.isEmpty ? nil : .array(nodes.map(JSON.init))
  }
}
