import Testing

@testable import Deidentification

@Suite struct MatchTextTests {
  @Test func `what tricks hide is plain, and its place is that in the given text`() throws {
    let given = "Jo\u{200B}hn ５５５\u{2011}0199"
    let text = MatchText(given)
    #expect(text.string(in: 0..<text.bytes.count) == "John 555-0199")
    let name = try #require(text.tokens.first)
    let origin = text.origin(of: name.range)
    #expect(String(decoding: Array(given.utf8)[origin], as: UTF8.self) == "Jo\u{200B}hn")
  }

  @Test func `accents apart from their letters are not seen, and belong to what is before them`() {
    let given = "Me\u{301}dico: Jose\u{301}."
    let text = MatchText(given)
    #expect(text.string(in: 0..<text.bytes.count) == "Medico: Jose.")
    let origin = text.origin(of: 8..<12)
    #expect(String(decoding: Array(given.utf8)[origin], as: UTF8.self) == "Jose\u{301}")
  }

  @Test func `tokens are runs of letters, runs of digits and single marks`() {
    let text = MatchText("Dr. Á12\n\tb")
    #expect(text.tokens.map { text.string(in: $0.range) } == ["Dr", ".", "Á", "12", "\n", "b"])
    #expect(text.tokens.map(\.isSpaced) == [false, false, true, false, false, true])
  }
}
