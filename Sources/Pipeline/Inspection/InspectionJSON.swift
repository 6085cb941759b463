import Formats

/// The records in the first bytes of a JSON text or of JSON lines.
///
/// The window may cut the text anywhere, so that it is first outlined by its brackets; what is
/// whole is then parsed strictly.
struct InspectionJSON {
  /// What the text is, as a format.
  private(set) var format: InspectionFormat
  /// The keys of the records with how many are filled.
  private(set) var fields = InspectionFields()
  /// The records that the window shows whole.
  private(set) var recordCount = 0

  /// Records beyond these add nothing to what the fields say.
  private static let maximumRecords = 200
  private static let maximumKeys = 50

  /// The JSON that the bytes are the start of; nil when they are something else.
  ///
  /// - Parameter isNamedLines: whether the entry's name says JSON lines (`.jsonl`, `.ndjson`).
  init?(_ bytes: [UInt8], isNamedLines: Bool) {
    let outline = InspectionOutline(bytes)
    guard let first = outline.values.first ?? outline.openValue, outline.isPlausible else {
      return nil
    }
    let isArray = bytes[first.lowerBound] == UInt8(ascii: "[")
    if outline.values.count > 1 || isNamedLines
      || (outline.openValue != nil && !outline.values.isEmpty)
    {
      format = .jsonLines
      take(outline.values, of: bytes)
    } else if isArray {
      format = .jsonArray
      take(outline.items, of: bytes)
    } else if Self.isKeyed(outline, bytes) {
      format = .jsonByKey
      take(outline.items, of: bytes)
    } else {
      format = .jsonObject
      take(outline.values, of: bytes)
    }
    if recordCount == 0 { takeKeys(of: outline, bytes) }
    // Keys by the score are data (ids, words), not names of fields.
    if format == .jsonObject, fields.all.count > Self.maximumKeys { fields = InspectionFields() }
    guard recordCount > 0 || !fields.isEmpty || outline.values.contains(where: { $0.count == 2 })
    else { return nil }
  }

  /// Whether an object's values are records: objects, at least two, that share their keys.
  private static func isKeyed(_ outline: InspectionOutline, _ bytes: [UInt8]) -> Bool {
    let items = outline.items.prefix(8)
    guard items.count >= 2, outline.itemKeys.count >= items.count else { return false }
    let keys = items.map { range -> [String]? in
      guard bytes[range.lowerBound] == UInt8(ascii: "{"), let document = parsed(bytes[range]) else {
        return nil
      }
      return document.root.members.map(\.name)
    }
    guard let first = keys.first ?? nil, !first.isEmpty else { return false }
    return keys.allSatisfy { other in other.map { !Set($0).isDisjoint(with: first) } ?? false }
  }

  private mutating func take(_ ranges: [Range<Int>], of bytes: [UInt8]) {
    for range in ranges.prefix(Self.maximumRecords) {
      guard let document = Self.parsed(bytes[range]), document.root.kind == .object else {
        continue
      }
      recordCount += 1
      for member in document.root.members {
        fields.add(member.name, isFilled: Self.isFilled(member.value))
      }
    }
    fields.setCounts(to: recordCount)
  }

  /// Takes the keys of a record that the window cuts.
  private mutating func takeKeys(of outline: InspectionOutline, _ bytes: [UInt8]) {
    for range in outline.openKeys {
      guard let name = Self.parsed(bytes[range])?.root.string else { continue }
      fields.add(InspectionFields.Field(name, filled: 0, of: 0))
    }
  }

  private static func parsed(_ bytes: ArraySlice<UInt8>) -> JSONDocument? {
    try? JSONDocument(parsing: Array(bytes))
  }

  private static func isFilled(_ value: JSONNode) -> Bool {
    switch value.kind {
    case .null: false
    case .string, .key: value.withUTF8 { text in text.contains { $0 > 0x20 } }
    case .array, .object: value.count > 0
    case .bool, .number: true
    }
  }
}

/// Where the values of a JSON text begin and end, by brackets and quotes alone.
struct InspectionOutline {
  /// The whole values at the top: one, or one a line.
  private(set) var values: [Range<Int>] = []
  /// The whole values one level down: elements, or members' values, that are containers.
  private(set) var items: [Range<Int>] = []
  /// The keys of the top object.
  private(set) var itemKeys: [Range<Int>] = []
  /// The keys of the last container that the window cuts: of an element of an array, or of the top.
  private(set) var openKeys: [Range<Int>] = []
  /// The start of the value that the window cuts.
  private(set) var openValue: Range<Int>?
  /// Whether brackets pair up and nothing but white space and commas stands at the top.
  private(set) var isPlausible = true

  private var open: [(byte: UInt8, start: Int)] = []

  init(_ bytes: [UInt8]) {
    var index = 0
    var elementKeys: [Range<Int>] = []
    while index < bytes.count, isPlausible {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if open.count == 1 { elementKeys = [] }
        open.append((byte, index))
      case UInt8(ascii: "}"), UInt8(ascii: "]"): close(with: byte, at: index)
      case UInt8(ascii: "\""):
        let end = Self.endOfString(in: bytes, from: index + 1)
        if let end, Self.isKey(bytes, after: end) {
          if open.count == 1 { itemKeys.append(index..<end) }
          if open.count == 2, open[0].byte == UInt8(ascii: "[") { elementKeys.append(index..<end) }
        }
        isPlausible = !open.isEmpty
        index = (end ?? bytes.count) - 1
      default: isPlausible = !open.isEmpty || byte <= 0x20
      }
      index += 1
    }
    guard let first = open.first else { return }
    openValue = first.start..<bytes.count
    openKeys = first.byte == UInt8(ascii: "{") ? itemKeys : elementKeys
  }

  private mutating func close(with byte: UInt8, at index: Int) {
    guard let last = open.popLast(), last.byte + 2 == byte else {
      isPlausible = false
      return
    }
    if open.isEmpty { values.append(last.start..<(index + 1)) }
    if open.count == 1 { items.append(last.start..<(index + 1)) }
  }

  /// The index behind the closing quote; nil when the window cuts the string.
  private static func endOfString(in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\"") { return index + 1 }
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  private static func isKey(_ bytes: [UInt8], after end: Int) -> Bool {
    bytes[end...].first { $0 > 0x20 } == UInt8(ascii: ":")
  }
}
