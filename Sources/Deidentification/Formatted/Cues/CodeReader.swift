/// Reads codes of letters and digits: `12345-6789`, `ST-998877`, `98234/AB`.
struct CodeReader {
  struct Code {
    var tokens: ClosedRange<Int>
    var digits: Int
    var letters: Int
  }

  let text: MatchText

  /// The code that begins at a token: letters and digits, joined by marks without blanks.
  func code(at index: Int) -> Code? {
    guard isPart(index) else { return nil }
    var code = Code(tokens: index...index, digits: 0, letters: 0)
    var next = index
    while next - index < 40 {
      if text.isNumber(next) {
        code.digits += text.length(next)
      } else {
        code.letters += text.length(next)
      }
      code.tokens = index...next
      guard let following = part(after: next) else { break }
      next = following
    }
    return code
  }

  /// A code of digits in several groups with blanks between, such as `47 39047534 02`.
  func extended(_ code: Code, by isNext: (_ last: Int, _ next: Int) -> Bool) -> Code {
    var code = code
    while text.isNumber(code.tokens.upperBound), text.isNumber(code.tokens.upperBound + 1),
      code.digits < 24, isNext(code.tokens.upperBound, code.tokens.upperBound + 1),
      !text.isQuantity(code.tokens.upperBound + 1)
    {
      let next = code.tokens.upperBound + 1
      code.tokens = code.tokens.lowerBound...next
      code.digits += text.length(next)
    }
    return code
  }

  private func isPart(_ index: Int) -> Bool {
    text.isNumber(index) || (text.isWord(index) && !text.isIdeographic(index))
  }

  /// The next letters or digits of a code; a line may end after a hyphen between digits.
  private func part(after index: Int) -> Int? {
    guard text.isAttached(index + 1) else { return nil }
    if text.kind(index + 1) != .mark { return isPart(index + 1) ? index + 1 : nil }
    guard text.isMark(index + 1, in: "-/._#") else { return nil }
    if text.isAttached(index + 2), isPart(index + 2) { return index + 2 }
    let isWrapped =
      text.isMark(index + 1, "-") && text.kind(index + 2) == .lineEnd && text.isNumber(index)
      && text.isNumber(index + 3)
    return isWrapped ? index + 3 : nil
  }
}
