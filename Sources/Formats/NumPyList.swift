/// A list as NumPy prints an array in one dimension: `['a' "it's"\n 'c']`, `[2 5]`, `[]`.
package enum NumPyList {
  /// The elements: strings in Python's quotes, their escapes undone, and plain words as they are; nil when
  /// the text is no such list.
  ///
  /// Commas between elements, as in Python's own lists, may stand.
  package static func elements(of text: String) -> [String]? {
    var rest = Array(text.unicodeScalars)[...]
    skipSpace(&rest)
    guard rest.popFirst() == "[", rest.contains("]") else { return nil }
    var elements: [String] = []
    while true {
      skipSpace(&rest)
      guard let scalar = rest.first else { return nil }
      switch scalar {
      case "]":
        rest.removeFirst()
        skipSpace(&rest)
        return rest.isEmpty ? elements : nil
      case "'", "\"":
        rest.removeFirst()
        guard let element = quoted(by: scalar, &rest) else { return nil }
        elements.append(element)
      default: elements.append(word(&rest))
      }
    }
  }

  private static func skipSpace(_ rest: inout ArraySlice<Unicode.Scalar>) {
    while let scalar = rest.first, [" ", "\n", "\r", "\t", ","].contains(scalar) {
      rest.removeFirst()
    }
  }

  private static func word(_ rest: inout ArraySlice<Unicode.Scalar>) -> String {
    let end = rest.firstIndex { [" ", "\n", "\r", "\t", ",", "]"].contains($0) } ?? rest.endIndex
    let word = rest[..<end]
    rest = rest[end...]
    return string(word)
  }

  private static func quoted(
    by quote: Unicode.Scalar, _ rest: inout ArraySlice<Unicode.Scalar>
  ) -> String? {
    var text: [Unicode.Scalar] = []
    while let scalar = rest.popFirst() {
      switch scalar {
      case quote: return string(text[...])
      case "\\":
        guard let escaped = escape(&rest) else { return nil }
        text += escaped
      default: text.append(scalar)
      }
    }
    return nil
  }

  /// What stands for the escape whose backslash was just taken; Python keeps one that it does not know.
  private static func escape(_ rest: inout ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar]? {
    guard let kind = rest.popFirst() else { return nil }
    switch kind {
    case "\\", "'", "\"": return [kind]
    case "n": return ["\n"]
    case "t": return ["\t"]
    case "r": return ["\r"]
    case "x", "u", "U":
      let length = kind == "x" ? 2 : kind == "u" ? 4 : 8
      let digits = rest.prefix(length)
      guard digits.count == length, let value = UInt32(string(digits), radix: 16),
        let scalar = Unicode.Scalar(value)
      else { return nil }
      rest = rest.dropFirst(length)
      return [scalar]
    default: return ["\\", kind]
    }
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
