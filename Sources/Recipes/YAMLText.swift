import Formats

/// A tree as YAML in block style: what a person can read and `YAMLParser` reads back.
package enum YAMLText {
  /// The lines of a mapping.
  package static func text(of json: JSON) -> String {
    var lines: [String] = []
    append(json, indent: 0, to: &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func append(_ json: JSON, indent: Int, to lines: inout [String]) {
    let margin = String(repeating: " ", count: indent)
    for member in json.members ?? [] {
      append(member.value, after: "\(margin)\(key(member.key)):", indent: indent, to: &lines)
    }
    for element in json.array ?? [] {
      append(element, after: "\(margin)-", indent: indent, to: &lines)
    }
  }

  /// A value on the line of its key or dash, or below it when it has parts.
  private static func append(
    _ json: JSON, after start: String, indent: Int, to lines: inout [String]
  ) {
    if let members = json.members, !members.isEmpty {
      lines.append(start)
      append(json, indent: indent + 2, to: &lines)
    } else if let elements = json.array, !elements.isEmpty {
      lines.append(start)
      append(json, indent: indent + 2, to: &lines)
    } else {
      lines.append("\(start) \(scalar(json))")
    }
  }

  /// A key as it is where that cannot be misread, else in quotes.
  private static func key(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || $0 == UInt8(ascii: "_")
    }
    return isPlain && !name.isEmpty ? name : scalar(.string(name))
  }

  /// JSON's scalars and empty containers are YAML as they are, but for characters that JSON leaves as
  /// they are and YAML folds (U+0085, U+2028, U+2029) or refuses (YAML 1.2.2 §5.1).
  private static func scalar(_ json: JSON) -> String {
    var writer = JSONWriter()
    writer.value(json)
    var text = ""
    for scalar in writer.text.unicodeScalars {
      switch scalar.value {
      case 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
