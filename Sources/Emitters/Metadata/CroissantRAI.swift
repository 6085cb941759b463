import Formats
import Records

/// The properties of Croissant's Responsible AI vocabulary that a build can answer from what it did.
struct CroissantRAI {
  private let dataset: DatasetDescription

  init(_ dataset: DatasetDescription) { self.dataset = dataset }

  func writeMembers(into json: inout JSONWriter) {
    let manifest = dataset.manifest
    let works = manifest.sources.map {
      "\($0.name) (\($0.corpus), \($0.account.read) records read)"
    }
    json.member("rai:dataCollection", "Built from \(works.joined(separator: ", ")).")
    json.member("rai:dataPreprocessingProtocol", Self.steps)
    json.member("rai:dataCollectionMissingData", missing)
    json.member("rai:dataUseCases", "Fine-tuning for \(manifest.use.rawValue) use.")
    json.member("rai:dataLimitations", Self.limitations)
    json.member("rai:personalSensitiveInformation", personal)
  }

  private var missing: String {
    let rejected = dataset.manifest.sources.flatMap(\.account.reasons).reduce(into: [String: Int]())
    {
      $0[$1.reason.rawValue, default: 0] += $1.count
    }
    guard !rejected.isEmpty else { return "No record was left out." }
    let reasons = rejected.sorted { $0.key.precedes($1.key) }.map { "\($0.value) \($0.key)" }
    return "Left out, each named in rejected.jsonl: \(reasons.joined(separator: ", "))."
  }

  private var personal: String {
    "See NOTICE.md and manifest.json for what was looked for; residual identifiers cannot be ruled out."
  }

  private static let steps =
    "Records were read from their archives, checked against the licence gate, cleaned, filtered, "
    + "compared for copies, split by group and rendered by templates; recipe.lock.yaml has every setting."

  private static let limitations =
    "Not reviewed by clinicians; answers are as good as their corpora. Not for decisions on patients."
}
