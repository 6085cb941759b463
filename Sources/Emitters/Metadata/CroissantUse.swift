import Formats
import Records

/// What the dataset may be used for, as `usageInfo` with terms of the Data Use Ontology (DUO,
/// release 2021-02-23), for licences that limit it.
struct CroissantUse {
  private let terms: [(code: String, name: String)]

  init(_ licenses: [License]) {
    let asked = licenses.reduce(into: Obligations()) { $0.formUnion($1.obligations) }
    let limits: [(Obligations, String, String)] = [
      (.agreement, "DUO_0000042", "general research use"),
      (.nonCommercial, "DUO_0000046", "non-commercial use only"),
      (.agreement, "DUO_0000026", "user specific restriction"),
    ]
    terms = limits.filter { asked.contains($0.0) }.map { ($0.1, $0.2) }
  }

  func writeMember(into json: inout JSONWriter) {
    guard !terms.isEmpty else { return }
    json.members("usageInfo", terms) { json, term in
      json.beginObject()
      json.member("@type", "sc:DefinedTerm")
      json.member("name", term.name)
      json.member("termCode", term.code)
      json.member("url", "http://purl.obolibrary.org/obo/\(term.code)")
      json.member("inDefinedTermSet", "http://purl.obolibrary.org/obo/duo.owl")
      json.endObject()
    }
  }
}
