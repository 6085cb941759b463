import CXML
import Glibc
import Records

/// What libxml2's callbacks write to: builds the record at hand into the arena.
///
/// The callbacks reach it through a bare pointer (`XMLRecordParser` owns the memory), because
/// reference counting and exclusivity checks at each of twenty million calls a second cost more
/// than the work itself.
struct XMLRecordBuilder {
  /// Where the parser stands with respect to records.
  private enum Mode {
    case outside
    case building
    case skipping
  }

  private struct OpenElement: BitwiseCopyable {
    var name: UnsafePointer<xmlChar>
    var line: Int32
    var node: Int32
  }

  private static let recordFlag: UInt8 = 1
  private static let skipFlag: UInt8 = 2

  let arena: XMLArena
  private let storage: UnsafeMutablePointer<XMLArenaStorage>
  private let limits: XMLLimits
  private let records: XMLRecordElements
  private let skipped: Set<String>
  private var entities: XMLEntities

  var context: xmlParserCtxtPtr?
  /// Where the first byte given to libxml2 stands in the input; nil when the input is converted.
  var baseOffset: Int?
  /// Where a complete record goes, during a call of `feed`.
  var onRecord: ((XMLElement) throws -> Bool)?
  private(set) var failure: (any Error)?
  /// The prefixes that were used without being declared.
  private(set) var unboundPrefixes: Set<String> = []
  /// Set after a failure or when the caller has enough: nothing more is built.
  private(set) var isStopped = false
  private(set) var recordCount = 0

  private var mode = Mode.outside
  private var open = XMLBuffer<OpenElement>(capacity: 64)
  /// The depth of the record's or of the skipped element.
  private var recordDepth = 0
  private var skipDepth = 0
  /// The node of the text that is being collected, or -1.
  private var textNode = -1
  /// By name id: whether it starts a record, whether it is skipped.
  private var flags: [UInt8] = []

  init(
    records: XMLRecordElements, skipping: Set<String>, limits: XMLLimits,
    entities: [String: String]
  ) {
    arena = XMLArena()
    storage = arena.storage
    self.records = records
    self.limits = limits
    self.entities = XMLEntities(entities)
    skipped = skipping
  }

  mutating func deallocate() {
    open.deallocate()
    entities.deallocate()
  }
}

// MARK: Elements

extension XMLRecordBuilder {
  @inline(__always)
  mutating func startElement(
    _ name: UnsafePointer<xmlChar>, _ prefix: UnsafePointer<xmlChar>?,
    _ attributeCount: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    guard !isStopped else { return }
    open.append(OpenElement(name: name, line: line, node: Int32(storage.pointee.nodes.count)))
    if open.count > limits.depth { return fail(.tooDeep(limit: limits.depth)) }
    if mode == .skipping { return }
    let id = identifier(of: name)
    if mode == .outside {
      guard startsRecord(id) else { return }
      beginRecord()
    } else if flags[Int(id)] & Self.skipFlag != 0 {
      mode = .skipping
      skipDepth = open.count
      return
    }
    appendElement(id, prefix)
    if attributeCount > 0 { appendAttributes(attributeCount, attributes) }
  }

  @inline(__always)
  mutating func endElement() {
    guard !isStopped, open.count > 0 else { return }
    let element = open[open.count - 1]
    open.removeLast()
    if mode == .building {
      textNode = -1
      let node = storage.pointee.nodes.base + Int(element.node)
      node.pointee.end = Int32(truncatingIfNeeded: storage.pointee.nodes.count)
      node.pointee.textEnd = Int32(truncatingIfNeeded: storage.pointee.text.count)
      if open.count + 1 == recordDepth { deliver() }
    } else if mode == .skipping, open.count + 1 == skipDepth {
      mode = .building
    }
  }

  @inline(__always)
  mutating func characters(_ bytes: UnsafePointer<xmlChar>, _ count: Int) {
    guard mode == .building, !isStopped else { return }
    let start = storage.pointee.text.count
    storage.pointee.text.append(bytes, count: count)
    if textNode < 0 { appendText(at: start) }
    let end = Int32(truncatingIfNeeded: start + count)
    let node = storage.pointee.nodes.base + textNode
    node.pointee.textEnd = end
    if Int(end - node.pointee.textStart) > limits.textBytes {
      fail(.textTooLong(limit: limits.textBytes))
    }
    if start + count > limits.recordBytes { fail(.recordTooLong(limit: limits.recordBytes)) }
  }

  @inline(__always)
  private func startsRecord(_ id: Int32) -> Bool {
    records == .root || flags[Int(id)] & Self.recordFlag != 0
  }

  private mutating func beginRecord() {
    storage.pointee.removeAll()
    storage.pointee.byteOffset = startTagOffset
    open[open.count - 1].node = 0
    textNode = -1
    recordDepth = open.count
    mode = .building
  }

