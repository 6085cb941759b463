import Records
import Stages

/// What is known of patients beforehand, by a hash of their key.
struct KnownPatients: Sendable {
  private var identifiers: [Digest128: [KnownIdentifier]] = [:]

  /// The number of patients of whom something is known.
  var count: Int { identifiers.count }

  mutating func add(_ known: [KnownIdentifier], of patient: String) {
    guard !known.isEmpty, !patient.isEmpty else { return }
    identifiers[Self.key(patient), default: []] += known
  }

  /// What is known of the patients that a record is of.
  func identifiers(of record: Record) -> [KnownIdentifier] {
    guard !identifiers.isEmpty else { return [] }
    return record.groups.filter { $0.kind == .patient }
      .flatMap { identifiers[Self.key($0.value)] ?? [] }
  }

  private static func key(_ patient: String) -> Digest128 {
    Digest128(of: GroupKey(.patient, patient).description)
  }
}
