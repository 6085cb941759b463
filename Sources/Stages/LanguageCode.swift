/// Language codes as corpora and recipes write them.
package enum LanguageCode {
  /// The two-letter code where there is one: `eng`, `EN` and `en-GB` are `en`.
  package static func primary(_ code: String) -> String {
    let subtag = code.lowercased().prefix { $0 != "-" && $0 != "_" }
    return twoLetters[String(subtag)] ?? String(subtag)
  }

  /// ISO 639-2, both its terminological and bibliographic codes (MEDLINE writes the latter).
  private static let twoLetters = [
    "ara": "ar", "bul": "bg", "ces": "cs", "chi": "zh", "cze": "cs", "dan": "da", "deu": "de",
    "dut": "nl", "ell": "el", "eng": "en", "fas": "fa", "fin": "fi", "fra": "fr", "fre": "fr",
    "ger": "de", "gre": "el", "heb": "he", "hin": "hi", "hrv": "hr", "hun": "hu", "ind": "id",
    "ita": "it", "jpn": "ja", "kor": "ko", "nld": "nl", "nor": "no", "per": "fa", "pol": "pl",
    "por": "pt", "ron": "ro", "rum": "ro", "rus": "ru", "slk": "sk", "slo": "sk", "slv": "sl",
    "spa": "es", "srp": "sr", "swe": "sv", "tha": "th", "tur": "tr", "ukr": "uk", "vie": "vi",
    "zho": "zh",
  ]
}
