@testable import Formats

/// The records of a document, fed in pieces, each made into a value by `body`.
func xmlRecords<Value>(
  _ bytes: [UInt8], _ elements: XMLRecordElements = .root, skipping: Set<String> = [],
  entities: [String: String] = [:], limits: XMLLimits = XMLLimits(), pieces: Int = .max,
  _ body: (XMLElement) throws -> Value
) throws -> [Value] {
  let parser = XMLRecordParser(
    records: elements, skipping: skipping, limits: limits, entities: entities)
  var values: [Value] = []
  func take(_ element: XMLElement) throws -> Bool {
    values.append(try body(element))
    return true
  }
  try bytes.withUnsafeBytes { all in
    var start = 0
    while start < all.count {
      let end = min(all.count, start + min(pieces, all.count))
      try parser.feed(UnsafeRawBufferPointer(rebasing: all[start..<end]), onRecord: take)
      start = end
    }
  }
  try parser.finish(onRecord: take)
  return values
}

/// The error of a document, or nil when it is accepted.
func xmlError(
  _ bytes: [UInt8], entities: [String: String] = [:], limits: XMLLimits = XMLLimits(),
  pieces: Int = .max
) -> XMLError? {
  do {
    _ = try xmlRecords(bytes, entities: entities, limits: limits, pieces: pieces) { _ in }
    return nil
  } catch {
    return error as? XMLError
  }
}

/// All that parsing a document gives: its records, written out, and the error.
struct XMLOutcome: Equatable {
  var records: [String] = []
  var error: XMLError?

  init(
    _ bytes: [UInt8], _ names: Set<String>, _ skipped: Set<String> = [],
    _ limits: XMLLimits = XMLLimits(), _ pieces: Int = .max, scansPlainRecords: Bool
  ) {
    let parser = XMLRecordParser(
      records: .named(names), skipping: skipped, limits: limits,
      entities: ["nbsp": "\u{a0}"], scansPlainRecords: scansPlainRecords)
    do {
      try bytes.withUnsafeBytes { all in
        for start in stride(from: 0, to: all.count, by: min(pieces, max(all.count, 1))) {
          let end = start + min(pieces, all.count - start)
          try parser.feed(UnsafeRawBufferPointer(rebasing: all[start..<end])) { take($0) }
        }
      }
      try parser.finish { take($0) }
    } catch {
      self.error = error as? XMLError
    }
  }

  private mutating func take(_ element: XMLElement) -> Bool {
    records.append("\(element.byteOffset ?? -1) " + Self.written(element))
    return true
  }

  /// A tree with lines, attributes, and the boundaries of texts.
  private static func written(_ element: XMLElement) -> String {
    let name = (element.prefix.map { $0 + ":" } ?? "") + element.name
    let attributes = element.attributes.map { "\($0.prefix ?? "-"):\($0.name)=\($0.value);" }
    let content = element.content.map { piece in
      switch piece {
      case .text(let text): "{\(text)}"
      case .element(let inner): written(inner)
      }
    }
    return "<\(name) \(element.line) \(attributes.joined()) \(element.text.utf8.count)>"
      + content.joined() + "</>"
  }
}
