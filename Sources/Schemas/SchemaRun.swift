import Formats

/// One judgement of one value: either for the verdict alone, which stops at the first problem and
/// allocates nothing on the way, or to collect all problems.
struct SchemaRun<Instance: SchemaInstance> {
  let program: SchemaProgram
  /// How many problems are wanted.
  let limit: Int
  var problems: [SchemaProblem] = []
  var isCollecting: Bool
  /// The way from the whole value to the one being judged; kept only while collecting.
  var path: [Step] = []
  /// The resources gone through; kept only for programs with dynamic references.
  private var scope: [Int] = []
  private var depth = 0

  /// A step into a value.
  enum Step {
    case key(Instance)
    case index(Int)
  }

  /// How deep schemas may apply within each other: for values and schemas that recurse, on the 512 KiB
  /// stacks of worker threads.
  private static var maximumDepth: Int { 256 }

  init(_ program: SchemaProgram, limit: Int, isCollecting: Bool) {
    self.program = program
    self.limit = limit
    self.isCollecting = isCollecting
  }

  /// Judges a value by a schema; what the schema judged of it is added to `evaluated`.
  mutating func check(
    _ number: Int, _ instance: Instance, _ evaluated: inout EvaluatedItems
  ) -> Bool {
    guard depth < Self.maximumDepth else { return failTooDeep(number, instance) }
    depth += 1
    defer { depth -= 1 }
    guard program.isDynamic else { return checkKeeping(number, instance, &evaluated) }
    let resource = program.schemas[number].resource
    guard scope.last != resource else { return checkKeeping(number, instance, &evaluated) }
    scope.append(resource)
    defer { scope.removeLast() }
    return checkKeeping(number, instance, &evaluated)
  }

  /// Judges a value that is not the one being judged, but inside it.
  mutating func check(_ number: Int, inner instance: Instance) -> Bool {
    var evaluated = EvaluatedItems.notKept
    return check(number, instance, &evaluated)
  }

  /// The verdict of a schema, without its problems.
  mutating func verdict(
    _ number: Int, _ instance: Instance, _ evaluated: inout EvaluatedItems
  ) -> Bool {
    let wasCollecting = isCollecting
    isCollecting = false
    defer { isCollecting = wasCollecting }
    return check(number, instance, &evaluated)
  }

  /// Judges with a record of what is judged where one is needed: what a schema that fails has judged
  /// counts for nothing, and its own `unevaluated` keywords see its own keywords only.
  private mutating func checkKeeping(
    _ number: Int, _ instance: Instance, _ evaluated: inout EvaluatedItems
  ) -> Bool {
    let isNeeded = evaluated.isKept || program.schemas[number].hasUnevaluated
    guard isNeeded else { return checkAll(number, instance, &evaluated) }
    var own = EvaluatedItems(count: instance.instanceCount)
    guard checkAll(number, instance, &own) else { return false }
    evaluated.formUnion(own)
    return true
  }

  private mutating func checkAll(
    _ number: Int, _ instance: Instance, _ evaluated: inout EvaluatedItems
  ) -> Bool {
    var isValid = true
    for index in program.schemas[number].checks.indices
    where !check(number, index, instance, &evaluated) {
      isValid = false
      guard isCollecting else { return false }
    }
    return isValid
  }

  private mutating func check(
    _ schema: Int, _ index: Int, _ instance: Instance, _ evaluated: inout EvaluatedItems
  ) -> Bool {
    switch program.schemas[schema].checks[index] {
    case .object(let rules): checkObject(rules, schema, instance, &evaluated)
    case .array(let rules): checkArray(rules, schema, instance, &evaluated)
    case .contains(let rule): checkContains(rule, schema, instance, &evaluated)
    case .reference(_, let target): check(target, instance, &evaluated)
    case .dynamicReference(let name, let target):
      check(dynamicTarget(name) ?? target, instance, &evaluated)
    case .all(let schemas): checkAll(of: schemas, instance, &evaluated)
    case .any(let schemas): checkAny(of: schemas, schema, instance, &evaluated)
    case .one(let schemas): checkOne(of: schemas, schema, instance, &evaluated)
    case .not(let target): checkNot(target, schema, instance)
    case .conditional(let condition, let then, let otherwise):
      checkConditional(condition, then, otherwise, instance, &evaluated)
    case .dependentSchemas(_, let schemas): checkDependent(schemas, instance, &evaluated)
    case .unevaluatedItems(let target):
      checkUnevaluated(target, schema, instance, &evaluated, kind: .array)
    case .unevaluatedProperties(let target):
      checkUnevaluated(target, schema, instance, &evaluated, kind: .object)
    case let check: checkValue(check, schema, instance)
    }
  }

  /// The outermost resource gone through that has a schema of the dynamic name.
  private func dynamicTarget(_ name: String) -> Int? {
    guard let targets = program.dynamicTargets[name] else { return nil }
    for resource in scope {
      if let target = targets[resource] { return target }
    }
    return nil
  }
}

// MARK: Combinations

extension SchemaRun {
  private mutating func checkAll(
    of schemas: [Int], _ instance: Instance, _ evaluated: inout EvaluatedItems
  ) -> Bool {
    var isValid = true
    for schema in schemas where !check(schema, instance, &evaluated) {
      isValid = false
      guard isCollecting else { return false }
    }
    return isValid
  }

  private mutating func checkAny(
    of schemas: [Int], _ schema: Int, _ instance: Instance, _ evaluated: inout EvaluatedItems
  ) -> Bool {
    var isValid = false
    for schema in schemas where verdict(schema, instance, &evaluated) {
      isValid = true
      // Every branch that fits counts as having judged, so all must be tried where that matters.
      guard evaluated.isKept else { return true }
    }
    return isValid || failAllBranches(schemas, "anyOf", schema, instance)
  }

  private mutating func checkOne(
    of schemas: [Int], _ schema: Int, _ instance: Instance, _ evaluated: inout EvaluatedItems
  ) -> Bool {
    var fitting = 0
    for schema in schemas where verdict(schema, instance, &evaluated) {
      fitting += 1
      if fitting > 1, !isCollecting { return false }
    }
    if fitting == 0 { return failAllBranches(schemas, "oneOf", schema, instance) }
    guard fitting > 1 else { return true }
    return fail("oneOf", schema, instance) {
      "\($0) must fit exactly one of \(schemas.count) forms and fits \(fitting)"
    }
  }

  private mutating func checkNot(_ target: Int, _ schema: Int, _ instance: Instance) -> Bool {
    var evaluated = EvaluatedItems.notKept
    guard verdict(target, instance, &evaluated) else { return true }
    return fail("not", schema, instance) { "\($0) has a form that is not allowed" }
  }

  private mutating func checkConditional(
    _ condition: Int, _ then: Int?, _ otherwise: Int?, _ instance: Instance,
    _ evaluated: inout EvaluatedItems
  ) -> Bool {
    guard let branch = verdict(condition, instance, &evaluated) ? then : otherwise else {
      return true
    }
    return check(branch, instance, &evaluated)
  }
}
