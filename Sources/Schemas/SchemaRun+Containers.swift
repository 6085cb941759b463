import Formats
import Records

/// The keywords that look into arrays and objects.
extension SchemaRun {
  mutating func checkObject(
    _ rules: ObjectRules, _ schema: Int, _ instance: Instance, _ evaluated: inout EvaluatedItems
  ) -> Bool {
    guard instance.instanceKind == .object else { return true }
    var isValid = true
    var index = 0
    var required = 0
    let isComplete = instance.allMembers { key, value in
      let judged = check(rules, member: key, value, schema, &required)
      if judged.isJudged { evaluated.insert(index) }
      if !judged.isValid { isValid = false }
      index += 1
      return isValid || isCollecting
    }
    guard isComplete else { return false }
    if required < rules.requiredCount { isValid = failMissing(rules, schema, instance) }
    return isValid
  }

  /// Judges a member by all that is said of its name.
  private mutating func check(
    _ rules: ObjectRules, member key: Instance, _ value: Instance, _ schema: Int,
    _ required: inout Int
  ) -> (isValid: Bool, isJudged: Bool) {
    var isValid = true
    var isJudged = false
    if let number = key.withTextUTF8({ rules.number(of: $0) }) {
      if rules.properties[number].isRequired { required += 1 }
      if let target = rules.properties[number].schema {
        isJudged = true
        isValid = check(target, at: .key(key), value)
      }
    }
    for (pattern, target) in rules.patterns where key.withTextUTF8({ pattern.matches($0) }) {
      isJudged = true
      isValid = check(target, at: .key(key), value) && isValid
    }
    guard !isJudged else { return (isValid, true) }
    switch rules.additional {
    case .allowed: return (true, false)
    case .refused:
      return (failUnknown(key, rules.knownNames, "additionalProperties", schema), true)
    case .schema(let target): return (check(target, at: .key(key), value), true)
    }
  }

  /// Judges a value one step further inside.
  mutating func check(_ number: Int, at step: Step, _ instance: Instance) -> Bool {
    guard isCollecting else { return check(number, inner: instance) }
    path.append(step)
    defer { path.removeLast() }
    return check(number, inner: instance)
  }

  mutating func checkArray(
    _ rules: ArrayRules, _ schema: Int, _ instance: Instance, _ evaluated: inout EvaluatedItems
  ) -> Bool {
    guard instance.instanceKind == .array else { return true }
    var isValid = true
    var index = 0
    _ = instance.allElements { element in
      defer { index += 1 }
      guard let target = index < rules.prefix.count ? rules.prefix[index] : rules.rest else {
        return false
      }
      evaluated.insert(index)
      if !check(target, at: .index(index), element) { isValid = false }
      return isValid || isCollecting
    }
    return isValid
  }

  mutating func checkContains(
    _ rule: ContainsRule, _ schema: Int, _ instance: Instance, _ evaluated: inout EvaluatedItems
  ) -> Bool {
    guard instance.instanceKind == .array else { return true }
    var fitting = 0
    var index = 0
    _ = instance.allElements { element in
      var inner = EvaluatedItems.notKept
      if verdict(rule.schema, element, &inner) {
        fitting += 1
        if rule.marksEvaluated { evaluated.insert(index) }
      }
      index += 1
      return true
    }
    if fitting < rule.minimum {
      let keyword = rule.minimum == 1 ? "contains" : "minContains"
      return fail(keyword, schema, instance) {
        "\($0) must have at least \(rule.minimum) fitting elements, not \(fitting)"
      }
    }
    guard let maximum = rule.maximum, fitting > maximum else { return true }
    return fail("maxContains", schema, instance) {
      "\($0) must have at most \(maximum) fitting elements, not \(fitting)"
    }
  }

  mutating func checkNames(_ target: Int, _ schema: Int, _ instance: Instance) -> Bool {
    guard instance.instanceKind == .object else { return true }
    var isValid = true
    _ = instance.allMembers { key, _ in
      if !check(target, at: .key(key), key) { isValid = false }
      return isValid || isCollecting
    }
    return isValid
  }

  mutating func checkDependentRequired(
    _ rules: [(name: [UInt8], required: [String])], _ keyword: String, _ schema: Int,
    _ instance: Instance
  ) -> Bool {
    guard instance.instanceKind == .object else { return true }
    var isValid = true
    for rule in rules where has(rule.name, instance) {
      for name in rule.required where !has(Array(name.utf8), instance) {
        let trigger = String(decoding: rule.name, as: UTF8.self)
        isValid = fail(keyword, schema, instance) { _ in
          "'\(name)' is missing, which must be there when '\(trigger)' is"
        }
        guard isCollecting else { return false }
      }
    }
    return isValid
  }

  mutating func checkDependent(
    _ rules: [(name: [UInt8], schema: Int)], _ instance: Instance,
    _ evaluated: inout EvaluatedItems
  ) -> Bool {
    guard instance.instanceKind == .object else { return true }
    var isValid = true
    for rule in rules where has(rule.name, instance) {
      guard !check(rule.schema, instance, &evaluated) else { continue }
      isValid = false
      guard isCollecting else { return false }
    }
    return isValid
  }

  mutating func checkUnevaluated(
    _ target: Int, _ schema: Int, _ instance: Instance, _ evaluated: inout EvaluatedItems,
    kind: SchemaInstanceKind
  ) -> Bool {
    guard instance.instanceKind == kind else { return true }
    var isValid = true
    var index = 0
    func judge(_ step: Step, _ value: Instance) -> Bool {
      defer { index += 1 }
      guard !evaluated[index] else { return true }
      evaluated.insert(index)
      if !checkUnevaluated(target, schema, step, value) { isValid = false }
      return isValid || isCollecting
    }
    if kind == .array {
      _ = instance.allElements { judge(.index(index), $0) }
    } else {
      _ = instance.allMembers { judge(.key($0), $1) }
    }
    return isValid
  }

  private mutating func checkUnevaluated(
    _ target: Int, _ schema: Int, _ step: Step, _ value: Instance
  ) -> Bool {
    if case .key(let key) = step, program.schemas[target].isNever {
      return failUnknown(key, knownNames(of: schema), "unevaluatedProperties", schema)
    }
    return check(target, at: step, value)
  }

  func has(_ name: [UInt8], _ instance: Instance) -> Bool {
    !instance.allMembers { key, _ in !key.withTextUTF8 { name.elementsEqual($0) } }
  }

  /// The names of `properties` in a schema and in the schemas that apply in its place.
  private func knownNames(of schema: Int, depth: Int = 0) -> [String] {
    guard depth < 8 else { return [] }
    return program.schemas[schema].checks.flatMap { check -> [String] in
      switch check {
      case .object(let rules): rules.knownNames
      case .reference(_, let target): knownNames(of: target, depth: depth + 1)
      case .all(let targets), .any(let targets), .one(let targets):
        targets.flatMap { knownNames(of: $0, depth: depth + 1) }
      case .conditional(_, let then, let otherwise):
        [then, otherwise].compactMap(\.self).flatMap { knownNames(of: $0, depth: depth + 1) }
      default: []
      }
    }
  }
}

extension CompiledSchema {
  /// Whether the schema is `false`.
  var isNever: Bool {
    guard checks.count == 1, case .never = checks[0] else { return false }
    return true
  }
}
