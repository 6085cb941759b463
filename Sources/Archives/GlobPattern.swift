/// A pattern over paths: `*` and `?` within a component, `[a-z]` for one byte of a class (`[!a-z]`
/// for one outside it), `**` across components.
///
/// Patterns match on bytes, so that they mean the same in every locale; `?` therefore stands for
/// one byte. A pattern without `/` is compared with the last component of a path, one with `/`
/// with the whole of it.
package struct GlobPattern: Sendable, Hashable {
  package let text: String
  private let components: [[UInt8]]

  package init(_ text: String) {
    self.text = text
    components = text.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
  }

  /// Whether text has any of the characters that make it a pattern.
  package static func isPattern(_ text: String) -> Bool {
    text.utf8.contains {
      $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[")
    }
  }

  /// Whether the pattern is plain text and equals the path or its last component.
  package func isExactly(_ path: String) -> Bool {
    !Self.isPattern(text) && matches(path)
  }

  /// Whether the pattern describes the path.
  package func matches(_ path: String) -> Bool {
    let parts = path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
    guard components.count > 1 || components.first == Self.anyDepth else {
      return Self.matches(components[...], parts.suffix(1))
    }
    return Self.matches(components[...], parts[...])
  }

  /// Whether the pattern describes the whole of a path, even when it has but one component.
  package func matchesWhole(_ path: String) -> Bool {
    let parts = path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
    return Self.matches(components[...], parts[...])
  }

  /// How many folders deep a match may lie; nil for any depth.
  var maximumDepth: Int? {
    components.contains(Self.anyDepth) ? nil : components.count
  }

  private static let anyDepth = Array("**".utf8)

  /// Matches component by component; after a mismatch the last `**` takes one more component.
  private static func matches(_ pattern: ArraySlice<[UInt8]>, _ path: ArraySlice<[UInt8]>) -> Bool {
    var (p, s) = (pattern.startIndex, path.startIndex)
    var retry: (pattern: Int, path: Int)?
    while s < path.endIndex {
      if p < pattern.endIndex, pattern[p] == anyDepth {
        retry = (p + 1, s)
        p += 1
      } else if p < pattern.endIndex, matches(component: path[s], pattern[p]) {
        p += 1
        s += 1
      } else if let last = retry {
        retry = (last.pattern, last.path + 1)
        (p, s) = (last.pattern, last.path + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == anyDepth }
  }

  /// Matches the bytes of one component; after a mismatch the last `*` takes one more byte.
  private static func matches(component: [UInt8], _ pattern: [UInt8]) -> Bool {
    var (p, s) = (0, 0)
    var retry: (pattern: Int, component: Int)?
    while s < component.count {
      if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
        retry = (p + 1, s)
        p += 1
      } else if let next = step(over: component[s], pattern, at: p) {
        p = next
        s += 1
      } else if let last = retry {
        retry = (last.pattern, last.component + 1)
        (p, s) = (last.pattern, last.component + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// The place in the pattern after what matched one byte, or nil when it does not match.
  private static func step(over byte: UInt8, _ pattern: [UInt8], at index: Int) -> Int? {
    guard index < pattern.count else { return nil }
    switch pattern[index] {
    case UInt8(ascii: "?"): return index + 1
    case UInt8(ascii: "["):
      guard let end = classEnd(pattern, from: index) else { fallthrough }
      return classHolds(byte, pattern[(index + 1)..<end]) ? end + 1 : nil
    default: return pattern[index] == byte ? index + 1 : nil
    }
  }

  /// The index of the `]` that closes a class; a `]` in first place stands for itself.
  private static func classEnd(_ pattern: [UInt8], from index: Int) -> Int? {
    var first = index + 1
    if first < pattern.count, pattern[first] == UInt8(ascii: "!") { first += 1 }
    guard first + 1 < pattern.count else { return nil }
    return pattern[(first + 1)...].firstIndex(of: UInt8(ascii: "]"))
  }

  private static func classHolds(_ byte: UInt8, _ members: ArraySlice<UInt8>) -> Bool {
    let isNegated = members.first == UInt8(ascii: "!")
    let members = isNegated ? members.dropFirst() : members
    var index = members.startIndex
    while index < members.endIndex {
      let isRange = index + 2 < members.endIndex && members[index + 1] == UInt8(ascii: "-")
      let last = isRange ? members[index + 2] : members[index]
      if members[index] <= byte, byte <= last { return !isNegated }
      index += isRange ? 3 : 1
    }
    return isNegated
  }
}
