import Formats
import Pipeline
import TestSupport
import Testing

/// A baseline and its update files, merged by PMID.
struct UpdatedCitationsTests {
  private static func citation(_ pmid: Int, _ title: String, version: Int = 1) -> String {
    """
    <PubmedArticle><MedlineCitation><PMID Version="\(version)">\(pmid)</PMID><Article>\
    <ArticleTitle>\(title)</ArticleTitle><Abstract><AbstractText>Words on \(title).</AbstractText>\
    </Abstract><Language>eng</Language></Article></MedlineCitation></PubmedArticle>

    """
  }

  private static func set(_ parts: String...) -> String {
    "<PubmedArticleSet>\n\(parts.joined())</PubmedArticleSet>\n"
  }

  private static func deleted(_ pmids: Int...) -> String {
    "<DeleteCitation>\(pmids.map { "<PMID Version=\"1\">\($0)</PMID>" }.joined())</DeleteCitation>"
  }

  private static let recipe = """
    version: 1
    name: merged
    sources:
      - {name: citations, corpus: pubmed, path: ["baseline/*.xml", "updatefiles/*.xml"]}
    tasks: [{for: citations, task: title-generation}]
    emit: [{dialect: alpaca}]

    """

  /// The update files' names come before the baseline's, as those of an older year do.
  private static let files = [
    "recipe.yaml": recipe,
    "baseline/pubmed26n0001.xml": set(
      citation(1, "one"), citation(2, "two"), citation(3, "three"),
      citation(
        4, "four, later",
        version: 2), citation(5, "five")),
    "baseline/pubmed26n0002.xml": set(citation(6, "six")),
    "updatefiles/pubmed25n1001.xml": set(
      citation(1, "one, revised"), citation(4, "four, as it was"), deleted(2, 3, 99)),
    "updatefiles/pubmed25n1002.xml": set(citation(3, "three, again"), citation(7, "seven")),
  ]

  @Test func `updates replace and delete what the baseline has, whatever their names`() async throws
  {
    let folder = try TemporaryFolder(Self.files)
    let output = folder("out")
    _ = try await BuiltDataset.build(folder("recipe.yaml"), to: output)
    let dataset = try BuiltDataset(path: output)
    let titles = try dataset.rows("alpaca/train.jsonl").compactMap { $0["output"]?.string }
    #expect(
      Set(titles) == [
        "one, revised", "three, again", "four, later", "five", "six", "seven",
      ])
    #expect(dataset.source("citations")?["read"]?.int == 10)
    #expect(
      dataset.rejected(in: "citations") == ["superseded-version": 2, "deleted-citation": 2])
    #expect(dataset.source("citations")?["withdrawals"]?.int == 3)
    #expect(dataset.unbalanced == [])
  }
}
