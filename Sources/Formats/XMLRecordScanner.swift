import Glibc

/// Builds plain records into the arena without libxml2, several times as fast.
///
/// Plain are records of tags with ASCII names, attributes in quotes, text, XML's own five entities
/// and references by number. Whatever else stands in a record, and whatever is wrong with it, makes
/// the whole record *unusual*: libxml2 then parses it again and is the judge. So the scanner never
/// reports an error, and a record that it takes is one that libxml2 would build alike.
struct XMLRecordScanner {
  typealias Place = UnsafePointer<UInt8>

  enum Outcome {
    /// The record is in the arena; it ends before `end`, on that line.
    case complete(end: Place, line: Int32)
    /// The bytes end inside the record.
    case unfinished
    case unusual
  }

  private struct OpenTag: BitwiseCopyable {
    var name: Place
    var length: Int
    var node: Int
  }

  /// What stops the walk over a tag or text.
  private enum Step {
    case goesOn
    case ends
    case isUnfinished
    case isUnusual
  }

  /// Attributes of one tag; with more, the record is unusual.
  private static let maximumAttributes = 32

  private let storage: UnsafeMutablePointer<XMLArenaStorage>
  private let limits: XMLLimits
  private var names: XMLTagNames
  private var open = XMLBuffer<OpenTag>(capacity: 64)
  private let attributeNumbers: UnsafeMutablePointer<Int32>
  /// By byte: `XMLByteKind`.
  private let kinds: UnsafeMutablePointer<UInt8>

  // What follows belongs to the record at hand.

  /// How many elements are open around the record.
  private var depth = 0
  /// The number of open tags at the element that is skipped, or 0.
  private var skipDepth = 0
  /// The node of the text that is being collected, or -1.
  private var textNode = -1

  init(_ storage: UnsafeMutablePointer<XMLArenaStorage>, skipping: Set<String>, _ limits: XMLLimits)
  {
    self.storage = storage
    self.limits = limits
    names = XMLTagNames(storage, skipping: skipping)
    attributeNumbers = .allocate(capacity: Self.maximumAttributes)
    kinds = XMLByteKind.table()
  }

  func deallocate() {
    names.deallocate()
    open.deallocate()
    attributeNumbers.deallocate()
    kinds.deallocate()
  }

  /// Whether a byte may be in the name of a tag, prefix and colon included.
  @inline(__always)
  func isName(_ byte: UInt8) -> Bool { kinds[Int(byte)] == XMLByteKind.name }
}

/// What a byte may be inside a tag.
enum XMLByteKind {
  static let name: UInt8 = 1
  static let space: UInt8 = 2
  /// Nothing that may stand in an attribute's value as it is.
  static let special: UInt8 = 4

  static func table() -> UnsafeMutablePointer<UInt8> {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    table.initialize(repeating: 0, count: 256)
    let letters = "abcdefghijklmnopqrstuvwxyz"
    for byte in (letters + letters.uppercased() + "0123456789_-.:").utf8 {
      table[Int(byte)] = name
    }
    table[0x20] = space
    table[0x09] = space | special
    table[0x0a] = space | special
    for byte in "<&\"'".utf8 { table[Int(byte)] = special }
    return table
  }
}

// MARK: Records

extension XMLRecordScanner {
  /// Scans the record whose `<` is at `start`.
  ///
  /// - Parameter depth: how many elements are open around it.
  mutating func scan(
    from start: Place, to limit: Place, line startLine: Int32, offset: Int?, depth: Int
  ) -> Outcome {
    begin(limit - start, offset, depth)
    var place = start
    var line = startLine
    var text = storage.pointee.text.base
    while true {
      guard limit - place > 1 else { return .unfinished }
      let step =
        place[1] == UInt8(ascii: "/")
        ? endTag(&place, limit, &line, text) : startTag(&place, limit, &line, text)
      if step == .goesOn {
        let next = self.text(&place, limit, &line, &text)
        guard next != .goesOn else { continue }
        return next == .isUnfinished ? .unfinished : .unusual
      }
      guard step == .ends else { return step == .isUnfinished ? .unfinished : .unusual }
      guard XMLPlainText.isPlain(UnsafeRawBufferPointer(start: start, count: place - start)) else {
        return .unusual
      }
      storage.pointee.text.setCount(text - storage.pointee.text.base)
      return .complete(end: place, line: line)
    }
  }

