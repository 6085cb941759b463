/// Decides which copies stay so that each that goes is alike to one that stays.
///
/// Records are visited from the one that is to survive all others to the last. Each goes whose exact
/// digest, near digest or verified partner belongs to one that stays; otherwise it stays.
struct StarRule {
  /// The classes of equal exact fields, and of equal near fields.
  let exact: CopyClasses
  let near: CopyClasses
  /// The pairs of near classes, by the classes' first records.
  let pairs: SimilarPairs

  /// Which record stays in each record's place: itself, unless it goes.
  ///
  /// - Parameter order: The records that are linked to any other, the preferred first.
  func survivors(among order: [SurvivorKey], isReference: (Int) -> Bool, count: Int) throws
    -> [UInt32]
  {
    var survivors = Array(UInt32(0)..<UInt32(count))
    var kept = KeptClasses(count: count)
    for (place, key) in order.enumerated() {
      let record = key.index
      let survivor = isReference(record) ? nil : try survivor(for: record, kept)
      if let survivor {
        survivors[record] = UInt32(survivor)
      } else {
        kept.note(record, exact.first(of: record), near.first(of: record), place: place)
      }
    }
    return survivors
  }

  /// The preferred one of those that stay and that the record is a copy of.
  private func survivor(for record: Int, _ kept: KeptClasses) throws -> Int? {
    if let equal = kept.ofExact(exact.first(of: record)) { return equal }
    let nearClass = near.first(of: record)
    if let equal = kept.ofNear(nearClass) { return equal }
    return try pairs.partners(of: nearClass).compactMap { kept.ofNear(Int($0)) }
      .min { kept.place(of: $0) < kept.place(of: $1) }
  }
}

/// Which records stay, by the classes that they are of.
private struct KeptClasses {
  private static let none = UInt32.max
  private var byExact: [UInt32]
  private var byNear: [UInt32]
  private var places: [UInt32]

  init(count: Int) {
    byExact = Array(repeating: Self.none, count: count)
    byNear = byExact
    places = byExact
  }

  /// Notes that a record stays; of a class the record that came first counts.
  mutating func note(_ record: Int, _ exact: Int, _ near: Int, place: Int) {
    if byExact[exact] == Self.none { byExact[exact] = UInt32(record) }
    if byNear[near] == Self.none { byNear[near] = UInt32(record) }
    places[record] = UInt32(place)
  }

  func ofExact(_ first: Int) -> Int? { byExact[first] == Self.none ? nil : Int(byExact[first]) }

  func ofNear(_ first: Int) -> Int? { byNear[first] == Self.none ? nil : Int(byNear[first]) }

  func place(of record: Int) -> UInt32 { places[record] }
}
