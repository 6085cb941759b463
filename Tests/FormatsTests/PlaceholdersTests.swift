import Testing

@testable import Formats

struct PlaceholdersTests {
  @Test(arguments: [
    ("[**Hospital1 18**]", "[HOSPITAL]"), ("[**Hospital Ward Name 121**]", "[HOSPITAL]"),
    ("[**Known lastname 1234**]", "[NAME]"), ("[**First Name8 (NamePattern2) **]", "[NAME]"),
    ("[**Initials (NamePattern4) **]", "[NAME]"), ("[**2151-7-16**]", "[DATE]"),
    ("[**7-16**]", "[DATE]"), ("[**2151**]", "[DATE]"), ("[**Month/Day (4) 11**]", "[DATE]"),
    ("[**Age over 90 **]", "[AGE]"), ("[**Telephone/Fax (1) 5**]", "[PHONE]"),
    ("[**Medical Record Number 7**]", "[ID]"), ("[**Numeric Identifier 3**]", "[ID]"),
    ("[**Street Address(2) 4**]", "[LOCATION]"), ("[**State 9**]", "[LOCATION]"),
    ("[**Known\nlastname 1**]", "[NAME]"),
  ])
  func `a tag is written by its kind`(tag: String, token: String) {
    #expect(Placeholders.typed("at \(tag)'s.") == "at \(token)'s.")
  }

  @Test(arguments: ["[**12**]", "[**URL**]", "[** **]", "___", "[**Name", "[*Name*]", "____", "__"])
  func `what tells no kind stays`(text: String) {
    #expect(Placeholders.typed("a \(text) b") == "a \(text) b")
  }

  @Test(arguments: [
    ("Unit No:   ___", "Unit No:   [ID]"), ("Dr. ___ came", "Dr. [NAME] came"),
    (
      "Admission Date:  ___  Discharge Date: ___", "Admission Date:  [DATE]  Discharge Date: [DATE]"
    ),
    ("Phone: ___\n___", "Phone: [PHONE]\n___"),
  ])
  func `three underscores are written by the label before them`(text: String, typed: String) {
    #expect(Placeholders.typed(text) == typed)
  }

  @Test func `places are whole, also over a line end`() {
    var text = "x [**Name\n1**] ___ ____"
    let places = text.withUTF8 { Placeholders.places(in: $0) }
    #expect(places == [2..<14, 15..<18])
  }
}
