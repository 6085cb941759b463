import Records
import Testing

@testable import Corpora

struct PubMedTests {
  @Test(arguments: [
    ("10<sup>5</sup>/L", "10⁵/L"), ("10<sup>-3</sup>", "10⁻³"), ("H<sub>2</sub>O", "H₂O"),
    ("Na<sup>+</sup>", "Na⁺"), ("T<sub>max</sub>", "T_{max}"), ("x<sub>i</sub>", "x_i"),
    ("4<sup>th</sup>", "4th"), ("Drug<sup>®</sup>", "Drug®"), ("Drug<sup>TM</sup>", "Drug™"),
    ("a<sup/>b", "ab"), ("<b>bold</b> <i>p</i>&lt;0.05", "bold p<0.05"),
    ("x<sup>a<sub>2</sub></sup>", "x^{a₂}"), ("  two \n\t lines ", "two lines"),
    ("thin\u{2009}space\u{A0}stays", "thin\u{2009}space\u{A0}stays"),
  ])
  func `inline markup keeps its meaning`(markup: String, text: String) throws {
    #expect(try article(abstract: markup).abstract.map(\.text) == [text])
  }

  @Test(arguments: [
    ("<msup><mi>x</mi><mn>2</mn></msup>", "x²"),
    ("<msub><mi>k</mi><mi>cat</mi></msub>", "k_{cat}"),
    ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"),
    ("<msqrt><mi>n</mi></msqrt>", "√(n)"),
    ("<mi>a</mi><mo>≤</mo><mi>b</mi>", "a ≤ b"),
    ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
    ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x₁²"),
    ("<semantics><mi>y</mi><annotation>tex</annotation></semantics>", "y"),
  ])
  func `MathML becomes a line`(formula: String, text: String) throws {
    let math =
      "<mml:math>\(formula.replacing("<m", with: "<mml:m").replacing("</m", with: "</mml:m"))</mml:math>"
    let plain = "<math>\(formula)</math>"
    #expect(try article(abstract: plain).abstract.map(\.text) == [text])
    #expect(try article(abstract: math).abstract.map(\.text) == [text])
  }

  @Test func `a saved web page is an error that says so`() throws {
    let page =
      "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'x'>\n<html><body>&nbsp;</body></html>"
    let error = try #require(throws: Diagnostic.self) {
      try PubMed(options: ReaderOptions()).readings(of: page, path: "page.xml")
    }
    #expect(error.message.hasPrefix("not PubMed XML"))
    #expect(error.position.entry == "page.xml")
    #expect(error.hint?.contains("web page") == true)
  }

  @Test func `an empty set has no readings`() throws {
    #expect(try readings("<PubmedArticleSet></PubmedArticleSet>").isEmpty)
  }

  @Test func `citations without an abstract are records when the recipe says so`() throws {
    let xml = citation("<PMID>5</PMID><Article><ArticleTitle>Title.</ArticleTitle></Article>")
    let records = try readings(xml, ["require_abstract": "false"]).compactMap(\.record)
    #expect(records.map(\.id) == ["5"])
    #expect(try readings(xml).map(\.rejection?.reason) == [.noAbstract])
  }

  @Test func `brackets of translated titles stay when the recipe says so`() throws {
    let xml = citation(
      "<PMID>5</PMID><Article><ArticleTitle>[Tea.]</ArticleTitle><Abstract><AbstractText>x"
        + "</AbstractText></Abstract></Article>")
    let kept = try #require(try readings(xml, ["strip_title_brackets": "false"]).first?.record)
    #expect(kept.content.text(of: "title") == "[Tea.]")
    #expect(kept.tag("translated-title") == "true")
    let stripped = try #require(try readings(xml).first?.record)
    #expect(stripped.content.text(of: "title") == "Tea.")
  }

  @Test func `an update withdraws each citation that it lists`() throws {
    let xml =
      "<DeleteCitation><PMID Version='1'>1</PMID><PMID Version='1'>2</PMID></DeleteCitation>"
    #expect(try readings(xml) == [.withdrawal(id: "1"), .withdrawal(id: "2")])
  }

  @Test(arguments: ["pubmed21n0001.xml.gz", "a/b.xml", "EXPORT.XML"])
  func `accepts XML`(path: String) throws {
    #expect(try PubMed(options: ReaderOptions()).accepts(path: path))
  }

  @Test(arguments: ["pubmed21n0001.xml.gz.md5", "README.txt", "__MACOSX/a.xml", "._a.xml"])
  func `leaves other entries alone`(path: String) throws {
    #expect(try !PubMed(options: ReaderOptions()).accepts(path: path))
  }

  private func citation(_ inner: String) -> String {
    "<PubmedArticleSet><PubmedArticle><MedlineCitation>\(inner)</MedlineCitation></PubmedArticle>"
      + "</PubmedArticleSet>"
  }

  private func readings(_ xml: String, _ options: [String: String] = [:]) throws -> [Reading] {
    try PubMed(options: ReaderOptions(options: options)).readings(of: xml, path: "a.xml")
  }

  private func article(abstract: String) throws -> Article {
    let xml = citation(
      "<PMID>1</PMID><Article><Abstract><AbstractText>\(abstract)</AbstractText></Abstract></Article>"
    )
    guard case .article(let article) = try readings(xml).first?.record?.content else {
      return Article()
    }
    return article
  }
}
