import Deidentification
import Testing

@Suite struct RecallFiguresTests {
  private struct Digits: IdentifierRecognizer {
    var classes: Set<IdentifierClass> { [.uniqueIdentifier] }
    var languages: Set<String> { [] }

    func identifiers(in text: MatchText) -> [Identifier] {
      text.tokens.filter { $0.kind == .number }.map {
        Identifier(.uniqueIdentifier, text.origin(of: $0.range), rule: "digits")
      }
    }
  }

  @Test func `a value leaks by its words; touched is what some of is left`() {
    let text = LabelledText(
      text: "Ann Lee, 12 Elm, 345",
      values: [
        .init(type: "NAME", text: "ann  lee", range: 0..<7),
        .init(type: "PLACE", text: "12 Elm", range: 9..<15),
        .init(type: "ID", text: "345", range: 17..<20),
      ])
    let figures = RecallFigures(of: [text], with: IdentifierScanner([Digits()]))
    func counts(_ type: String) -> [Int] {
      let tally = figures.total(of: [type], in: text.half)
      return [tally.values, tally.leaked, tally.touched]
    }
    #expect(counts("NAME") == [1, 1, 1])
    #expect(counts("PLACE") == [1, 0, 1])
    #expect(counts("ID") == [1, 0, 0])
  }

  @Test func `the interval is that of Wilson`() {
    let interval = RecallFigures.Tally.wilson(81, of: 263)
    #expect(abs(interval.lowerBound - 0.2553) < 0.0001)
    #expect(abs(interval.upperBound - 0.3662) < 0.0001)
  }
}
