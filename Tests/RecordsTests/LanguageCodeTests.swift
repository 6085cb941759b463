import Records
import Testing

struct LanguageCodeTests {
  @Test func `codes of three letters and regions come down to two`() {
    #expect(
      ["eng", "EN", "en-GB", "ger", "zho", "tlh"].map(LanguageCode.primary) == [
        "en", "en", "en", "de", "zh", "tlh",
      ])
  }

  @Test func `several languages and none are no subtag; a rare one is its own`() {
    #expect(["mul", "und", "zxx", "x", "12"].allSatisfy { LanguageCode.subtag(of: $0) == nil })
    #expect(LanguageCode.subtag(of: "haw") == "haw")
    #expect(LanguageCode.subtag(of: "fre") == "fr")
  }
}