  private mutating func begin(_ bytes: Int, _ offset: Int?, _ depth: Int) {
    storage.pointee.removeAll()
    storage.pointee.byteOffset = offset
    // Nothing gets longer by being parsed; text is stored in words of eight.
    storage.pointee.text.reserve(bytes + 8)
    storage.pointee.attributeText.reserve(bytes + 8)
    open.removeAll()
    self.depth = depth
    skipDepth = 0
    textNode = -1
  }
}

// MARK: Tags

extension XMLRecordScanner {
  @inline(__always)
  private mutating func startTag(
    _ place: inout Place, _ limit: Place, _ line: inout Int32, _ text: UnsafeMutablePointer<UInt8>
  ) -> Step {
    let name = place + 1
    var cursor = name
    while cursor < limit, kinds[Int(cursor.pointee)] == XMLByteKind.name { cursor += 1 }
    guard cursor < limit else { return .isUnfinished }
    let length = cursor - name
    guard length > 0, let entry = names.entry(of: name, length, before: limit) else {
      return .isUnusual
    }
    let node = storage.pointee.nodes.count
    open.append(OpenTag(name: name, length: length, node: node))
    guard depth + open.count <= limits.depth, !entry.isNamespace else { return .isUnusual }
    if skipDepth == 0 {
      if entry.isSkipped, open.count > 1 {
        skipDepth = open.count
      } else {
        guard node < limits.recordNodes else { return .isUnusual }
        append(entry, text)
      }
    }
    var isEmpty = false
    if cursor.pointee == UInt8(ascii: ">") {
      cursor += 1
    } else {
      let step = attributes(&cursor, limit, &line, &isEmpty)
      guard step == .goesOn else { return step }
    }
    place = cursor
    if skipDepth == 0 { (storage.pointee.nodes.base + node).pointee.line = line }
    return isEmpty ? close(text) : .goesOn
  }

  @inline(__always)
  private mutating func append(_ entry: XMLTagNames.Entry, _ text: UnsafeMutablePointer<UInt8>) {
    textNode = -1
    let textCount = Int32(truncatingIfNeeded: text - storage.pointee.text.base)
    storage.pointee.nodes.append(
      XMLNode(
        name: entry.name, prefix: entry.prefix, end: 0, textStart: textCount, textEnd: textCount,
        line: 0, attributes: Int32(truncatingIfNeeded: storage.pointee.attributes.count)))
  }

  @inline(__always)
  private mutating func endTag(
    _ place: inout Place, _ limit: Place, _ line: inout Int32, _ text: UnsafeMutablePointer<UInt8>
  ) -> Step {
    let tag = open[open.count - 1]
    let name = place + 2
    guard limit - name > tag.length else { return .isUnfinished }
    guard Self.isEqual(name, tag.name, tag.length, before: limit) else { return .isUnusual }
    var cursor = name + tag.length
    while kinds[Int(cursor.pointee)] & XMLByteKind.space != 0 {
      if cursor.pointee == 0x0a { line &+= 1 }
      cursor += 1
      guard cursor < limit else { return .isUnfinished }
    }
    guard cursor.pointee == UInt8(ascii: ">") else { return .isUnusual }
    place = cursor + 1
    return close(text)
  }

  @inline(__always)
  private static func isEqual(
    _ name: Place, _ other: Place, _ length: Int, before limit: Place
  ) -> Bool {
    if length >= 8 {
      return XMLByteWords.load(name) == XMLByteWords.load(other)
        && XMLByteWords.load(name + length - 8) == XMLByteWords.load(other + length - 8)
        && (length <= 16 || memcmp(name, other, length) == 0)
    }
    guard limit - name >= 8 else { return memcmp(name, other, length) == 0 }
    let difference = XMLByteWords.load(name) ^ XMLByteWords.load(other)
    return difference & XMLByteWords.below(length) == 0
  }

