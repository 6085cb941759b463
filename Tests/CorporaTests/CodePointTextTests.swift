import Records
import Testing

@testable import Corpora

struct CodePointTextTests {
  @Test(arguments: [
    (CodePointText.Unit.codePoints, 3, 3), (.bytes, 6, 2), (.utf16, 3, 2), (.bytes, 0, 0),
    (.bytes, 9, 4), (.utf16, 5, 4), (.codePoints, 4, 4),
  ])
  func `finds the code point at an offset`(unit: CodePointText.Unit, offset: Int, place: Int) {
    #expect(CodePointText("é𝔸è.").codePoint(at: offset, in: unit) == place)
  }

  @Test(arguments: [
    (CodePointText.Unit.bytes, 1), (.bytes, 4), (.utf16, 2), (.codePoints, 5), (.bytes, -1),
    (.utf16, .max),
  ])
  func `finds none inside a code point or beyond the text`(unit: CodePointText.Unit, offset: Int) {
    #expect(CodePointText("é𝔸è.").codePoint(at: offset, in: unit) == nil)
  }

  @Test(arguments: [
    (TextSpan(0, 2), "é𝔸"), (TextSpan(3, 4), "."), (TextSpan(2, 2), nil), (TextSpan(3, 5), nil),
    (TextSpan(-1, 2), nil), (TextSpan(3, .max), nil),
  ])
  func `cuts at code points`(span: TextSpan, piece: String?) {
    #expect(CodePointText("é𝔸è.")[span] == piece)
  }
}
