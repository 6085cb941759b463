/// The pages of a column chunk, one after another.
struct ParquetPages {
  let leaf: ParquetLeaf
  private let codec: ParquetCodec
  private let limits: ParquetLimits
  private let budget: ParquetBudget
  private var bytes: ParquetBytes
  /// The values of the chunk that no page has had yet, nulls included.
  private var left: Int
  private(set) var dictionary: ParquetBatch?
  /// Where the page in work begins in the file, for errors.
  private(set) var pageOffset: Int
  /// What is before the chunk's bytes in the file, and not in `bytes`.
  private let base: Int

  init(
    _ chunk: ParquetMetadata.Chunk, of leaf: ParquetLeaf, bytes: ParquetBytes,
    limits: ParquetLimits, budget: ParquetBudget
  ) throws(ParquetFault) {
    self.leaf = leaf
    self.limits = limits
    self.budget = budget
    self.bytes = bytes
    codec = try .required(chunk.codec)
    left = chunk.valueCount
    pageOffset = chunk.range.lowerBound
    base = pageOffset - bytes.offset
  }

  /// The next page with values, or nil when the chunk has given them all.
  mutating func next() throws(ParquetFault) -> ParquetPage? {
    while left > 0 {
      pageOffset = base + bytes.offset
      var reader = ThriftReader(bytes)
      let header = try ParquetPageHeader(&reader)
      bytes = reader.bytes
      let body = try bytes.take(header.packedBytes, name: "a page")
      if let checksum = header.checksum, checksum != body.withUnsafeBytes(ParquetCodec.checksum) {
        throw .wrongChecksum
      }
      guard header.unpackedBytes <= limits.maximumPageBytes else {
        throw .overLimit(
          "bytes of a page", found: header.unpackedBytes, maximum: limits.maximumPageBytes)
      }
      switch header.kind {
      case .dictionary: dictionary = try readDictionary(header, body)
      case .data: if let page = try page(header, version1: body) { return page }
      case .dataV2: if let page = try page(header, version2: body) { return page }
      case .index, nil: continue
      }
    }
    return nil
  }

  private mutating func readDictionary(
    _ header: ParquetPageHeader, _ body: ParquetBytes
  ) throws(ParquetFault) -> ParquetBatch {
    guard dictionary == nil else { throw .malformed("a column chunk has two dictionaries") }
    // Writers of old call it PLAIN_DICTIONARY here too.
    guard header.encoding == 0 || header.encoding == 2 else {
      throw .unsupported("a dictionary in encoding \(header.encoding)")
    }
    let plain = try unpacked(body, header.unpackedBytes)
    guard header.valueCount <= plain.remaining else {
      throw .malformed("a dictionary has more values than bytes")
    }
    var values = try ParquetValues(plain, encoding: 0, of: leaf, budget: budget)
    var batch = ParquetBatch()
    batch.reserve(header.valueCount)
    try values.read(header.valueCount, dictionary: nil, into: &batch)
    return batch
  }

  private mutating func page(
    _ header: ParquetPageHeader, version1 body: ParquetBytes
  ) throws(ParquetFault) -> ParquetPage? {
    try take(header.valueCount)
    guard header.valueCount > 0 else { return nil }
    var rest = try unpacked(body, header.unpackedBytes)
    guard leaf.maximumRepetition + leaf.maximumDefinition == 0 || header.levelEncodings == [3]
    else {
      throw .unsupported("a page whose levels are not in encoding RLE")
    }
    let repetitions = try levels(upTo: leaf.maximumRepetition, from: &rest)
    let definitions = try levels(upTo: leaf.maximumDefinition, from: &rest)
    return ParquetPage(
      left: header.valueCount, repetitions: repetitions, definitions: definitions,
      values: try ParquetValues(rest, encoding: header.encoding, of: leaf, budget: budget))
  }

  private mutating func page(
    _ header: ParquetPageHeader, version2 body: ParquetBytes
  ) throws(ParquetFault) -> ParquetPage? {
    try take(header.valueCount)
    guard header.valueCount > 0 else { return nil }
    var body = body
    let repetitions = try body.take(header.repetitionBytes, name: "the levels of a page")
    let definitions = try body.take(header.definitionBytes, name: "the levels of a page")
    let count = header.unpackedBytes - header.repetitionBytes - header.definitionBytes
    guard count >= 0 else { throw .malformed("a page is shorter than its levels") }
    let values = header.isPacked && count > 0 ? try unpacked(body, count) : body
    return ParquetPage(
      left: header.valueCount,
      repetitions: leaf.maximumRepetition == 0
        ? nil : ParquetHybrid(repetitions, width: Self.width(of: leaf.maximumRepetition)),
      definitions: leaf.maximumDefinition == 0
        ? nil : ParquetHybrid(definitions, width: Self.width(of: leaf.maximumDefinition)),
      values: try ParquetValues(values, encoding: header.encoding, of: leaf, budget: budget))
  }

  private mutating func take(_ count: Int) throws(ParquetFault) {
    guard count <= left else {
      throw .malformed("the pages have more values than the footer says")
    }
    left -= count
  }

  /// The levels of a page of version 1, their length before them; nil where there is only level 0.
  private func levels(
    upTo maximum: Int, from bytes: inout ParquetBytes
  ) throws(ParquetFault) -> ParquetHybrid? {
    guard maximum > 0 else { return nil }
    let length = Int(try bytes.littleEndian(4))
    let part = try bytes.take(length, name: "the levels of a page")
    return ParquetHybrid(part, width: Self.width(of: maximum))
  }

  private static func width(of maximum: Int) -> Int { Int.bitWidth - maximum.leadingZeroBitCount }

  private func unpacked(_ body: ParquetBytes, _ count: Int) throws(ParquetFault) -> ParquetBytes {
    try budget.spend(count)
    guard codec != .none else {
      guard body.remaining == count else {
        throw .malformed("a page of \(body.remaining) bytes states \(count)")
      }
      return body
    }
    return try codec.unpacked(body, count: count)
  }
}

/// A data page whose levels and values are decoded as they are asked for.
struct ParquetPage {
  /// The values that are left, nulls and empty lists included.
  var left: Int
  var repetitions: ParquetHybrid?
  var definitions: ParquetHybrid?
  var values: ParquetValues
}
