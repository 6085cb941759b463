import TestSupport
import Testing

struct GoldenTests {
  @Test func `shows which lines differ, with their numbers`() {
    let difference = lineDifference(from: "one\ntwo\nthree", to: "one\n2\nthree\nfour")

    #expect(difference == "-2: two\n+2: 2\n+4: four")
  }
}