  @inline(__always)
  private mutating func appendElement(_ id: Int32, _ prefix: UnsafePointer<xmlChar>?) {
    textNode = -1
    let textCount = Int32(truncatingIfNeeded: storage.pointee.text.count)
    let index = storage.pointee.nodes.count
    if index >= limits.recordNodes { fail(.recordTooLong(limit: limits.recordNodes)) }
    storage.pointee.nodes.append(
      XMLNode(
        name: id, prefix: prefix.map { identifier(of: $0) } ?? -1,
        end: Int32(truncatingIfNeeded: index + 1), textStart: textCount, textEnd: textCount,
        line: open[open.count - 1].line,
        attributes: Int32(truncatingIfNeeded: storage.pointee.attributes.count)))
  }

  @inline(__always)
  private mutating func appendText(at start: Int) {
    textNode = storage.pointee.nodes.count
    if textNode >= limits.recordNodes { fail(.recordTooLong(limit: limits.recordNodes)) }
    storage.pointee.nodes.append(
      XMLNode(
        name: XMLNode.text, prefix: -1, end: Int32(truncatingIfNeeded: textNode + 1),
        textStart: Int32(truncatingIfNeeded: start), textEnd: 0, line: line,
        attributes: Int32(truncatingIfNeeded: storage.pointee.attributes.count)))
  }

  /// Hands over the record that is in the arena.
  mutating func deliver() {
    mode = .outside
    recordCount += 1
    let element = XMLElement(storage, index: 0, generation: storage.pointee.generation)
    do {
      if try onRecord?(element) == false { isStopped = true }
    } catch {
      failure = error
      isStopped = true
    }
  }

  @inline(__always)
  private mutating func identifier(of name: UnsafePointer<xmlChar>) -> Int32 {
    if let id = storage.pointee.names.id(at: name) { return id }
    return insert(name)
  }

  @inline(never)
  private mutating func insert(_ name: UnsafePointer<xmlChar>) -> Int32 {
    let id = storage.pointee.names.insert(name)
    let text = storage.pointee.names.names[Int(id)]
    while flags.count <= Int(id) { flags.append(0) }
    if case .named(let wanted) = records, wanted.contains(text) {
      flags[Int(id)] |= Self.recordFlag
    }
    if skipped.contains(text) { flags[Int(id)] |= Self.skipFlag }
    return id
  }
}

// MARK: Records that are built elsewhere

extension XMLRecordBuilder {
  /// How many elements are open.
  var depth: Int { open.count }

  /// Whether records may be built without libxml2: it has parsed all it was given and stands
  /// inside an element but in no record.
  ///
  /// Not in a document whose type gives attributes defaults or types, which only libxml2 applies.
  var isBetweenTags: Bool {
    guard mode == .outside, open.count > 0, !isStopped, let context,
      let input = context.pointee.input
    else { return false }
    return context.pointee.instate == XML_PARSER_CONTENT && context.pointee.inputNr == 1
      && Int(context.pointee.nameNr) == open.count && input.pointee.cur == input.pointee.end
      && context.pointee.attsDefault == nil && context.pointee.attsSpecial == nil
  }

  /// The place where libxml2 stands.
  var missedText: XMLMissedText {
    let position = position
    return XMLMissedText(
      line: line, column: Int32(truncatingIfNeeded: position.column ?? 1),
      byteOffset: position.byteOffset)
  }

  /// Makes libxml2 count what it has not seen.
  mutating func pass(_ missed: XMLMissedText) {
    guard let input = context?.pointee.input else { return }
    input.pointee.line = missed.line
    input.pointee.col = missed.column
    baseOffset? += missed.bytes
  }
}

// MARK: Attributes and entities

extension XMLRecordBuilder {
  /// libxml2 gives five pointers an attribute: local name, prefix, namespace, start and end of
  /// the value.
  private mutating func appendAttributes(
    _ count: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    guard let attributes else { return }
    if count > limits.attributeCount {
      return fail(.tooManyAttributes(limit: limits.attributeCount))
    }
    let before = storage.pointee.attributeText.count
    for index in 0..<count {
      let parts = attributes + index * 5
      guard let name = parts[0], let start = parts[3], let end = parts[4] else { continue }
      let valueStart = storage.pointee.attributeText.count
      appendValue(start, end - start)
      let attribute = XMLAttributeNode(
        name: identifier(of: name), prefix: parts[1].map { identifier(of: $0) } ?? -1,
        start: Int32(truncatingIfNeeded: valueStart),
        end: Int32(truncatingIfNeeded: storage.pointee.attributeText.count))
      storage.pointee.attributes.append(attribute)
    }
    let added = storage.pointee.attributeText.count - before
    if added > limits.attributeBytes {
      fail(.attributesTooLong(limit: limits.attributeBytes))
    }
    if storage.pointee.attributeText.count > limits.recordBytes {
      fail(.recordTooLong(limit: limits.recordBytes))
    }
  }

