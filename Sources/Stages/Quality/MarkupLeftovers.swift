/// Counts HTML that was left in a text: tags of known names and references that were not decoded.
///
/// `p < 0.05` and `<50` are no tags, and neither is `AT&T` a reference.
enum MarkupLeftovers {
  private static let tags: Set<[UInt8]> = Set(
    """
    a abbr b body br button center code div dd dl dt em font footer form h1 h2 h3 h4 h5 h6 head \
    header hr html i iframe img input label li link meta nav noscript ol option p pre script \
    section select small span strong style sub sup svg table tbody td textarea tfoot th thead \
    title tr tt u ul
    """.split(separator: " ").map { Array($0.utf8) })

  private static let references: Set<[UInt8]> = Set(
    """
    amp lt gt quot apos nbsp ndash mdash hellip lsquo rsquo ldquo rdquo bull middot copy reg \
    trade deg plusmn micro times frac12 sup2 sup3 alpha beta gamma delta mu le ge eacute egrave \
    agrave ccedil uuml ouml auml szlig ntilde iacute oacute aacute uacute
    """.split(separator: " ").map { Array($0.utf8) })

  static func count(in text: MeasuredText) -> Int {
    text.bytes.withUnsafeBufferPointer { bytes in
      var count = 0
      for index in bytes.indices {
        switch bytes[index] {
        case UInt8(ascii: "<"): count += isTag(index, bytes) ? 1 : 0
        case UInt8(ascii: "&"): count += isReference(index, bytes) ? 1 : 0
        default: break
        }
      }
      return count
    }
  }

  private static func isTag(_ start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = start + 1
    let rest = bytes[index...]
    if rest.starts(with: "!--".utf8) { return true }
    if index < bytes.count, bytes[index] == UInt8(ascii: "/") { index += 1 }
    let name = self.name(at: index, bytes)
    guard tags.contains(name) else { return false }
    index += name.count
    guard index < bytes.count else { return false }
    switch bytes[index] {
    case UInt8(ascii: ">"), UInt8(ascii: "/"): return true
    case 0x09, 0x0a, 0x20:
      // Attributes: the tag must close before another one opens.
      let end = bytes[index...].prefix(2000).first { $0 == 0x3c || $0 == 0x3e }
      return end == UInt8(ascii: ">")
    default: return false
    }
  }

  private static func isReference(_ start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard start + 2 < bytes.count else { return false }
    if bytes[start + 1] == UInt8(ascii: "#") {
      let number = name(at: start + 2, bytes)
      let isNumber =
        number.first == UInt8(ascii: "x")
        ? number.count > 1 : !number.isEmpty && number.allSatisfy { $0 < 0x3a }
      return isNumber && closes(start + 2 + number.count, bytes)
    }
    let name = name(at: start + 1, bytes)
    return references.contains(name) && closes(start + 1 + name.count, bytes)
  }

  private static func closes(_ index: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    index < bytes.count && bytes[index] == UInt8(ascii: ";")
  }

  /// The letters and digits from a place on, in lower case; at most ten.
  private static func name(at start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    bytes[min(start, bytes.count)...].prefix(10)
      .prefix { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 }.map { $0 | 0x20 }
  }
}
