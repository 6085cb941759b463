import Records
import Stages

/// The fingerprints of what records may not be copies of, and what reports call them.
struct ReferencePrints: Sendable {
  let spill: FingerprintSpill
  /// `SET#ITEM` of each, in their order.
  let ids: [String]
  /// How many there are of each set, in the order of the recipe's paths.
  let counts: [Int]
}

extension BuildPlan {
  /// Reads the reference sets, so that the search for copies can hold records against them.
  mutating func readReferences(scratchPath: String) throws {
    guard !references.isEmpty, let fingerprinter = stages.fingerprinter else { return }
    let file = try FingerprintFile(creating: "\(scratchPath)/references.prints")
    var ids: [String] = []
    var counts: [Int] = []
    for place in references.indices {
      try references[place].digest()
      let before = ids.count
      var part = FingerprintPart()
      let name = references[place].name
      try references[place].forEachRecord(
        texts: stages.referenceTexts, scratchPath: "\(scratchPath)/reference-\(place)"
      ) { record in
        var record = record
        record.source = name
        let first = ids.count - part.count
        fingerprinter.append(record, ordinal: part.count, isReference: true, to: &part)
        ids.append("\(name)#\(record.id)")
        if part.byteCount >= Self.partBytes {
          try file.append(part, firstRecord: first)
          part.removeAll()
        }
        return ids.count - before
      }
      try file.append(part, firstRecord: ids.count - part.count)
      counts.append(ids.count - before)
    }
    referencePrints = ReferencePrints(spill: try file.finish(), ids: ids, counts: counts)
  }

  /// The size from which fingerprints go to disk.
  private static let partBytes = 1 << 20

  /// What reports call the record of that number, where the build's own are fewer than it.
  func referenceID(_ number: Int) -> String {
    guard let ids = referencePrints?.ids, ids.indices.contains(number) else { return "" }
    return ids[number]
  }
}
