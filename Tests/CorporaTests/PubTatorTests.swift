import Records
import Testing

@testable import Corpora

struct PubTatorTests {
  @Test func `a mention that is not what stands in the text rejects its document`() throws {
    let rejection = try readings(of: Self.shifted).first?.rejection
    #expect(rejection?.reason == .offsetMismatch)
    #expect(rejection?.value == "9-13, 1 of 2 annotations")
  }

  @Test func `a wrong mention can be dropped instead, with the relations of nothing else`() throws {
    let record = try readings(of: Self.shifted, ["mismatch": "drop"]).first?.record
    #expect(record?.tag("dropped_annotations") == "1")
    let content = try #require(record?.annotatedText)
    #expect(content.entities.map(\.text) == ["Gout"])
    #expect(content.relations.count == 1)
  }

  @Test func `offsets count code points`() throws {
    let text = "1|t|𝔸é gout.\n1|a|\n1\t3\t7\tgout\tDisease\tD1\n"
    let entity = try readings(of: text).first?.record?.annotatedText?.entities.first
    #expect(entity?.spans == [TextSpan(3, 7)])
    #expect(entity?.text == "gout")
  }

  @Test func `letters that only look alike are a mismatch`() throws {
    let text = "1|t|Cafe\u{301} fever.\n1|a|\n1\t0\t5\tCaf\u{e9}\tDisease\tD1\n"
    #expect(try readings(of: text).first?.rejection?.reason == .offsetMismatch)
  }

  @Test func `lines that end in a carriage return alone are no title`() throws {
    let text = "1|t|On gout.\r1|a|Gout hurts.\r1\t3\t7\tgout\tDisease\tD1\r"
    let rejection = try readings(of: text).first?.rejection
    #expect(rejection?.reason == .malformed && rejection?.value == "line 1")
  }

  @Test func `a type beyond the closed set rejects its document`() throws {
    let rejection = try readings(
      of: Self.shifted, ["entity_types": "Chemical", "mismatch": "drop"]
    )
    .first?.rejection
    #expect(rejection?.reason == .unknownLabel)
    #expect(rejection?.value == "type of 1 of 1 annotations")
  }

  @Test func `the closed sets come in the recipe's order`() throws {
    let options = ["entity_types": "Disease, Chemical", "mismatch": "drop"]
    let content = try readings(of: Self.shifted, options).first?.record?.annotatedText
    #expect(content?.entityTypes == ["Disease", "Chemical"])
  }

  @Test func `other text is an error`() throws {
    #expect(throws: Diagnostic.self) { try readings(of: "A plain note.\n") }
  }

  @Test(arguments: [
    ("D1|D2", ["D1", "D2"]), ("836,840", ["836", "840"]), ("D1+D2 ", ["D1+D2"]), ("-1", []),
    ("", []), ("c|SUB|G|2554+1|T", ["c|SUB|G|2554+1|T"]), ("|Allele|R|577", ["|Allele|R|577"]),
    ("tmVar:p|SUB|V|600|E;HGVS:x", ["tmVar:p|SUB|V|600|E", "HGVS:x"]),
  ])
  func `reads concepts`(field: String, concepts: [String]) {
    #expect(ConceptIDs.list(of: field) == concepts)
  }

  @Test(arguments: [
    ("original-data/train/NCBItrainset_corpus.txt", Split.train), ("Dev.PubTator", .validation),
    ("CDR_TestSet.PubTator.txt", .test), ("devel/9.txt", .validation), ("latest.txt", nil),
    ("devices/contest.txt", nil), ("train/test.txt", .test), ("claims_validation.csv", .validation),
  ])
  func `tells the split by the name`(path: String, split: Split?) {
    #expect(Split(of: BufferedEntry(path: path, bytes: [])) == split)
  }

  private static let shifted = """
    1|t|Gout and rest.
    1|a|It went.
    1\t0\t4\tGout\tDisease\tD1
    1\t9\t13\trest \tDisease\tD2
    1\tCID\tC1\tD2

    """

  private func readings(of text: String, _ options: [String: String] = [:]) throws -> [Reading] {
    try PubTator(options: ReaderOptions(license: .cc0, options: options))
      .readings(of: text, path: "x.txt")
  }
}

extension Record {
  var annotatedText: AnnotatedText? {
    guard case .annotatedText(let content) = content else { return nil }
    return content
  }
}
