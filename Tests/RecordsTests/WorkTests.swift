import Records
import Testing

struct WorkTests {
  @Test func `an article is found by the best of its numbers`() {
    #expect(
      Work.address(doi: "10.1002/(SICI)1097<1::AID-X>3.0.CO;2-#", pmcid: "PMC1", pmid: "1")
        == "https://doi.org/10.1002/(SICI)1097%3C1::AID-X%3E3.0.CO;2-%23")
    #expect(
      Work.address(doi: "", pmcid: "PMC1", pmid: "1")
        == "https://pmc.ncbi.nlm.nih.gov/articles/PMC1/")
    #expect(
      Work.address(doi: nil, pmcid: nil, pmid: "1") == "https://pubmed.ncbi.nlm.nih.gov/1/")
    #expect(Work.address(doi: nil, pmcid: nil, pmid: nil) == nil)
  }
}
