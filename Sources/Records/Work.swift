/// A published work with its authors, as its licence asks to name them.
package struct Work: Sendable, Hashable {
  /// In the order of the work; empty where it names none.
  package var authors: [String]
  package var title: String
  /// The journal, book or website that it appeared in; empty where it is not known.
  package var publication: String
  package var year: Int?
  /// Where the work can be found; nil where its corpus does not say.
  package var address: String?

  package init(
    authors: [String], title: String, publication: String = "", year: Int? = nil,
    address: String? = nil
  ) {
    self.authors = authors
    self.title = title
    self.publication = publication
    self.year = year
    self.address = address
  }
}

extension Work {
  /// The address of an article by the best of its numbers.
  package static func address(doi: String?, pmcid: String?, pmid: String?) -> String? {
    if let doi, !doi.isEmpty { return "https://doi.org/\(encoded(doi))" }
    if let pmcid { return "https://pmc.ncbi.nlm.nih.gov/articles/\(pmcid)/" }
    return pmid.map { "https://pubmed.ncbi.nlm.nih.gov/\($0)/" }
  }

  /// A DOI as a part of an address: older ones hold angle brackets, as in `10.1002/(SICI)…<1::AID…>`.
  private static func encoded(_ doi: String) -> String {
    var address = ""
    for scalar in doi.unicodeScalars {
      switch scalar {
      case "<": address += "%3C"
      case ">": address += "%3E"
      case "\"": address += "%22"
      case "#": address += "%23"
      case "%": address += "%25"
      case " ": address += "%20"
      default: address.unicodeScalars.append(scalar)
      }
    }
    return address
  }
}
