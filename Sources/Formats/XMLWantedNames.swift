/// A name that is asked for, as ids: `name` alone matches under any prefix.
struct XMLWantedName: BitwiseCopyable {
  var name: Int32
  var prefix: Int32?

  /// Matches no element: the document has no such name.
  static let nothing = XMLWantedName(name: -2, prefix: nil)

  @inline(__always)
  func matches(_ name: Int32, _ prefix: Int32) -> Bool {
    self.name == name && (self.prefix ?? prefix) == prefix
  }
}

/// The names that readers ask for, remembered by the address of the literal.
///
/// A reader asks some hundred times a record for the same few literals; hashing their bytes each
/// time cost a tenth of a build.
struct XMLWantedNames {
  private struct Slot: BitwiseCopyable {
    var address: UInt
    var length: Int
    /// How many names the document had; one that was missing then may have come since.
    var knownNames: Int
    var wanted: XMLWantedName
  }

  private static let count = 256

  private let slots: UnsafeMutablePointer<Slot>

  init() {
    slots = .allocate(capacity: Self.count)
    slots.initialize(
      repeating: Slot(address: 0, length: 0, knownNames: 0, wanted: .nothing), count: Self.count)
  }

  func deallocate() { slots.deallocate() }

  /// The ids of a name; nil when the document does not have it so far.
  @inline(__always)
  func name(
    _ name: StaticString, in storage: UnsafeMutablePointer<XMLArenaStorage>
  ) -> XMLWantedName? {
    guard name.hasPointerRepresentation else {
      return Self.look(for: name.description, in: storage.pointee.names)
    }
    let address = UInt(bitPattern: name.utf8Start)
    let slot = slots + Int((address ^ (address >> 8)) & UInt(Self.count - 1))
    let isKnown = slot.pointee.address == address && slot.pointee.length == name.utf8CodeUnitCount
    if isKnown, slot.pointee.wanted.name >= 0 { return slot.pointee.wanted }
    if isKnown, slot.pointee.knownNames == storage.pointee.names.names.count { return nil }
    return look(for: name, address, slot, in: storage)
  }

  @inline(never)
  private func look(
    for name: StaticString, _ address: UInt, _ slot: UnsafeMutablePointer<Slot>,
    in storage: UnsafeMutablePointer<XMLArenaStorage>
  ) -> XMLWantedName? {
    let wanted = Self.look(for: name.description, in: storage.pointee.names)
    slot.pointee = Slot(
      address: address, length: name.utf8CodeUnitCount,
      knownNames: storage.pointee.names.names.count, wanted: wanted ?? .nothing)
    return wanted
  }

  private static func look(for name: String, in names: XMLNameTable) -> XMLWantedName? {
    if let id = names.id(of: name) { return XMLWantedName(name: id, prefix: nil) }
    guard let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let local = String(name[name.utf8.index(after: colon)...])
    guard let id = names.id(of: local), let prefix = names.id(of: String(name[..<colon])) else {
      return nil
    }
    return XMLWantedName(name: id, prefix: prefix)
  }
}
