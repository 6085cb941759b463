import Formats
import Records

/// Wording and places of problems. Every function here gives the verdict "does not fit".
extension SchemaRun {
  /// Notes a problem of a value; the message is made from what people call the value, and only when it
  /// is wanted.
  mutating func fail(
    _ keyword: String, _ schema: Int, _ instance: Instance, _ message: (String) -> String
  ) -> Bool {
    note(keyword, schema, at: instance.instancePosition, message)
  }

  /// Notes a key that no schema speaks of.
  mutating func failUnknown(
    _ key: Instance, _ known: [String], _ keyword: String, _ schema: Int
  ) -> Bool {
    guard isCollecting else { return false }
    path.append(.key(key))
    defer { path.removeLast() }
    let name = key.text
    let hint = NearestName.hint(for: name, among: known)
    return note(keyword, schema, at: key.instancePosition, hint: hint) {
      "\($0) is not a known key"
    }
  }

  /// Notes each required key that an object lacks.
  mutating func failMissing(_ rules: ObjectRules, _ schema: Int, _ instance: Instance) -> Bool {
    guard isCollecting else { return false }
    let isWhole = path.isEmpty
    for property in rules.properties where property.isRequired && !has(property.name, instance) {
      let name = String(decoding: property.name, as: UTF8.self)
      _ = fail("required", schema, instance) {
        isWhole ? "'\(name)' is missing" : "\($0) lacks '\(name)'"
      }
    }
    return false
  }

  mutating func failTooDeep(_ schema: Int, _ instance: Instance) -> Bool {
    fail("$ref", schema, instance) { "\($0) is nested deeper than can be validated" }
  }

  /// Notes why a value fits no branch: the problems of the one branch whose type it has, or else that
  /// there is no such branch.
  mutating func failAllBranches(
    _ schemas: [Int], _ keyword: String, _ schema: Int, _ instance: Instance
  ) -> Bool {
    guard isCollecting, problems.count < limit else { return false }
    let likely = schemas.filter {
      possibleTypes(of: $0).contain(instance) && isFormLikely($0, instance)
    }
    if let only = likely.first, likely.count == 1 {
      var evaluated = EvaluatedItems.notKept
      return check(only, instance, &evaluated)
    }
    let types = schemas.reduce(into: SchemaTypes()) { $0.formUnion(possibleTypes(of: $1)) }
    guard types.contain(instance) else {
      return fail(keyword, schema, instance) {
        "\($0) must be \(types.phrase(for: Instance.self)), not \(Instance.name(of: instance.instanceKind))"
      }
    }
    return fail(keyword, schema, instance) { "\($0) fits none of \(schemas.count) allowed forms" }
  }

  /// The types that a schema allows at most.
  private func possibleTypes(of schema: Int, depth: Int = 0) -> SchemaTypes {
    var types: SchemaTypes = [.null, .boolean, .number, .integer, .string, .array, .object]
    guard depth < 8 else { return types }
    for check in program.schemas[schema].checks {
      switch check {
      case .never: types = []
      case .type(let allowed): types.formIntersection(allowed)
      case .reference(_, let target):
        types.formIntersection(possibleTypes(of: target, depth: depth + 1))
      default: continue
      }
    }
    return types
  }

  /// Whether the constants by which forms are told apart (`{"kind": {"const": …}}`) are as a schema
  /// asks.
  private func isFormLikely(_ schema: Int, _ instance: Instance, depth: Int = 0) -> Bool {
    guard depth < 8 else { return true }
    for case .reference(_, let target) in program.schemas[schema].checks
    where !isFormLikely(target, instance, depth: depth + 1) { return false }
    for case .object(let rules) in program.schemas[schema].checks {
      let isLikely = instance.allMembers { key, value in
        guard let number = key.withTextUTF8({ rules.number(of: $0) }),
          let target = rules.properties[number].schema
        else { return true }
        for case .constant(let allowed) in program.schemas[target].checks
        where !allowed.contain(value) { return false }
        return true
      }
      if !isLikely { return false }
    }
    for case .constant(let allowed) in program.schemas[schema].checks
    where !allowed.contain(instance) { return false }
    return true
  }

  private mutating func note(
    _ keyword: String, _ schema: Int, at position: @autoclosure () -> Position,
    hint: String? = nil, _ message: (String) -> String
  ) -> Bool {
    guard isCollecting, problems.count < limit else { return false }
    let schemaPointer = program.schemas[schema].location + (keyword.isEmpty ? "" : "/\(keyword)")
    problems.append(
      SchemaProblem(
        instancePointer: pointer, position: position(), keyword: keyword,
        schemaPointer: schemaPointer, message: message(subject), hint: hint))
    return false
  }

  private var pointer: String {
    path.map { step in
      switch step {
      case .key(let key): "/\(key.text.escapedForPointer)"
      case .index(let index): "/\(index)"
      }
    }.joined()
  }

  /// What people call the value being judged: `'split'`, `element 2 of 'sources'`.
  private var subject: String {
    switch path.last {
    case nil: return "the whole"
    case .key(let key)?: return Self.quoted(key.text)
    case .index(let index)?:
      for case .key(let key) in path.reversed() {
        return "element \(index + 1) of \(Self.quoted(key.text))"
      }
      return "element \(index + 1)"
    }
  }

  /// A key as messages show it; a long one might be text, so only its length is told.
  private static func quoted(_ key: String) -> String {
    let count = key.unicodeScalars.count
    return count <= 64 ? "'\(key)'" : "a key of \(count) characters"
  }
}
