import Formats

/// The keys and JSON types of the rows of a file, as a tree, with the first line of each.
///
/// Pieces of a file are walked by themselves and joined in order, with the same result as one walk.
struct ColumnShapes: Sendable {
  /// What stands at one path: a value's types, an object's members, an array's elements.
  struct Node: Sendable {
    var name: [UInt8]
    var parent: Int
    /// The first line of each kind of value; 0 for none.
    var firstLines = SIMD8<UInt32>(repeating: 0)
    /// Whether an object was seen here.
    var hasObjects = false
    /// The first line of an object that lacks the key; 0 for none.
    var firstMissing: UInt32 = 0
    var children: [Int] = []
    /// The node of an array's elements.
    var elements = -1
  }

  /// Keys beyond these many are not followed: such an object is a dictionary.
  private static let maximumChildren = 512
  private static let maximumNodes = 1 << 16

  private(set) var nodes = [Node(name: [], parent: -1)]

  /// Walks through a row.
  mutating func add(_ row: JSONNode, line: Int) {
    walk(row, 0, UInt32(truncatingIfNeeded: line))
  }

  private mutating func walk(_ value: JSONNode, _ index: Int, _ line: UInt32) {
    let kind = value.kind
    let slot = Int(kind.rawValue)
    if nodes[index].firstLines[slot] == 0 { nodes[index].firstLines[slot] = line }
    switch kind {
    case .object: walkMembers(value, index, line)
    case .array: walkElements(value, index, line)
    default: return
    }
  }

  private mutating func walkElements(_ value: JSONNode, _ index: Int, _ line: UInt32) {
    guard value.count > 0 else { return }
    if nodes[index].elements < 0 {
      guard nodes.count < Self.maximumNodes else { return }
      nodes.append(Node(name: [], parent: index))
      nodes[index].elements = nodes.count - 1
    }
    let elements = nodes[index].elements
    for element in value.elements { walk(element, elements, line) }
  }

  private mutating func walkMembers(_ value: JSONNode, _ index: Int, _ line: UInt32) {
    let isLate = nodes[index].hasObjects
    nodes[index].hasObjects = true
    var guess = 0
    for member in value.members {
      guard let child = child(of: index, member.key, guess, isLate) else { continue }
      guess = child.place &+ 1
      walk(member.value, child.node, line)
    }
    if value.count != nodes[index].children.count { noteMissing(value, index, line) }
  }

  /// The node of a key; rows mostly have the same keys in the same order, so the next is tried first.
  @inline(__always)
  private mutating func child(
    of index: Int, _ key: JSONNode, _ guess: Int, _ isLate: Bool
  ) -> (node: Int, place: Int)? {
    let count = nodes[index].children.count
    if guess < count {
      let node = nodes[index].children[guess]
      if key.isNamed(nodes[node].name) { return (node, guess) }
    }
    for place in 0..<count {
      let node = nodes[index].children[place]
      if key.isNamed(nodes[node].name) { return (node, place) }
    }
    guard count < Self.maximumChildren, nodes.count < Self.maximumNodes else { return nil }
    var node = Node(name: key.withSourceBytes { Array($0) }, parent: index)
    // Where the objects before stood is the first line of an object here.
    if isLate { node.firstMissing = nodes[index].firstLines[Int(JSONNode.Kind.object.rawValue)] }
    nodes.append(node)
    nodes[index].children.append(nodes.count - 1)
    return (nodes.count - 1, count)
  }

  private mutating func noteMissing(_ value: JSONNode, _ index: Int, _ line: UInt32) {
    for child in nodes[index].children where nodes[child].firstMissing == 0 {
      let isThere = value.members.contains { $0.key.isNamed(nodes[child].name) }
      if !isThere { nodes[child].firstMissing = line }
    }
  }

  /// Joins what the next piece of the file holds; its lines count from its own start.
  mutating func append(_ next: ColumnShapes, linesBefore: Int) {
    join(0, next, 0, UInt32(truncatingIfNeeded: linesBefore))
  }

  private mutating func join(_ mine: Int, _ next: ColumnShapes, _ theirs: Int, _ shift: UInt32) {
    let other = next.nodes[theirs]
    let hadObjects = nodes[mine].hasObjects
    let objectSlot = Int(JSONNode.Kind.object.rawValue)
    let ownObjectLine = nodes[mine].firstLines[objectSlot]
    for slot in 0..<8 where nodes[mine].firstLines[slot] == 0 && other.firstLines[slot] > 0 {
      nodes[mine].firstLines[slot] = other.firstLines[slot] &+ shift
    }
    if other.hasObjects {
      for child in nodes[mine].children where nodes[child].firstMissing == 0 {
        let isThere = other.children.contains { next.nodes[$0].name == nodes[child].name }
        if !isThere { nodes[child].firstMissing = other.firstLines[objectSlot] &+ shift }
      }
    }
    for theirChild in other.children {
      let name = next.nodes[theirChild].name
      var child = nodes[mine].children.first { nodes[$0].name == name }
      if child == nil, nodes[mine].children.count < Self.maximumChildren {
        var node = Node(name: name, parent: mine)
        if hadObjects { node.firstMissing = ownObjectLine }
        nodes.append(node)
        nodes[mine].children.append(nodes.count - 1)
        child = nodes.count - 1
      }
      guard let child else { continue }
      if nodes[child].firstMissing == 0, next.nodes[theirChild].firstMissing > 0 {
        nodes[child].firstMissing = next.nodes[theirChild].firstMissing &+ shift
      }
      join(child, next, theirChild, shift)
    }
    if other.hasObjects { nodes[mine].hasObjects = true }
    guard other.elements >= 0 else { return }
    if nodes[mine].elements < 0 {
      nodes.append(Node(name: [], parent: mine))
      nodes[mine].elements = nodes.count - 1
    }
    join(nodes[mine].elements, next, other.elements, shift)
  }
}

extension JSONNode {
  /// Whether the key is written as these bytes.
  @inline(__always)
  fileprivate func isNamed(_ name: [UInt8]) -> Bool {
    withSourceBytes { $0.count == name.count && $0.elementsEqual(name) }
  }
}
