import Formats
import Records

extension Manifest {
  /// Statements on the licence of some records that do not agree, and which of them holds.
  package struct LicenseConflict: Sendable, Hashable {
    /// Why one statement holds.
    package enum Ruling: String, Sendable, CaseIterable {
      /// A record's own statement comes before the recipe's.
      case record
      /// An article's address or code comes before its prose and before lists.
      case strongestStatement = "strongest-statement"
      /// The recipe asks for more than the corpus declares.
      case recipeStricter = "recipe-stricter"
      /// The recipe says in `license_evidence` why it holds.
      case recipeEvidence = "recipe-evidence"
    }

    package var source: String
    /// The expression that holds.
    package var kept: String
    /// The expression that does not.
    package var found: String
    /// Where that one stands: `recipe`, `corpus`, `prose`, `list`.
    package var evidence: String
    package var records: Int
    package var ruling: Ruling

    package init(
      source: String, kept: String, found: String, evidence: String, records: Int, ruling: Ruling
    ) {
      self.source = source
      self.kept = kept
      self.found = found
      self.evidence = evidence
      self.records = records
      self.ruling = ruling
    }
  }
}

extension Manifest.LicenseConflict: Comparable {
  package static func < (first: Self, second: Self) -> Bool {
    first.order.lexicographicallyPrecedes(second.order) { $0.precedes($1) }
  }

  private var order: [String] { [source, ruling.rawValue, kept, found, evidence] }

  func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("source", source)
    json.member("kept", kept)
    json.member("found", found)
    json.member("evidence", evidence)
    json.member("records", records)
    json.member("ruling", ruling.rawValue)
    json.endObject()
  }

  /// The conflict as a sentence of a notice.
  var sentence: String {
    let count = "\(records) \(records == 1 ? "record" : "records")"
    let reason =
      switch ruling {
      case .record: "what a record says of itself holds"
      case .strongestStatement: "the licence's address or code holds"
      case .recipeStricter: "the recipe asks for more"
      case .recipeEvidence: "the recipe gives evidence"
      }
    return "\(source): \(count) under \(kept), where \(place) says \(found); \(reason)"
  }

  private var place: String {
    switch evidence {
    case "recipe": "the recipe"
    case "corpus": "the corpus"
    case "list": "PMC's file list"
    default: "the article's \(evidence)"
    }
  }
}
