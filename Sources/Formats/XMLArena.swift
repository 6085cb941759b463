import Synchronization

/// A growing array of plain values behind a bare pointer.
///
/// The XML hot path appends some twenty million nodes and texts a second; here an append is a
/// compare and a store, without reference counts, uniqueness or exclusivity checks.
struct XMLBuffer<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  func deallocate() { base.deallocate() }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index < count)
      return base[index]
    }
    @inline(__always) nonmutating set {
      assert(index < count)
      base[index] = newValue
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow(by: 1) }
    (base + count).initialize(to: element)
    count += 1
  }

  @inline(__always)
  mutating func append(_ elements: UnsafePointer<Element>, count added: Int) {
    if count + added > capacity { grow(by: added) }
    (base + count).update(from: elements, count: added)
    count += added
  }

  /// Makes room for so many elements in all, which may then be written through `base`.
  @inline(__always)
  mutating func reserve(_ enough: Int) {
    if enough > capacity { grow(by: enough - count) }
  }

  /// Takes what was written through `base` for elements.
  @inline(__always)
  mutating func setCount(_ newCount: Int) {
    assert(newCount <= capacity)
    count = newCount
  }

  @inline(__always)
  mutating func removeLast() {
    assert(count > 0)
    count -= 1
  }

  @inline(__always)
  mutating func removeAll() { count = 0 }

  @inline(never)
  private mutating func grow(by added: Int) {
    let enough = max(capacity * 2, count + added)
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: enough)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity = enough
  }
}

/// An element or a run of text in an arena.
///
/// Nodes stand in document order, so that an element's subtree is the nodes up to `end`, and its
/// text, all descendants' included, is one range of the arena's text.
struct XMLNode: BitwiseCopyable {
  /// The local name's id, or `XMLNode.text`.
  var name: Int32
  /// The prefix' id, or -1.
  var prefix: Int32
  /// The index after the last node of the subtree.
  var end: Int32
  var textStart: Int32
  var textEnd: Int32
  var line: Int32
  /// The index of the first attribute; the last is before the next node's first.
  var attributes: Int32

  static let text: Int32 = -1
}

/// An attribute in an arena; its value is a range of the arena's attribute text.
struct XMLAttributeNode: BitwiseCopyable {
  var name: Int32
  var prefix: Int32
  var start: Int32
  var end: Int32
}

/// The buffers that records are built into, one record after the other.
struct XMLArenaStorage {
  var names = XMLNameTable()
  var nodes = XMLBuffer<XMLNode>(capacity: 1024)
  var attributes = XMLBuffer<XMLAttributeNode>(capacity: 256)
  var text = XMLBuffer<UInt8>(capacity: 1 << 16)
  var attributeText = XMLBuffer<UInt8>(capacity: 1 << 12)
  var wantedNames = XMLWantedNames()
  /// Counts records, so that a view of an earlier one is noticed.
  var generation = 0
  var byteOffset: Int?

  mutating func removeAll() {
    nodes.removeAll()
    attributes.removeAll()
    text.removeAll()
    attributeText.removeAll()
    generation += 1
  }

  fileprivate func deallocate() {
    names.deallocate()
    nodes.deallocate()
    attributes.deallocate()
    text.deallocate()
    attributeText.deallocate()
    wantedNames.deallocate()
  }
}

/// Owns an arena's storage, for the parser that fills it.
///
/// The buffers go with the arena. Their storage itself stays and serves a later arena, so that an
/// element that outlives its parser finds another generation in it, not freed memory.
final class XMLArena {
  let storage: UnsafeMutablePointer<XMLArenaStorage>

  init() {
    let spare = Self.spares.withLock { $0.popLast() }?.storage
    storage = spare ?? .allocate(capacity: 1)
    let generation = spare.map { $0.pointee.generation } ?? 0
    storage.initialize(to: XMLArenaStorage())
    storage.pointee.generation = generation
  }

  deinit {
    storage.pointee.deallocate()
    storage.pointee.generation += 1
    let spare = Spare(storage: storage)
    Self.spares.withLock { $0.append(spare) }
  }

  /// Storage that no arena uses: no more than there were arenas at once.
  private static let spares = Mutex<[Spare]>([])

  private struct Spare: @unchecked Sendable {
    let storage: UnsafeMutablePointer<XMLArenaStorage>
  }
}
