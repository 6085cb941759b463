import Formats
import Records
import TestSupport
import Testing

@testable import Emitters

struct SideFileTests {
  private let manifest: Manifest = {
    var account = Ledger.Account()
    account.read = 10
    account.written = 7
    account.reject(.nearDuplicate, count: 2)
    account.reject(.emptyAnswer)
    return Manifest(
      tool: "materia 0.1.0", name: "sample", recipeSHA256: digest("00"), use: .research, seed: 17,
      isRedistributable: true,
      sources: [
        Manifest.Source(
          name: "articles", corpus: "pubmed",
          licenses: [Licenses(.nlmTerms): 1, Licenses(.ccBy4): 6],
          languages: ["en": 6, "und": 1], tasks: ["title-generation": 14],
          inputs: [
            .init(path: "b.xml.gz", sha256: digest("bb"), bytes: 2),
            .init(path: "a.xml.gz", sha256: digest("aa"), bytes: 1),
          ], skipped: [.init(entry: "notes.txt", reason: "not-of-the-corpus")], account: account)
      ],
      splits: [
        .train: .init(records: 6, examples: 12, groups: 5),
        .test: .init(records: 1, examples: 2, groups: 1),
      ],
      files: [
        .init(path: "messages/train.jsonl", sha256: digest("11"), bytes: 100, rows: 12),
        .init(path: "README.md", sha256: digest("22"), bytes: 50),
      ],
      proof: .init(
        rowsRead: 14, rowsValid: 14, groupsChecked: 6, groupsInTwoSplits: 0))
  }()

  private var description: DatasetDescription {
    DatasetDescription(
      manifest: manifest, sentence: "Invented.",
      publication: .init(creator: "Somebody", date: "2026-11-26"),
      configurations: [
        .init(
          name: "messages",
          features: [Feature("messages", .objects([Feature("role"), Feature("content")]))],
          files: [
            .init(
              split: .train, path: "messages/train.jsonl", sha256: digest("11"), bytes: 100,
              rows: 12)
          ])
      ], taskCategories: ["question-answering"])
  }

  @Test func `writes the golden manifest`() throws {
    try expectGolden(
      String(decoding: manifest.file, as: UTF8.self), matches: "Fixtures/side-files/manifest.json")
  }

  @Test func `writes the golden card`() throws {
    try expectGolden(
      DatasetCard(description).text, matches: "Fixtures/side-files/README.md")
  }

  @Test func `writes the golden report`() throws {
    try expectGolden(Report(description).text, matches: "Fixtures/side-files/report.html")
  }

  @Test func `shows samples with their text, escaped and cut, when there are some`() {
    var sample = ExampleSample(count: 1, seed: 1)
    let answer = String(repeating: "<b>", count: 2_000)
    sample.offer(
      Example(
        id: "q-1", body: .conversation(Conversation(instruction: "Is a < b?", output: answer))),
      task: "question-answering")
    var sampled = description
    sampled.samples = sample.drawn
    let text = Report(sampled).text
    #expect(text.contains("<summary>question-answering: q-1</summary>"))
    #expect(text.contains("<pre>Is a &lt; b?</pre>"))
    #expect(!text.contains("<b>"))
    #expect(text.contains("(and 2,000 characters more)"))
    #expect(!Report(description).text.contains("Samples"))
  }

  @Test func `escapes what a recipe names`() {
    var named = description
    named.sentence = "<script>alert('&')</script>"

    #expect(Report(named).text.contains("&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;"))
  }

  @Test func `writes the golden Croissant file`() throws {
    try expectGolden(
      String(decoding: Croissant(description).file, as: UTF8.self),
      matches: "Fixtures/side-files/croissant.json")
  }

  @Test func `writes the golden notice`() throws {
    let facts = CorpusFacts(
      name: "pubmed", title: "PubMed baseline", shape: .article, license: .nlmTerms,
      language: nil, forms: ".xml.gz", tasks: [], reference: "https://example.org/pubmed")

    try expectGolden(
      Notice(manifest, corpora: [facts]).text, matches: "Fixtures/side-files/NOTICE.md")
  }

  @Test func `writes where an example came from`() {
    let record = Record(
      id: "articles:123", corpus: "pubmed", license: .nlmTerms, language: "en",
      groups: [GroupKey(.pmid, "123")], content: .article(Article(title: "T")),
      provenance: Provenance(archive: "a.xml.gz", entry: "a.xml", ordinal: 4, byteOffset: 900),
      source: "articles")
    let row = ProvenanceRow(
      example: "articles:123#title-generation", of: record, licenses: record.licenses,
      split: .train,
      splitReason: "group",
      task: "title-generation", template: "title/3")

    #expect(
      written(row.write) == """
        {"id":"articles:123#title-generation","records":["articles:123"],"source":"articles",\
        "corpus":"pubmed","license":"LicenseRef-NLM-Terms","language":"en","groups":["pmid:123"],\
        "archive":"a.xml.gz","entry":"a.xml","ordinal":4,"byte_offset":900,"split":"train",\
        "split_reason":"group","task":"title-generation","template":"title/3"}
        """)
  }

  @Test func `writes why a record was left out, without a value where there is none`() {
    let rejection = Rejection(
      id: "q7", reason: .emptyAnswer, provenance: Provenance(archive: "a.zip", entry: "x.xml"))

    #expect(
      written(RejectionRow(source: "medquad", rejection: rejection).write) == """
        {"id":"q7","source":"medquad","stage":"read","reason":"empty-answer","archive":"a.zip",\
        "entry":"x.xml","ordinal":0}
        """)
  }

  @Test func `writes a similarity with four decimals`() {
    let row = DuplicateRow(
      cluster: "q1", kept: "q1", dropped: "q9", similarity: 0.81249999, kind: .near)

    #expect(
      written(row.write)
        == #"{"cluster":"q1","kept":"q1","dropped":"q9","similarity":0.8125,"kind":"near"}"#)
  }

  @Test func `writes what of a benchmark a record is like`() {
    let row = ContaminationRow(
      id: "medquad:q1", benchmark: "medqa-test", item: "us-test-12", rule: "ngram",
      score: 0.93333, split: .train, isRemoved: true)

    #expect(
      written(row.write) == """
        {"id":"medquad:q1","benchmark":"medqa-test","item":"us-test-12","rule":"ngram",\
        "score":0.9333,"split":"train","removed":true}
        """)
  }

  @Test(arguments: [
    (0.0002, "0.0002"), (0.00005, "0.00005"), (0.05, "0.05"), (1.25e-7, "0.000000125"),
    (1, "1.0"), (1e20, "100000000000000000000.0"), (-0.00001, "-0.00001"),
  ])
  func `writes settings without exponents`(value: Double, text: String) {
    #expect(DecimalText.of(value) == text)
  }

  @Test(arguments: [(1, "1.0000"), (0, "0.0000"), (0.99996, "1.0000"), (0.00004, "0.0000")])
  func `rounds similarities to four decimals`(value: Double, text: String) {
    #expect(DecimalText.fourDecimals(value) == text)
  }
}

/// A digest that is plainly not one: the same two digits over and over.
private func digest(_ digits: String) -> String { String(repeating: digits, count: 32) }
