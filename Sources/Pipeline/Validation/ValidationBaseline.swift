import Formats
import Glibc
import Records

/// Findings that are known: their fingerprints, with the rules for people who read the file.
///
/// ```json
/// {"schema_version":1,"findings":[
/// {"rule":"blank-line","fingerprint":"0123456789abcdef"},
/// ```
package struct ValidationBaseline: Sendable {
  package private(set) var rules: [UInt64: ValidationRule] = [:]

  package init() {}

  /// Reads a baseline file's bytes.
  package init(parsing bytes: [UInt8], name: String) throws {
    let root = try JSONDocument(parsing: bytes).root
    guard root["schema_version"]?.int == 1, let findings = root["findings"],
      findings.kind == .array
    else { throw Diagnostic(at: Position(file: name), "this is no baseline of 'validate'") }
    for finding in findings.elements {
      guard let text = finding["fingerprint"]?.string, let value = UInt64(text, radix: 16) else {
        throw Diagnostic(
          at: finding.position.within(file: name), "a finding of a baseline has no fingerprint")
      }
      // A rule that is gone can find nothing.
      guard let rule = finding["rule"]?.string.flatMap(ValidationRule.init(id:)) else { continue }
      rules[value] = rule
    }
  }

  func holds(_ finding: Finding) -> Bool {
    !rules.isEmpty && rules[finding.fingerprint] == finding.rule
  }

  mutating func add(_ finding: Finding) { rules[finding.fingerprint] = finding.rule }

  mutating func formUnion(_ other: ValidationBaseline) {
    rules.merge(other.rules) { first, _ in first }
  }

  /// The file, a finding a line, in the order of rules and fingerprints.
  package var text: String {
    var json = JSONWriter()
    let sorted = rules.sorted { ($0.value.index, $0.key) < ($1.value.index, $1.key) }
    let lines = sorted.map { fingerprint, rule in
      json.beginObject()
      json.key("rule")
      json.string(rule.id)
      json.key("fingerprint")
      json.string(Finding.text(of: fingerprint))
      json.endObject()
      return String(decoding: json.take(), as: UTF8.self)
    }
    return "{\"schema_version\":1,\"findings\":[\n"
      + lines.joined(separator: ",\n") + (lines.isEmpty ? "" : "\n") + "]}\n"
  }
}

// MARK: Files

extension ValidationBaseline {
  /// Reads a baseline file.
  package init(readingFrom path: String) throws {
    try self.init(
      parsing: FileRange.bytes(of: path, offset: 0, count: FileSize.of(path)), name: path)
  }

  /// Writes the file, in the place of an older one.
  package func write(to path: String) throws {
    let draft = "\(path).\(getpid()).tmp"
    let file = try OutputFile(creating: draft, isPrivate: false)
    try file.write(Array(text.utf8))
    try file.close(isDurable: false)
    guard rename(draft, path) == 0 else {
      throw PipelineError.system(operation: "write", path: path, code: errno)
    }
  }
}
