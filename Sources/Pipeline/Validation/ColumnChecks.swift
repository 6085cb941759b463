import Formats
import Records

/// What the shapes of a file's rows say of the file as a whole.
struct ColumnChecks {
  let shapes: ColumnShapes
  let format: RowFormat?
  /// The column that an extra one stands beside is told with the schema, where one was asked for.
  let hasGivenSchema: Bool

  /// A finding before it has a file.
  struct Found {
    var rule: ValidationRule
    var line: Int
    var message: String
    /// What tells it apart from others of its rule in the file.
    var key: String
  }

  /// Names that trainers interpret as columns of their own (TRL 1.16).
  private static let reserved: Set<String> = [
    "input_ids", "labels", "attention_mask", "completion_mask", "assistant_masks", "seq_lengths",
    "image", "images", "prompt", "completion", "chosen", "rejected", "messages", "conversations",
    "text", "tools", "chat_template_kwargs", "label",
  ]

  var findings: [Found] {
    // What stands beside the rows is for no trainer; its schema says which keys may be missing.
    guard shapes.nodes[0].hasObjects, format?.isExamples ?? true else { return [] }
    var found: [Found] = []
    visit(0, path: "", isInArray: false, &found)
    return found + columnFindings
  }

  private func visit(_ index: Int, path: String, isInArray: Bool, _ found: inout [Found]) {
    let node = shapes.nodes[index]
    typeFindings(node, path, &found)
    for child in node.children {
      let childPath = path + (path.isEmpty ? "" : ".") + Self.shown(shapes.nodes[child].name)
      if !isInArray { keyFindings(shapes.nodes[child], childPath, &found) }
      visit(child, path: childPath, isInArray: isInArray, &found)
    }
    if node.elements >= 0 { visit(node.elements, path: path + "[]", isInArray: true, &found) }
  }

  private func typeFindings(_ node: ColumnShapes.Node, _ path: String, _ found: inout [Found]) {
    let kinds = Self.kinds.filter { node.firstLines[Int($0.kind.rawValue)] > 0 }
      .map { (name: $0.name, line: Int(node.firstLines[Int($0.kind.rawValue)])) }
      .enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
      .map(\.element)
    guard let first = kinds.first, !path.isEmpty else { return }
    for other in kinds.dropFirst() {
      found.append(
        Found(
          rule: .columnTypes, line: other.line,
          message: "'\(path)' is \(other.name) here and \(first.name) at line \(first.line)",
          key: "\(path) \(other.name)"))
    }
  }

  private func keyFindings(
    _ child: ColumnShapes.Node, _ path: String, _ found: inout [Found]
  ) {
    if child.firstMissing > 0 {
      found.append(
        Found(
          rule: .columnKeys, line: Int(child.firstMissing),
          message: "'\(path)' is in other rows, and not in this",
          key: path))
    }
    let nullLine = child.firstLines[Int(JSONNode.Kind.null.rawValue)]
    let others = Self.kinds.contains { child.firstLines[Int($0.kind.rawValue)] > 0 }
    if nullLine > 0, !others {
      found.append(
        Found(
          rule: .nullColumn, line: Int(nullLine),
          message: "'\(path)' is null in every row, which gives the column no type", key: path))
    }
  }

  /// What the names of the outermost columns say.
  private var columnFindings: [Found] {
    let root = shapes.nodes[0]
    let columns = root.children.map { child -> (name: String, line: Int) in
      let node = shapes.nodes[child]
      let line = Self.firstLine(of: node)
      return (String(decoding: node.name, as: UTF8.self), line)
    }
    return reservedFindings(columns) + mixedFindings(columns)
  }

  private func reservedFindings(_ columns: [(name: String, line: Int)]) -> [Found] {
    guard let format else { return [] }
    let leading = Set(RowFormat.leadingColumns)
    return columns.compactMap { column in
      guard !format.columns.contains(column.name) else { return nil }
      if Self.reserved.contains(column.name), !leading.contains(column.name) {
        return Found(
          rule: .reservedColumn, line: column.line,
          message: "column '\(column.name)' is one that trainers interpret", key: column.name)
      }
      guard !hasGivenSchema, !leading.contains(column.name) else { return nil }
      let shown = Self.shown(Array(column.name.utf8))
      return Found(
        rule: .extraColumn, line: column.line,
        message: "column '\(shown)' is none of the format \(format.rawValue)", key: shown)
    }
  }

  private func mixedFindings(_ columns: [(name: String, line: Int)]) -> [Found] {
    let leading = columns.filter { RowFormat.leadingColumns.contains($0.name) }
      .enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
      .map(\.element)
    guard let first = leading.first else { return [] }
    return leading.dropFirst().map { other in
      Found(
        rule: .mixedFormats, line: other.line,
        message: "column '\(other.name)' makes a second format beside '\(first.name)'",
        key: other.name)
    }
  }

  private static func firstLine(of node: ColumnShapes.Node) -> Int {
    var first = UInt32.max
    for slot in 0..<8 where node.firstLines[slot] > 0 { first = min(first, node.firstLines[slot]) }
    return first == .max ? 1 : Int(first)
  }

  /// A key as messages show it; a long one might be text, so only its length is told.
  private static func shown(_ name: [UInt8]) -> String {
    let text = String(decoding: name, as: UTF8.self)
    let count = text.unicodeScalars.count
    return count <= 64 ? text : "a key of \(count) characters"
  }

  private static let kinds: [(kind: JSONNode.Kind, name: String)] = [
    (.bool, "true or false"), (.number, "a number"), (.string, "a string"), (.array, "an array"),
    (.object, "an object"),
  ]
}
