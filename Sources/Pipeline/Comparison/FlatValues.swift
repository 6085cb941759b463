import Formats
import Recipes

/// A tree of settings or counts as a list of paths with their values.
///
/// `stages: [{filter: {min_words: 5}}]` is `stages.filter.min_words = 5`. Elements are known by what
/// names them, so that one put in front of others changes nothing of theirs; a list of plain values is
/// one value.
struct FlatValues: Equatable {
  private(set) var values: [String: String] = [:]

  init() {}

  init(_ json: JSON) { add(json, at: "") }

  init(_ node: YAMLNode) { add(JSON(node), at: "") }

  subscript(path: String) -> String? {
    get { values[path] }
    set { values[path] = newValue }
  }

  /// Where the two differ, in the byte order of paths.
  func changes(to other: FlatValues) -> [ValueChange] {
    Set(values.keys).union(other.values.keys)
      .filter { values[$0] != other.values[$0] }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { ValueChange(path: $0, before: values[$0], after: other.values[$0]) }
  }

  private mutating func add(_ json: JSON, at path: String) {
    switch json {
    case .object(let members):
      for member in members { add(member.value, at: Self.joined(path, member.key)) }
    case .array(let elements):
      if elements.contains(where: { $0.members != nil || $0.array != nil }) {
        addNamed(elements, at: path)
      } else {
        values[path] = elements.map(Self.text).joined(separator: ", ")
      }
    default: values[path] = Self.text(json)
    }
  }

  private mutating func addNamed(_ elements: [JSON], at path: String) {
    var seen: [String: Int] = [:]
    for element in elements {
      let (name, content) = Self.named(element)
      let count = (seen[name] ?? 0) + 1
      seen[name] = count
      let label = count == 1 ? name : "\(name)#\(count)"
      add(content, at: Self.joined(path, label))
    }
  }

  /// What names an element, with what it holds.
  private static func named(_ element: JSON) -> (name: String, content: JSON) {
    guard let members = element.members else { return ("item", element) }
    // A stage is one key with its settings.
    if members.count == 1, let stage = members.first, stage.value.members != nil {
      return (stage.key, stage.value)
    }
    if let split = element["split"]?.string, let against = element["against"]?.string {
      return ("\(split)-\(against)", element)
    }
    let keys = ["name", "dialect", "task", "kind", "path", "source"]
    let name = keys.lazy.compactMap { element[$0]?.scalarText }.first
    return (name ?? "item", element)
  }

  private static func joined(_ path: String, _ key: String) -> String {
    path.isEmpty ? key : "\(path).\(key)"
  }

  private static func text(_ json: JSON) -> String {
    switch json {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text), .string(let text): text
    case .array, .object: ""
    }
  }
}

/// A value that differs; nil where it is not there.
package struct ValueChange: Sendable, Equatable {
  package var path: String
  package var before: String?
  package var after: String?
}

extension JSON {
  fileprivate init(_ node: YAMLNode) {
    switch node.value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let text): self = .number(text)
    case .string(let text): self = .string(text)
    case .sequence(let elements): self = .array(elements.map { JSON($0) })
    case .mapping(let members):
      self = .object(members.map { JSON.Member($0.key, JSON($0.value)) })
    }
  }
}
