import Records

/// A training example that may stand before a request.
package struct Exemplar: Sendable, Equatable {
  /// The record's id in the build.
  package let id: String
  /// What the record is under, and with it every example that it stands in.
  package let licenses: Licenses
  /// The number of what must not be parted from the record: its groups and copies.
  package let component: Int
  package let language: String
  /// What the pool is balanced by: the letters of the answer, its labels.
  let labels: [String]
  /// The texts of the task's slots.
  let values: [String]
  /// The output, where it is not the wording's own.
  let output: String?
  /// The draw that decides on a place in the pool.
  let ticket: UInt64
}

/// The training examples of one task that exemplars are drawn from: for each language and label those
/// with the lowest tickets.
///
/// Tickets are hashes of seed and id, so that the pool is the same in whatever order and parts it
/// was filled.
package struct ExemplarPool: Sendable {
  /// The most exemplars of one label.
  private static let maximumPerLabel = 32
  /// The most labels of one language.
  private static let maximumLabels = 32

  private let seed: UInt64
  /// By language and label, each list by ticket.
  private var lists: [String: [String: [Exemplar]]] = [:]

  package init(seed: UInt64) { self.seed = seed }

  /// How many different exemplars there are.
  package var count: Int {
    lists.values.reduce(0) { $0 + Set($1.values.joined().map(\.id)).count }
  }

  /// The ticket of a record.
  func ticket(of id: String) -> UInt64 { StableHash.of(seed: seed, purpose: "exemplar", id) }

  /// Whether an exemplar of these labels would get a place with its ticket.
  func hasPlace(for ticket: UInt64, language: String, labels: [String]) -> Bool {
    labels.contains { label in
      guard let list = lists[language]?[label], list.count >= Self.maximumPerLabel else {
        return true
      }
      return list.last.map { ticket <= $0.ticket } ?? true
    }
  }

  package mutating func insert(_ exemplar: Exemplar) {
    for label in exemplar.labels { insert(exemplar, under: label) }
  }

  /// Takes the exemplars of another part of the records in.
  package mutating func merge(_ other: ExemplarPool) {
    for (language, labels) in other.lists {
      for (label, list) in labels {
        for exemplar in list {
          lists[language, default: [:]][label, default: []].add(
            exemplar, maximum: Self.maximumPerLabel)
        }
      }
      trimLabels(of: language)
    }
  }

  private mutating func insert(_ exemplar: Exemplar, under label: String) {
    lists[exemplar.language, default: [:]][label, default: []].add(
      exemplar, maximum: Self.maximumPerLabel)
    trimLabels(of: exemplar.language)
  }

  /// Leaves the labels with the lowest hashes; one that is gone never comes back.
  private mutating func trimLabels(of language: String) {
    while let labels = lists[language]?.keys, labels.count > Self.maximumLabels {
      guard let last = labels.max(by: { labelOrder($0, "") < labelOrder($1, "") }) else { return }
      lists[language]?[last] = nil
    }
  }

  /// Draws exemplars for a record: one label after the other, in an order of the record's own.
  ///
  /// Nothing of the record's component is drawn, nor what `fits` refuses; fewer come back when there
  /// are no more.
  func drawn(
    _ count: Int, for id: String, component: Int, language: String, where fits: (Exemplar) -> Bool
  ) -> [Exemplar] {
    guard let labels = lists[language] else { return [] }
    let draw = StableHash.of(seed: seed, purpose: "shots", id)
    var queues = labels.keys.sorted { labelOrder($0, id) < labelOrder($1, id) }.map { label in
      (labels[label] ?? []).map { (rank: Self.mixed($0.ticket, draw), exemplar: $0) }
        .sorted { ($0.rank, $0.exemplar.id) < ($1.rank, $1.exemplar.id) }[...]
    }
    var drawn: [Exemplar] = []
    var ids: Set<String> = []
    while drawn.count < count, queues.contains(where: { !$0.isEmpty }) {
      for place in queues.indices where drawn.count < count {
        while let next = queues[place].popFirst()?.exemplar {
          guard next.component != component, next.id != id, !ids.contains(next.id), fits(next)
          else { continue }
          ids.insert(next.id)
          drawn.append(next)
          break
        }
      }
    }
    return drawn
  }

  /// Where a label stands, for a record or for the pool.
  private func labelOrder(_ label: String, _ id: String) -> (UInt64, String) {
    (StableHash.of(seed: seed, purpose: "label", "\(id)\n\(label)"), label)
  }

  private static func mixed(_ ticket: UInt64, _ draw: UInt64) -> UInt64 {
    var hash = StableHash()
    hash.combine(ticket)
    hash.combine(draw)
    return hash.value
  }
}

extension [Exemplar] {
  /// Adds an exemplar at its place and drops what is beyond the maximum.
  fileprivate mutating func add(_ exemplar: Exemplar, maximum: Int) {
    let place =
      firstIndex { ($0.ticket, $0.id) >= (exemplar.ticket, exemplar.id) } ?? endIndex
    guard place < maximum else { return }
    if place < endIndex, self[place].id == exemplar.id { return }
    insert(exemplar, at: place)
    if count > maximum { removeLast() }
  }
}

extension Content {
  /// The labels that exemplars are balanced by; one empty label for content that has none.
  var balancingLabels: [String] {
    switch self {
    case .multipleChoice(let item): item.answers.map(MultipleChoice.letter)
    case .questionAnswer(let item) where item.kind == .yesNoMaybe: [item.answer.lowercased()]
    case .labelledText(let item) where !item.labels.isEmpty: item.labels
    case .textPair(let pair): [pair.label]
    case .retrieval(let item): [String(item.relevance)]
    case .sequence(let sequence) where !sequence.label.isEmpty: [sequence.label]
    default: [""]
    }
  }
}
