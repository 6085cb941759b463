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
