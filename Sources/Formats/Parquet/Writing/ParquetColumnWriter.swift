/// The values of one leaf column in the row group that is being written.
///
/// Pages are packed as they fill, so that only one of each column is held unpacked. Short texts are
/// written by their places in a dictionary while there are few of them.
final class ParquetColumnWriter {
  let path: [String]
  private let kind: ParquetWriterField.Kind
  private let maximumDefinition: UInt8
  private let maximumRepetition: UInt8

  // The page in work.
  private var definitions: [UInt16] = []
  private var repetitions: [UInt16] = []
  private var plain: [UInt8] = []
  private var flags: [UInt16] = []
  private var places: [UInt16] = []

  // The chunk.
  private var dictionary: ParquetDictionaryWriter?
  private var pages: [UInt8] = []
  private var unpackedPageBytes = 0
  private var valueCount = 0
  private var nullCount = 0
  private var encodings: Set<Int> = []
  private var bounds: ClosedRange<Int64>?
  private var buffer: [UInt8] = []

  /// About how many bytes of values a page has.
  private static let pageBytes = 1 << 20
  /// The most values of a page, nulls included.
  private static let pageValues = 1 << 16

  init(
    _ kind: ParquetWriterField.Kind, path: [String], maximumDefinition: UInt8,
    maximumRepetition: UInt8
  ) {
    self.kind = kind
    self.path = path
    self.maximumDefinition = maximumDefinition
    self.maximumRepetition = maximumRepetition
    dictionary = kind == .text ? ParquetDictionaryWriter() : nil
  }

  /// About how many bytes the chunk would have unpacked.
  var byteCount: Int { unpackedPageBytes + plain.count + 2 * (definitions.count + places.count) }

  var isPageFull: Bool {
    plain.count >= Self.pageBytes || definitions.count >= Self.pageValues
  }

  func appendNull(repetition: UInt8, definition: UInt8) {
    definitions.append(UInt16(definition))
    repetitions.append(UInt16(repetition))
    nullCount += 1
  }

  /// Appends a value of the column's kind.
  func append(_ value: JSONNode, repetition: UInt8) {
    definitions.append(UInt16(maximumDefinition))
    repetitions.append(UInt16(repetition))
    switch kind {
    case .integer:
      guard let number = value.int.map(Int64.init) else { return mismatch() }
      bounds =
        bounds.map { min($0.lowerBound, number)...max($0.upperBound, number) }
        ?? number...number
      plain.appendLittleEndian(number)
    case .flag:
      guard let flag = value.bool else { return mismatch() }
      flags.append(flag ? 1 : 0)
    default:
      guard value.kind == .string else { return mismatch() }
      value.withUTF8(decodingInto: &buffer, append)
    }
  }

  private func mismatch() {
    preconditionFailure("a value of column '\(path.joined(separator: "."))' is of another kind")
  }

  private func append(_ text: UnsafeRawBufferPointer) {
    if let place = dictionary?.place(of: text) { return places.append(place) }
    if dictionary != nil { leaveDictionary() }
    plain.appendPlain(text)
  }

  /// Writes the page in work without the dictionary, and all after it; pages before it keep theirs.
  private func leaveDictionary() {
    guard let dictionary, !dictionary.isClosed else { return }
    for place in places { dictionary.texts[Int(place)].withUnsafeBytes { plain.appendPlain($0) } }
    places.removeAll()
    self.dictionary?.isClosed = true
    if !encodings.contains(ParquetEncoding.dictionary) { self.dictionary = nil }
  }

  // MARK: Pages

  /// Ends the page in work.
  func closePage(_ codec: ParquetCodec) {
    guard !definitions.isEmpty else { return }
    let count = definitions.count
    var body: [UInt8] = []
    body.reserveCapacity(plain.count + count)
    if maximumRepetition > 0 { body.appendLevels(repetitions, upTo: maximumRepetition) }
    body.appendLevels(definitions, upTo: maximumDefinition)
    let encoding = appendValues(to: &body)
    encodings.insert(encoding)
    valueCount += count
    definitions.removeAll(keepingCapacity: true)
    repetitions.removeAll(keepingCapacity: true)
    let page = ParquetPageWriter.bytes(of: body, codec, kind: .data) { header in
      header.field(5) {
        $0.field(1, int32: count)
        $0.field(2, int32: encoding)
        $0.field(3, int32: ParquetEncoding.levels)
        $0.field(4, int32: ParquetEncoding.levels)
      }
    }
    unpackedPageBytes += page.unpackedCount
    pages += page.bytes
  }

  /// Appends the values of the page in work; returns their encoding.
  private func appendValues(to body: inout [UInt8]) -> Int {
    // A page of nulls alone has no dictionary to point to.
    if let dictionary, !dictionary.isClosed, !dictionary.texts.isEmpty {
      body.append(UInt8(dictionary.width))
      body += ParquetHybridWriter.bytes(of: places, width: dictionary.width)
      places.removeAll(keepingCapacity: true)
      return ParquetEncoding.dictionary
    }
    if kind == .flag {
      var (byte, bit): (UInt8, UInt8) = (0, 0)
      for flag in flags {
        byte |= UInt8(flag) << bit
        bit += 1
        if bit == 8 {
          body.append(byte)
          (byte, bit) = (0, 0)
        }
      }
      if bit > 0 { body.append(byte) }
      flags.removeAll(keepingCapacity: true)
    }
    body += plain
    plain.removeAll(keepingCapacity: true)
    return ParquetEncoding.plain
  }

