import Records

/// An index as bytes that can be shipped: little-endian numbers, texts with their length before them.
///
/// Who writes them to a file puts a version and a digest in front; what is checked here is that the
/// bytes are an index at all, so that none made by hand can lead a search astray.
extension ContaminationIndex {
  package func encoded() -> [UInt8] {
    var bytes = IndexBytes()
    bytes.append(key)
    for number in [
      settings.ngramWords, settings.ngramCharacters, settings.targetWords,
      settings.targetCharacters, benchmarks.count,
    ] {
      bytes.append(UInt32(number))
    }
    for benchmark in benchmarks {
      bytes.append(benchmark.name)
      bytes.append(benchmark.sha256)
      bytes.append(UInt32(benchmark.items))
    }
    for item in items {
      bytes.append(item.id)
      bytes.append(item.options)
      bytes.append(item.pmid)
      bytes.append(item.ngramCount << 1 | (item.isShort ? 1 : 0))
    }
    for postings in [ngrams, inputs, targets, names, ids] {
      bytes.append(UInt32(postings.hashes.count))
      for hash in postings.hashes { bytes.append(hash) }
      for item in postings.items { bytes.append(item) }
    }
    return bytes.bytes
  }

  /// The index that was encoded; nil when the bytes are none.
  package init?(decoding bytes: ArraySlice<UInt8>) {
    var reader = IndexReader(rest: bytes)
    guard let key = reader.number(UInt64.self),
      let sizes = reader.numbers(UInt32.self, count: 5), !sizes[..<4].contains(0)
    else { return nil }
    self.init(
      key: key,
      settings: ContaminationSettings(
        ngramWords: Int(sizes[0]), ngramCharacters: Int(sizes[1]), targetWords: Int(sizes[2]),
        targetCharacters: Int(sizes[3])))
    guard let benchmarks = Self.benchmarks(sizes[4], from: &reader) else { return nil }
    self.benchmarks = benchmarks
    for (place, benchmark) in benchmarks.enumerated() {
      for _ in 0..<benchmark.items {
        guard let item = Self.item(of: UInt32(place), from: &reader) else { return nil }
        items.append(item)
      }
    }
    for part in [\Self.ngrams, \.inputs, \.targets, \.names, \.ids] {
      guard let postings = Self.postings(items: items.count, from: &reader) else { return nil }
      self[keyPath: part] = postings
    }
    guard reader.rest.isEmpty else { return nil }
  }

  private static func benchmarks(
    _ count: UInt32, from reader: inout IndexReader
  ) -> [Benchmark]? {
    var benchmarks: [Benchmark] = []
    for _ in 0..<count {
      guard let name = reader.text(), let sha256 = reader.text(),
        let items = reader.number(UInt32.self)
      else { return nil }
      benchmarks.append(Benchmark(name: name, sha256: sha256, items: Int(items)))
    }
    return benchmarks
  }

  private static func item(of benchmark: UInt32, from reader: inout IndexReader) -> Item? {
    guard let id = reader.text(), let options = reader.number(UInt64.self),
      let pmid = reader.number(UInt64.self), let count = reader.number(UInt32.self)
    else { return nil }
    return Item(
      benchmark: benchmark, id: id, options: options, pmid: pmid, ngramCount: count >> 1,
      isShort: count & 1 == 1)
  }

  private static func postings(items count: Int, from reader: inout IndexReader) -> Postings? {
    guard let length = reader.number(UInt32.self),
      let hashes = reader.numbers(UInt64.self, count: Int(length)),
      let items = reader.numbers(UInt32.self, count: Int(length)),
      items.allSatisfy({ $0 < count })
    else { return nil }
    return Postings(hashes: hashes, items: items)
  }
}

/// The bytes of an index under way.
private struct IndexBytes {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ text: String) {
    append(UInt32(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }
}

/// Takes numbers and texts from bytes; nil where they end too early.
private struct IndexReader {
  private(set) var rest: ArraySlice<UInt8>

  init(rest: ArraySlice<UInt8>) { self.rest = rest }

  mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
    numbers(type, count: 1)?.first
  }

  mutating func numbers<Number: FixedWidthInteger>(
    _ type: Number.Type, count: Int
  ) -> [Number]? {
    let width = MemoryLayout<Number>.size
    guard count <= rest.count / width else { return nil }
    defer { rest = rest.dropFirst(count * width) }
    return rest.withUnsafeBytes { bytes in
      (0..<count).map {
        Number(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * width, as: Number.self))
      }
    }
  }

  mutating func text() -> String? {
    guard let count = number(UInt32.self), Int(count) <= rest.count else { return nil }
    defer { rest = rest.dropFirst(Int(count)) }
    return String(validating: rest.prefix(Int(count)), as: UTF8.self)
  }
}
