import Records
import Testing

@testable import Deidentification

/// Spans of annotated texts move with what is replaced before and in them.
struct TextEditsTests {
  @Test func `spans move, and those that a replacement cuts grow`() {
    var item = AnnotatedText(
      text: "Zoë Ames has asthma in Dunmere town",
      entities: [
        Entity(type: "name", spans: [TextSpan(4, 8)], text: "Ames"),
        Entity(type: "disease", spans: [TextSpan(13, 19)], text: "asthma"),
        Entity(type: "place", spans: [TextSpan(23, 35)], text: "Dunmere town"),
        Entity(type: "all", spans: [TextSpan(0, 8), TextSpan(13, 19)], text: "Zoë Ames asthma"),
      ])
    let edits = TextEdits([.init(0..<9, "[NAME_1]"), .init(24..<31, "[PLACE]")])
    #expect(edits.apply(to: &item) == 1)
    #expect(item.text == "[NAME_1] has asthma in [PLACE] town")
    #expect(item.entities.map(\.text) == ["[NAME_1]", "asthma", "[PLACE] town", "[NAME_1] asthma"])
    #expect(item.entities[1].spans == [TextSpan(13, 19)])
    #expect(item.entities[3].spans == [TextSpan(0, 8), TextSpan(13, 19)])
  }

  @Test func `every span of many moves by what was replaced before it`() {
    let count = 4000
    var item = AnnotatedText(
      text: String(repeating: "Ames has asthma. ", count: count),
      entities: (0..<count).map {
        Entity(
          type: "disease", spans: [TextSpan($0 * 17 + 9, $0 * 17 + 15)], text: "asthma")
      })
    let edits = TextEdits((0..<count).map { .init($0 * 17..<$0 * 17 + 4, "[NAME_1]") })
    #expect(edits.apply(to: &item) == 0)
    #expect(item.entities.allSatisfy { $0.text == "asthma" })
    #expect(item.entities.last?.spans == [TextSpan(count * 21 - 8, count * 21 - 2)])
  }
}
