import Formats

extension Schema {
  /// Whether two documents of one `form` always have one verdict: no keyword looks into long texts.
  package var judgesFormOnly: Bool {
    program.schemas.allSatisfy { $0.checks.allSatisfy(\.seesFormOnly) }
  }
}

extension SchemaCheck {
  fileprivate var seesFormOnly: Bool {
    switch self {
    case .pattern, .uniqueItems, .multiple: false
    // A text that is too long for a form has at least a quarter as many characters.
    case .lengthLimit(let limit):
      !limit.isUpper && limit.bound <= JSONDocument.maximumFormTextBytes / 4
    case .constant(let allowed), .enumeration(let allowed): allowed.allSatisfy(\.isInForm)
    case .object(let rules): rules.patterns.isEmpty
    default: true
    }
  }
}

extension AllowedValue {
  fileprivate var isInForm: Bool {
    guard let text else { return !description.hasPrefix("[") && !description.hasPrefix("{") }
    return text.count <= JSONDocument.maximumFormTextBytes
  }
}
