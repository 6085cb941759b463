import Formats
import Records

/// Patients in FHIR R4 bundles, one timeline a patient.
///
///     {"resourceType": "Bundle", "type": "transaction", "entry": [
///       {"fullUrl": "urn:uuid:3e36b31d-…", "resource": {"resourceType": "Patient", …}}, …]}
///
/// Transactions, collections and result pages alike, and single resources. All bundles of a source are
/// read as one, in any order: a patient may be spread over pages, practitioners and hospitals may
/// have bundles of their own, as Synthea's do. References by `fullUrl`, id, identifier or to
/// contained resources are followed; what points nowhere is counted in the tag
/// `dangling_references`. `FHIREvents` says what becomes of each type, `FHIRCollection` how all are
/// accounted for.
///
/// Format: hl7.org/fhir/R4/bundle.html, 4.0.1.
struct FHIRBundles: CollectingReader {
  static let facts = CorpusFacts(
    name: "fhir-bundle", title: "FHIR R4 bundles", shape: .timeline, license: nil, language: nil,
    forms: ".zip of .json, .json",
    tasks: ["ehr-summarisation", "next-diagnoses", "ehr-prediction"],
    isSensitive: true, reference: "https://hl7.org/fhir/R4/bundle.html", options: [.claims],
    signatures: [.json(keys: ["resourceType", "type", "entry"])])

  private let settings: ReaderSettings
  private let takesClaims: Bool

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    takesClaims = try settings.flag("claims", default: false)
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "json" && !name.isLitter
  }

  func makeCollection(scratchPath: String?) -> any EntryCollection {
    FHIRCollection(.bundle, settings, takesClaims: takesClaims, scratchPath: scratchPath)
  }
}

/// Patients in a FHIR R4 bulk export, one timeline a patient.
///
///     Observation.ndjson: {"resourceType":"Observation","id":"42","subject":{"reference":"Patient/7"},…}
///
/// One resource a line, in any number of files; of any size, since resources wait on disk until all
/// of their patient are there. The rest is as in `FHIRBundles`. The log of an export (`log.ndjson`)
/// is skipped; other lines without a `resourceType` are rejected as `missing-field`. Notes in
/// DocumentReference are decoded from Base64. A patient whose Patient resource is not there still
/// gets a timeline, tagged `patient_resource: missing`.
///
/// Format: hl7.org/fhir/uv/bulkdata, STU2.
struct FHIRNDJSON: CollectingReader {
  static let facts = CorpusFacts(
    name: "fhir-ndjson", title: "FHIR R4 bulk export, NDJSON", shape: .timeline, license: nil,
    language: nil, forms: ".tar.gz, .zip of .ndjson, .ndjson",
    tasks: ["ehr-summarisation", "next-diagnoses", "ehr-prediction"], isSensitive: true,
    reference: "https://hl7.org/fhir/uv/bulkdata/STU2/", options: [.claims],
    signatures: [.json(keys: ["resourceType", "id"])])

  private let settings: ReaderSettings
  private let takesClaims: Bool

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    takesClaims = try settings.flag("claims", default: false)
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "ndjson" && !name.isLitter && name.stem != "log"
  }

  func makeCollection(scratchPath: String?) -> any EntryCollection {
    FHIRCollection(.lines, settings, takesClaims: takesClaims, scratchPath: scratchPath)
  }
}

extension ReaderOption {
  /// Whether what was paid belongs in a timeline.
  fileprivate static let claims = ReaderOption(
    "claims", "false", "whether Claim and ExplanationOfBenefit make events")
}