  /// Closes the innermost element.
  @inline(__always)
  private mutating func close(_ text: UnsafeMutablePointer<UInt8>) -> Step {
    let tag = open[open.count - 1]
    open.removeLast()
    if skipDepth == 0 {
      textNode = -1
      let node = storage.pointee.nodes.base + tag.node
      node.pointee.end = Int32(truncatingIfNeeded: storage.pointee.nodes.count)
      node.pointee.textEnd = Int32(truncatingIfNeeded: text - storage.pointee.text.base)
    } else if open.count + 1 == skipDepth {
      skipDepth = 0
    }
    return open.count == 0 ? .ends : .goesOn
  }
}

// MARK: Attributes

extension XMLRecordScanner {
  /// Scans what follows a tag's name up to its `>`.
  @inline(never)
  private mutating func attributes(
    _ place: inout Place, _ limit: Place, _ line: inout Int32, _ isEmpty: inout Bool
  ) -> Step {
    var cursor = place
    var count = 0
    let bytesBefore = storage.pointee.attributeText.count
    while true {
      let spaces = cursor
      while cursor < limit, kinds[Int(cursor.pointee)] & XMLByteKind.space != 0 {
        if cursor.pointee == 0x0a { line &+= 1 }
        cursor += 1
      }
      guard limit - cursor > 1 else { return .isUnfinished }
      if cursor.pointee == UInt8(ascii: ">") { break }
      if cursor.pointee == UInt8(ascii: "/") {
        guard cursor[1] == UInt8(ascii: ">") else { return .isUnusual }
        isEmpty = true
        cursor += 1
        break
      }
      guard cursor > spaces, count < min(Self.maximumAttributes, limits.attributeCount) else {
        return .isUnusual
      }
      let step = attribute(&cursor, limit, count)
      guard step == .goesOn else { return step }
      count += 1
    }
    place = cursor + 1
    let bytes = storage.pointee.attributeText.count
    let isInLimits = bytes - bytesBefore <= limits.attributeBytes && bytes <= limits.recordBytes
    return isInLimits ? .goesOn : .isUnusual
  }

  @inline(__always)
  private mutating func attribute(_ place: inout Place, _ limit: Place, _ count: Int) -> Step {
    let name = place
    var cursor = place
    while cursor < limit, kinds[Int(cursor.pointee)] == XMLByteKind.name { cursor += 1 }
    guard limit - cursor > 1 else { return .isUnfinished }
    let length = cursor - name
    guard length > 0, let entry = names.entry(of: name, length, before: limit) else {
      return .isUnusual
    }
    for index in 0..<count where attributeNumbers[index] == entry.number { return .isUnusual }
    attributeNumbers[count] = entry.number
    let quote = cursor[1]
    guard cursor.pointee == UInt8(ascii: "="), quote == 0x22 || quote == 0x27 else {
      return .isUnusual
    }
    cursor += 2
    let start = storage.pointee.attributeText.count
    let step = value(&cursor, limit, quote)
    guard step == .goesOn else { return step }
    place = cursor + 1
    if skipDepth > 0 || entry.isNamespace {
      storage.pointee.attributeText.setCount(start)
    } else {
      storage.pointee.attributes.append(
        XMLAttributeNode(
          name: entry.name, prefix: entry.prefix, start: Int32(truncatingIfNeeded: start),
          end: Int32(truncatingIfNeeded: storage.pointee.attributeText.count)))
    }
    return .goesOn
  }