  /// Appends an attribute's value.
  ///
  /// Without entity replacement libxml2 hands `&` over as `&#38;` and entities of our table as
  /// `&name;` (SAX2 users are expected to decode once more), so both are decoded here.
  private mutating func appendValue(_ start: UnsafePointer<xmlChar>, _ count: Int) {
    guard memchr(start, Int32(UInt8(ascii: "&")), count) != nil else {
      return storage.pointee.attributeText.append(start, count: count)
    }
    var rest = UnsafeBufferPointer(start: start, count: count)[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "&"), let end = rest.firstIndex(of: UInt8(ascii: ";")) {
        let name = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
        if let value = name == "#38" ? "&" : entities.text(of: name) {
          for byte in value.utf8 { storage.pointee.attributeText.append(byte) }
          rest = rest[(end + 1)...]
          continue
        }
      }
      storage.pointee.attributeText.append(byte)
      rest = rest.dropFirst()
    }
  }

  /// What `&name;` stands for; fails the document when the table does not know it.
  mutating func entity(_ name: UnsafePointer<xmlChar>) -> xmlEntityPtr? {
    guard !isStopped else { return nil }
    let isInAttribute = context?.pointee.instate == XML_PARSER_ATTRIBUTE_VALUE
    let text = String(cString: name)
    if let entity = entities.entity(text, isInAttribute: isInAttribute) { return entity }
    fail(.unknownEntity(text))
    return nil
  }
}

// MARK: Failing

extension XMLRecordBuilder {
  mutating func fail(_ kind: XMLError.Kind) {
    fail(XMLError(kind, at: position))
  }

  mutating func fail(_ error: any Error) {
    guard failure == nil else { return }
    failure = error
    isStopped = true
  }

  /// Takes an error of libxml2; errors of namespaces are tolerated, as corpora have them.
  mutating func take(_ error: xmlErrorPtr) {
    let domain = UInt32(bitPattern: error.pointee.domain)
    if domain == XML_FROM_NAMESPACE.rawValue,
      error.pointee.code == XML_NS_ERR_UNDEFINED_NAMESPACE.rawValue,
      let prefix = error.pointee.str1
    {
      unboundPrefixes.insert(String(cString: prefix))
    }
    guard error.pointee.level == XML_ERR_FATAL, domain != XML_FROM_NAMESPACE.rawValue else {
      return
    }
    guard failure == nil, !isStopped else { return }
    var position = position
    position.line = Int(error.pointee.line)
    if error.pointee.int2 > 0 { position.column = Int(error.pointee.int2) }
    fail(XMLError(kind(of: error.pointee.code), at: position))
  }

  /// libxml2 has one code for a character that XML forbids and for bytes that are no character,
  /// and one for a missing root and for text after it.
  private func kind(of code: Int32) -> XMLError.Kind {
    if code == 9 || code == 1, isAtInvalidBytes { return .invalidBytes(encoding: "UTF-8") }
    if code == 5, storage.pointee.names.names.isEmpty { return .noElement }
    return XMLError.Kind(libxml2Code: code)
  }

  private var isAtInvalidBytes: Bool {
    guard let input = context?.pointee.input?.pointee, input.cur < input.end else { return false }
    let bytes = UnsafeRawBufferPointer(start: input.cur, count: min(4, input.end - input.cur))
    return UnicodeValidation.validPrefix(of: bytes).bytes == 0
  }

  /// The error of an input that ends too early.
  var truncation: XMLError {
    guard open.count > 0 else { return XMLError(.noElement, at: position) }
    let element = open[open.count - 1]
    return XMLError(
      .truncated(element: String(cString: element.name), openedAtLine: Int(element.line)),
      at: endOfInput)
  }

  /// The end of what libxml2 was given; it may stand before it.
  private var endOfInput: Position {
    guard let input = context?.pointee.input else { return position }
    var end = missedText
    end.pass(input.pointee.cur, input.pointee.end)
    return Position(line: Int(end.line), column: Int(end.column), byteOffset: end.byteOffset)
  }

  var isInsideElement: Bool { open.count > 0 }

  /// Where libxml2 stands.
  var position: Position {
    guard let input = context?.pointee.input else { return Position() }
    return Position(
      line: Int(input.pointee.line), column: Int(input.pointee.col), byteOffset: offset)
  }

  @inline(__always)
  private var line: Int32 { context?.pointee.input?.pointee.line ?? 0 }

  private var offset: Int? {
    guard let input = context?.pointee.input, let baseOffset else { return nil }
    return baseOffset + Int(input.pointee.consumed) + (input.pointee.cur - input.pointee.base)
  }

  /// The offset of the `<` of the start tag that libxml2 is at the end of.
  ///
  /// No attribute value holds a `<`, so it is the nearest one before; nil when a very long tag
  /// has already left libxml2's buffer.
  private var startTagOffset: Int? {
    guard let input = context?.pointee.input, let end = offset else { return nil }
    var place = input.pointee.cur - input.pointee.base
    let last = place
    while place > 0 {
      place -= 1
      if input.pointee.base[place] == UInt8(ascii: "<") { return end - (last - place) }
    }
    return nil
  }
}
