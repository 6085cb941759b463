import Glibc

/// The element and attribute names of a document, each with a small id.
///
/// libxml2 interns names itself, so within one parser equal names have equal addresses; a name is
/// looked up by address when parsing and by its bytes when a reader asks for it.
struct XMLNameTable {
  private struct Slot: BitwiseCopyable {
    var address: UInt
    var id: Int32
  }

  private var slots: UnsafeMutableBufferPointer<Slot>
  private var used = 0
  private var identifiers: [Int32]
  private(set) var names: [String] = []

  init() {
    slots = .allocate(capacity: 512)
    slots.initialize(repeating: Slot(address: 0, id: -1))
    identifiers = Array(repeating: -1, count: 512)
  }

  func deallocate() { slots.deallocate() }

  /// The id of a name by its interned address, or nil when it was not seen yet.
  @inline(__always)
  func id(at address: UnsafePointer<UInt8>) -> Int32? {
    let key = UInt(bitPattern: address)
    var index = Self.spread(key) & (slots.count - 1)
    while true {
      let slot = slots[index]
      if slot.address == key { return slot.id }
      if slot.address == 0 { return nil }
      index = (index + 1) & (slots.count - 1)
    }
  }

  /// The id of a name; nil when no element or attribute had it so far.
  func id(of name: String) -> Int32? {
    var index = Self.hash(name) & (identifiers.count - 1)
    while true {
      let id = identifiers[index]
      guard id >= 0 else { return nil }
      if names[Int(id)].utf8.elementsEqual(name.utf8) { return id }
      index = (index + 1) & (identifiers.count - 1)
    }
  }

  /// Adds a name seen for the first time at this address, and gives its id.
  mutating func insert(_ address: UnsafePointer<UInt8>) -> Int32 {
    let id = insert(String(cString: address))
    if used * 2 >= slots.count { growSlots() }
    place(Slot(address: UInt(bitPattern: address), id: id))
    used += 1
    return id
  }

  /// Adds a name, and gives its id; the one it has when it is there already.
  mutating func insert(_ name: String) -> Int32 {
    if let id = id(of: name) { return id }
    if names.count * 2 >= identifiers.count { growIdentifiers() }
    let id = Int32(names.count)
    names.append(name)
    place(id)
    return id
  }

  private mutating func place(_ slot: Slot) {
    var index = Self.spread(slot.address) & (slots.count - 1)
    while slots[index].address != 0 { index = (index + 1) & (slots.count - 1) }
    slots[index] = slot
  }

  private mutating func place(_ id: Int32) {
    var index = Self.hash(names[Int(id)]) & (identifiers.count - 1)
    while identifiers[index] >= 0 { index = (index + 1) & (identifiers.count - 1) }
    identifiers[index] = id
  }

  private mutating func growSlots() {
    let old = slots
    slots = .allocate(capacity: old.count * 2)
    slots.initialize(repeating: Slot(address: 0, id: -1))
    for slot in old where slot.address != 0 { place(slot) }
    old.deallocate()
  }

  private mutating func growIdentifiers() {
    identifiers = Array(repeating: -1, count: identifiers.count * 2)
    for id in names.indices { place(Int32(id)) }
  }

  @inline(__always)
  private static func spread(_ address: UInt) -> Int {
    Int(truncatingIfNeeded: (address &* 0x9e37_79b9_7f4a_7c15) >> 32)
  }

  private static func hash(_ name: String) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: hash ^ (hash >> 29)) & Int.max
  }
}
