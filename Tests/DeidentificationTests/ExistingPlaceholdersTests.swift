import Records
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

  @Test(arguments: [
    "[**Known lastname 1234**]", "[**First Name8 (NamePattern2) **]", "[**Age over 90 **]",
    "[**Telephone/Fax (1) 5**]", "[**Month/Day (4) 11**]", "[**7-16**]", "[**2151**]", "[** **]",
    "[**Street Address(2) 4**]", "[**Clip Number (Radiology) 1234**]", "[**Year (2 digits) 12**]",
    "[**State/Zipcode 4**]", "[**Known\nlastname 1**]", "[**MD Number(1) 20133**]", "[**7/2151**]",
    "[**Last Name (STitle) **]", "[**Company 3**]", "[**12**]", "[**2151-07-16**]",
  ])
  func `a tag of MIMIC's kinds is a placeholder`(tag: String) {
    #expect(places("at \(tag).") == [tag])
  }

  @Test(arguments: [
    "[**Velkamir Dorquist**]", "[**Name Dorquist**]", "[**Dr. Smith**]", "[**03/09/1957**]",
    "[**1957-3-9**]", "[**3-9-57**]", "[**617-555-0142**]", "[**Telephone/Fax (617) 555-0142**]",
    "[**Medical Record Number 00412377**]", "[**Zip 02139**]", "[**Age 93**]", "[**93**]",
    "[**1957**]", "[**jo@example.com**]", "[**Name 00412377**]", "[**2151-7-16 Smith**]",
  ])
  func `a tag with anything else is text`(tag: String) {
    #expect(places("at \(tag).") == [])
  }

  @Test(arguments: [
    ("by [**Velkamir Dorquist**] at", "Velkamir Dorquist"), ("by <Dorquist> at", "Dorquist"),
    ("by [**Known lastname Dorquist**]", "Dorquist"), ("at [MRN_4711] in", "4711"),
    ("of [**Location Hidden**] at", "Hidden"), ("by **NAME[DD] at", "DD"),
    ("on **DATE[03/09/1957] at", "03/09/1957"),
  ])
  func `what is known is found inside of a placeholder`(text: String, value: String) {
    let known = KnownIdentifierMatcher([
      KnownIdentifier(.name, "Velkamir Dorquist"), KnownIdentifier(.medicalRecordNumber, "4711"),
      KnownIdentifier(.city, "Hidden"), KnownIdentifier(.name, "DD", person: 1),
      KnownIdentifier(.date, "1957-03-09"),
    ])
    let bytes = Array(text.utf8)
    let found = TextDeidentifier().findings(in: text, known: known).findings
      .map { String(decoding: bytes[$0.range], as: UTF8.self) }
    #expect(found.contains { $0.contains(value) }, "\(found)")
  }

  @Test func `the number of a placeholder is no known number`() {
    let known = KnownIdentifierMatcher([KnownIdentifier(.medicalRecordNumber, "12")])
    #expect(TextDeidentifier().findings(in: "MRN: [MRN_12]", known: known).findings == [])
  }

  @Test func `no identifier in or across a placeholder is changed`() {
    let text = "[**Name 3**] Smith of [NAME_2]"
    let found = TextDeidentifier().findings(in: text).findings
    #expect(!found.contains { $0.range.lowerBound < 12 || $0.range.upperBound > 22 })
  }
}
