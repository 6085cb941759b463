import Testing

@testable import Formats

struct JSONFormTests {
  private func form(_ text: String) throws -> UInt64 {
    try JSONDocument(parsing: Array(text.utf8)).form
  }

  private static let long = String(repeating: "a", count: 33)

  @Test(arguments: [
    (#"{"a":"\#(long)"}"#, #"{"a":"\#(long)b c"}"#), (#"{"a":1}"#, #"{ "a" : 1 }"#),
    (#"[true,null]"#, "[ true,\nnull]"),
  ])
  func `long texts and white space do not change a form`(one: String, other: String) throws {
    #expect(try form(one) == form(other))
  }

  @Test(arguments: [
    (#"{"a":"x"}"#, #"{"a":"y"}"#), (#"{"a":""}"#, #"{"a":null}"#), (#"{"a":1}"#, #"{"b":1}"#),
    (#"{"a":1}"#, #"{"a":2}"#), (#"[[],[]]"#, #"[[[]]]"#), (#"[1]"#, #"["1"]"#), ("true", "false"),
    (#"{"a":"\#(long)"}"#, #"{"a":"short"}"#), (#"["a","bc"]"#, #"["ab","c"]"#),
  ])
  func `keys, types, numbers and short texts do`(one: String, other: String) throws {
    #expect(try form(one) != form(other))
  }

  @Test func `a text that escapes make long is told from others like a short one`() throws {
    let user = #""\u0075\u0073\u0065\u0072\u0075\u0073\u0065\u0072\u0075\u0073\u0065\u0072""#
    let other = #""\u0074\u0073\u0065\u0072\u0075\u0073\u0065\u0072\u0075\u0073\u0065\u0072""#
    #expect(try form(user) != form(other))
  }
}
