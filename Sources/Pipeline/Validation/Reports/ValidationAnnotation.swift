import Records

/// Findings as workflow commands of GitHub Actions, which shows them at file and line.
package enum ValidationAnnotation {
  /// `::error file=F,line=N,col=C,title=RULE::message`.
  package static func text(of finding: Finding) -> String {
    var properties: [(String, String)] = []
    if let file = finding.position.file { properties.append(("file", file)) }
    if finding.position.entry == nil {
      if let line = finding.position.line { properties.append(("line", "\(line)")) }
      if let column = finding.position.column { properties.append(("col", "\(column)")) }
    }
    properties.append(("title", finding.rule.id))
    let list = properties.map { "\($0.0)=\(property($0.1))" }.joined(separator: ",")
    let command = finding.severity == .note ? "notice" : finding.severity.rawValue
    return "::\(command) \(list)::\(data(message(of: finding)))"
  }

  private static func message(of finding: Finding) -> String {
    guard let entry = finding.position.entry else { return finding.message }
    let line = finding.position.line.map { ":\($0)" } ?? ""
    return "\(entry)\(line): \(finding.message)"
  }

  private static func data(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": escaped += "%25"
      case "\r": escaped += "%0D"
      case "\n": escaped += "%0A"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func property(_ text: String) -> String {
    var escaped = ""
    for scalar in data(text).unicodeScalars {
      switch scalar {
      case ":": escaped += "%3A"
      case ",": escaped += "%2C"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
