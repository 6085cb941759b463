import Formats
import Records

/// A validation as one JSON object.
enum ValidationJSON {
  static func text(of result: ValidationResult, findings: [Finding]) -> String {
    var json = JSONWriter()
    json.beginObject()
    for (key, value) in [
      ("schema_version", 1), ("files", result.files.count), ("rows", result.rows),
      ("invalid_rows", result.invalidRows), ("problem_count", result.problems),
      ("errors", result.errors), ("warnings", result.warnings),
      ("suppressed", result.suppressed), ("passed_over", result.passedOver),
    ] {
      json.key(key)
      json.number(value)
    }
    json.key("valid")
    json.bool(result.isValid)
    json.key("rules")
    json.beginArray()
    for (rule, count) in result.ruleCounts { write(rule, count, to: &json) }
    json.endArray()
    json.key("problems")
    json.beginArray()
    for finding in findings { write(finding, to: &json) }
    json.endArray()
    json.endObject()
    return json.text
  }

  private static func write(_ rule: ValidationRule, _ count: Int, to json: inout JSONWriter) {
    json.beginObject()
    json.key("id")
    json.string(rule.id)
    json.key("severity")
    json.string(rule.severity.rawValue)
    json.key("count")
    json.number(count)
    json.endObject()
  }

  private static func write(_ finding: Finding, to json: inout JSONWriter) {
    json.beginObject()
    let position = finding.position
    for (key, value) in [("file", position.file), ("entry", position.entry)] {
      guard let value else { continue }
      json.key(key)
      json.string(value)
    }
    for (key, value) in [("line", position.line), ("column", position.column)] {
      guard let value else { continue }
      json.key(key)
      json.number(value)
    }
    for (key, value) in [
      ("rule", finding.rule.id), ("severity", finding.severity.rawValue),
      ("message", finding.message), ("fingerprint", finding.fingerprintText),
    ] {
      json.key(key)
      json.string(value)
    }
    json.endObject()
  }
}
