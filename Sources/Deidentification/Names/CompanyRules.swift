/// Names in the company of names: "Marsh and Osei", "Morrison, Rogers and Torres".
struct CompanyRules {
  func apply(to text: inout NameText) {
    for index in text.candidates where isCompany(index, before: false, in: text) {
      text.claim(index..<index + 1, .name, "company")
    }
    for index in text.candidates.reversed() where isCompany(index, before: true, in: text) {
      text.claim(index..<index + 1, .name, "company")
    }
  }

  /// Whether a word that may be a name is joined to one that was found behind or before it.
  private func isCompany(_ index: Int, before: Bool, in text: NameText) -> Bool {
    let piece = text.pieces[index]
    guard !text.isTaken(index), piece.shape == .capital, piece.count > 2, !piece.isBound,
      piece.facts.roles.isDisjoint(with: [.function, .title, .facility]), piece.facts.town < 3
    else { return false }
    let link = before ? index + 1 : index - 1
    guard text.isName(before ? index + 2 : index - 2) else { return false }
    if text.isMark(link, ",") { return text.nameability(index) > 2 && !text.isBeforeThing(index) }
    guard let word = text.word(link), word.shape == .lower, word.facts.has(.join),
      word.facts.has(.link), word.count == 3, text.nameability(index) > 0
    else { return false }
    if piece.startsSentence, piece.facts.name < 2 { return false }
    return piece.facts.wordClass == .plain && !text.isBeforeThing(index)
  }
}
