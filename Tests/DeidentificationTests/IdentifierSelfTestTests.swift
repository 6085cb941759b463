import Testing

@testable import Deidentification

@Suite struct IdentifierSelfTestTests {
  @Test func `all examples are found`() throws {
    try IdentifierSelfTest.require()
  }

  @Test func `a scanner that lacks a recognizer fails`() {
    for left in IdentifierRecognizers.all.indices {
      var recognizers = IdentifierRecognizers.all
      recognizers.remove(at: left)
      // Only some recognizers are the sole finder of an example; the first is one.
      if left == 0 {
        #expect(throws: IdentifierSelfTestError.self) {
          try IdentifierSelfTest.require(IdentifierScanner(recognizers))
        }
      }
    }
    #expect(throws: IdentifierSelfTestError.missed(kind: .date, example: 1)) {
      try IdentifierSelfTest.require(IdentifierScanner([]))
    }
  }

  @Test func `what is found in part or as another class is missed`() {
    let part = IdentifierSelfTest.Example(.date, "on 03/14/2024", in: "on 03/14/2024")
    let other = IdentifierSelfTest.Example(.phone, "03/14/2024", in: "on 03/14/2024")
    for example in [part, other] {
      #expect(throws: IdentifierSelfTestError.self) {
        try IdentifierSelfTest.require(examples: [example])
      }
    }
  }

  @Test func `the error tells class and number, not the text`() {
    let error = IdentifierSelfTestError.missed(kind: .phone, example: 8)
    #expect(
      error.description
        == "the self-test of de-identification failed: example 8 of class PHONE was not found; "
        + "nothing was written")
  }

  @Test func `every class of a formatted identifier has an example`() {
    let claimed = IdentifierRecognizers.formatted.reduce(into: Set<IdentifierClass>()) {
      $0.formUnion($1.classes)
    }
    #expect(claimed.subtracting(IdentifierSelfTest.examples.map(\.kind)).isEmpty)
  }
}
