import Formats
import Records

/// Turns schemas into a program, one keyword after another; follows references as it meets them.
struct SchemaCompiler {
  /// Whether keywords that no vocabulary knows are refused, as our own schemas ask.
  let isStrict: Bool
  private var resources: SchemaResources
  private var program = SchemaProgram()
  /// Places compiled or begun, by location.
  private var numbers: [String: Int] = [:]
  private var dynamicNames: [String] = []

  init(registry: SchemaRegistry, isStrict: Bool) {
    self.isStrict = isStrict
    resources = SchemaResources(registry: registry)
  }

  /// Compiles a document and all that it refers to.
  mutating func program(of document: JSON, uri: String) throws(SchemaError) -> SchemaProgram {
    let root = try resources.add(document, as: uri)
    program.root = try compile(SchemaPlace(resource: root, pointer: "", json: document))
    try compileDynamicTargets()
    return program
  }

  /// Compiles the schemas that dynamic references may end at; these may bring further references.
  private mutating func compileDynamicTargets() throws(SchemaError) {
    var found = -1
    while found != program.schemas.count {
      found = program.schemas.count
      for name in dynamicNames {
        for resource in resources.all.indices {
          guard let place = resources[resource].dynamicAnchors[name] else { continue }
          program.dynamicTargets[name, default: [:]][resource] = try compile(place)
        }
      }
    }
  }

  /// The number of the schema at a place.
  private mutating func compile(_ place: SchemaPlace) throws(SchemaError) -> Int {
    let location = "\(resources[place.resource].uri.absolute)#\(place.pointer)"
    if let number = numbers[location] { return number }
    let number = program.schemas.count
    numbers[location] = number
    program.schemas.append(CompiledSchema(location: location, resource: place.resource))
    var schema = Source(
      place: place, location: location, dialect: resources[place.resource].dialect)
    switch place.json {
    case .bool(let allows): program.schemas[number].checks = allows ? [] : [.never]
    case .object:
      try requireKnownKeywords(in: schema)
      if schema.dialect.draft == .draft7, place.json["$ref"] != nil {
        schema.isReferenceOnly = true
      }
      program.schemas[number].checks = try checks(of: schema)
      program.schemas[number].hasUnevaluated =
        schema["unevaluatedItems"] != nil || schema["unevaluatedProperties"] != nil
    default: throw SchemaError(.notASchema, at: location)
    }
    return number
  }

  private func requireKnownKeywords(in schema: Source) throws(SchemaError) {
    guard isStrict else { return }
    for member in schema.place.json.members ?? [] where schema.dialect.keyword(member.key) == nil {
      let known = SchemaKeyword.all.map(\.name).filter { schema.dialect.keyword($0) != nil }
      let nearest = NearestName.of(member.key, among: known)
      throw SchemaError(.unknownKeyword(member.key, nearest: nearest), at: schema.location)
    }
  }

  private mutating func checks(of schema: Source) throws(SchemaError) -> [SchemaCheck] {
    try schema.valueChecks() + objectChecks(of: schema) + arrayChecks(of: schema)
      + combinations(of: schema) + unevaluatedChecks(of: schema)
  }
}

extension SchemaCompiler {
  /// A schema object as it is being compiled.
  struct Source {
    var place: SchemaPlace
    var location: String
    var dialect: SchemaDialect
    /// Whether a `$ref` hides all other keywords (draft-07).
    var isReferenceOnly = false

    /// The value of a keyword, if the keyword is in force.
    subscript(keyword: String) -> JSON? {
      guard dialect.keyword(keyword) != nil else { return nil }
      guard !isReferenceOnly || keyword == "$ref" else { return nil }
      return place.json[keyword]
    }

    func malformed(_ keyword: String, _ expected: String) -> SchemaError {
      SchemaError(.malformedKeyword(keyword, expected: expected), at: location)
    }

    /// A keyword's list of names.
    func names(_ json: JSON, of keyword: String) throws(SchemaError) -> [String] {
      let names = json.array?.compactMap(\.string)
      guard let names, names.count == json.array?.count else {
        throw malformed(keyword, "a list of names")
      }
      return names
    }
  }

