/// A compiled `pattern`: an ECMA-262 regular expression that is searched for in a text.
///
/// Runs of characters, classes and quantifiers, which is what schemas mostly hold, are matched here on
/// UTF-8 without allocating. Everything else goes to `Regex`, compiled once.
struct SchemaPattern: Sendable {
  let source: String
  private let matcher: Matcher

  private enum Matcher: Sendable {
    case run(CharacterRun)
    case regex(CompiledRegex)
  }

  /// Compiles an expression; nil when it is malformed.
  init?(_ source: String) {
    self.source = source
    if let run = CharacterRun(parsing: source) {
      matcher = .run(run)
    } else if let regex = CompiledRegex(source) {
      matcher = .regex(regex)
    } else {
      return nil
    }
  }

  /// Whether the expression matches somewhere in a text of UTF-8.
  func matches(_ text: UnsafeRawBufferPointer) -> Bool {
    switch matcher {
    case .run(let run): run.matches(text)
    case .regex(let regex): regex.matches(String(decoding: text, as: UTF8.self))
    }
  }
}

/// A `Regex` with ECMA-262's reading of text: by code point, `\d` and `\w` in ASCII.
///
/// `Regex` is not marked as sendable; this one is never changed after it was made.
private final class CompiledRegex: @unchecked Sendable {
  private let regex: Regex<AnyRegexOutput>

  init?(_ source: String) {
    guard let regex = try? Regex(source) else { return nil }
    self.regex = regex.matchingSemantics(.unicodeScalar).asciiOnlyDigits()
      .asciiOnlyWordCharacters()
  }

  func matches(_ text: String) -> Bool { (try? regex.firstMatch(in: text)) != nil }
}

/// A set of characters: any of ASCII, and all or none of the rest, or one character of the rest.
private struct CharacterSet128: Sendable {
  var low: UInt64 = 0
  var high: UInt64 = 0
  var hasNonASCII = false
  var single: Unicode.Scalar?

  mutating func insert(_ byte: UInt8) {
    if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
  }

  mutating func insert(_ range: ClosedRange<UInt8>) {
    for byte in range { insert(byte) }
  }

  mutating func formUnion(_ other: CharacterSet128) {
    low |= other.low
    high |= other.high
    hasNonASCII = hasNonASCII || other.hasNonASCII
  }

  var inverted: CharacterSet128 {
    CharacterSet128(low: ~low, high: ~high, hasNonASCII: !hasNonASCII)
  }

  func containsASCII(_ byte: UInt8) -> Bool {
    (byte < 64 ? low >> UInt64(byte) : high >> UInt64(byte - 64)) & 1 == 1
  }

  static let digits = {
    var set = CharacterSet128()
    set.insert(UInt8(ascii: "0")...UInt8(ascii: "9"))
    return set
  }()

  static let wordCharacters = {
    var set = digits
    set.insert(UInt8(ascii: "a")...UInt8(ascii: "z"))
    set.insert(UInt8(ascii: "A")...UInt8(ascii: "Z"))
    set.insert(UInt8(ascii: "_"))
    return set
  }()
}

/// Sets of characters one after the other, each a number of times, perhaps held to start and end.
private struct CharacterRun: Sendable {
  private struct Step: Sendable {
    var set: CharacterSet128
    var minimum = 1
    var maximum = 1
  }

  private var steps: [Step] = []
  private var isHeldToStart = false
  private var isHeldToEnd = false

  func matches(_ text: UnsafeRawBufferPointer) -> Bool {
    if isHeldToStart { return match(text, step: 0, from: 0) }
    for start in 0...text.count
    where start == text.count || text[start] & 0xc0 != 0x80 {
      if match(text, step: 0, from: start) { return true }
    }
    return false
  }

  /// Takes as many characters as the step may, then gives back one at a time.
  private func match(_ text: UnsafeRawBufferPointer, step index: Int, from start: Int) -> Bool {
    guard index < steps.count else { return !isHeldToEnd || start == text.count }
    let step = steps[index]
    var count = 0
    var offset = start
    while count < step.maximum, let length = length(of: step.set, in: text, at: offset) {
      offset += length
      count += 1
    }
    while count >= step.minimum {
      if match(text, step: index + 1, from: offset) { return true }
      guard count > step.minimum else { return false }
      repeat { offset -= 1 } while text[offset] & 0xc0 == 0x80
      count -= 1
    }
    return false
  }

