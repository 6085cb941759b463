/// Guesses the language of a text: by its script, then, for the Latin alphabet, by its function
/// words.
///
/// Enough to keep German abstracts out of an English dataset; not a language identifier. It says
/// nothing rather than something doubtful: short texts and languages it does not know give nil.
package enum LanguageGuess {
  /// The bytes that are looked at.
  private static let sampleBytes = 8192

  /// The primary language subtag of a text, or nil when there is doubt.
  package static func language(of text: String) -> String? {
    var text = text
    return text.withUTF8 { bytes in
      var end = min(bytes.count, sampleBytes)
      while end < bytes.count, end > 0, bytes[end] & 0xc0 == 0x80 { end -= 1 }
      return language(of: UnsafeBufferPointer(rebasing: bytes[..<end]))
    }
  }

  private static func language(of bytes: UnsafeBufferPointer<UInt8>) -> String? {
    var letters = ScriptCounts()
    letters.count(bytes)
    switch letters.dominant {
    case .latin: return latinLanguage(of: bytes)
    case .han: return letters[.kana] * 20 > letters[.han] ? "ja" : "zh"
    case .kana: return "ja"
    case .hangul: return "ko"
    case .greek: return "el"
    case .cyrillic: return "ru"
    case .arabic: return "ar"
    case .hebrew: return "he"
    case .thai: return "th"
    case .devanagari: return "hi"
    case .other, nil: return nil
    }
  }

  /// The language whose function words are met most: at least three, a twelfth of all words, and
  /// half as many again as of any other.
  private static func latinLanguage(of bytes: UnsafeBufferPointer<UInt8>) -> String? {
    var hits = [Int](repeating: 0, count: FunctionWords.languages.count)
    var words = 0
    let table = FunctionWords.languagesByWord
    WordScanner.forEachWord(in: bytes) { word in
      words += 1
      guard let languages = table[word.hash] else { return }
      for index in hits.indices where languages & (1 << index) != 0 { hits[index] += 1 }
    }
    let ranked = hits.indices.sorted { (hits[$1], $0) < (hits[$0], $1) }
    let best = hits[ranked[0]]
    guard best >= 3, best * 12 >= words, best * 2 >= hits[ranked[1]] * 3 else { return nil }
    return FunctionWords.languages[ranked[0]].code
  }
}

/// Letters of a text by script.
private struct ScriptCounts {
  enum Script: Int, CaseIterable {
    case latin
    case han
    case kana
    case hangul
    case greek
    case cyrillic
    case arabic
    case hebrew
    case thai
    case devanagari
    case other
  }

  private var counts = [Int](repeating: 0, count: Script.allCases.count)

  subscript(script: Script) -> Int { counts[script.rawValue] }

  /// The script of more than half of the letters.
  ///
  /// Han and kana count together, as Japanese mixes them.
  var dominant: Script? {
    let total = counts.reduce(0, +)
    if (self[.han] + self[.kana]) * 2 > total { return self[.han] > 0 ? .han : .kana }
    return Script.allCases.first { self[$0] * 2 > total }
  }

  mutating func count(_ bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte >= 0x80 else {
        if (byte | 0x20) &- 0x61 < 26 { counts[Script.latin.rawValue] += 1 }
        index += 1
        continue
      }
      let (scalar, width) = UTF8Scalar.decode(bytes, at: index)
      index += width
      let kind = ScalarClass.of(scalar)
      if kind == .word || kind == .unspaced { counts[Self.script(of: scalar).rawValue] += 1 }
    }
  }

  private static func script(of scalar: UInt32) -> Script {
    switch scalar {
    case 0xc0...0x24f, 0x300...0x36f, 0x1e00...0x1eff: .latin
    case 0x370...0x3ff, 0x1f00...0x1fff: .greek
    case 0x400...0x52f: .cyrillic
    case 0x590...0x5ff: .hebrew
    case 0x600...0x6ff, 0x750...0x77f, 0xfb50...0xfdff, 0xfe70...0xfefc: .arabic
    case 0x900...0x97f: .devanagari
    case 0xe00...0xe7f: .thai
    case 0x1100...0x11ff, 0xac00...0xd7a3: .hangul
    case 0x3040...0x30ff, 0x31f0...0x31ff, 0xff66...0xff9f: .kana
    case 0x3005...0x3007, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff, 0x20000...0x3ffff:
      .han
    default: .other
    }
  }
}

/// Words that any text of a language has, whatever it is about.
private enum FunctionWords {
  static let languages: [(code: String, words: String)] = [
    (
      "en",
      """
      the of and to in is that for with was were are be this by from which or an as at it not have \
      has had been their than these may can will would should between after during who
      """
    ),
    (
      "es",
      """
      el la los las de del y en que un una por con para es se al lo como más pero sus este esta fue \
      son entre está ha desde cuando muy sin sobre también hasta donde
      """
    ),
    (
      "fr",
      """
      le la les de des du et en un une est que qui dans pour par sur au aux avec ce cette ces sont \
      pas plus été ou ont être chez nous vous leur mais comme fait il elle
      """
    ),
    (
      "de",
      """
      der die das und in den von zu mit ist des auf für im eine ein einer nicht dem sich auch als \
      bei werden wurde sind wird oder nach aus einem durch wurden haben hat
      """
    ),
    (
      "it",
      """
      il lo la i gli le di del della dei delle e in un una che è per con non sono da dal dalla al \
      nel nella più come anche si ha stato stata questo questa tra
      """
    ),
    (
      "pt",
      """
      o a os as de do da dos das e em no na nos nas um uma que com por para não é foi ao são mais \
      como se pelo pela entre também ou foram seu sua ser
      """
    ),
    (
      "nl",
      """
      de het een van en in op te dat die is met voor niet aan er zijn was om ook als bij door naar \
      wordt werd of uit worden deze heeft kan meer dan
      """
    ),
  ]

  /// The languages that have a word, one bit each, by the word's hash.
  static let languagesByWord: [UInt64: UInt8] = {
    var table: [UInt64: UInt8] = [:]
    for (index, language) in languages.enumerated() {
      var words = language.words
      words.withUTF8 { bytes in
        WordScanner.forEachWord(in: bytes) { table[$0.hash, default: 0] |= 1 << index }
      }
    }
    return table
  }()
}
