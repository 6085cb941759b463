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
      append(member.value, after: "\(margin)\(member.key):", indent: indent, to: &lines)
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
      // JSON's scalars and empty containers are YAML as they are.
      var writer = JSONWriter()
      writer.value(json)
      lines.append("\(start) \(writer.text)")
    }
  }
}
