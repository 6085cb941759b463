/// A keyword of JSON Schema: where it belongs and where it holds schemas.
struct SchemaKeyword: Sendable {
  /// What a keyword's value is, as far as finding schemas in it goes.
  enum Shape: Sendable {
    case plain
    case schema
    case schemaArray
    case schemaMap
    /// Draft-07's `items`.
    case schemaOrArray
    /// Draft-07's `dependencies`: schemas, among lists of names.
    case dependencies
  }

  var name: String
  var vocabulary: SchemaDialect.Vocabulary
  var shape: Shape
  var isInDraft7: Bool
  var isIn2020: Bool

  private init(
    _ name: String, _ vocabulary: SchemaDialect.Vocabulary, _ shape: Shape = .plain,
    draft7: Bool = true, draft2020: Bool = true
  ) {
    self.name = name
    self.vocabulary = vocabulary
    self.shape = shape
    isInDraft7 = draft7
    isIn2020 = draft2020
  }

  static let all: [SchemaKeyword] = [
    .init("$schema", .core), .init("$id", .core), .init("$ref", .core), .init("$comment", .core),
    .init("$anchor", .core, draft7: false), .init("$dynamicRef", .core, draft7: false),
    .init("$dynamicAnchor", .core, draft7: false), .init("$vocabulary", .core, draft7: false),
    .init("$defs", .core, .schemaMap, draft7: false), .init("definitions", .core, .schemaMap),
    .init("allOf", .applicator, .schemaArray), .init("anyOf", .applicator, .schemaArray),
    .init("oneOf", .applicator, .schemaArray), .init("not", .applicator, .schema),
    .init("if", .applicator, .schema), .init("then", .applicator, .schema),
    .init("else", .applicator, .schema),
    .init("dependentSchemas", .applicator, .schemaMap, draft7: false),
    .init("prefixItems", .applicator, .schemaArray, draft7: false),
    .init("items", .applicator, .schemaOrArray),
    .init("additionalItems", .applicator, .schema, draft2020: false),
    .init("contains", .applicator, .schema), .init("properties", .applicator, .schemaMap),
    .init("patternProperties", .applicator, .schemaMap),
    .init("additionalProperties", .applicator, .schema),
    .init("propertyNames", .applicator, .schema),
    .init("dependencies", .applicator, .dependencies, draft2020: false),
    .init("unevaluatedItems", .unevaluated, .schema, draft7: false),
    .init("unevaluatedProperties", .unevaluated, .schema, draft7: false),
    .init("type", .validation), .init("enum", .validation), .init("const", .validation),
    .init("multipleOf", .validation), .init("maximum", .validation),
    .init("exclusiveMaximum", .validation), .init("minimum", .validation),
    .init("exclusiveMinimum", .validation), .init("maxLength", .validation),
    .init("minLength", .validation), .init("pattern", .validation), .init("maxItems", .validation),
    .init("minItems", .validation), .init("uniqueItems", .validation),
    .init("maxContains", .validation, draft7: false),
    .init("minContains", .validation, draft7: false), .init("maxProperties", .validation),
    .init("minProperties", .validation), .init("required", .validation),
    .init("dependentRequired", .validation, draft7: false), .init("title", .annotation),
    .init("description", .annotation), .init("default", .annotation),
    .init("deprecated", .annotation, draft7: false), .init("readOnly", .annotation),
    .init("writeOnly", .annotation), .init("examples", .annotation), .init("format", .annotation),
    .init("contentEncoding", .annotation), .init("contentMediaType", .annotation),
    .init("contentSchema", .annotation, .schema, draft7: false),
  ]

  static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

/// The rules that a schema resource is written in: a draft, and the vocabularies in force.
struct SchemaDialect: Sendable, Hashable {
  enum Draft: Sendable {
    case draft7
    case draft2020
  }

  enum Vocabulary: Sendable, CaseIterable {
    case core
    case applicator
    case unevaluated
    case validation
    /// Meta-data, format as annotation, content: nothing that is checked.
    case annotation
  }

  var draft: Draft
  var vocabularies: Set<Vocabulary>

  static let draft7 = SchemaDialect(draft: .draft7, vocabularies: Set(Vocabulary.allCases))
  static let draft2020 = SchemaDialect(draft: .draft2020, vocabularies: Set(Vocabulary.allCases))

  /// The keyword of a name, if it is one here.
  func keyword(_ name: String) -> SchemaKeyword? {
    guard let keyword = SchemaKeyword.byName[name], vocabularies.contains(keyword.vocabulary) else {
      return nil
    }
    return (draft == .draft7 ? keyword.isInDraft7 : keyword.isIn2020) ? keyword : nil
  }

  /// The vocabulary of a URI of 2020-12; nil for one that we do not know.
  static func vocabulary(_ uri: String) -> Vocabulary? {
    let prefix = "https://json-schema.org/draft/2020-12/vocab/"
    guard uri.hasPrefix(prefix) else { return nil }
    switch uri.dropFirst(prefix.count) {
    case "core": return .core
    case "applicator": return .applicator
    case "unevaluated": return .unevaluated
    case "validation": return .validation
    case "meta-data", "format-annotation", "content": return .annotation
    default: return nil
    }
  }
}
