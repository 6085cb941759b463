import Testing

@testable import Formats

/// Trees of columns as writers old and new flatten them, which pyarrow cannot all be made to write.
struct ParquetSchemaTests {
  @Test func `a list of three levels has the innermost field for its element`() throws {
    let schema = try Self.schema(
      .list("tags", children: 1), .repeatedGroup("list", children: 1), .text("element", 1))
    #expect(Self.shapes(of: schema) == "tags?[text?]")
    #expect(schema.leaves[0].maximumDefinition == 3)
    #expect(schema.leaves[0].maximumRepetition == 1)
    #expect(schema.leaves[0].path == "tags.element")
  }

  @Test func `a list of two levels has the repeated field for its element`() throws {
    let schema = try Self.schema(.list("tags", children: 1), .text("array", 2))
    #expect(Self.shapes(of: schema) == "tags?[text]")
    #expect(schema.leaves[0].maximumDefinition == 2)
  }

  @Test(arguments: ["array", "tags_tuple"])
  func `a repeated group of these names is the element itself`(name: String) throws {
    let schema = try Self.schema(
      .list("tags", children: 1), .repeatedGroup(name, children: 1), .text("code", 1))
    #expect(Self.shapes(of: schema) == "tags?[{code:text?}]")
  }

  @Test func `a repeated group of several fields is the element itself`() throws {
    let schema = try Self.schema(
      .list("tags", children: 1), .repeatedGroup("bag", children: 2), .text("a", 0), .text("b", 1))
    #expect(Self.shapes(of: schema) == "tags?[{a:text,b:text?}]")
  }

  @Test func `a repeated field without a list around it is a list`() throws {
    let schema = try Self.schema(
      .text("tags", 2), .repeatedGroup("visits", children: 1), .text("a", 0))
    #expect(Self.shapes(of: schema) == "tags[text],visits[{a:text}]")
    #expect(schema.leaves.map(\.maximumRepetition) == [1, 1])
  }

  @Test(arguments: [1, 2])
  func `a map of writers new and old has key and value`(convertedType: Int) throws {
    let schema = try Self.schema(
      .map("codes", convertedType), .repeatedGroup("key_value", children: 2), .text("key", 0),
      .text("value", 1))
    #expect(Self.shapes(of: schema) == "codes?<text:text?>")
  }

  @Test func `a group that says it has more than there is is an error`() {
    #expect(throws: ParquetFault.malformed("the schema has fewer elements than its groups say")) {
      try Self.schema(.repeatedGroup("a", children: 3), .text("b", 0))
    }
  }

  private static func schema(
    _ elements: ParquetMetadata.SchemaElement...
  ) throws -> ParquetSchema {
    var root = ParquetMetadata.SchemaElement(name: "schema")
    var below = 0
    // The root has as many columns as there are elements that stand below no other.
    for element in elements {
      if below == 0 { root.childCount += 1 } else { below -= 1 }
      below += element.childCount
    }
    return try ParquetSchema([root] + elements, limits: ParquetLimits())
  }

  /// The tree in one line: `?` may be null, `[…]` lists, `{…}` structs, `<…:…>` maps.
  private static func shapes(of schema: ParquetSchema) -> String {
    schema.fields.map { $0.name + text(of: $0, from: 0) }.joined(separator: ",")
  }

  private static func text(of field: ParquetField, from definition: Int) -> String {
    let mark = field.presence > definition ? "?" : ""
    return switch field.shape {
    case .leaf: "text" + mark
    case .group(let fields):
      "{"
        + fields.map { "\($0.name):\(text(of: $0, from: field.presence))" }.joined(separator: ",")
        + "}" + mark
    case .list(let element, let levels):
      mark + "[\(text(of: element, from: levels.definition))]"
    case .map(let key, let value, let levels):
      mark + "<\(text(of: key, from: levels.definition)):"
        + (value.map { text(of: $0, from: levels.definition) } ?? "") + ">"
    }
  }
}

extension ParquetMetadata.SchemaElement {
  fileprivate static func text(_ name: String, _ repetition: Int) -> Self {
    Self(name: name, type: 6, repetition: repetition, convertedType: 0)
  }

  fileprivate static func list(_ name: String, children: Int) -> Self {
    Self(name: name, repetition: 1, childCount: children, convertedType: 3)
  }

  fileprivate static func map(_ name: String, _ convertedType: Int) -> Self {
    Self(name: name, repetition: 1, childCount: 1, convertedType: convertedType)
  }

  fileprivate static func repeatedGroup(_ name: String, children: Int) -> Self {
    Self(name: name, repetition: 2, childCount: children)
  }
}
