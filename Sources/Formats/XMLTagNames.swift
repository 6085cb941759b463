import Glibc

/// The names in the tags of plain records, found by their bytes.
///
/// Names of up to sixteen bytes are compared by two words, longer ones also byte by byte; a
/// `String` is made of a name only when it is first seen.
struct XMLTagNames {
  typealias Place = UnsafePointer<UInt8>

  /// A name as written in a tag, prefix included.
  struct Entry: BitwiseCopyable {
    /// Its number among the names of tags; the same name has the same one.
    var number: Int32
    /// The id of the local name and of the prefix, which is -1 where there is none.
    var name: Int32
    var prefix: Int32
    var isSkipped: Bool
    /// Whether it declares a namespace, as an attribute's name.
    var isNamespace: Bool
  }

  private struct Slot: BitwiseCopyable {
    var head: UInt64
    var tail: UInt64
    /// The name's bytes; nil in a free slot.
    var bytes: Place?
    var length: Int
    var entry: Entry
  }

  /// More names than any real vocabulary has; beyond, libxml2's own bound applies.
  private static let maximumNames = 2048
  static let maximumBytes = 255

  private let slots: UnsafeMutablePointer<Slot>
  private var count = 0
  private let storage: UnsafeMutablePointer<XMLArenaStorage>
  private let skipped: Set<String>

  init(_ storage: UnsafeMutablePointer<XMLArenaStorage>, skipping skipped: Set<String>) {
    self.storage = storage
    self.skipped = skipped
    slots = .allocate(capacity: Self.maximumNames * 2)
    let entry = Entry(number: -1, name: -1, prefix: -1, isSkipped: false, isNamespace: false)
    slots.initialize(
      repeating: Slot(head: 0, tail: 0, bytes: nil, length: 0, entry: entry),
      count: Self.maximumNames * 2)
  }

  func deallocate() {
    for index in 0..<Self.maximumNames * 2 { slots[index].bytes?.deallocate() }
    slots.deallocate()
  }

  /// The entry of a name; nil when it is not plain: not ASCII, with a colon out of place, too long.
  @inline(__always)
  mutating func entry(of name: Place, _ length: Int, before limit: Place) -> Entry? {
    let (head, tail) = Self.words(of: name, length, before: limit)
    var index = Self.slot(head, tail, length)
    while let bytes = slots[index].bytes {
      if slots[index].head == head, slots[index].tail == tail, slots[index].length == length,
        length <= 16 || memcmp(bytes, name, length) == 0
      {
        return slots[index].entry
      }
      index = (index + 1) & (Self.maximumNames * 2 - 1)
    }
    return insert(name, length, head, tail, at: index)
  }

  /// The first eight bytes of a name and the last eight, fewer where it is shorter.
  @inline(__always)
  private static func words(
    of name: Place, _ length: Int, before limit: Place
  ) -> (head: UInt64, tail: UInt64) {
    if length >= 8 {
      return (XMLByteWords.load(name), XMLByteWords.load(name + length - 8))
    }
    if limit - name >= 8 {
      return (XMLByteWords.load(name) & XMLByteWords.below(length), 0)
    }
    var head: UInt64 = 0
    for place in 0..<length { head |= UInt64(name[place]) << UInt64(place * 8) }
    return (head, 0)
  }

  @inline(__always)
  private static func slot(_ head: UInt64, _ tail: UInt64, _ length: Int) -> Int {
    let mixed =
      (head ^ (tail &* 0xff51_afd7_ed55_8ccd) ^ UInt64(truncatingIfNeeded: length))
      &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: mixed >> 40) & (maximumNames * 2 - 1)
  }

  @inline(never)
  private mutating func insert(
    _ name: Place, _ length: Int, _ head: UInt64, _ tail: UInt64, at index: Int
  ) -> Entry? {
    guard count < Self.maximumNames, length <= Self.maximumBytes else { return nil }
    let parts = UnsafeBufferPointer(start: name, count: length)
      .split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard let local = parts.last, parts.count <= 2, parts.allSatisfy(Self.isPlain) else {
      return nil
    }
    let localName = String(decoding: local, as: UTF8.self)
    let prefix = parts.count == 2 ? String(decoding: parts[0], as: UTF8.self) : nil
    let entry = Entry(
      number: Int32(count), name: storage.pointee.names.insert(localName),
      prefix: prefix.map { storage.pointee.names.insert($0) } ?? -1,
      isSkipped: skipped.contains(localName), isNamespace: (prefix ?? localName) == "xmlns")
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: length)
    bytes.initialize(from: name, count: length)
    slots[index] = Slot(
      head: head, tail: tail, bytes: UnsafePointer(bytes), length: length, entry: entry)
    count += 1
    return entry
  }

  /// Whether bytes are an ASCII name without a colon.
  private static func isPlain(_ part: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let first = part.first, isLetter(first) else { return false }
    return part.allSatisfy {
      isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: ".")
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7a).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }
}

/// Eight bytes at a time.
enum XMLByteWords {
  static let ones: UInt64 = 0x0101_0101_0101_0101
  static let highs: UInt64 = 0x8080_8080_8080_8080

  @inline(__always)
  static func load(_ place: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt64.self))
  }

  /// A mask of the first bytes, fewer than eight.
  @inline(__always)
  static func below(_ count: Int) -> UInt64 { (1 &<< UInt64(count &* 8)) &- 1 }

  /// A mask whose lowest bit is in the first byte that is `byte`; 0 when none is.
  @inline(__always)
  static func first(_ byte: UInt8, in word: UInt64) -> UInt64 {
    let zeros = word ^ (ones &* UInt64(byte))
    return (zeros &- ones) & ~zeros & highs
  }

  /// A mask of the high bits of all bytes that are `byte`.
  @inline(__always)
  static func all(_ byte: UInt8, in word: UInt64) -> UInt64 {
    let zeros = word ^ (ones &* UInt64(byte))
    return ~(((zeros & ~highs) &+ ~highs) | zeros | ~highs)
  }

  /// How many high bits a mask has.
  @inline(__always)
  static func count(_ mask: UInt64) -> Int32 {
    Int32(truncatingIfNeeded: ((mask &>> 7) &* ones) &>> 56)
  }
}
