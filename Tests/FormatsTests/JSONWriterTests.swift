import Formats
import Testing

struct JSONWriterTests {
  @Test func `writes rows without spaces`() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("a")
    writer.beginArray()
    writer.number(1)
    writer.number(text: "1.50")
    writer.number(2.5)
    writer.endArray()
    writer.key("b")
    writer.beginObject()
    writer.endObject()
    writer.key("c")
    writer.null()
    writer.key("d")
    writer.bool(true)
    writer.endObject()
    writer.newline()
    writer.beginArray()
    writer.endArray()
    #expect(writer.text == "{\"a\":[1,1.50,2.5],\"b\":{},\"c\":null,\"d\":true}\n[]")
  }

  @Test func `escapes quotes, backslashes and control characters only`() {
    var writer = JSONWriter()
    writer.string("\"\\/\u{8}\t\n\u{c}\r\u{0}\u{1f}\u{7f}é\u{2028}\u{2029}😀")
    #expect(
      writer.text
        == #""\"\\/\b\t\n\f\r\u0000\u001f"# + "\u{7f}é\u{2028}\u{2029}😀\"")
  }

  @Test func `escapes at every place of a long text`() throws {
    for place in 0..<40 {
      let text = String(repeating: "x", count: place) + "\n" + String(repeating: "é", count: 9)
      var writer = JSONWriter()
      writer.string(text)
      #expect(try JSONDocument(parsing: writer.bytes).root.string == text)
    }
  }

  @Test func `indents by two spaces in the pretty layout`() throws {
    var writer = JSONWriter(layout: .pretty)
    writer.value(try JSON(parsing: #"{"a":[1,{"b":2}],"c":{},"d":[]}"#))
    writer.newline()
    #expect(
      writer.text == """
        {
          "a": [
            1,
            {
              "b": 2
            }
          ],
          "c": {},
          "d": []
        }

        """)
  }

  @Test func `writes null for a number that JSON cannot say`() {
    var writer = JSONWriter()
    writer.number(Double.nan)
    #expect(writer.text == "null")
  }

  @Test func `starts anew after its bytes were taken`() {
    var writer = JSONWriter()
    writer.string("a")
    #expect(writer.take() == Array("\"a\"".utf8))
    writer.string("b")
    #expect(writer.text == "\"b\"")
  }
}
