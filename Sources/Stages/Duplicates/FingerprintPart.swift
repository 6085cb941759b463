/// What orders the copies of one text, beyond the text.
package struct DuplicateKey: Sendable, Equatable {
  /// The length that `longest` and `shortest` go by; nil for that of the compared words.
  package var length: Int?
  /// The source's priority: the higher number keeps its copy.
  package var priority: Int
  /// How freely the record may be used: the higher number keeps its copy.
  package var openness: Int
  /// The digest of the record's id, so that the choice never depends on the order of reading.
  package var tieBreak: Digest128

  package init(length: Int? = nil, priority: Int = 0, openness: Int = 0, tieBreak: Digest128) {
    self.length = length
    self.priority = priority
    self.openness = openness
    self.tieBreak = tieBreak
  }
}

/// A record's fingerprint as the work folder stores it.
struct FingerprintEntry: Sendable, BitwiseCopyable {
  /// The digest of the exact fields, or `.none` when they are empty.
  var exact = Digest128.none
  /// The digest of the near fields' words, or `.none` when there are none.
  var near = Digest128.none
  var tieBreak: Digest128
  var ordinal: Int
  /// Where the record's shingles begin, counted in shingles.
  var firstShingle = 0
  var length: Int32 = 0
  var shingleCount: Int32 = 0
  var priority: Int32
  var openness: Int32
}

extension FingerprintEntry {
  /// What `openness` holds of an entry that is a reference's.
  static let referenceOpenness = Int32.max

  /// Whether the entry stands for a record that is compared with and never written.
  var isReference: Bool { openness == Self.referenceOpenness }
}

/// The fingerprints of a run of records, in their order.
///
/// A task of pass 1 fills its own part; `DuplicateFinder` takes the parts in order.
package struct FingerprintPart: Sendable {
  var entries: [FingerprintEntry] = []
  var shingles: [UInt64] = []
  /// The band keys of every entry that has shingles, one entry after another.
  var bandKeys: [UInt64] = []
  /// Room that is used again for every record.
  var words = WordBuffer()

  package init() {}

  package var count: Int { entries.count }

  /// The bytes that the part takes: what a bound on parts in flight counts.
  package var byteCount: Int {
    entries.count * MemoryLayout<FingerprintEntry>.stride + (shingles.count + bandKeys.count) * 8
  }

  /// Empties the part and keeps its room.
  package mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
    shingles.removeAll(keepingCapacity: true)
    bandKeys.removeAll(keepingCapacity: true)
  }
}
