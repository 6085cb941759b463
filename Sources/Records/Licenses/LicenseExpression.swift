/// A licence as SPDX writes it: ids joined by `AND` and `OR`.
///
/// `GPL-3.0+` and ids that SPDX has since renamed are read as the ids of today. Specification: SPDX
/// 3.0.1, annex "SPDX license expressions", with LicenseRefs of ours alone.
package indirect enum LicenseExpression: Sendable, Hashable {
  case license(License)
  /// All apply; two or more.
  case and([LicenseExpression])
  /// Whoever uses the work chooses; two or more.
  case or([LicenseExpression])

  /// Reads an expression.
  ///
  /// - Throws: `LicenseExpressionError` with the column of what is wrong.
  package init(parsing text: String) throws(LicenseExpressionError) {
    var parser = LicenseExpressionParser(text)
    self = try parser.expression()
  }

  /// The licences that a dataset takes: of alternatives those of the loosest class, which every use
  /// allows that allows any, and of these those that ask for least.
  package var choice: Licenses {
    switch self {
    case .license(let license): Licenses(license)
    case .and(let parts):
      parts.dropFirst().reduce(parts[0].choice) { $0.union($1.choice) }
    case .or(let parts):
      parts.map(\.choice).min { $0.weight < $1.weight } ?? .unknown
    }
  }

  /// Whether it leaves a choice.
  package var hasChoice: Bool {
    switch self {
    case .license: false
    case .and(let parts): parts.contains(where: \.hasChoice)
    case .or: true
    }
  }
}

extension LicenseExpression: CustomStringConvertible {
  /// The expression in SPDX's own spelling, with the parentheses that it needs.
  package var description: String {
    switch self {
    case .license(let license): license.rawValue
    case .and(let parts): parts.map(\.factor).joined(separator: " AND ")
    case .or(let parts): parts.map(\.description).joined(separator: " OR ")
    }
  }

  private var factor: String {
    if case .or = self { return "(\(self))" }
    return description
  }
}

extension Licenses {
  /// What counts against a choice: the class, the number of obligations, then the order of writing.
  fileprivate var weight: (LicenseClass, Int) {
    (licenseClass, obligations.rawValue.nonzeroBitCount)
  }
}
