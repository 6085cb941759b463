import Formats
import Records
import Testing

@testable import Corpora

struct PMCJATSTests {
  private func article(
    _ body: String, options: [String: String] = [:], meta: String = ""
  ) throws -> Article {
    let xml = """
      <article><front><article-meta><article-id pub-id-type="pmc">1</article-id>\(meta)\
      </article-meta></front><body>\(body)</body></article>
      """
    let reader = try PMCJATS(options: ReaderOptions(options: options))
    let content = try reader.readings(of: xml, path: "PMC1.xml").first?.record?.content
    guard case .article(let article)? = content else { throw Diagnostic("no article") }
    return article
  }

  private static let tex =
    "<tex-math>\\documentclass{minimal}\\begin{document}$$\\alpha^{2}$$\\end{document}</tex-math>"

  @Test(arguments: [
    ("mark", "With [FORMULA: \\alpha^{2}] and [FORMULA: x²] and [FORMULA]."),
    ("latex", "With $\\alpha^{2}$ and [FORMULA: x²] and [FORMULA]."),
    ("drop", "With and and ."),
  ])
  func `formulas are marked, kept as TeX or dropped`(option: String, line: String) throws {
    let body = """
      <p>With <inline-formula>\(Self.tex)</inline-formula> and <inline-formula><mml:math>\
      <mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math></inline-formula> and \
      <inline-formula><inline-graphic/></inline-formula>.</p>
      """
    #expect(try article(body, options: ["formulas": option]).body.map(\.text) == [line])
  }

  @Test(arguments: [
    ("captions", "Table 1. Doses."), ("text", "Table 1. Doses.\nDrug | mg\nWater | 5\nPer day."),
    ("drop", nil),
  ])
  func `tables give their captions, their text or nothing`(option: String, text: String?) throws {
    let body = """
      <p>Words.</p><table-wrap><label>Table 1</label><caption><p>Doses.</p></caption><table>\
      <tr><th>Drug</th><th>mg</th></tr><tr><td>Water</td><td>5</td></tr></table>\
      <table-wrap-foot><p>Per day.</p></table-wrap-foot></table-wrap>
      """
    let read = try article(body, options: ["tables": option]).body.map(\.text)
    #expect(read == [(["Words."] + (text.map { [$0] } ?? [])).joined(separator: "\n\n")])
  }

  @Test func `marks of footnotes go, letters keep their accents`() throws {
    let body = """
      <p>Groups <sup><xref ref-type="table-fn">a</xref>,<xref ref-type="table-fn">b</xref></sup> \
      of <inline-formula><mml:math><mml:mover><mml:mi>x</mml:mi><mml:mo>¯</mml:mo></mml:mover>\
      </mml:math></inline-formula>.</p>
      """
    #expect(try article(body).body.map(\.text) == ["Groups of [FORMULA: x\u{304}]."])
  }

  @Test func `equations below each other are rows of parts`() throws {
    let cell = { (text: String) in "<mml:mtd><mml:mi>\(text)</mml:mi></mml:mtd>" }
    let body = """
      <p><disp-formula><mml:math><mml:mtable><mml:mtr>\(cell("x"))<mml:mtd><mml:mo>=</mml:mo>\
      </mml:mtd>\(cell("y"))</mml:mtr><mml:mtr>\(cell("a"))\(cell("b"))</mml:mtr></mml:mtable>\
      </mml:math></disp-formula></p>
      """
    #expect(try article(body).body.map(\.text) == ["[FORMULA: x = y; a, b]"])
  }

