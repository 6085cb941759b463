/// Values as they come out of a page or a dictionary.
struct ParquetBatch {
  private(set) var values: [JSON] = []
  /// The places of texts that are no UTF-8, ascending; `values` has null there.
  private(set) var invalid: [Int] = []

  mutating func append(_ value: JSON?) {
    if value == nil { invalid.append(values.count) }
    values.append(value ?? .null)
  }

  mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
    if !invalid.isEmpty { invalid.removeAll() }
  }

  func isInvalid(_ place: Int) -> Bool { !invalid.isEmpty && invalid.contains(place) }

  mutating func reserve(_ count: Int) { values.reserveCapacity(count) }
}

/// The values of a page, decoded as they are asked for, so that a page of few bytes and very many
/// values takes no memory.
struct ParquetValues {
  private let leaf: ParquetLeaf
  private let budget: ParquetBudget
  private var encoding: Encoding
  private var words: [Int64] = []
  private var places: [UInt32] = []

  private enum Encoding {
    case plain(ParquetBytes)
    case flags(ParquetHybrid)
    case dictionary(ParquetHybrid)
    case differences(ParquetDelta)
    case lengths(ParquetDelta, ParquetBytes)
    case prefixes(ParquetDelta, lengths: ParquetDelta, ParquetBytes, last: [UInt8])
    /// The first bytes of all values, then the second ones; `count` values, `next` the first unread.
    case split(ParquetBytes, width: Int, count: Int, next: Int)
  }

  /// - Parameter code: the number of the encoding in the format.
  init(
    _ bytes: ParquetBytes, encoding code: Int, of leaf: ParquetLeaf, budget: ParquetBudget
  ) throws(ParquetFault) {
    self.leaf = leaf
    self.budget = budget
    encoding = try Self.encoding(bytes, code, of: leaf.type)
  }

  private static func encoding(
    _ bytes: ParquetBytes, _ code: Int, of type: ParquetPhysicalType
  ) throws(ParquetFault) -> Encoding {
    var bytes = bytes
    switch (code, type) {
    case (0, .boolean): return .flags(ParquetHybrid(flags: bytes))
    case (0, _): return .plain(bytes)
    case (2, _), (8, _):
      // A page of nulls alone may lack even the width.
      let width = bytes.remaining == 0 ? 0 : Int(try bytes.byte())
      guard width <= 32 else { throw .malformed("places in a dictionary have \(width) bits") }
      return .dictionary(ParquetHybrid(bytes, width: width))
    case (3, .boolean):
      let length = Int(try bytes.littleEndian(4))
      return .flags(ParquetHybrid(try bytes.take(length), width: 1))
    case (5, .int32), (5, .int64): return .differences(try ParquetDelta(bytes))
    case (6, .bytes):
      let lengths = try ParquetDelta(bytes)
      return .lengths(lengths, try lengths.rest())
    case (7, .bytes), (7, .fixed), (7, .int96):
      let prefixes = try ParquetDelta(bytes)
      let lengths = try ParquetDelta(try prefixes.rest())
      return .prefixes(prefixes, lengths: lengths, try lengths.rest(), last: [])
    case (9, _):
      guard let width = type.fixedBytes else { break }
      return .split(bytes, width: width, count: bytes.remaining / width, next: 0)
    default: break
    }
    throw .unsupported("encoding \(name(of: code)) of \(type)")
  }

  private static func name(of code: Int) -> String {
    let names = [
      "PLAIN", "1", "PLAIN_DICTIONARY", "RLE", "BIT_PACKED", "DELTA_BINARY_PACKED",
      "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY", "RLE_DICTIONARY", "BYTE_STREAM_SPLIT",
    ]
    return names.indices.contains(code) ? names[code] : String(code)
  }

  /// Puts the next values at the end of the batch.
  mutating func read(
    _ count: Int, dictionary: ParquetBatch?, into batch: inout ParquetBatch
  ) throws(ParquetFault) {
    guard count > 0 else { return }
    switch encoding {
    case .plain(var bytes):
      try readPlain(count, from: &bytes, into: &batch)
      encoding = .plain(bytes)
    case .flags(var flags):
      try readPlaces(count, from: &flags)
      encoding = .flags(flags)
      for flag in places { batch.append(.bool(flag != 0)) }
    case .dictionary(var hybrid):
      try readPlaces(count, from: &hybrid)
      encoding = .dictionary(hybrid)
      try lookUp(in: dictionary, into: &batch)
    case .differences(var differences):
      try readWords(count, from: &differences)
      encoding = .differences(differences)
      // Differences of 32-bit numbers wrap at 32 bits.
      let isNarrow = leaf.type == .int32
      for word in words {
        let word = isNarrow ? Int64(Int32(truncatingIfNeeded: word)) : word
        batch.append(ParquetScalar.json(word: word, leaf.meaning, leaf.type))
      }
    case .lengths(var lengths, var bytes):
      try readWords(count, from: &lengths)
      for length in words { try append(try bytes.take(Int(length)), to: &batch) }
      encoding = .lengths(lengths, bytes)
    case .prefixes(var prefixes, var lengths, var bytes, var last):
      // Lets go of `last`, which is then changed in place.
      encoding = .flags(ParquetHybrid(flags: bytes))
      try readWords(count, from: &prefixes)
      let kept = words
      try readWords(count, from: &lengths)
      for (prefix, length) in zip(kept, words) {
        try extend(&last, keeping: prefix, by: try bytes.take(Int(length)))
        let value = ParquetBytes(last, 0..<last.count, name: "a value")
        try append(value, to: &batch)
      }
      encoding = .prefixes(prefixes, lengths: lengths, bytes, last: last)
    case .split(let bytes, let width, let total, let next):
      guard count <= total - next else { throw .endsInside("split values") }
      try readSplit(next..<next + count, of: total, width: width, from: bytes, into: &batch)
      encoding = .split(bytes, width: width, count: total, next: next + count)
    }
  }

