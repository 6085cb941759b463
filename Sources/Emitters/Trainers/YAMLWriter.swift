import Formats

/// Writes the plain YAML of settings: mappings, sequences and scalars that YAML 1.1 and 1.2 read
/// alike.
struct YAMLWriter {
  private(set) var text = ""

  /// Writes a comment line.
  mutating func comment(_ line: String) { text += "# \(line)\n" }

  mutating func member(_ key: String, _ value: String, indent: Int = 0) {
    line("\(key): \(Self.scalar(value))", indent)
  }

  mutating func member(_ key: String, _ value: Int, indent: Int = 0) {
    line("\(key): \(value)", indent)
  }

  mutating func member(_ key: String, _ value: Double, indent: Int = 0) {
    line("\(key): \(DecimalText.of(value))", indent)
  }

  mutating func member(_ key: String, _ value: Bool, indent: Int = 0) {
    line("\(key): \(value)", indent)
  }

  mutating func member(_ key: String, _ values: [String], indent: Int = 0) {
    line("\(key): [\(values.map(Self.scalar).joined(separator: ", "))]", indent)
  }

  /// Writes a key whose value follows on deeper lines.
  mutating func begin(_ key: String, indent: Int = 0) { line("\(key):", indent) }

  /// Writes the first member of an item of a sequence; the others are indented by two more.
  mutating func item(_ key: String, _ value: String, indent: Int) {
    line("- \(key): \(Self.scalar(value))", indent)
  }

  private mutating func line(_ content: String, _ indent: Int) {
    text += String(repeating: " ", count: indent) + content + "\n"
  }

  /// A scalar without quotes where it can only be read as text.
  private static func scalar(_ text: String) -> String {
    let isPlain =
      text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"),
          UInt8(ascii: "."), UInt8(ascii: "-"):
          true
        default: false
        }
      } && text.contains { $0.isLetter } && !text.hasPrefix("-")
      && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(text.lowercased())
      && Double(text) == nil
    guard !isPlain else { return text }
    var json = JSONWriter()
    json.string(text)
    return json.text
  }
}
