import Formats
import Records

/// A validation as SARIF 2.1.0, for code scanning.
///
/// GitHub wants stable rule ids, paths relative to the repository's root, and shows 5,000 results of
/// at most 25,000.
enum ValidationSARIF {
  static func text(of result: ValidationResult, findings: [Finding]) -> String {
    var json = JSONWriter(layout: .pretty)
    json.beginObject()
    json.pair("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    json.pair("version", "2.1.0")
    json.key("runs")
    json.beginArray()
    json.beginObject()
    writeTool(to: &json)
    json.pair("columnKind", "unicodeCodePoints")
    json.key("results")
    json.beginArray()
    for finding in findings { write(finding, to: &json) }
    json.endArray()
    json.endObject()
    json.endArray()
    json.endObject()
    return json.text
  }

  private static func writeTool(to json: inout JSONWriter) {
    json.key("tool")
    json.beginObject()
    json.key("driver")
    json.beginObject()
    json.pair("name", "materia")
    json.pair("semanticVersion", BuildPipeline.version)
    json.key("rules")
    json.beginArray()
    for rule in ValidationRule.allCases {
      json.beginObject()
      json.pair("id", rule.id)
      json.key("shortDescription")
      writeText(rule.title, to: &json)
      json.key("defaultConfiguration")
      json.beginObject()
      json.pair("level", rule.severity.rawValue)
      json.endObject()
      json.endObject()
    }
    json.endArray()
    json.endObject()
    json.endObject()
  }

  private static func write(_ finding: Finding, to json: inout JSONWriter) {
    json.beginObject()
    json.pair("ruleId", finding.rule.id)
    json.key("ruleIndex")
    json.number(finding.rule.index)
    json.pair("level", finding.severity.rawValue)
    json.key("message")
    writeText(message(of: finding), to: &json)
    json.key("locations")
    json.beginArray()
    if finding.position.file != nil { writeLocation(finding.position, to: &json) }
    json.endArray()
    json.key("partialFingerprints")
    json.beginObject()
    json.pair("materia/v1", finding.fingerprintText)
    json.endObject()
    json.endObject()
  }

  /// The message; of an archive's entry with its place, which no region of the archive can give.
  private static func message(of finding: Finding) -> String {
    guard let entry = finding.position.entry else { return finding.message }
    let line = finding.position.line.map { ", line \($0)" } ?? ""
    return "\(entry)\(line): \(finding.message)"
  }

  private static func writeText(_ text: String, to json: inout JSONWriter) {
    json.beginObject()
    json.pair("text", text)
    json.endObject()
  }

  private static func writeLocation(_ position: Position, to json: inout JSONWriter) {
    json.beginObject()
    json.key("physicalLocation")
    json.beginObject()
    json.key("artifactLocation")
    json.beginObject()
    json.pair("uri", uri(of: position.file ?? ""))
    json.endObject()
    json.key("region")
    json.beginObject()
    json.key("startLine")
    // GitHub shows no result without a line.
    json.number(position.entry == nil ? position.line ?? 1 : 1)
    if position.entry == nil, position.line != nil, let column = position.column {
      json.key("startColumn")
      json.number(column)
    }
    json.endObject()
    json.endObject()
    json.endObject()
  }

  /// A path as a relative reference, or as a file URI where it is absolute (RFC 3986).
  static func uri(of path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var uri: [UInt8] = path.hasPrefix("/") ? Array("file://".utf8) : []
    for byte in path.utf8 {
      let isPlain =
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || "-._~/".utf8.contains(byte)
      uri += isPlain ? [byte] : [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: uri, as: UTF8.self)
  }
}

extension JSONWriter {
  /// Writes a member whose value is text.
  fileprivate mutating func pair(_ name: String, _ text: String) {
    key(name)
    string(text)
  }
}
