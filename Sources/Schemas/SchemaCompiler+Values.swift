import Formats

/// The keywords that look at one value and hold no schemas.
extension SchemaCompiler.Source {
  func valueChecks() throws(SchemaError) -> [SchemaCheck] {
    var checks: [SchemaCheck] = []
    if let types = try types() { checks.append(.type(types)) }
    if let constant = self["const"] { checks.append(.constant(try allowed([constant]))) }
    if let values = self["enum"] {
      guard let values = values.array else { throw malformed("enum", "a list of values") }
      checks.append(.enumeration(try allowed(values)))
    }
    checks += try numberChecks()
    checks += try limits("minLength", "maxLength").map { .lengthLimit($0) }
    if let pattern = try pattern() { checks.append(.pattern(pattern)) }
    checks += try limits("minItems", "maxItems").map { .itemsLimit($0) }
    checks += try limits("minProperties", "maxProperties").map { .propertiesLimit($0) }
    if let flag = self["uniqueItems"] {
      guard let isUnique = flag.bool else { throw malformed("uniqueItems", "true or false") }
      if isUnique { checks.append(.uniqueItems) }
    }
    return checks
  }

  /// A keyword's value as a count: a whole number, however written, not below 0.
  func count(_ keyword: String) throws(SchemaError) -> Int? {
    guard let json = self[keyword] else { return nil }
    guard let text = json.numberText, let value = Double(text), value >= 0, value < 0x1p53,
      ExactNumber(text).isInteger
    else { throw malformed(keyword, "a whole number, at least 0") }
    return Int(value)
  }

  private func types() throws(SchemaError) -> SchemaTypes? {
    guard let json = self["type"] else { return nil }
    let names = if let name = json.string { [name] } else { try self.names(json, of: "type") }
    var types: SchemaTypes = []
    for name in names {
      guard let type = SchemaTypes.byName.first(where: { $0.name == name })?.type else {
        throw malformed("type", "one of \(SchemaTypes.byName.map(\.name).joined(separator: ", "))")
      }
      types.insert(type)
    }
    return types
  }

  private func allowed(_ values: [JSON]) throws(SchemaError) -> [AllowedValue] {
    var allowed: [AllowedValue] = []
    for value in values {
      do {
        allowed.append(try AllowedValue(value))
      } catch {
        throw malformed("enum", "values that JSON can write")
      }
    }
    return allowed
  }

  private func numberChecks() throws(SchemaError) -> [SchemaCheck] {
    let keywords: [(name: String, isUpper: Bool, isExclusive: Bool)] = [
      ("minimum", false, false), ("exclusiveMinimum", false, true), ("maximum", true, false),
      ("exclusiveMaximum", true, true),
    ]
    var checks: [SchemaCheck] = []
    for keyword in keywords {
      guard let json = self[keyword.name] else { continue }
      guard let text = json.numberText else { throw malformed(keyword.name, "a number") }
      checks.append(
        .numberLimit(
          NumberLimit(
            keyword: keyword.name, bound: ExactNumber(text), text: text, isUpper: keyword.isUpper,
            isExclusive: keyword.isExclusive)))
    }
    if let check = try multipleCheck() { checks.append(check) }
    return checks
  }

  private func multipleCheck() throws(SchemaError) -> SchemaCheck? {
    guard let json = self["multipleOf"] else { return nil }
    guard let text = json.numberText else { throw malformed("multipleOf", "a number") }
    let number = ExactNumber(text)
    guard !number.isNegative, let divisor = number.divisor else {
      throw SchemaError(.tooManyDigits, at: location)
    }
    return .multiple(of: number, divisor: divisor, text: text)
  }

  private func limits(_ lower: String, _ upper: String) throws(SchemaError) -> [SchemaLimit] {
    var limits: [SchemaLimit] = []
    if let bound = try count(lower) {
      limits.append(SchemaLimit(keyword: lower, bound: bound, isUpper: false))
    }
    if let bound = try count(upper) {
      limits.append(SchemaLimit(keyword: upper, bound: bound, isUpper: true))
    }
    return limits
  }

  private func pattern() throws(SchemaError) -> SchemaPattern? {
    guard let json = self["pattern"] else { return nil }
    guard let text = json.string else { throw malformed("pattern", "a regular expression") }
    guard let pattern = SchemaPattern(text) else {
      throw SchemaError(.malformedPattern(text), at: location)
    }
    return pattern
  }
}
