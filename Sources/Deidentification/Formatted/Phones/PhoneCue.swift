/// Words before and after numbers that make them telephone or fax numbers.
struct PhoneCue {
  var kind: IdentifierClass
  /// Whether short numbers are meant, as of pagers and extensions.
  var isShort: Bool

  static let languages: Set<String> = ["en", "es", "fr", "de", "ja", "zh"]

  /// The cue that ends before the first token of a number, over marks and words such as `at`.
  static func before(_ index: Int, in text: MatchText) -> PhoneCue? {
    var place = index - 1
    while place >= 0, place >= index - 7 {
      if text.isIdeographic(place) { return ideographic(place, in: text) }
      if text.isWord(place) {
        if let cue = table[text.key(place)] { return cue }
        guard links.contains(text.key(place)) else { return nil }
      } else if text.kind(place) == .number || text.isMark(place, in: ",;") {
        return nil
      }
      place -= 1
    }
    return nil
  }

  /// The cue right after a number: `555-0199 (cell)`, `082 490 1693-Office`.
  static func after(_ index: Int, in text: MatchText) -> PhoneCue? {
    guard text.isMark(index + 1, in: "-(") else { return nil }
    return table[text.key(index + 2)]
  }

  private static func ideographic(_ index: Int, in text: MatchText) -> PhoneCue? {
    var word = text.bytes[text.tokens[index].range]
    for particle in ["は", "が", "の", "为", "是"] where word.hasSuffix(particle) {
      word = word.dropLast(particle.utf8.count)
      break
    }
    if ["传真", "傳真", "ファックス", "ファクス", "FAX", "Fax", "fax"].contains(where: { word.hasSuffix($0) }) {
      return PhoneCue(kind: .fax, isShort: false)
    }
    let words = [
      "電話", "電話番号", "連絡先", "携帯", "携帯番号", "TEL", "Tel", "tel", "手机", "手机号", "手机号码", "电话",
      "电话号码", "联系方式", "固话", "座机", "內線", "内線", "分机",
    ]
    return words.contains { word.hasSuffix($0) } ? PhoneCue(kind: .phone, isShort: false) : nil
  }

  private static let table = WordTable<PhoneCue>(
    words(
      """
      phone phones telephone tel tele telf tfno tlf tfn cell cellphone mobile mob cellular call
      called calling contact reach reached reachable text desk landline hotline whatsapp callback
      ph answering tlfno tlfn telef tfo fono telefono telefonos movil celular portable telefon
      handy dial dialed dialing voicemail registered office
      """, PhoneCue(kind: .phone, isShort: false))
      + words("fax facsimile telefax", PhoneCue(kind: .fax, isShort: false))
      + words(
        "pager pgr beeper paged ext extn extension", PhoneCue(kind: .phone, isShort: true)))

  private static func words(_ words: String, _ cue: PhoneCue) -> [(String, PhoneCue)] {
    words.split { $0 == " " || $0 == "\n" }.map { (String($0), cue) }
  }

  private static let links = WordSet(
    """
    number numbers no num nr n at on is me us my him her them his their home work to the or via
    by was primary secondary emergency direct line
    """)
}