  @Test func `references stay when they are asked for, with their marks`() throws {
    let xml = """
      <article><front><article-meta><article-id pub-id-type="pmc">1</article-id></article-meta>\
      </front><body><p>Shown [<xref ref-type="bibr">1</xref>].</p></body><back><ref-list><ref>\
      <label>1</label><mixed-citation>Nobody N. Water.</mixed-citation></ref></ref-list></back>\
      </article>
      """
    let reader = try PMCJATS(options: ReaderOptions(options: ["references": "keep"]))
    let content = try reader.readings(of: xml, path: "PMC1.xml").first?.record?.content
    guard case .article(let article)? = content else { throw Diagnostic("no article") }
    #expect(
      article.body == [
        NoteSection(text: "Shown [1]."),
        NoteSection(header: "References", text: "1 Nobody N. Water."),
      ])
  }

  @Test func `an entity that no table knows is an error at its place`() throws {
    let error = try #require(throws: XMLError.self) {
      try article("<p>A\n&b.alpha; &nosuchname; B</p>")
    }
    #expect(error.kind == .unknownEntity("nosuchname"))
    #expect(error.position.line == 2)
  }

  @Test func `headings in bold cut an abstract that has no sections`() throws {
    let meta = """
      <abstract><p><bold>Background:</bold> One. <bold>Main results</bold> Two <bold>results</bold> \
      here.</p></abstract>
      """
    #expect(
      try article("<p>Body.</p>", meta: meta).abstract == [
        AbstractSection(label: "Background", category: "BACKGROUND", text: "One."),
        AbstractSection(label: "Main results", category: "RESULTS", text: "Two results here."),
      ])
  }

  @Test(arguments: [
    ("oa_comm_xml.PMC000xxxxxx.baseline.2025.tar.gz", false), ("oa_file_list.csv", true),
    ("oa_package.tar", true), ("PMC1.tar.gz", false), ("articles.zip", true),
    ("deep/PMC1.xml", false), ("PMC1.1.json", true),
  ])
  func `compressed archives are not opened for lists`(file: String, may: Bool) throws {
    let reader = try PMCJATS(options: ReaderOptions())
    #expect(reader.mayHoldIndex(file: file) == may)
    #expect(
      try PMCJATS(options: ReaderOptions(options: ["list_inside": "true"])).mayHoldIndex(file: file)
    )
  }

  @Test(arguments: [
    ("PMC000xxxxxx/PMC13901.xml", true), ("PMC13901.1/PMC13901.1.xml", true),
    ("PMC13901.1/supplement.xml", false), ("PMC13901/bcr-1.nxml", true),
    ("PMC13901/table.xml", false), ("journal.pone.0000001.xml", true), ("._PMC1.xml", false),
    ("PMC13901.1/PMC13901.1.txt", false),
  ])
  func `an article's supplements are not articles`(path: String, isArticle: Bool) throws {
    #expect(try PMCJATS(options: ReaderOptions()).accepts(path: path) == isArticle)
  }

  @Test(arguments: [
    ("retraction", "", "Retracted: Words", false, "retraction=notice"),
    ("other", "retracted-article", "Words", false, "retraction=notice"),
    ("research-article", "retraction-forward", "Words", true, "retraction=retracted"),
    ("research-article", "", "[Retracted] Words", true, "retraction=retracted"),
    ("research-article", "object-of-concern", "Words", false, "expression_of_concern=notice"),
    ("letter", "corrected-article", "Words", false, "correction=notice"),
  ])
  func `retractions, corrections and concerns are told`(
    type: String, relation: String, title: String, isRetracted: Bool, tag: String
  ) throws {
    let xml = """
      <article article-type="\(type)"><front><article-meta><article-id pub-id-type="pmcid-ver">\
      PMC7.3</article-id><article-id pub-id-type="pmc">7</article-id><title-group><article-title>\
      \(title)</article-title></title-group><related-article related-article-type="\(relation)"/>\
      <abstract><p>W.</p></abstract></article-meta></front></article>
      """
    let reader = try PMCJATS(options: ReaderOptions())
    let record = try #require(try reader.readings(of: xml, path: "a.xml").first?.record)
    guard case .article(let article) = record.content else { throw Diagnostic("no article") }
    #expect(article.isRetracted == isRetracted)
    #expect(record.tags.map { "\($0.name)=\($0.value)" }.contains(tag))
    #expect(record.revision == 3)
  }

  @Test func `what the recipe asserts is for articles that state nothing`() throws {
    let xml =
      "<article><front><article-meta>@<article-id>x</article-id></article-meta></front>"
      + "<body><p>W.</p></body></article>"
    let reader = try PMCJATS(options: ReaderOptions(license: .ccByNC4))
    let read = { (license: String) in
      try reader.readings(of: xml.replacingAt(with: license), path: "a.xml").first?.record?.licenses
        .all.first
    }
    #expect(try read("") == .ccByNC4)
    #expect(
      try read("<permissions><license license-type=\"CC BY\"/></permissions>") == .ccBy)
  }
}

extension String {
  fileprivate func replacingAt(with text: String) -> String {
    split(separator: "@", omittingEmptySubsequences: false).joined(separator: text)
  }
}