  // MARK: The chunk

  /// Ends the chunk: moves its pages to the end of `file`, which begins at `offset`, and returns what
  /// the footer says of it; the next row group's values may follow.
  func closeChunk(_ codec: ParquetCodec, into file: inout [UInt8], at offset: Int) -> ParquetChunk {
    closePage(codec)
    let start = offset + file.count
    var chunk = ParquetChunk(path: path, type: kind.physicalType, codec: codec.rawValue)
    if let dictionary, encodings.contains(ParquetEncoding.dictionary) {
      let page = ParquetPageWriter.bytes(of: dictionary.bytes, codec, kind: .dictionary) { header in
        header.field(7) {
          $0.field(1, int32: dictionary.texts.count)
          $0.field(2, int32: ParquetEncoding.plain)
        }
      }
      chunk.dictionaryOffset = start
      encodings.insert(ParquetEncoding.plain)
      unpackedPageBytes += page.unpackedCount
      file += page.bytes
    }
    chunk.dataOffset = offset + file.count
    file += pages
    chunk.packedBytes = offset + file.count - start
    chunk.unpackedBytes = unpackedPageBytes
    chunk.encodings = (encodings.union([ParquetEncoding.levels])).sorted()
    chunk.valueCount = valueCount
    chunk.nullCount = nullCount
    chunk.bounds = chunkBounds
    startChunk()
    return chunk
  }

  /// The least and the greatest value, where they are short and known.
  private var chunkBounds: (least: [UInt8], greatest: [UInt8])? {
    if let bounds {
      var (least, greatest): ([UInt8], [UInt8]) = ([], [])
      least.appendLittleEndian(bounds.lowerBound)
      greatest.appendLittleEndian(bounds.upperBound)
      return (least, greatest)
    }
    guard kind == .text, let dictionary, !dictionary.isClosed,
      let least = dictionary.texts.min(by: { $0.lexicographicallyPrecedes($1) }),
      let greatest = dictionary.texts.max(by: { $0.lexicographicallyPrecedes($1) })
    else { return nil }
    return (least, greatest)
  }

  private func startChunk() {
    dictionary = kind == .text ? ParquetDictionaryWriter() : nil
    pages = []
    unpackedPageBytes = 0
    valueCount = 0
    nullCount = 0
    encodings = []
    bounds = nil
  }
}

/// The few short texts of a column chunk, in the order in which they came.
struct ParquetDictionaryWriter {
  private(set) var texts: [[UInt8]] = []
  private var places: [[UInt8]: UInt16] = [:]
  /// Whether no page takes it any more.
  var isClosed = false

  private static let maximumTextBytes = 64
  private static let maximumTexts = 1024

  /// The place of a text, which is added if it is new; nil when there is no room for it.
  mutating func place(of text: UnsafeRawBufferPointer) -> UInt16? {
    guard !isClosed, text.count <= Self.maximumTextBytes else { return nil }
    let text = Array(text)
    if let place = places[text] { return place }
    guard texts.count < Self.maximumTexts else { return nil }
    let place = UInt16(texts.count)
    texts.append(text)
    places[text] = place
    return place
  }

  /// The bits of a place, at least one, which old readers want.
  var width: Int { max(1, Int.bitWidth - (texts.count - 1).leadingZeroBitCount) }

  /// The texts as a dictionary page has them.
  var bytes: [UInt8] {
    texts.reduce(into: []) { bytes, text in text.withUnsafeBytes { bytes.appendPlain($0) } }
  }
}

/// Encodings by their numbers in the format.
enum ParquetEncoding {
  static let plain = 0
  static let levels = 3
  static let dictionary = 8
}

/// Makes pages: a header, and the packed body behind it.
enum ParquetPageWriter {
  static func bytes(
    of body: [UInt8], _ codec: ParquetCodec, kind: ParquetPageHeader.Kind,
    _ writeKind: (inout ThriftWriter) -> Void
  ) -> (bytes: [UInt8], unpackedCount: Int) {
    let packed = codec.packed(body)
    let header = ThriftWriter.bytes { header in
      header.field(1, int32: kind.rawValue)
      header.field(2, int32: body.count)
      header.field(3, int32: packed.count)
      let checksum = packed.withUnsafeBytes(ParquetCodec.checksum)
      header.field(4, int32: Int(Int32(bitPattern: checksum)))
      writeKind(&header)
    }
    return (header + packed, header.count + body.count)
  }
}

extension [UInt8] {
  /// Appends a text as `PLAIN` has it: its length and its bytes.
  fileprivate mutating func appendPlain(_ text: UnsafeRawBufferPointer) {
    appendLittleEndian(UInt32(text.count))
    append(contentsOf: text)
  }

  /// Appends the levels of a page of version 1, their length before them.
  fileprivate mutating func appendLevels(_ levels: [UInt16], upTo maximum: UInt8) {
    let width = UInt8.bitWidth - maximum.leadingZeroBitCount
    let bytes = ParquetHybridWriter.bytes(of: levels, width: width)
    appendLittleEndian(UInt32(bytes.count))
    self += bytes
  }
}

extension ParquetWriterField.Kind {
  /// The number of the type that a leaf's values are stored as.
  var physicalType: Int {
    switch self {
    case .flag: ParquetPhysicalType.boolean.code
    case .integer: ParquetPhysicalType.int64.code
    default: ParquetPhysicalType.bytes.code
    }
  }
}