  private mutating func readPlaces(
    _ count: Int, from hybrid: inout ParquetHybrid
  ) throws(ParquetFault) {
    places.removeAll(keepingCapacity: true)
    try hybrid.read(count, into: &places)
  }

  private mutating func readWords(
    _ count: Int, from delta: inout ParquetDelta
  ) throws(ParquetFault) {
    words.removeAll(keepingCapacity: true)
    try delta.read(count, into: &words)
  }

  private func lookUp(
    in dictionary: ParquetBatch?, into batch: inout ParquetBatch
  ) throws(ParquetFault) {
    guard let dictionary else { throw .missing("the dictionary of a page") }
    for place in places {
      guard place < dictionary.values.count else {
        throw .malformed("a value has place \(place) in a dictionary of \(dictionary.values.count)")
      }
      let isInvalid = dictionary.isInvalid(Int(place))
      batch.append(isInvalid ? nil : dictionary.values[Int(place)])
    }
  }

  private func readPlain(
    _ count: Int, from bytes: inout ParquetBytes, into batch: inout ParquetBatch
  ) throws(ParquetFault) {
    if let width = leaf.type.wordBytes {
      guard count <= bytes.remaining / width else { throw .endsInside("plain values") }
      let part = try bytes.take(count * width)
      part.withUnsafeBytes { buffer in
        for place in stride(from: 0, to: buffer.count, by: width) {
          batch.append(
            ParquetScalar.json(word: word(in: buffer, at: place, width), leaf.meaning, leaf.type))
        }
      }
    } else {
      for _ in 0..<count {
        var length = leaf.type.fixedBytes
        if length == nil { length = Int(try bytes.littleEndian(4)) }
        try append(try bytes.take(length ?? 0, name: "plain values"), to: &batch)
      }
    }
  }

  private func word(in buffer: UnsafeRawBufferPointer, at place: Int, _ width: Int) -> Int64 {
    width == 4
      ? Int64(Int32(littleEndian: buffer.loadUnaligned(fromByteOffset: place, as: Int32.self)))
      : Int64(littleEndian: buffer.loadUnaligned(fromByteOffset: place, as: Int64.self))
  }

  private func readSplit(
    _ places: Range<Int>, of total: Int, width: Int, from bytes: ParquetBytes,
    into batch: inout ParquetBatch
  ) throws(ParquetFault) {
    var value = [UInt8](repeating: 0, count: width)
    for place in places {
      for index in 0..<width { value[index] = bytes.bytes[bytes.offset + index * total + place] }
      if leaf.type.wordBytes != nil {
        let bits = value.withUnsafeBytes { word(in: $0, at: 0, width) }
        batch.append(ParquetScalar.json(word: bits, leaf.meaning, leaf.type))
      } else {
        try append(ParquetBytes(value, 0..<width, name: "a value"), to: &batch)
      }
    }
  }

  /// Makes the next value of the last one's first bytes and new ones.
  private func extend(
    _ last: inout [UInt8], keeping prefix: Int64, by suffix: ParquetBytes
  ) throws(ParquetFault) {
    guard prefix >= 0, prefix <= last.count else {
      throw .malformed("a value shares \(prefix) bytes with one of \(last.count)")
    }
    last.removeLast(last.count - Int(prefix))
    last.append(contentsOf: suffix.bytes[suffix.offset..<suffix.end])
    try budget.spend(last.count)
  }

  private func append(
    _ bytes: ParquetBytes, to batch: inout ParquetBatch
  ) throws(ParquetFault) {
    if let fixed = leaf.type.fixedBytes, fixed != bytes.remaining {
      throw .malformed("a value of \(fixed) bytes has \(bytes.remaining)")
    }
    let meaning = leaf.meaning
    let value = bytes.withUnsafeBytes { buffer -> Result<JSON?, ParquetFault> in
      Result { () throws(ParquetFault) in try ParquetScalar.json(bytes: buffer, meaning) }
    }
    batch.append(try value.get())
  }
}
