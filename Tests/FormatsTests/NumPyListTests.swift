import Formats
import Testing

struct NumPyListTests {
  @Test(arguments: [
    ("[]", []), ("[2 5]", ["2", "5"]), ("['a' 'b']", ["a", "b"]),
    ("['a'\n \"it's\"\n 'x\\'y']", ["a", "it's", "x'y"]), ("['a', 'b']", ["a", "b"]),
    ("[ '[x] y' ]", ["[x] y"]), (#"['\xe9\u03b2\U0001d538\n\q']"#, ["éβ𝔸\n\\q"]),
  ])
  func `reads the elements`(text: String, elements: [String]) {
    #expect(NumPyList.elements(of: text) == elements)
  }

  @Test(arguments: ["", "a", "['a", "['a' 'b]", "['a'] b", #"['\x9']"#, "['\\", #"['\ud800']"#])
  func `refuses what is no list`(text: String) {
    #expect(NumPyList.elements(of: text) == nil)
  }
}
