import Formats

/// The placeholders that a text holds already: they are no identifiers, and nothing of them is touched.
///
///     [**Hospital1 18**]   ___   **NAME[AAA]   [NAME_1]   <PATIENT>   {{DATE}}   [REDACTED]   XXXX
enum ExistingPlaceholders {
  /// What a text holds.
  struct Found {
    /// The places in bytes, ascending.
    var places: [Range<Int>] = []
    /// Those that look like the tool's own, with their numbers.
    var own: [(kind: IdentifierClass, number: Int)] = []
  }

  static func found(in text: UnsafeBufferPointer<UInt8>) -> Found {
    var found = Found()
    var places = Placeholders.places(in: text).filter { isStandIn($0, in: text) }
    var index = 0
    while index < text.count {
      let end: Int?
      switch text[index] {
      case UInt8(ascii: "["), UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "("):
        end = bracketEnd(in: text, from: index, &found)
      case UInt8(ascii: "*"): end = starEnd(in: text, from: index)
      case UInt8(ascii: "X"), UInt8(ascii: "x"): end = crossEnd(in: text, from: index)
      default: end = nil
      }
      if let end { places.append(index..<end) }
      index = end ?? index + 1
    }
    found.places = places.sorted { $0.lowerBound < $1.lowerBound }
    return found
  }

  /// Whether a tag `[**…**]`, or `___`, holds nothing that could be an identifier.
  private static func isStandIn(_ place: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text[place.lowerBound] == UInt8(ascii: "[") else { return true }
    let content = text[(place.lowerBound + 3)..<(place.upperBound - 3)]
    return Placeholders.isStandIn(String(decoding: content, as: UTF8.self))
  }

  private static let longest = 48

  private static func bracketEnd(
    in text: UnsafeBufferPointer<UInt8>, from start: Int, _ found: inout Found
  ) -> Int? {
    let opening = text[start]
    let closing = [
      UInt8(ascii: "["): UInt8(ascii: "]"), UInt8(ascii: "<"): UInt8(ascii: ">"),
      UInt8(ascii: "{"): UInt8(ascii: "}"), UInt8(ascii: "("): UInt8(ascii: ")"),
    ][opening]
    var index = start
    while index < text.count, index - start < 2, text[index] == opening { index += 1 }
    let first = index
    while index < text.count, index - start < longest, isPlaceholderByte(text[index]) { index += 1 }
    guard index > first, index < text.count, text[index] == closing else { return nil }
    let content = String(decoding: text[first..<index], as: UTF8.self)
    guard isPlaceholder(content, isRound: opening == UInt8(ascii: "(")) else { return nil }
    while index < text.count, text[index] == closing { index += 1 }
    if let own = own(content) { found.own.append(own) }
    return index
  }

  private static func isPlaceholderByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x20:
      true
    default: false
    }
  }

  /// Whether all words between brackets are of the few that placeholders are made of, with at most four
  /// digits attached to the last: a number by itself (`[MRN 4711]`, `(DOB 1957)`) is an identifier.
  ///
  /// In round brackets, which prose has too, they must be capitals without a number.
  static func isPlaceholder(_ content: String, isRound: Bool) -> Bool {
    let stem = content.reversed().drop { $0.isNumber }
    let digits = content.count - stem.count
    guard digits <= 4, stem.first != " ", !stem.contains(where: \.isNumber) else { return false }
    guard !isRound || (digits == 0 && !content.contains(where: \.isLowercase)) else { return false }
    let words = content.split { !$0.isLetter }
    return !words.isEmpty
      && words.allSatisfy { word in
        let word = word.uppercased()
        return vocabulary.contains(word) || word.allSatisfy { $0 == "X" }
      }
  }

  private static func own(_ content: String) -> (kind: IdentifierClass, number: Int)? {
    guard let mark = content.lastIndex(of: "_"),
      let kind = IdentifierClass(rawValue: String(content[..<mark])),
      let number = Int(content[content.index(after: mark)...])
    else { return nil }
    return (kind, number)
  }

  /// `**NAME[AAA]`, `**DATE[Feb 12 2009]`, `**ID-NUM`, `**PLACE`; or three asterisks and more.
  private static func starEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < text.count, text[index] == UInt8(ascii: "*") { index += 1 }
    guard index - start >= 2 else { return nil }
    let first = index
    while index < text.count,
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(text[index])
        || text[index] == UInt8(ascii: "-")
    {
      index += 1
    }
    guard isPlaceholder(String(decoding: text[first..<index], as: UTF8.self), isRound: false) else {
      return first - start >= 3 ? first : nil
    }
    let isDate = text[first..<index].elementsEqual("DATE".utf8)
    guard index < text.count, text[index] == UInt8(ascii: "["),
      let end = text[index...].prefix(longest).firstIndex(of: UInt8(ascii: "]"))
    else { return index }
    let content = String(decoding: text[(index + 1)..<end], as: UTF8.self)
    return isDate || isStandIn(content) ? end + 1 : index
  }

  /// `AAA`, `BBB M` and `in 60s` stand in for names and ages; anything else may be one.
  private static func isStandIn(_ content: String) -> Bool {
    if content.hasPrefix("in "), content.hasSuffix("s") { return true }
    return content.split(separator: " ").allSatisfy { word in
      word.allSatisfy { $0.isASCII && $0.isUppercase } && (word.count == 1 || Set(word).count == 1)
    }
  }

  /// A run of three crosses or more, and dates of them: `XX/XX/XXXX`.
  private static func crossEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    let cross = text[start]
    guard start == 0 || !isLetter(text[start - 1]) else { return nil }
    var index = start
    var crosses = 0
    while index < text.count {
      if text[index] == cross {
        crosses += 1
      } else if ![UInt8(ascii: "/"), UInt8(ascii: "-")].contains(text[index])
        || index + 1 == text.count || text[index + 1] != cross
      {
        break
      }
      index += 1
    }
    guard crosses >= (cross == UInt8(ascii: "X") ? 3 : 4),
      index == text.count || !isLetter(text[index])
    else { return nil }
    return index
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static let vocabulary: Set<String> = Set(
    """
    NAME NAMES PATIENT DOCTOR PERSON STAFF DATE DATES TIME AGE LOCATION CITY STATE ADDRESS STREET ZIP \
    ZIPCODE HOSPITAL ORGANIZATION ORGANISATION ORG PHONE TELEPHONE FAX PAGER EMAIL URL IP ID MRN SSN NUMBER \
    NUM REDACTED REMOVED DEIDENTIFIED DE IDENTIFIED ANONYMIZED ANONYMISED MASKED HIDDEN PHI PII FIRST \
    LAST MIDDLE INITIAL INITIALS USERNAME ACCOUNT DEVICE LICENSE VEHICLE HEALTH PLAN BIRTH DOB COUNTRY \
    COUNTY PROVIDER PHYSICIAN NURSE CLINIC FACILITY CONTACT RELATIVE SURNAME YEAR MONTH DAY \
    UNIQUE IDENTIFIER PLACE PROFESSION GIVEN FAMILY MEDICAL RECORD OTHER INSTITUTION
    """.split { $0.isWhitespace }.map(String.init))
}
