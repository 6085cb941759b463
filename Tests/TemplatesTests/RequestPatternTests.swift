import Records
import Testing

@testable import Templates

struct RequestPatternTests {
  private func pattern(_ pieces: RequestPattern.Piece...) -> RequestPattern {
    RequestPattern(name: "t/1", pieces: pieces)
  }

  @Test func `what fills the slots comes back, by the names of the slots`() {
    let pattern = pattern(
      .literal("Write the "), .slot("part"), .literal(" of:\n\n"), .slot("dialogue"))
    #expect(pattern.fillings(of: "Write the plan of:\n\nA: x\n\nB: y") == ["A: x\n\nB: y", "plan"])
  }

  @Test func `two wordings of one record give the same`() {
    let one = pattern(.slot("text"), .literal("\n\nClassify as "), .slot("labels"), .literal("."))
    let two = pattern(.literal("Labels: "), .slot("labels"), .literal("\n\n"), .slot("text"))
    #expect(one.fillings(of: "T\n\nClassify as a, b.") == two.fillings(of: "Labels: a, b\n\nT"))
  }

  @Test func `a slot that stands twice is taken once`() {
    let pattern = pattern(.slot("a"), .literal(" or "), .slot("a"), .literal("?"))
    #expect(pattern.fillings(of: "x or x?") == ["x"])
  }

  @Test func `a request of another form is taken whole`() {
    let pattern = pattern(.literal("Ask: "), .slot("q"), .literal("!"))
    for text in ["Ask: x", "Tell: x!", "", "Ask:"] { #expect(pattern.fillings(of: text) == [text]) }
    #expect(pattern.fillings(of: "Ask: !") == [""])
  }

  @Test func `worked examples above the request are no part of it`() {
    let pattern = pattern(.literal("Q: "), .slot("q"))
    #expect(pattern.fillings(of: "Q: one\n\n1\n\n---\n\nQ: two") == ["two"])
  }

  @Test func `literals side by side are one`() {
    let pattern = pattern(.literal("a"), .literal("b"), .slot("s"))
    #expect(pattern.pieces == [.literal("ab"), .slot("s")])
  }

  /// Every wording that ships: a rendered request gives back what was filled in.
  @Test func `requests of every template set are read back`() throws {
    var count = 0
    for file in TemplateFile.all {
      let task = try #require(TaskRegistry.task(named: file.set.task))
      guard task.form == .conversation else { continue }
      let renderer = try TemplateRenderer(task: task, sets: [file.set], seed: 1)
      for pattern in renderer.requestPatterns {
        let slots = Set(
          pattern.pieces.compactMap { piece -> String? in
            if case .slot(let name) = piece { name } else { nil }
          })
        let text = pattern.pieces.map { piece in
          switch piece {
          case .literal(let text): text
          case .slot(let name): "<\(name)>"
          }
        }.joined()
        #expect(pattern.fillings(of: text) == slots.sorted().map { "<\($0)>" })
        count += 1
      }
    }
    #expect(count > 300)
  }
}
