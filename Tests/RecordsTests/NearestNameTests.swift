import Records
import Testing

struct NearestNameTests {
  private let keys = ["split", "stages", "sources", "seed", "use"]

  @Test(arguments: [
    ("spilt", "split"), ("SPLIT", "split"), ("source", "sources"), ("sead", "seed"),
    ("stagse", "stages"), ("usee", "use"),
  ])
  func `finds what was meant within two slips`(name: String, meant: String) {
    #expect(NearestName.of(name, among: keys) == meant)
    #expect(NearestName.hint(for: name, among: keys) == "did you mean '\(meant)'?")
  }

  @Test(arguments: ["", "x", "templates", "us", "sp"])
  func `guesses nothing that is far`(name: String) {
    let guess = NearestName.of(name, among: ["split", "stages"])
    #expect(guess == nil)
    #expect(NearestName.hint(for: name, among: ["split", "stages"]) == nil)
  }

  @Test func `takes the first in byte order of equally near names, whatever their order`() {
    #expect(NearestName.of("texx", among: ["text", "texa"]) == "texa")
    #expect(NearestName.of("texx", among: ["texa", "text"]) == "texa")
  }

  @Test func `guesses nothing among no names`() {
    #expect(NearestName.of("split", among: [String]()) == nil)
  }
}
