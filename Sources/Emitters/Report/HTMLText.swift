/// HTML that is put together from texts: every one of them is escaped.
struct HTMLText {
  private(set) var text = ""

  /// Writes markup of our own as it is.
  mutating func raw(_ markup: String) { text += markup }

  /// Writes an element that holds a text.
  mutating func element(_ name: String, _ content: String, attributes: String = "") {
    text +=
      "<\(name)\(attributes.isEmpty ? "" : " \(attributes)")>\(Self.escaped(content))</\(name)>\n"
  }

  /// Writes an element around what `body` writes.
  mutating func element(_ name: String, attributes: String = "", _ body: (inout HTMLText) -> Void) {
    text += "<\(name)\(attributes.isEmpty ? "" : " \(attributes)")>\n"
    body(&self)
    text += "</\(name)>\n"
  }

  /// Writes a table with a head; columns of numbers are set to the right.
  mutating func table(_ head: [String], _ rows: [[String]], caption: String) {
    let numeric = head.indices.map { column in
      !rows.isEmpty && rows.allSatisfy { $0[column].isEmpty || $0[column].first?.isNumber == true }
    }
    element(
      "div",
      attributes:
        "class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(Self.escaped(caption))\""
    ) {
      $0.element("table") { table in
        table.element("caption", caption)
        table.element("thead") { $0.row(head, numeric, isHead: true) }
        table.element("tbody") { body in for row in rows { body.row(row, numeric, isHead: false) } }
      }
    }
  }

  private mutating func row(_ cells: [String], _ numeric: [Bool], isHead: Bool) {
    element("tr") { row in
      for (column, content) in cells.enumerated() {
        let isName = isHead || column == 0
        let attributes =
          (isName ? ["scope=\"\(isHead ? "col" : "row")\""] : [])
          + (numeric[column] ? ["class=\"number\""] : [])
        row.element(
          isName ? "th" : "td", content, attributes: attributes.joined(separator: " "))
      }
    }
  }

  /// A text whose characters mean nothing to HTML, in attributes too.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}
