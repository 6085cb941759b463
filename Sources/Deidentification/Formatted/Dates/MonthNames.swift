/// The names of months, by language.
enum MonthNames {
  struct Name: Sendable {
    /// Whether it is cut short: `Jan`.
    var isShort = false
    /// Whether its small letters are also a common word: `may`, `mar`.
    var isCommonWord = false
    /// Whether it is a Roman number.
    var isRoman = false
  }

  static let languages: Set<String> = ["en", "es", "fr", "de", "it", "pt"]

  static let table = WordTable<Name>(
    names(
      """
      january february april june july august september october november december
      enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre
      diciembre janvier fevrier avril juin juillet aout septembre octobre novembre decembre
      januar februar marz juni juli oktober dezember gennaio febbraio maggio giugno luglio settembre
      ottobre dicembre janeiro fevereiro marco maio junho julho setembro outubro dezembro
      """, Name())
      + names("i ii iii iv v vi vii viii ix x xi xii", Name(isRoman: true))
      + names("may march mars", Name(isCommonWord: true))
      + names("jan feb apr jun jul aug sept oct nov janv fevr juil", Name(isShort: true))
      + names(
        "mar sep dec ene abr ago dic fev avr juil mai okt dez",
        Name(isShort: true, isCommonWord: true)
      ))

  private static func names(_ words: String, _ name: Name) -> [(String, Name)] {
    words.split { $0 == " " || $0 == "\n" }.map { (String($0), name) }
  }
}
