import Records
import Testing

@testable import Templates

struct ContrastingAnswerTests {
  private let contrast = ContrastingAnswer(seed: 17)

  private func choice(_ options: [String], answers: [Int]) -> Content {
    .multipleChoice(MultipleChoice(stem: "Which?", options: options, answers: answers))
  }

  private func answers(_ content: Content?) -> [Int]? {
    guard case .multipleChoice(let item) = content else { return nil }
    return item.answers
  }

  @Test func `takes a wrong option, each about as often`() throws {
    var counts = [0, 0, 0, 0]
    for number in 0..<300 {
      let wrong = contrast.content(
        of: choice(["w", "x", "y", "z"], answers: [1]), id: "q\(number)")
      let places = try #require(answers(wrong))
      try #require(places.count == 1)
      counts[places[0]] += 1
    }

    #expect(counts[1] == 0)
    #expect([0, 2, 3].allSatisfy { (70...130).contains(counts[$0]) }, "\(counts)")
  }

  @Test func `takes as many options as are right, and none that reads as a right one`() {
    #expect(
      answers(contrast.content(of: choice(["w", "x", "y"], answers: [0, 1]), id: "q"))?.count == 2)
    #expect(contrast.content(of: choice(["w", "w"], answers: [0]), id: "q") == nil)
    #expect(contrast.content(of: choice(["w", "x"], answers: [0, 1]), id: "q") == nil)
    #expect(contrast.content(of: choice(["w", "x"], answers: []), id: "q") == nil)
  }

  @Test func `depends on the seed and the id alone`() {
    let item = choice(["v", "w", "x", "y", "z"], answers: [0])

    #expect(contrast.content(of: item, id: "a") == contrast.content(of: item, id: "a"))
    let seeds = Set(
      (0..<20).map { answers(ContrastingAnswer(seed: $0).content(of: item, id: "a")) })
    #expect(seeds.count > 1)
  }

  @Test func `takes another label of a closed set, and none without one`() {
    let pair = TextPair(
      first: "a", second: "b", label: "neutral", labelSet: ["neutral", "contradiction"])
    guard case .textPair(let wrong) = contrast.content(of: .textPair(pair), id: "p") else {
      Issue.record("a pair has a contrast")
      return
    }

    #expect(wrong.label == "contradiction")
    var open = pair
    open.labelSet = []
    #expect(contrast.content(of: .textPair(open), id: "p") == nil)
  }
}
