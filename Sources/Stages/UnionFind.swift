/// Disjoint sets over 0 ..< count: who belongs together once all pairs are joined.
///
/// The representative of a set is its smallest member, whatever the order of the joins.
package struct UnionFind: Sendable {
  private var parents: [UInt32] = []

  package init(count: Int = 0) { grow(to: count) }

  package var count: Int { parents.count }

  /// Adds members, each in a set of its own, until there are `count`.
  package mutating func grow(to count: Int) {
    precondition(count <= Int(UInt32.max), "more than 4,294,967,295 members")
    guard count > parents.count else { return }
    parents.append(contentsOf: UInt32(parents.count)..<UInt32(count))
  }

  /// The smallest member of the set that `member` is in.
  package mutating func find(_ member: Int) -> Int {
    var node = UInt32(member)
    while parents[Int(node)] != node {
      let grandparent = parents[Int(parents[Int(node)])]
      parents[Int(node)] = grandparent
      node = grandparent
    }
    return Int(node)
  }

  /// Joins two sets; returns whether they were apart.
  @discardableResult
  package mutating func join(_ first: Int, _ second: Int) -> Bool {
    let one = find(first)
    let two = find(second)
    guard one != two else { return false }
    parents[max(one, two)] = UInt32(min(one, two))
    return true
  }

  package mutating func areJoined(_ first: Int, _ second: Int) -> Bool {
    find(first) == find(second)
  }
}
