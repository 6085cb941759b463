import Formats
import Testing

struct Base64Tests {
  @Test(arguments: [
    ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"),
    ("Zm9vYmE=", "fooba"), ("Zm9vYmFy", "foobar"), ("Zg", "f"), ("Zm8", "fo"),
    ("Zm9v\r\n YmFy\n", "foobar"), ("w6k=", "é"),
  ])
  func `decodes the vectors of RFC 4648, wrapped and without padding too`(
    text: String, plain: String
  ) {
    #expect(Base64.decoded(text.utf8) == Array(plain.utf8))
  }

  @Test(arguments: ["Z", "Zg=", "Zg===", "Zm=9v", "Zm9v=", "Zm9*", "Zm9vY", "Zm8=="])
  func `what is no Base64 gives nothing`(text: String) {
    #expect(Base64.decoded(text.utf8) == nil)
  }
}
