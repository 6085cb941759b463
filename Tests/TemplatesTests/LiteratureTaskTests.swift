import Records
import Testing

@testable import Templates

/// The tasks over whole articles.
struct LiteratureTaskTests {
  private func filling(_ task: String, _ change: (inout Article) -> Void = { _ in }) throws
    -> Filling
  {
    var article = fullArticle
    change(&article)
    return try #require(TaskRegistry.task(named: task)).filling(of: .sample(.article(article)))
  }

  @Test func `an abstract is asked for from title and body`() throws {
    #expect(
      try filling("abstract-generation")
        == .slots([
          "Water at dawn", fullArticle.body.joinedText,
          "METHODS: Forty adults drank.\nRESULTS: Thirty felt better.",
        ]))
    #expect(
      try filling("abstract-generation") { $0.abstract = [] } == .refused(.noAbstract, value: nil))
  }

  @Test func `results are summarised to the results of the abstract alone`() throws {
    #expect(
      try filling("results-summarisation")
        == .slots([
          "Water at dawn", "Results:\nOf forty adults thirty said that they felt well.",
          "Thirty felt better.",
        ]))
    #expect(
      try filling("results-summarisation") { $0.body.removeLast() }
        == .refused(.taskDoesNotFit, value: "no results section"))
    #expect(
      try filling("results-summarisation") { $0.abstract.removeLast() }
        == .refused(.noTarget, value: "results of the abstract"))
  }

  @Test func `an abstract is simplified to the plain summary`() throws {
    #expect(
      try filling("simplification")
        == .slots([fullArticle.abstractText, "Water in the morning helps most people."]))
    #expect(
      try filling("simplification") { $0.plainSummary = "" }
        == .refused(.noTarget, value: "plain_summary"))
  }

  @Test(arguments: [
    ("mesh-indexing", "Drinking, Ritual\nHumans"), ("keyword-extraction", "dawn\nhydration"),
    ("publication-typing", "Clinical Trial"),
  ])
  func `subjects are one a line`(task: String, terms: String) throws {
    #expect(
      try filling(task) == .slots(["Water at dawn", fullArticle.abstractText, terms]))
  }

  @Test func `who paid is no type of publication`() throws {
    #expect(
      try filling("publication-typing") { $0.publicationTypes.removeFirst() }
        == .refused(.noTarget, value: "types"))
  }
}
