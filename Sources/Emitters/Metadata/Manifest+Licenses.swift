import Records

extension Manifest {
  /// The licences of the dataset, by id in byte order, with the records under each; those of
  /// exemplars are among them.
  var licenseCounts: [(license: License, records: Int)] {
    var counts: [License: Int] = [:]
    for source in sources {
      for (licenses, count) in source.licenses {
        for license in licenses.all { counts[license, default: 0] += count }
      }
      for licenses in source.exampleLicenses.keys {
        for license in licenses.all { counts[license, default: 0] += 0 }
      }
    }
    return counts.map { ($0.key, $0.value) }
      .sorted { $0.license.rawValue.precedes($1.license.rawValue) }
  }

  /// Why the dataset must not be passed on, as one sentence; nil when it may.
  var prohibition: String? {
    guard !isRedistributable else { return nil }
    let licenses = licenseCounts.map(\.license)
    let forbidding = licenses.filter { !$0.isRedistributable }
    let head = "DO-NOT-REDISTRIBUTE: this dataset holds records under"
    if !forbidding.isEmpty {
      return "\(head) \(Self.list(forbidding)); it must not be passed on, in whole or in part."
    }
    guard case .incompatible(let parties) = LicenseCompatibility.ruling(on: licenses) else {
      return "DO-NOT-REDISTRIBUTE: this dataset must not be passed on."
    }
    return "\(head) \(Self.list(parties)), whose terms do not go together; "
      + "it must not be passed on as one."
  }

  /// The licence of the whole, where share-alike terms make it one.
  var commonTerms: License? {
    guard isRedistributable,
      case .under(let license) = LicenseCompatibility.ruling(on: licenseCounts.map(\.license))
    else { return nil }
    return license
  }

  private static func list(_ licenses: [License]) -> String {
    licenses.map(\.rawValue).joined(separator: ", ")
  }
}
