import Records

/// Collects how the records of a second dataset differ from those of a first.
struct RecordComparison {
  /// How many records of each kind are listed; nil for all.
  let limit: Int?
  private(set) var before = (kept: 0, rejected: 0)
  private(set) var after = (kept: 0, rejected: 0)
  private(set) var records = DatasetDifferences.Kind.allCases.map {
    DatasetDifferences.Records(kind: $0)
  }
  private var names = NameTable()
  /// How many records of each kind were listed before this part of the ids.
  private var firstOfPart: [Int]

  init(limit: Int?) {
    self.limit = limit
    firstOfPart = records.map { _ in 0 }
  }

  /// Compares the records of a part of the ids.
  ///
  /// Only the first dataset's are held in memory; the second's stream past.
  mutating func compare(_ first: RecordReading, _ second: RecordReading) async throws {
    firstOfPart = records.map(\.listed.count)
    var facts: [RecordFacts] = []
    try await first.forEach { item in
      var fact = item.facts
      fact.label = names.place(of: item.label)
      facts.append(fact)
      if fact.isKept { before.kept += 1 } else { before.rejected += 1 }
    }
    var table = RecordTable(facts)
    facts = []
    try await second.forEach { item in
      var fact = item.facts
      fact.label = names.place(of: item.label)
      if fact.isKept { after.kept += 1 } else { after.rejected += 1 }
      if let other = table.match(fact) {
        compare(other, fact, id: item.id)
      } else {
        add(fact.isKept ? .added : .newlyRead, item.id, nil, fact, after: state(of: fact))
      }
    }
    for fact in table.unmatched.sorted(by: { RowPlace($0) < RowPlace($1) }) {
      add(fact.isKept ? .removed : .noLongerRead, "", fact, nil, before: state(of: fact))
    }
  }

  /// Puts the records of all parts in the order of their rows, no more of them than are asked for.
  mutating func finish() {
    for kind in records.indices {
      records[kind].listed.sort { Self.place(of: $0) < Self.place(of: $1) }
      if let limit { records[kind].listed = Array(records[kind].listed.prefix(limit)) }
    }
  }

  private static func place(of record: DatasetDifferences.Record) -> RowPlace {
    record.placeAfter ?? record.placeBefore ?? RowPlace(rank: 0, row: 0)
  }

  // MARK: One record

  private mutating func compare(_ old: RecordFacts, _ new: RecordFacts, id: String) {
    guard !old.isSame(as: new) else { return }
    guard let was = old.split, let now = new.split else {
      return compareRejected(old, new, id: id)
    }
    if was != now {
      let kind: DatasetDifferences.Kind =
        now == .train ? .heldOutToTrain : was == .train ? .trainToHeldOut : .moved
      add(kind, id, old, new, before: was.rawValue, after: now.rawValue)
    }
    if old.label != new.label {
      add(.license, id, old, new, before: names.name(old.label), after: names.name(new.label))
    }
    if old.wording != new.wording { add(.wording, id, old, new) }
    if old.examples != new.examples {
      add(
        .examples, id, old, new, before: String(old.examples), after: String(new.examples))
    } else if old.text != new.text {
      add(.text, id, old, new)
    }
  }

  private mutating func compareRejected(_ old: RecordFacts, _ new: RecordFacts, id: String) {
    if old.isKept != new.isKept {
      return add(
        new.isKept ? .nowKept : .nowRejected, id, old, new, before: state(of: old),
        after: state(of: new))
    }
    if old.label != new.label {
      add(.reason, id, old, new, before: state(of: old), after: state(of: new))
    } else if old.kept != new.kept {
      add(.copyOf, id, old, new)
    }
  }

  /// A record's split, or why it was rejected.
  private func state(of facts: RecordFacts) -> String {
    facts.split?.rawValue ?? names.name(facts.label)
  }

  private mutating func add(
    _ kind: DatasetDifferences.Kind, _ id: String, _ old: RecordFacts?, _ new: RecordFacts?,
    before: String? = nil, after: String? = nil
  ) {
    guard let place = DatasetDifferences.Kind.allCases.firstIndex(of: kind) else { return }
    records[place].count += 1
    if let limit, records[place].listed.count - firstOfPart[place] >= limit { return }
    records[place].listed.append(
      DatasetDifferences.Record(
        id: id, before: before, after: after, placeBefore: old.map(RowPlace.init),
        placeAfter: new.map(RowPlace.init)))
  }
}
