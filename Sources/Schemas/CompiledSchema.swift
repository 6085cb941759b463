/// Schemas ready to judge values: a flat list in which schemas name each other by number.
struct SchemaProgram: Sendable {
  var schemas: [CompiledSchema] = []
  /// The schema that judges the whole value.
  var root = 0
  /// Dynamic name → resource number → the schema of that name in it.
  var dynamicTargets: [String: [Int: Int]] = [:]

  /// Whether the resources gone through must be remembered while judging.
  var isDynamic: Bool { !dynamicTargets.isEmpty }
}

/// One schema: its keywords in the order in which they are checked, the cheap first and those that
/// depend on others last.
struct CompiledSchema: Sendable {
  /// The resource's identifier and the JSON pointer in it.
  var location: String
  var resource: Int
  var checks: [SchemaCheck] = []
  /// Whether it must know which elements or members its other keywords have judged.
  var hasUnevaluated = false
}

/// What a keyword, or a few that belong together, asks of a value.
///
/// Schemas stand by number.
enum SchemaCheck: Sendable {
  case never
  case type(SchemaTypes)
  case constant([AllowedValue])
  case enumeration([AllowedValue])
  case numberLimit(NumberLimit)
  case multiple(of: ExactNumber, divisor: UInt64, text: String)
  case lengthLimit(SchemaLimit)
  case pattern(SchemaPattern)
  case itemsLimit(SchemaLimit)
  case propertiesLimit(SchemaLimit)
  case uniqueItems
  case object(ObjectRules)
  case propertyNames(Int)
  case dependentRequired(keyword: String, [(name: [UInt8], required: [String])])
  case dependentSchemas(keyword: String, [(name: [UInt8], schema: Int)])
  case array(ArrayRules)
  case contains(ContainsRule)
  case reference(keyword: String, Int)
  case dynamicReference(name: String, otherwise: Int)
  case all([Int])
  case any([Int])
  case one([Int])
  case not(Int)
  case conditional(condition: Int, then: Int?, otherwise: Int?)
  case unevaluatedItems(Int)
  case unevaluatedProperties(Int)
}

/// The types that `type` allows.
struct SchemaTypes: OptionSet, Sendable, Hashable {
  let rawValue: UInt8

  static let null = SchemaTypes(rawValue: 1)
  static let boolean = SchemaTypes(rawValue: 2)
  static let number = SchemaTypes(rawValue: 4)
  static let integer = SchemaTypes(rawValue: 8)
  static let string = SchemaTypes(rawValue: 16)
  static let array = SchemaTypes(rawValue: 32)
  static let object = SchemaTypes(rawValue: 64)

  static let byName: [(name: String, type: SchemaTypes)] = [
    ("null", .null), ("boolean", .boolean), ("number", .number), ("integer", .integer),
    ("string", .string), ("array", .array), ("object", .object),
  ]

  static let byKind: [(kind: SchemaInstanceKind, type: SchemaTypes)] = [
    (.null, .null), (.bool, .boolean), (.number, .number), (.string, .string), (.array, .array),
    (.object, .object),
  ]
}

/// A bound on a number's size.
struct NumberLimit: Sendable {
  var keyword: String
  var bound: ExactNumber
  var text: String
  var isUpper: Bool
  var isExclusive: Bool

  func allows(_ number: ExactNumber) -> Bool {
    if number == bound { return !isExclusive }
    return isUpper ? number < bound : bound < number
  }

  /// `at least 1`, `below 10`.
  var phrase: String {
    switch (isUpper, isExclusive) {
    case (true, true): "below \(text)"
    case (true, false): "at most \(text)"
    case (false, true): "above \(text)"
    case (false, false): "at least \(text)"
    }
  }
}

/// A bound on a count: of characters, elements, members.
struct SchemaLimit: Sendable {
  var keyword: String
  var bound: Int
  var isUpper: Bool

  func allows(_ count: Int) -> Bool { isUpper ? count <= bound : count >= bound }

  /// `at least 1 element, not 0`.
  func phrase(_ noun: String, found: Int) -> String {
    let nouns = bound == 1 ? noun : noun == "entry" ? "entries" : "\(noun)s"
    return "\(isUpper ? "at most" : "at least") \(bound) \(nouns), not \(found)"
  }
}

/// `properties`, `patternProperties`, `additionalProperties` and `required`, judged in one walk.
final class ObjectRules: Sendable {
  struct Property: Sendable {
    var name: [UInt8]
    /// The schema of its value; nil for a name that is only required.
    var schema: Int?
    var isRequired: Bool
  }

  /// What is said of the members that no name and no pattern fits.
  enum Additional: Sendable {
    case allowed
    case refused
    case schema(Int)
  }

  let properties: [Property]
  let patterns: [(pattern: SchemaPattern, schema: Int)]
  let additional: Additional
  let requiredCount: Int
  /// The numbers of the properties whose name has a length.
  private let byLength: [[Int]]

  init(
    properties: [Property], patterns: [(pattern: SchemaPattern, schema: Int)],
    additional: Additional
  ) {
    self.properties = properties
    self.patterns = patterns
    self.additional = additional
    requiredCount = properties.count(where: \.isRequired)
    var byLength = [[Int]](
      repeating: [], count: (properties.map(\.name.count).max() ?? -1) + 1)
    for (number, property) in properties.enumerated() {
      byLength[property.name.count].append(number)
    }
    self.byLength = byLength
  }

  /// The number of the property of a name.
  func number(of name: UnsafeRawBufferPointer) -> Int? {
    guard name.count < byLength.count else { return nil }
    for number in byLength[name.count] where properties[number].name.elementsEqual(name) {
      return number
    }
    return nil
  }

  /// The names that have a schema, for guesses at what was meant.
  var knownNames: [String] {
    properties.filter { $0.schema != nil }.map { String(decoding: $0.name, as: UTF8.self) }
  }
}

/// What is asked of the elements of an array by their place.
struct ArrayRules: Sendable {
  /// The schemas of the first elements, and the keyword that holds them.
  var prefix: [Int]
  /// The schema of all others.
  var rest: Int?
}

/// `contains` with its bounds.
struct ContainsRule: Sendable {
  var schema: Int
  var minimum: Int
  var maximum: Int?
  /// Whether elements that fit count as judged, as they do in 2020-12.
  var marksEvaluated: Bool
}