  /// The schema under a keyword, or deeper inside the keyword's value.
  private mutating func schema(
    _ source: Source, _ tokens: String...
  ) throws(SchemaError) -> Int {
    var place: SchemaPlace? = source.place
    for token in tokens { place = place.flatMap { resources.child(of: $0, token) } }
    guard let place else { throw SchemaError(.notASchema, at: source.location) }
    return try compile(place)
  }

  private mutating func schemas(
    _ source: Source, _ keyword: String
  ) throws(SchemaError) -> [Int]? {
    guard let json = source[keyword] else { return nil }
    guard let elements = json.array else { throw source.malformed(keyword, "a list of schemas") }
    var numbers: [Int] = []
    for index in elements.indices { numbers.append(try schema(source, keyword, String(index))) }
    return numbers
  }

  private mutating func optionalSchema(
    _ source: Source, _ keyword: String
  ) throws(SchemaError) -> Int? {
    source[keyword] == nil ? nil : try schema(source, keyword)
  }
}

// MARK: Objects

extension SchemaCompiler {
  private mutating func objectChecks(of source: Source) throws(SchemaError) -> [SchemaCheck] {
    var checks: [SchemaCheck] = []
    if let rules = try objectRules(of: source) { checks.append(.object(rules)) }
    if let names = try optionalSchema(source, "propertyNames") {
      checks.append(.propertyNames(names))
    }
    for keyword in ["dependentRequired", "dependentSchemas", "dependencies"] {
      checks += try dependencies(of: source, keyword)
    }
    return checks
  }

  private mutating func objectRules(of source: Source) throws(SchemaError) -> ObjectRules? {
    let keywords = ["properties", "patternProperties", "additionalProperties", "required"]
    guard keywords.contains(where: { source[$0] != nil }) else { return nil }
    let required = try source["required"].map { json throws(SchemaError) in
      try source.names(json, of: "required")
    }
    var left = required ?? []
    var properties: [ObjectRules.Property] = []
    for member in try members(source, "properties") {
      properties.append(
        ObjectRules.Property(
          name: Array(member.key.utf8), schema: try schema(source, "properties", member.key),
          isRequired: left.contains(member.key)))
      left.removeAll { $0 == member.key }
    }
    for name in left where !properties.contains(where: { $0.name.elementsEqual(name.utf8) }) {
      properties.append(
        ObjectRules.Property(name: Array(name.utf8), schema: nil, isRequired: true))
    }
    return ObjectRules(
      properties: properties, patterns: try patternProperties(of: source),
      additional: try additionalProperties(of: source))
  }

  private mutating func patternProperties(
    of source: Source
  ) throws(SchemaError) -> [(pattern: SchemaPattern, schema: Int)] {
    var patterns: [(pattern: SchemaPattern, schema: Int)] = []
    for member in try members(source, "patternProperties") {
      guard let pattern = SchemaPattern(member.key) else {
        throw SchemaError(.malformedPattern(member.key), at: source.location)
      }
      patterns.append((pattern, try schema(source, "patternProperties", member.key)))
    }
    return patterns
  }

  private mutating func additionalProperties(
    of source: Source
  ) throws(SchemaError) -> ObjectRules.Additional {
    switch source["additionalProperties"] {
    case nil: .allowed
    case .bool(false)?: .refused
    default: .schema(try schema(source, "additionalProperties"))
    }
  }

  private func members(
    _ source: Source, _ keyword: String
  ) throws(SchemaError) -> [JSON.Member] {
    guard let json = source[keyword] else { return [] }
    guard let members = json.members else { throw source.malformed(keyword, "an object") }
    return members
  }

