/// Telephone and fax numbers: `(555) 123-4567 x12`, `+41 (0)96 471 07 95`, `01.84.17.61.18`,
/// `pager 4411`, `090-1234-5678`.
///
/// Numbers without a word such as `phone` must have a form that measures do not have: that of North
/// America, a `+`, or a leading 0 with nine to eleven digits in groups.
package struct PhoneRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.phone, .fax] }
  package var languages: Set<String> { PhoneCue.languages }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    var found: [Identifier] = []
    let reader = PhoneReader(text: text)
    var end = -1
    for number in text.numbers where number > end {
      guard let phone = reader.phone(around: number, after: end) else { continue }
      found.append(phone.identifier)
      end = phone.last
    }
    return found
  }
}
