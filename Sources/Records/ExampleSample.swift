/// A few examples that stand for all, the same in every build of the recipe.
///
/// For each task those with the least hashes stay, so that neither the order of records nor the number
/// of threads decides.
package struct ExampleSample: Sendable {
  /// An example that was drawn.
  package struct Member: Sendable, Equatable {
    package var task: String
    package var example: Example
    fileprivate var hash: UInt64
  }

  /// How many stay of each task.
  package let count: Int
  private let seed: UInt64
  private var members: [String: [Member]] = [:]

  /// - Parameter count: how many to keep of each task; 0 keeps none.
  package init(count: Int, seed: UInt64) {
    self.count = count
    self.seed = seed
  }

  /// Keeps an example if it is among the first of its task.
  package mutating func offer(_ example: Example, task: String) {
    guard count > 0 else { return }
    let hash = StableHash.of(seed: seed, purpose: "sample", example.id)
    keep(Member(task: task, example: example, hash: hash))
  }

  /// Keeps what is first in this sample and in another.
  package mutating func formUnion(_ other: ExampleSample) {
    for member in other.members.values.joined() { keep(member) }
  }

  /// What was drawn, by task and then in the order of drawing.
  package var drawn: [Member] {
    members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.flatMap(\.value)
  }

  private mutating func keep(_ member: Member) {
    var kept = members[member.task] ?? []
    guard kept.count < count || member.precedes(kept[kept.count - 1]) else { return }
    kept.insert(member, at: kept.firstIndex(where: member.precedes) ?? kept.endIndex)
    members[member.task] = Array(kept.prefix(count))
  }
}

extension ExampleSample.Member {
  fileprivate func precedes(_ other: Self) -> Bool {
    hash == other.hash
      ? example.id.utf8.lexicographicallyPrecedes(other.example.id.utf8) : hash < other.hash
  }
}
