import CXML
import Records

/// Which elements are records.
package enum XMLRecordElements: Sendable, Equatable {
  /// Elements of these local names, wherever they first appear; not again inside themselves.
  case named(Set<String>)
  /// The root element: the whole document is one record.
  case root
}

/// How much XML is accepted.
package struct XMLLimits: Sendable, Equatable {
  /// Nested elements.
  package var depth = 256
  /// Bytes of one text between two tags.
  package var textBytes = 10_000_000
  /// Attributes of one element.
  package var attributeCount = 10_000
  /// Bytes of all attribute values of one element.
  package var attributeBytes = 1_000_000
  /// Bytes of text, and of attribute values, of one record.
  package var recordBytes = 256 << 20
  /// Elements and texts of one record.
  package var recordNodes = 8_000_000

  package init() {}
}

/// Parses XML piece by piece, one record at a time, in bounded memory.
///
/// libxml2 checks that the document is well formed, except for plain records, which are scanned
/// several times as fast (`XMLPlainRecords`), to the same result. The elements of the record at
/// hand are kept in buffers that the next record uses again. Nothing outside the input is ever read: no DTD, no
/// network, no entity but XML's own five and the table passed in. A document type that declares
/// entities is refused. Namespaces are not checked, as real documents get them wrong.
///
/// One parser reads one document, on one task at a time.
package final class XMLRecordParser {
  private let builder: UnsafeMutablePointer<XMLRecordBuilder>
  private let context: xmlParserCtxtPtr
  private var head = XMLDocumentHead()
  private var transcoder: TranscodingStream?
  /// Takes plain records past libxml2; nil in documents that libxml2 parses alone.
  private var plain: XMLPlainRecords?

  /// libxml2 moves what is left of its buffer at every 4 KiB parsed, so small pieces are faster.
  private static let pieceBytes = 8 << 10

  /// - Parameter scansPlainRecords: false leaves all to libxml2, for comparison.
  package init(
    records: XMLRecordElements, skipping: Set<String> = [], limits: XMLLimits = XMLLimits(),
    entities: [String: String] = [:], scansPlainRecords: Bool = true
  ) {
    XMLLibrary.initialize()
    builder = .allocate(capacity: 1)
    builder.initialize(
      to: XMLRecordBuilder(
        records: records, skipping: skipping, limits: limits, entities: entities))
    var handler = XMLLibrary.handler
    guard let context = xmlCreatePushParserCtxt(&handler, builder, nil, 0, nil) else {
      fatalError("libxml2 has no memory for a parser")
    }
    self.context = context
    // Encodings are ours (`XMLDocumentHead`): libxml2 only ever sees UTF-8.
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue
    _ = xmlCtxtUseOptions(context, Int32(options))
    builder.pointee.context = context
    if scansPlainRecords, case .named(let names) = records {
      plain = XMLPlainRecords(builder, records: names, skipping: skipping, limits: limits)
    }
  }

  deinit {
    plain?.deallocate()
    xmlFreeParserCtxt(context)
    builder.pointee.deallocate()
    builder.deinitialize(count: 1)
    builder.deallocate()
  }

  /// The number of records so far.
  package var recordCount: Int { builder.pointee.recordCount }

  /// The prefixes so far that no `xmlns:` declares, in the order of their bytes; those in records
  /// that are scanned past libxml2 are not among them.
  package var unboundPrefixes: [String] {
    builder.pointee.unboundPrefixes.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Parses the next bytes and calls `onRecord` for every record that they complete.
  ///
  /// - Returns: false when `onRecord` returned false: enough, the rest need not be fed.
  /// - Throws: `XMLError`, or what `onRecord` throws. The parser cannot go on after that.
  @discardableResult
  package func feed(
    _ chunk: UnsafeRawBufferPointer, onRecord: (XMLElement) throws -> Bool
  ) throws -> Bool {
    try delivering(to: onRecord) {
      guard !head.isComplete else { return try parseEncoded(chunk) }
      guard head.take(chunk) else { return }
      try beginDocument()
    }
  }

  /// Tells the end of the input.
  ///
  /// - Throws: `XMLError` when the document is not complete, or what `onRecord` throws.
  package func finish(onRecord: (XMLElement) throws -> Bool) throws {
    _ = try delivering(to: onRecord) {
      if !head.isComplete {
        head.complete()
        try beginDocument()
      }
      if let transcoder { try finish(transcoder) }
      try throwFailure()
      plain?.finish(parse: parse)
      try throwFailure()
      guard !builder.pointee.isStopped else { return }
      if builder.pointee.isInsideElement { throw builder.pointee.truncation }
      xmlParseChunk(context, nil, 0, 1)
    }
  }

  private func delivering(
    to onRecord: (XMLElement) throws -> Bool, _ body: () throws -> Void
  ) throws -> Bool {
    try withoutActuallyEscaping(onRecord) { onRecord in
      builder.pointee.onRecord = onRecord
      defer { builder.pointee.onRecord = nil }
      if !builder.pointee.isStopped { try body() }
      try throwFailure()
      return !builder.pointee.isStopped
    }
  }

  private func throwFailure() throws {
    if let failure = builder.pointee.failure { throw failure }
  }
}

// MARK: Bytes → libxml2

extension XMLRecordParser {
  /// Settles the encoding and parses what was held back to find it.
  private func beginDocument() throws {
    let encoding: TextEncoding
    do throws(XMLError) {
      encoding = try head.encoding()
    } catch {
      builder.pointee.fail(error)
      throw error
    }
    if encoding == .utf8 {
      builder.pointee.baseOffset = head.markBytes
    } else {
      plain?.deallocate()
      plain = nil
      transcoder = try TranscodingStream(from: encoding, startingAt: head.markBytes)
    }
    let held = head.held
    head.release()
    try held.withUnsafeBytes { try parseEncoded($0) }
  }

  private func parseEncoded(_ chunk: UnsafeRawBufferPointer) throws {
    guard plain == nil else { return plain?.take(chunk, parse: parse) ?? () }
    guard let transcoder else { return parse(chunk) }
    var text: [UInt8] = []
    do throws(TextError) {
      try transcoder.convert(chunk, into: &text)
    } catch {
      try fail(error, after: text)
    }
    text.withUnsafeBytes { parse($0) }
  }

  private func finish(_ transcoder: TranscodingStream) throws {
    var text: [UInt8] = []
    do throws(TextError) {
      try transcoder.finish(into: &text)
    } catch {
      try fail(error, after: text)
    }
    text.withUnsafeBytes { parse($0) }
  }

  /// Fails at bytes that do not fit the encoding, once the text before them is parsed.
  private func fail(_ error: TextError, after text: [UInt8]) throws {
    text.withUnsafeBytes { parse($0) }
    var position = builder.pointee.position
    position.byteOffset = error.position.byteOffset
    builder.pointee.fail(XMLError(.invalidBytes(encoding: error.encoding), at: position))
    try throwFailure()
  }

  private func parse(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while !rest.isEmpty, !builder.pointee.isStopped {
      let piece = rest.prefix(Self.pieceBytes)
      rest = rest.dropFirst(piece.count)
      let buffer = UnsafeRawBufferPointer(rebasing: piece)
      let start = buffer.bindMemory(to: CChar.self).baseAddress
      xmlParseChunk(context, start, Int32(buffer.count), 0)
    }
  }
}

// MARK: Whole documents and entries

extension XMLRecordParser {
  /// Parses an entry from start to end; `onRecord` returns false to leave the rest unread.
  package func parse(
    _ entry: inout some EntryBytes, onRecord: (XMLElement) throws -> Bool
  ) throws {
    do {
      try entry.forEachChunk { chunk in
        guard try feed(chunk, onRecord: onRecord) else { throw EnoughRead() }
      }
      try finish(onRecord: onRecord)
    } catch is EnoughRead {
      return
    }
  }

  private struct EnoughRead: Error {}
}

extension XMLElement {
  /// Parses a document that is in memory; its root element is valid during `body`.
  ///
  /// - Throws: `XMLError`, or what `body` throws.
  package static func parse<Result>(
    _ bytes: [UInt8], skipping: Set<String> = [], limits: XMLLimits = XMLLimits(),
    entities: [String: String] = [:], _ body: (XMLElement) throws -> Result
  ) throws -> Result {
    let parser = XMLRecordParser(
      records: .root, skipping: skipping, limits: limits, entities: entities)
    var root: XMLElement?
    let keep = { (element: XMLElement) in
      root = element
      return true
    }
    try bytes.withUnsafeBytes { _ = try parser.feed($0, onRecord: keep) }
    try parser.finish(onRecord: keep)
    guard let root else { throw XMLError(.noElement, at: Position(line: 1)) }
    return try withExtendedLifetime(parser) { try body(root) }
  }
}
