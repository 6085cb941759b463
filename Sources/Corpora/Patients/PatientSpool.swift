import Records

/// Something that belongs to a patient and can wait on disk until all of the patient is there.
protocol SpoolItem {
  init(from reader: inout SpillReader)
  func write(to writer: inout SpillWriter)
}

/// Brings together what belongs to a patient from entries in any order, in bounded memory.
///
/// Items go to one of 128 partitions by the hash of their patient, and from there to a scratch file
/// in blocks. At the end one partition after another is read back and grouped; one that is too long
/// for that is divided by another hash first. What must fit into memory is one partition's patients,
/// or one patient, whatever the size of the corpus.
///
/// The order of patients is that of partitions and, within one, of the bytes of their names: it
/// depends on the patients alone. The items of a patient come in the order they were put in.
struct PatientSpool<Item: SpoolItem> {
  private let folder: String?
  private let level: Int
  /// The length from which a partition is divided again, unless that was done twice: then it is one
  /// patient's, or of few.
  private let dividedBytes: Int
  private var file: ScratchFile?
  private var partitions: [Partition]
  /// The partition of the patient that came last, who most often comes next.
  private var latest: (patient: String, partition: Int)?

  /// What a partition holds: blocks on disk, then those items that wait for a block to be full.
  private struct Partition {
    var blocks: [(offset: Int, count: Int)] = []
    var pending = SpillWriter()
    var byteCount = 0
  }

  private static var partitionCount: Int { 128 }
  private static var blockBytes: Int { 64 << 10 }
  private static var deepestLevel: Int { 2 }

  /// - Parameter folder: where the scratch file is made when there is need for it; nil keeps all in
  ///   memory.
  init(folder: String?, dividedBytes: Int = 32 << 20) {
    self.init(folder: folder, level: 0, dividedBytes: dividedBytes)
  }

  private init(folder: String?, level: Int, dividedBytes: Int) {
    self.folder = folder
    self.level = level
    self.dividedBytes = dividedBytes
    partitions = Array(repeating: Partition(), count: Self.partitionCount)
  }

  mutating func append(_ item: Item, of patient: String) throws {
    let number = partition(of: patient)
    let before = partitions[number].pending.bytes.count
    partitions[number].pending.write(patient)
    item.write(to: &partitions[number].pending)
    let after = partitions[number].pending.bytes.count
    partitions[number].byteCount += after - before
    if after >= Self.blockBytes, let folder { try flush(number, to: folder) }
  }

  /// Hands on the patients with their items, and empties the spool.
  mutating func drain(_ body: (String, [Item]) throws -> Void) throws {
    for number in partitions.indices where partitions[number].byteCount > 0 {
      if partitions[number].byteCount > dividedBytes, level < Self.deepestLevel {
        var parts = PatientSpool(
          folder: folder, level: level + 1, dividedBytes: dividedBytes)
        try forEachItem(of: number) { try parts.append($1, of: $0) }
        partitions[number] = Partition()
        try parts.drain(body)
      } else {
        var items: [String: [Item]] = [:]
        try forEachItem(of: number) { items[$0, default: []].append($1) }
        partitions[number] = Partition()
        let patients = items.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for patient in patients { try body(patient, items.removeValue(forKey: patient) ?? []) }
      }
    }
    file = nil
  }

  private mutating func partition(of patient: String) -> Int {
    if let latest, latest.patient == patient { return latest.partition }
    let hash = StableHash.of(seed: UInt64(level), purpose: "patient-spool", patient)
    let number = Int(hash % UInt64(Self.partitionCount))
    latest = (patient, number)
    return number
  }

  private mutating func flush(_ number: Int, to folder: String) throws {
    let target = try file ?? ScratchFile(in: folder, named: "patients-\(level)")
    file = target
    let offset = target.byteCount
    let count = partitions[number].pending.bytes.count
    try partitions[number].pending.bytes.withUnsafeBytes { try target.append($0) }
    partitions[number].blocks.append((offset, count))
    partitions[number].pending.removeAll()
  }

  private func forEachItem(
    of number: Int, _ body: (String, Item) throws -> Void
  ) throws {
    var buffer: [UInt8] = []
    for block in partitions[number].blocks {
      buffer = Array(repeating: 0, count: block.count)
      try buffer.withUnsafeMutableBytes { try file?.read(into: $0, at: block.offset) }
      try buffer.withUnsafeBytes { try Self.forEachItem(in: $0, body) }
    }
    try partitions[number].pending.bytes.withUnsafeBytes { try Self.forEachItem(in: $0, body) }
  }

  private static func forEachItem(
    in bytes: UnsafeRawBufferPointer, _ body: (String, Item) throws -> Void
  ) throws {
    var reader = SpillReader(bytes)
    while !reader.isAtEnd {
      let patient = reader.readString()
      try body(patient, Item(from: &reader))
    }
  }
}
