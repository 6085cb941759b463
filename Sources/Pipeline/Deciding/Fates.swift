import Records

/// What becomes of every record of the build, by its number in the order of reading.
struct Fates: Sendable {
  /// The reason's place in `Rejection.Reason.allCases` plus 1, or 0 for records that stay.
  private var reasons: [UInt8]
  /// The split's rank; meaningful for records that stay.
  var splits: [Int8]
  /// How often a record is emitted.
  var copies: [UInt8]
  /// The number to append to an id that another record of the source has already, from 2.
  var idNumbers: [Int: Int] = [:]
  /// What was measured for a rejection: a similarity, a fraction.
  var values: [Int: String] = [:]
  /// Why a record is in its split, where it is not the hash of its group.
  var hasOfficialSplit: [Bool]

  /// The numbers of placeholders, and of groups whose keys are hidden.
  var placeholders = PlaceholderNumbers()

  /// What records lose that earlier ones of their patient hold; nil unless that is to be cut.
  var passageCuts: PassageCuts?

  init(count: Int) {
    reasons = [UInt8](repeating: 0, count: count)
    splits = [Int8](repeating: 0, count: count)
    copies = [UInt8](repeating: 1, count: count)
    hasOfficialSplit = [Bool](repeating: false, count: count)
  }

  var count: Int { reasons.count }

  func isKept(_ record: Int) -> Bool { reasons[record] == 0 }

  /// Why a record goes; nil for one that stays.
  func reason(of record: Int) -> Rejection.Reason? {
    reasons[record] == 0 ? nil : Rejection.Reason.allCases[Int(reasons[record]) - 1]
  }

  /// Lets a record go, unless it has gone already.
  mutating func reject(_ record: Int, _ reason: Rejection.Reason, value: String? = nil) {
    guard isKept(record) else { return }
    reasons[record] = UInt8((Rejection.Reason.allCases.firstIndex(of: reason) ?? 0) + 1)
    if let value { values[record] = value }
  }
}