  /// The length of the character at an offset, if it is in the set.
  private func length(
    of set: CharacterSet128, in text: UnsafeRawBufferPointer, at offset: Int
  ) -> Int? {
    guard offset < text.count else { return nil }
    let byte = text[offset]
    guard byte >= 0x80 else { return set.containsASCII(byte) ? 1 : nil }
    if let single = set.single {
      let wanted = Array(String(single).utf8)
      return text[offset...].starts(with: wanted) ? wanted.count : nil
    }
    guard set.hasNonASCII else { return nil }
    return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
  }
}

extension CharacterRun {
  /// Reads an expression; nil when it holds more than runs: groups, alternatives, look-around,
  /// non-greedy quantifiers, classes of Unicode.
  init?(parsing source: String) {
    var rest = source.unicodeScalars[...]
    if rest.first == "^" {
      isHeldToStart = true
      rest.removeFirst()
    }
    while let scalar = rest.popFirst() {
      if scalar == "$", rest.isEmpty {
        isHeldToEnd = true
        return
      }
      guard let set = Self.set(startingWith: scalar, &rest) else { return nil }
      var step = Step(set: set)
      guard Self.parseQuantifier(of: &step, &rest) else { return nil }
      steps.append(step)
    }
  }

  private static func set(
    startingWith scalar: Unicode.Scalar, _ rest: inout Substring.UnicodeScalarView
  ) -> CharacterSet128? {
    switch scalar {
    case "[": return classSet(&rest)
    case "\\": return escapedSet(&rest)
    // `.` is left to `Regex`, for the line ends outside ASCII that it does not match.
    case ".", "(", ")", "|", "*", "+", "?", "{", "}", "^", "$", "]": return nil
    default: return literal(scalar)
    }
  }

  private static func literal(_ scalar: Unicode.Scalar) -> CharacterSet128 {
    var set = CharacterSet128()
    if scalar.isASCII { set.insert(UInt8(scalar.value)) } else { set.single = scalar }
    return set
  }

  private static func escapedSet(
    _ rest: inout Substring.UnicodeScalarView
  ) -> CharacterSet128? {
    switch rest.popFirst() {
    case "d": .digits
    case "D": CharacterSet128.digits.inverted
    case "w": .wordCharacters
    case "W": CharacterSet128.wordCharacters.inverted
    case let scalar? where "\\.+*?()[]{}|^$/-".unicodeScalars.contains(scalar): literal(scalar)
    default: nil
    }
  }

  /// Reads `[a-z0-9_]` after its bracket.
  private static func classSet(_ rest: inout Substring.UnicodeScalarView) -> CharacterSet128? {
    let isInverted = rest.first == "^"
    if isInverted { rest.removeFirst() }
    var set = CharacterSet128()
    while let scalar = rest.popFirst() {
      if scalar == "]" { return isInverted ? set.inverted : set }
      if scalar == "\\" {
        guard let escaped = escapedSet(&rest) else { return nil }
        set.formUnion(escaped)
        continue
      }
      guard scalar.isASCII else { return nil }
      let first = UInt8(scalar.value)
      guard rest.first == "-", let last = rest.dropFirst().first, last != "]" else {
        set.insert(first)
        continue
      }
      guard last.isASCII, last != "\\", last.value >= scalar.value else { return nil }
      set.insert(first...UInt8(last.value))
      rest.removeFirst(2)
    }
    return nil
  }

  private static func parseQuantifier(
    of step: inout Step, _ rest: inout Substring.UnicodeScalarView
  ) -> Bool {
    switch rest.first {
    case "*": (step.minimum, step.maximum) = (0, .max)
    case "+": step.maximum = .max
    case "?": step.minimum = 0
    case "{": return parseBounds(of: &step, &rest)
    default: return true
    }
    rest.removeFirst()
    return rest.first != "?" && rest.first != "+"
  }

  /// Reads `{2}`, `{2,}` or `{2,5}`.
  private static func parseBounds(
    of step: inout Step, _ rest: inout Substring.UnicodeScalarView
  ) -> Bool {
    guard let end = rest.firstIndex(of: "}") else { return false }
    let inner = String(rest[rest.startIndex..<end].dropFirst())
    let bounds = inner.split(separator: ",", omittingEmptySubsequences: false)
    guard (1...2).contains(bounds.count), let minimum = Int(bounds[0]) else { return false }
    step.minimum = minimum
    step.maximum = minimum
    if bounds.count == 2 {
      guard let maximum = bounds[1].isEmpty ? Int.max : Int(bounds[1]) else { return false }
      step.maximum = maximum
    }
    rest = rest[rest.index(after: end)...]
    return step.minimum <= step.maximum && rest.first != "?"
  }
}
