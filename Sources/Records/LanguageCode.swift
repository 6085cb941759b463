/// Codes of languages as corpora and recipes write them → the primary BCP 47 subtag that records carry.
package enum LanguageCode {
  /// The subtag of a code or tag (`eng`, `en-US`, `EN`); nil for several or undetermined languages.
  ///
  /// A three-letter code that has no two-letter form (`haw`) is its own subtag.
  package static func subtag(of code: String) -> String? {
    let primary = head(of: code)
    guard (2...3).contains(primary.utf8.count), primary.utf8.allSatisfy(isLetter) else {
      return nil
    }
    if primary == "mul" || primary == "und" || primary == "zxx" { return nil }
    return twoLetters[primary] ?? primary
  }

  /// The two-letter code where there is one, else the code's own first part: `eng`, `EN` and `en-GB` are
  /// `en`.
  package static func primary(_ code: String) -> String {
    let head = head(of: code)
    return twoLetters[head] ?? head
  }

  /// What stands before the first hyphen, in lower case.
  private static func head(of code: String) -> String {
    String(code.lowercased().prefix { $0 != "-" && $0 != "_" })
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) }

  /// ISO 639-2, bibliographic and terminological forms, of the languages in MEDLINE.
  private static let twoLetters: [String: String] = [
    "afr": "af", "alb": "sq", "ara": "ar", "arm": "hy", "aze": "az", "baq": "eu", "bel": "be",
    "ben": "bn", "bos": "bs", "bul": "bg", "cat": "ca", "ces": "cs", "chi": "zh", "cze": "cs",
    "dan": "da", "deu": "de", "dut": "nl", "ell": "el", "eng": "en", "epo": "eo", "est": "et",
    "eus": "eu", "fas": "fa", "fin": "fi", "fra": "fr", "fre": "fr", "geo": "ka", "ger": "de",
    "gla": "gd", "gle": "ga", "glg": "gl", "gre": "el", "heb": "he", "hin": "hi", "hrv": "hr",
    "hun": "hu", "hye": "hy", "ice": "is", "ind": "id", "isl": "is", "ita": "it", "jpn": "ja",
    "kat": "ka", "kaz": "kk", "kin": "rw", "kor": "ko", "lat": "la", "lav": "lv", "lit": "lt",
    "mac": "mk", "mal": "ml", "may": "ms", "mkd": "mk", "msa": "ms", "nld": "nl", "nob": "nb",
    "nor": "no", "per": "fa", "pol": "pl", "por": "pt", "pus": "ps", "ron": "ro", "rum": "ro",
    "rus": "ru", "san": "sa", "slk": "sk", "slo": "sk", "slv": "sl", "spa": "es", "sqi": "sq",
    "srp": "sr", "swe": "sv", "tha": "th", "tur": "tr", "ukr": "uk", "urd": "ur", "vie": "vi",
    "wel": "cy", "zho": "zh",
  ]
}
