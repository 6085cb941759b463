import Records

/// A validation as JUnit XML: a test case for each file, which fails with its errors.
enum ValidationJUnit {
  /// How many findings of a file stand in its test case.
  private static let findingsPerFile = 100

  static func text(of result: ValidationResult, findings: [Finding]) -> String {
    let failed = result.files.count { isFailure($0, result) }
    let attributes = "tests=\"\(result.files.count)\" failures=\"\(failed)\" errors=\"0\""
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"materia validate\" \(attributes) time=\"0\">\n"
    text += "  <testsuite name=\"materia validate\" \(attributes) skipped=\"0\" time=\"0\">\n"
    let byFile = Dictionary(grouping: findings) { name(of: $0.position) }
    for file in result.files {
      text += testCase(file, byFile[name(of: file.place)] ?? [], result)
    }
    return text + "  </testsuite>\n</testsuites>\n"
  }

  private static func isFailure(_ file: ValidationResult.File, _ result: ValidationResult) -> Bool {
    file.errors > 0 || result.isStrict && file.warnings > 0
  }

  private static func testCase(
    _ file: ValidationResult.File, _ findings: [Finding], _ result: ValidationResult
  ) -> String {
    let head =
      "    <testcase classname=\"\(escaped(file.format ?? "rows"))\""
      + " name=\"\(escaped(name(of: file.place)))\" time=\"0\""
    guard file.errors + file.warnings > 0 else { return head + "/>\n" }
    let lines = findings.prefix(findingsPerFile).map { escaped($0.diagnostic.description) }
      .joined(separator: "\n")
    let counts =
      [(file.errors, "error"), (file.warnings, "warning")].map(Counted.text)
      .joined(separator: ", ") + " in \(Counted.text(file.rows, "row"))"
    guard isFailure(file, result) else {
      return head + ">\n      <system-out>\(lines)</system-out>\n    </testcase>\n"
    }
    let type =
      findings.first { $0.severity == .error }?.rule.id ?? findings.first?.rule.id ?? "more"
    return head
      + ">\n      <failure message=\"\(counts)\" type=\"\(type)\">\(lines)</failure>\n"
      + "    </testcase>\n"
  }

  private static func name(of position: Position) -> String {
    (position.file ?? "") + (position.entry.map { "[\($0)]" } ?? "")
  }

  /// Text as XML 1.0 allows it: what it has no character for becomes U+FFFD.
  static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
      case "\u{0}"..<"\u{9}", "\u{b}", "\u{c}", "\u{e}"..<"\u{20}", "\u{fffe}", "\u{ffff}":
        escaped.append("\u{fffd}")
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
