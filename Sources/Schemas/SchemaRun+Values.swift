import Formats

/// The keywords that look at one value.
extension SchemaRun {
  mutating func checkValue(_ check: SchemaCheck, _ schema: Int, _ instance: Instance) -> Bool {
    switch check {
    case .never: fail("", schema, instance) { "\($0) is not allowed" }
    case .type(let types): checkType(types, schema, instance)
    case .constant(let allowed):
      allowed.contain(instance)
        || fail("const", schema, instance) { "\($0) must be \(Self.list(allowed))" }
    case .enumeration(let allowed):
      allowed.contain(instance)
        || fail("enum", schema, instance) { "\($0) must be one of \(Self.list(allowed))" }
    case .numberLimit(let limit): checkNumber(limit, schema, instance)
    case .multiple(let number, let divisor, let text):
      instance.instanceKind != .number
        || instance.withNumberUTF8 { ExactNumber($0).isMultiple(of: number, divisor: divisor) }
        || fail("multipleOf", schema, instance) { "\($0) must be a multiple of \(text)" }
    case .lengthLimit(let limit): checkLength(limit, schema, instance)
    case .pattern(let pattern):
      instance.instanceKind != .string || instance.withTextUTF8 { pattern.matches($0) }
        || fail("pattern", schema, instance) { "\($0) must match '\(pattern.source)'" }
    case .itemsLimit(let limit): checkCount(limit, .array, "element", schema, instance)
    case .propertiesLimit(let limit): checkCount(limit, .object, "key", schema, instance)
    case .uniqueItems: checkUnique(schema, instance)
    case .propertyNames(let target): checkNames(target, schema, instance)
    case .dependentRequired(let keyword, let names):
      checkDependentRequired(names, keyword, schema, instance)
    default: preconditionFailure("a keyword that holds schemas is judged as one that does not")
    }
  }

  private mutating func checkType(
    _ types: SchemaTypes, _ schema: Int, _ instance: Instance
  ) -> Bool {
    if types.contain(instance) { return true }
    return fail("type", schema, instance) {
      "\($0) must be \(types.phrase(for: Instance.self)), not \(Self.name(of: instance))"
    }
  }

  private mutating func checkNumber(
    _ limit: NumberLimit, _ schema: Int, _ instance: Instance
  ) -> Bool {
    guard instance.instanceKind == .number else { return true }
    if instance.withNumberUTF8({ limit.allows(ExactNumber($0)) }) { return true }
    return fail(limit.keyword, schema, instance) {
      "\($0) must be \(limit.phrase), not \(Self.shortNumber(instance))"
    }
  }

  /// Lengths count code points; no text has more of these than bytes, nor fewer than a quarter.
  private mutating func checkLength(
    _ limit: SchemaLimit, _ schema: Int, _ instance: Instance
  ) -> Bool {
    guard instance.instanceKind == .string else { return true }
    let isWithin = instance.withTextUTF8 { text in
      if limit.isUpper, text.count <= limit.bound { return true }
      if !limit.isUpper, text.count / 4 >= limit.bound, !text.isEmpty { return true }
      return limit.allows(text.characterCount)
    }
    if isWithin { return true }
    return fail(limit.keyword, schema, instance) { subject in
      let count = instance.withTextUTF8 { $0.characterCount }
      guard count > 0 || limit.bound > 1 else { return "\(subject) must not be empty" }
      return "\(subject) must have \(limit.phrase("character", found: count))"
    }
  }

  private mutating func checkCount(
    _ limit: SchemaLimit, _ kind: SchemaInstanceKind, _ noun: String, _ schema: Int,
    _ instance: Instance
  ) -> Bool {
    guard instance.instanceKind == kind else { return true }
    let count = instance.instanceCount
    if limit.allows(count) { return true }
    return fail(limit.keyword, schema, instance) { subject in
      guard count > 0 || limit.bound > 1 else { return "\(subject) must not be empty" }
      return "\(subject) must have \(limit.phrase(noun, found: count))"
    }
  }

  private mutating func checkUnique(_ schema: Int, _ instance: Instance) -> Bool {
    guard instance.instanceKind == .array, instance.instanceCount > 1 else { return true }
    var places: [CanonicalValue: Int] = [:]
    var pair: (first: Int, second: Int)?
    var place = 0
    _ = instance.allElements { element in
      defer { place += 1 }
      guard let first = places.updateValue(place, forKey: CanonicalValue(element)) else {
        return true
      }
      pair = (first, place)
      return false
    }
    guard let pair else { return true }
    return fail("uniqueItems", schema, instance) {
      "\($0) must not repeat an element: \(pair.first + 1) and \(pair.second + 1) are equal"
    }
  }

  private static func list(_ allowed: [AllowedValue]) -> String {
    allowed.map(\.description).joined(separator: ", ")
  }

  private static func shortNumber(_ instance: Instance) -> String {
    instance.withNumberUTF8 { text in
      text.count <= 40
        ? String(decoding: text, as: UTF8.self) : "a number of \(text.count) characters"
    }
  }

  private static func name(of instance: Instance) -> String {
    if instance.instanceKind == .string, instance.withTextUTF8({ $0.isEmpty }) {
      return "an empty string"
    }
    return Instance.name(of: instance.instanceKind)
  }
}

extension UnsafeRawBufferPointer {
  /// How many code points there are in this UTF-8.
  fileprivate var characterCount: Int { count { $0 & 0xc0 != 0x80 } }
}

extension SchemaTypes {
  /// Whether a value is of one of these types; `1.0` is an integer.
  func contain(_ instance: some SchemaInstance) -> Bool {
    switch instance.instanceKind {
    case .null: contains(.null)
    case .bool: contains(.boolean)
    case .string: contains(.string)
    case .array: contains(.array)
    case .object: contains(.object)
    case .number:
      contains(.number)
        || contains(.integer) && instance.withNumberUTF8 { ExactNumber($0).isInteger }
    }
  }

  /// `a string or null`, in the words of a notation.
  func phrase<Instance: SchemaInstance>(for _: Instance.Type) -> String {
    var names = Self.byKind.filter { contains($0.type) }.map { Instance.name(of: $0.kind) }
    if contains(.integer), !contains(.number) { names.append("a whole number") }
    return names.joined(separator: " or ")
  }
}
