import Testing

@testable import Deidentification

/// What stands for an identifier already is left alone, and nothing else is.
struct ExistingPlaceholdersTests {
  private func places(_ text: String) -> [String] {
    var text = text
    let bytes = Array(text.utf8)
    return text.withUTF8 { ExistingPlaceholders.found(in: $0).places }
      .map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test(arguments: [
    "[**First Name (Titles) 12**]", "[**2151-7-16**]", "[**Hospital1 18**]", "___", "[NAME_1]",
    "[PHONE_12]", "<NAME>", "<PERSON1>", "[PATIENT NAME]", "{{DATE}}", "[REDACTED]", "XXXX", "XXX",
    "XX/XX/XXXX", "**NAME[AAA]", "**NAME[BBB M]", "**AGE[in 60s]", "**DATE[Feb 12 2009]", "**PLACE",
    "**ID-NUM", "***", "[Redacted]", "(REDACTED)", "[XXX]",
    "<DATE-OF-BIRTH>".replacing("-OF", with: ""),
  ])
  func `a placeholder is found whole`(text: String) {
    #expect(places(text) == [text])
    #expect(places("seen by \(text), then") == [text])
  }

  @Test(arguments: [
    "(MRN 00412377)", "[MRN 4711]", "[MRN_00412377]", "(DOB 1957)", "[DATE: 03/09/1957]",
    "[AGE 93]", "[SMITH]", "<Smith>", "[Dr. Smith]", "**NAME[SMITH]", "(patient)", "[JOHN SMITH]",
    "xxx", "Exxon", "[ID 12-34-56]", "[PHONE 617-555-0142]", "__", "____", "[1]",
  ])
  func `what holds an identifier is none`(text: String) {
    #expect(
      !places("seen by \(text), then").contains {
        $0.contains(where: { $0.isNumber || "SJ".contains($0) })
      })
  }

  @Test func `no identifier in or across a placeholder is changed`() {
    let text = "[**Name 3**] Smith of [NAME_2]"
    let found = TextDeidentifier().findings(in: text).findings
    #expect(!found.contains { $0.range.lowerBound < 12 || $0.range.upperBound > 22 })
  }
}
