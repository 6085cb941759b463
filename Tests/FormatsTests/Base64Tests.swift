import Testing

@testable import Formats

struct Base64Tests {
  @Test(arguments: [
    ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"),
    ("Zm9vYmE=", "fooba"), ("Zm9vYmFy", "foobar"), ("Zm9v\r\n YmFy", "foobar"), ("Zm8", "fo"),
    ("wrU=", "µ"),
  ])
  func `decodes what RFC 4648 has, line breaks and missing filling too`(text: String, plain: String) {
    #expect(Base64.decoded(text.utf8).map { String(decoding: $0, as: UTF8.self) } == plain)
  }

  @Test(arguments: ["Z", "Zg=a", "Zm9v!", "====", "Zg=", "Zm9vYg===", "µ"])
  func `anything else is refused`(text: String) {
    #expect(Base64.decoded(text.utf8) == nil)
  }
}
