/// Takes out of a doctor's answer what the site it was given on wrote around it.
///
/// An answer is cut into sentences, at `.`, `?` or `!` before a blank and at line ends. Then
///
/// 1. of the first two and the last four sentences those go that name the site (`Chat Doctor`, which
///    ChatDoctor's authors wrote over its name; `HealthCareMagic`, `HCM`, `iCliniq`);
/// 2. sentences with an address of the site, and with iCliniq's `online -->`, go wherever they are;
/// 3. what stands from `Regards` to the end goes, with a word such as `Best` before it, when it is a
///    dozen words at most.
///
/// What remains is kept byte for byte, but for blanks at the ends.
enum SiteSignatures {
  static func stripped(from text: String) -> String {
    let sentences = sentences(of: text)
    let kept = sentences.enumerated().filter { place, sentence in
      let isAtEnd = place < 2 || place >= sentences.count - 4
      return !isReferral(sentence) && !(isAtEnd && namesSite(sentence))
    }
    let rest = kept.map { String(decoding: $0.element, as: UTF8.self) }.joined()
    return TidyText.trimmed(String(decoding: withoutFarewell(Array(rest.utf8)), as: UTF8.self))
  }

  private typealias Bytes = ArraySlice<UInt8>

  /// The sentences with the blanks that follow them.
  private static func sentences(of text: String) -> [Bytes] {
    let bytes = Array(text.utf8)
    var sentences: [Bytes] = []
    var start = 0
    for place in bytes.indices {
      let isEnd = ends.contains(bytes[place]) || TidyText.isSpace(bytes[place])
      let next = place + 1 < bytes.count ? bytes[place + 1] : UInt8(ascii: " ")
      let isLineEnd = bytes[place] == 0x0a && next != 0x0a
      let isStop =
        TidyText.isSpace(bytes[place]) && !TidyText.isSpace(next) && place > start
        && ends.contains(lastSign(of: bytes[start..<place]))
      guard isEnd, isLineEnd || isStop else { continue }
      sentences.append(bytes[start...place])
      start = place + 1
    }
    if start < bytes.count { sentences.append(bytes[start...]) }
    return sentences
  }

  private static let ends: Set<UInt8> = [
    UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"),
  ]

  private static func lastSign(of bytes: Bytes) -> UInt8 {
    bytes.last { !TidyText.isSpace($0) } ?? 0x20
  }

  private static func namesSite(_ sentence: Bytes) -> Bool {
    let words = words(of: sentence)
    return words.enumerated().contains { place, word in
      siteNames.contains(word)
        || (word == "chat" && place + 1 < words.count && words[place + 1] == "doctor")
        || (word == "healthcare" && place + 1 < words.count && words[place + 1] == "magic")
    }
  }

  private static let siteNames: Set = ["chatdoctor", "healthcaremagic", "hcm", "icliniq"]

  private static func isReferral(_ sentence: Bytes) -> Bool {
    let text = String(decoding: sentence, as: UTF8.self).lowercased()
    return text.contains("online -->") || text.contains("icliniq.com/")
      || text.contains("healthcaremagic.com")
  }

  private static func words(of bytes: Bytes) -> [String] {
    bytes.split { !isLetter($0) }.map { String(decoding: $0, as: UTF8.self).lowercased() }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// The text without `Best regards, …` at its end.
  private static func withoutFarewell(_ bytes: [UInt8]) -> Bytes {
    var places: [(word: String, start: Int)] = []
    var start: Int?
    for place in bytes.indices {
      if isLetter(bytes[place]) {
        start = start ?? place
      } else if let first = start {
        places.append((word(bytes[first..<place]), first))
        start = nil
      }
    }
    if let start { places.append((word(bytes[start...]), start)) }
    guard let farewell = places.lastIndex(where: { $0.word == "regards" }),
      places.count - farewell <= 13
    else { return bytes[...] }
    var first = farewell
    while first > 0, greetings.contains(places[first - 1].word) { first -= 1 }
    return bytes[..<places[first].start]
  }

  private static let greetings: Set = ["best", "warm", "kind", "with", "thanks", "and", "my"]

  private static func word(_ bytes: Bytes) -> String {
    String(decoding: bytes, as: UTF8.self).lowercased()
  }
}
