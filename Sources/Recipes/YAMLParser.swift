import CYAML
import Records

/// Builds a `YAMLNode` tree from libyaml's events and collects every problem on the way.
///
/// Anchors, aliases, tags and second documents are refused at their place: a recipe has no use for
/// them, and without them no input can grow while it is read. Nesting is bounded, for libyaml's time
/// grows with its square: 200,000 open brackets take it minutes.
struct YAMLParser {
  /// The most bytes a recipe may have.
  static let maximumBytes = 1 << 20
  /// The deepest that lists and mappings may lie in one another; the recipe schema has no use for 10.
  private static let maximumDepth = 64

  private let file: String
  /// libyaml keeps pointers into its parser, so that it must not move.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private var problems: [Diagnostic] = []
  private var open: [Container] = []
  private var root: YAMLNode?

  /// A sequence or mapping whose end has not been met.
  private struct Container {
    var position: Position
    var isMapping: Bool
    var elements: [YAMLNode] = []
    var members: [YAMLNode.Member] = []
    var pendingKey: (name: String, position: Position)?
    /// The line of each key met.
    var keyLines: [String: Int] = [:]
  }

  private init(file: String, parser: UnsafeMutablePointer<yaml_parser_t>) {
    self.file = file
    self.parser = parser
  }

  /// Parses a file's bytes.
  ///
  /// - Throws: `RecipeProblems` with every problem found.
  static func parse(
    _ bytes: [UInt8], file: String, maximumBytes: Int = YAMLParser.maximumBytes
  ) throws(RecipeProblems) -> YAMLNode {
    guard bytes.count <= maximumBytes else {
      throw RecipeProblems([
        Diagnostic(
          at: Position(file: file),
          "the file has \(bytes.count) bytes; a recipe may have \(maximumBytes)")
      ])
    }
    let state = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { state.deallocate() }
    state.initialize(to: yaml_parser_t())
    var reading = YAMLParser(file: file, parser: state)
    reading.run(bytes)
    guard reading.problems.isEmpty else { throw RecipeProblems(reading.problems) }
    return reading.root ?? YAMLNode(.null, at: Position(file: file, line: 1, column: 1))
  }

  private mutating func run(_ bytes: [UInt8]) {
    yaml_parser_initialize(parser)
    defer { yaml_parser_delete(parser) }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    bytes.withUnsafeBufferPointer { buffer in
      yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
      var documents = 0
      while true {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else {
          problems.append(syntaxProblem())
          return
        }
        defer { yaml_event_delete(&event) }
        if event.type == YAML_STREAM_END_EVENT { return }
        if event.type == YAML_DOCUMENT_START_EVENT { documents += 1 }
        guard documents <= 1 else {
          report("a second document starts here; a recipe is one document", at: event.start_mark)
          return
        }
        take(event)
        guard open.count <= Self.maximumDepth else {
          report("nested deeper than \(Self.maximumDepth) lists and mappings", at: event.start_mark)
          return
        }
      }
    }
  }

  private mutating func take(_ event: yaml_event_t) {
    switch event.type {
    case YAML_ALIAS_EVENT:
      report("aliases are not part of the recipe language", at: event.start_mark)
      add(YAMLNode(.null, at: position(event.start_mark)))
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      refuse(anchor: scalar.anchor, tag: scalar.tag, at: event.start_mark)
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      let text = String(decoding: bytes, as: UTF8.self)
      let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      add(
        YAMLNode(
          isPlain ? Self.resolved(text) : .string(text), at: position(event.start_mark)),
        text: text)
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      refuse(anchor: start.anchor, tag: start.tag, at: event.start_mark)
      open.append(Container(position: position(event.start_mark), isMapping: false))
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      refuse(anchor: start.anchor, tag: start.tag, at: event.start_mark)
      open.append(Container(position: position(event.start_mark), isMapping: true))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      guard let closed = open.popLast() else { return }
      let value: YAMLNode.Value =
        closed.isMapping ? .mapping(closed.members) : .sequence(closed.elements)
      add(YAMLNode(value, at: closed.position))
    default: break
    }
  }

  /// Puts a finished node where it belongs: the root, a sequence's end, a key or its value.
  private mutating func add(_ node: YAMLNode, text: String? = nil) {
    guard !open.isEmpty else {
      root = node
      return
    }
    let top = open.count - 1
    guard open[top].isMapping else {
      open[top].elements.append(node)
      return
    }
    if let key = open[top].pendingKey {
      open[top].members.append(
        YAMLNode.Member(key: key.name, keyPosition: key.position, value: node))
      open[top].pendingKey = nil
      return
    }
    if text == nil {
      problems.append(Diagnostic(at: node.position, "a key must be a word, not a list or mapping"))
    }
    let name = text ?? ""
    if let line = open[top].keyLines[name], text != nil {
      problems.append(
        Diagnostic(
          at: node.position, "key '\(name)' occurs twice; it stands on line \(line) already"))
    }
    open[top].keyLines[name] = open[top].keyLines[name] ?? node.position.line
    open[top].pendingKey = (name, node.position)
  }

  private mutating func refuse(
    anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?,
    at mark: yaml_mark_t
  ) {
    if anchor != nil { report("anchors are not part of the recipe language", at: mark) }
    if tag != nil { report("tags are not part of the recipe language", at: mark) }
  }

  private mutating func report(_ message: String, at mark: yaml_mark_t) {
    problems.append(Diagnostic(at: position(mark), message))
  }

  private func position(_ mark: yaml_mark_t) -> Position {
    Position(file: file, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }

  private func syntaxProblem() -> Diagnostic {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "the text is not YAML"
    let mark =
      parser.pointee.error == YAML_READER_ERROR ? parser.pointee.mark : parser.pointee.problem_mark
    return Diagnostic(at: position(mark), problem, hint: "recipes are YAML; check the indentation")
  }

  /// The core schema's reading of a plain scalar.
  private static func resolved(_ text: String) -> YAMLNode.Value {
    switch text {
    case "", "~", "null": .null
    case "true": .bool(true)
    case "false": .bool(false)
    default: isNumber(text) ? .number(text) : .string(text)
    }
  }

  /// Whether text is a JSON number; `0777`, `0x1F` and `.5` are text, as a licence or code may be.
  private static func isNumber(_ text: String) -> Bool {
    var rest = Substring(text).utf8
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let integer = digits(&rest)
    guard integer > 0, integer == 1 || text.utf8.first(where: { $0 != UInt8(ascii: "-") }) != 0x30
    else {
      return false
    }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard digits(&rest) > 0 else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
      guard digits(&rest) > 0 else { return false }
    }
    return rest.isEmpty
  }

  private static func digits(_ rest: inout Substring.UTF8View) -> Int {
    var count = 0
    while let byte = rest.first, (0x30...0x39).contains(byte) {
      rest.removeFirst()
      count += 1
    }
    return count
  }
}

/// Every problem found in a recipe or template file, in the order of the file.
package struct RecipeProblems: Error, CustomStringConvertible, Sendable {
  package var problems: [Diagnostic]

  package init(_ problems: [Diagnostic]) { self.problems = problems }

  /// The same, by line and column; what has no place comes last.
  package var inFileOrder: RecipeProblems {
    RecipeProblems(
      problems.enumerated().sorted { first, second in
        let (one, other) = (first.element.position, second.element.position)
        return (one.line ?? .max, one.column ?? .max, first.offset)
          < (other.line ?? .max, other.column ?? .max, second.offset)
      }.map(\.element))
  }

  package var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}
