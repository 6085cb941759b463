import Records

/// Numbers the readings of one entry and hands them to the sink.
struct ReadingOutlet {
  /// The number of the next reading.
  private(set) var ordinal = 0
  /// Whether the sink has said that it wants no more.
  private(set) var isClosed = false

  /// Hands a record on.
  ///
  /// - Throws: `EnoughReadings` when the sink wants no more, or what the sink throws.
  mutating func pass(
    _ record: Record, at byteOffset: Int? = nil, to sink: ReadingSink
  ) throws {
    var record = record
    record.provenance = provenance(at: byteOffset)
    try hand(.record(record), to: sink)
  }

  /// Hands a rejection on.
  mutating func reject(
    _ id: String, _ reason: Rejection.Reason, value: String? = nil, at byteOffset: Int? = nil,
    to sink: ReadingSink
  ) throws {
    let rejection = Rejection(
      id: id, reason: reason, value: value, provenance: provenance(at: byteOffset))
    try hand(.rejection(rejection), to: sink)
  }

  /// Hands a record on that a collection completes at its end, with the entry it is from.
  mutating func pass(_ record: Record, from place: CollectedPlace, to sink: ReadingSink) throws {
    var record = record
    record.provenance = provenance(at: place)
    try hand(.record(record), to: sink)
  }

  /// Hands a rejection on that a collection finds at its end.
  mutating func reject(
    _ id: String, _ reason: Rejection.Reason, value: String? = nil, from place: CollectedPlace,
    to sink: ReadingSink
  ) throws {
    let rejection = Rejection(
      id: id, reason: reason, value: value, provenance: provenance(at: place))
    try hand(.rejection(rejection), to: sink)
  }

  /// Hands on that there are so many things more of a kind that is counted apart from records.
  mutating func count(_ name: String, _ count: Int, to sink: ReadingSink) throws {
    guard count > 0 else { return }
    guard try sink(.count(name, count)) else { throw enough() }
  }

  /// Hands all counts of a tally on, by name, and empties it.
  mutating func count(_ tally: inout [String: Int], to sink: ReadingSink) throws {
    let names = tally.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for name in names { try count(name, tally[name] ?? 0, to: sink) }
    tally = [:]
  }

  /// Hands the news of a withdrawal on.
  mutating func withdraw(_ id: String, to sink: ReadingSink) throws {
    try hand(.withdrawal(id: id), to: sink)
  }

  private func provenance(at byteOffset: Int?) -> Provenance {
    Provenance(ordinal: ordinal, byteOffset: byteOffset)
  }

  private func provenance(at place: CollectedPlace) -> Provenance {
    Provenance(
      archive: place.archive, entry: place.entry, ordinal: ordinal, byteOffset: place.byteOffset)
  }

  private mutating func hand(_ reading: Reading, to sink: ReadingSink) throws {
    ordinal += 1
    guard try sink(reading) else { throw enough() }
  }

  private mutating func enough() -> EnoughReadings {
    isClosed = true
    return EnoughReadings()
  }
}

/// Where a reading of a collection is from.
struct CollectedPlace: Sendable, Equatable {
  var archive: String
  var entry: String
  var byteOffset: Int?
}

/// The sink wants no more of this entry.
struct EnoughReadings: Error {
  /// Runs the reading of an entry, which ends early without an error when the sink has enough.
  static func ends(_ body: () throws -> Void) throws {
    do { try body() } catch is EnoughReadings { return }
  }
}