  private mutating func dependencies(
    of source: Source, _ keyword: String
  ) throws(SchemaError) -> [SchemaCheck] {
    var names: [(name: [UInt8], required: [String])] = []
    var schemas: [(name: [UInt8], schema: Int)] = []
    for member in try members(source, keyword) {
      let name = Array(member.key.utf8)
      if keyword != "dependentSchemas", member.value.array != nil {
        names.append((name, try source.names(member.value, of: keyword)))
      } else {
        schemas.append((name, try schema(source, keyword, member.key)))
      }
    }
    var checks: [SchemaCheck] = []
    if !names.isEmpty { checks.append(.dependentRequired(keyword: keyword, names)) }
    if !schemas.isEmpty { checks.append(.dependentSchemas(keyword: keyword, schemas)) }
    return checks
  }
}

// MARK: Arrays, combinations, references

extension SchemaCompiler {
  private mutating func arrayChecks(of source: Source) throws(SchemaError) -> [SchemaCheck] {
    var checks: [SchemaCheck] = []
    var rules = ArrayRules(prefix: [], rest: nil)
    if source.dialect.draft == .draft7, source["items"]?.array != nil {
      rules.prefix = try schemas(source, "items") ?? []
      rules.rest = try optionalSchema(source, "additionalItems")
    } else {
      rules.prefix = try schemas(source, "prefixItems") ?? []
      rules.rest = try optionalSchema(source, "items")
    }
    if !rules.prefix.isEmpty || rules.rest != nil { checks.append(.array(rules)) }
    if let schema = try optionalSchema(source, "contains") {
      checks.append(
        .contains(
          ContainsRule(
            schema: schema, minimum: try source.count("minContains") ?? 1,
            maximum: try source.count("maxContains"),
            marksEvaluated: source.dialect.draft == .draft2020)))
    }
    return checks
  }

  private mutating func combinations(of source: Source) throws(SchemaError) -> [SchemaCheck] {
    var checks = try references(of: source)
    if let all = try schemas(source, "allOf") { checks.append(.all(all)) }
    if let any = try schemas(source, "anyOf") { checks.append(.any(any)) }
    if let one = try schemas(source, "oneOf") { checks.append(.one(one)) }
    if let not = try optionalSchema(source, "not") { checks.append(.not(not)) }
    if let condition = try optionalSchema(source, "if") {
      checks.append(
        .conditional(
          condition: condition, then: try optionalSchema(source, "then"),
          otherwise: try optionalSchema(source, "else")))
    }
    return checks
  }

  private mutating func references(of source: Source) throws(SchemaError) -> [SchemaCheck] {
    var checks: [SchemaCheck] = []
    if let json = source["$ref"] {
      guard let reference = json.string else { throw source.malformed("$ref", "a URI reference") }
      let target = try resources.resolve(
        reference, in: source.place.resource, at: source.location)
      checks.append(.reference(keyword: "$ref", try compile(target)))
    }
    if let json = source["$dynamicRef"] {
      guard let reference = json.string else {
        throw source.malformed("$dynamicRef", "a URI reference")
      }
      checks.append(try dynamicReference(reference, of: source))
    }
    return checks
  }

  /// A reference that is dynamic only when what it names at first is a dynamic anchor.
  private mutating func dynamicReference(
    _ reference: String, of source: Source
  ) throws(SchemaError) -> SchemaCheck {
    let target = try resources.resolve(reference, in: source.place.resource, at: source.location)
    let number = try compile(target)
    let name = SchemaURI(reference).decodedFragment
    guard let anchor = resources[target.resource].dynamicAnchors[name],
      anchor.pointer == target.pointer
    else { return .reference(keyword: "$dynamicRef", number) }
    if !dynamicNames.contains(name) { dynamicNames.append(name) }
    return .dynamicReference(name: name, otherwise: number)
  }

  private mutating func unevaluatedChecks(
    of source: Source
  ) throws(SchemaError) -> [SchemaCheck] {
    var checks: [SchemaCheck] = []
    if let items = try optionalSchema(source, "unevaluatedItems") {
      checks.append(.unevaluatedItems(items))
    }
    if let properties = try optionalSchema(source, "unevaluatedProperties") {
      checks.append(.unevaluatedProperties(properties))
    }
    return checks
  }
}