  /// Scans a value up to its closing quote.
  @inline(__always)
  private mutating func value(_ place: inout Place, _ limit: Place, _ quote: UInt8) -> Step {
    let base = storage.pointee.attributeText.base
    var output = base + storage.pointee.attributeText.count
    while place < limit {
      let byte = place.pointee
      if kinds[Int(byte)] & XMLByteKind.special == 0 {
        output.pointee = byte
        output += 1
        place += 1
      } else if byte == quote {
        storage.pointee.attributeText.setCount(output - base)
        return .goesOn
      } else if byte == UInt8(ascii: "&") {
        let reference = XMLPlainText.reference(at: place, before: limit)
        guard reference.length > 0 else { return reference.length < 0 ? .isUnfinished : .isUnusual }
        place += reference.length
        XMLPlainText.append(reference.scalar, to: &output)
      } else if byte == 0x22 || byte == 0x27 {
        output.pointee = byte
        output += 1
        place += 1
      } else {
        return .isUnusual
      }
    }
    return .isUnfinished
  }
}

// MARK: Text

extension XMLRecordScanner {
  /// Scans text up to the next `<`, and stores it unless the element is skipped.
  @inline(__always)
  private mutating func text(
    _ place: inout Place, _ limit: Place, _ line: inout Int32,
    _ text: inout UnsafeMutablePointer<UInt8>
  ) -> Step {
    guard place < limit else { return .isUnfinished }
    if place.pointee == UInt8(ascii: "<") { return .goesOn }
    let start = text
    let startLine = line
    while true {
      run(&place, limit, &line, &text)
      guard place < limit else { return .isUnfinished }
      if place.pointee == UInt8(ascii: "<") { break }
      let reference = XMLPlainText.reference(at: place, before: limit)
      guard reference.length > 0 else { return reference.length < 0 ? .isUnfinished : .isUnusual }
      place += reference.length
      XMLPlainText.append(reference.scalar, to: &text)
    }
    guard skipDepth == 0 else {
      text = start
      return .goesOn
    }
    return keep(start, text, startLine)
  }

  /// Copies bytes up to the next `<` or `&`, and counts the lines.
  @inline(__always)
  private func run(
    _ place: inout Place, _ limit: Place, _ line: inout Int32,
    _ text: inout UnsafeMutablePointer<UInt8>
  ) {
    while limit - place >= 8 {
      let word = XMLByteWords.load(place)
      UnsafeMutableRawPointer(text).storeBytes(of: word.littleEndian, as: UInt64.self)
      let stops =
        XMLByteWords.first(UInt8(ascii: "<"), in: word)
        | XMLByteWords.first(UInt8(ascii: "&"), in: word)
      let lineEnds = XMLByteWords.all(0x0a, in: word)
      if stops == 0 {
        if lineEnds != 0 { line &+= XMLByteWords.count(lineEnds) }
        place += 8
        text += 8
        continue
      }
      let count = stops.trailingZeroBitCount &>> 3
      if lineEnds != 0 { line &+= XMLByteWords.count(lineEnds & XMLByteWords.below(count)) }
      place += count
      text += count
      return
    }
    while place < limit, place.pointee != UInt8(ascii: "<"), place.pointee != UInt8(ascii: "&") {
      if place.pointee == 0x0a { line &+= 1 }
      text.pointee = place.pointee
      place += 1
      text += 1
    }
  }

  /// Takes stored text into the tree; text on both sides of a skipped element is one.
  @inline(__always)
  private mutating func keep(
    _ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>, _ line: Int32
  ) -> Step {
    let base = storage.pointee.text.base
    if textNode < 0 {
      textNode = storage.pointee.nodes.count
      guard textNode < limits.recordNodes else { return .isUnusual }
      storage.pointee.nodes.append(
        XMLNode(
          name: XMLNode.text, prefix: -1, end: Int32(truncatingIfNeeded: textNode + 1),
          textStart: Int32(truncatingIfNeeded: start - base), textEnd: 0, line: line,
          attributes: Int32(truncatingIfNeeded: storage.pointee.attributes.count)))
    }
    let node = storage.pointee.nodes.base + textNode
    node.pointee.textEnd = Int32(truncatingIfNeeded: end - base)
    let isInLimits =
      Int(node.pointee.textEnd - node.pointee.textStart) <= limits.textBytes
      && end - base <= limits.recordBytes
    return isInLimits ? .goesOn : .isUnusual
  }
}
