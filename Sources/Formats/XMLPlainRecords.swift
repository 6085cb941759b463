import Glibc

/// Takes plain records past libxml2: what lies between feeding and parsing UTF-8 documents whose
/// records have names.
///
/// libxml2 parses everything up to the first record. Whenever it stands between two tags with
/// nothing left to parse, and a record comes next, `XMLRecordScanner` has a go at that record and
/// at those that follow it, white space between them included. What it does not take goes to
/// libxml2, up to the next place of that kind. So libxml2 sees a document without its plain
/// records, and is told how many bytes and lines it has missed.
struct XMLPlainRecords {
  typealias Place = UnsafePointer<UInt8>

  /// Gives bytes to libxml2.
  typealias Parse = (UnsafeRawBufferPointer) -> Void

  /// Records that are longer go to libxml2, which need not see them in one piece.
  private static let maximumRecordBytes = 4 << 20
  /// White space that may be held back to see whether a record follows.
  private static let maximumHeldBytes = 4 << 10

  private let builder: UnsafeMutablePointer<XMLRecordBuilder>
  private let records: [[UInt8]]
  private var scanner: XMLRecordScanner
  /// What of the input is neither scanned nor parsed yet.
  private var held: [UInt8] = []
  /// Looking at held bytes again is put off until there are so many.
  private var enoughBytes = 0
  /// Where the scanner stands; nil while libxml2 parses.
  private var missed: XMLMissedText?
  /// The last byte that libxml2 was given.
  private var lastByte: UInt8 = 0
  /// Whether libxml2 stands before a record that the scanner has refused.
  private var isRefused = false

  init(
    _ builder: UnsafeMutablePointer<XMLRecordBuilder>, records: Set<String>,
    skipping: Set<String>, limits: XMLLimits
  ) {
    self.builder = builder
    self.records = records.sorted().map { Array($0.utf8) }
    scanner = XMLRecordScanner(builder.pointee.arena.storage, skipping: skipping, limits)
  }

  func deallocate() { scanner.deallocate() }

  /// Takes the next bytes of the document.
  mutating func take(_ chunk: UnsafeRawBufferPointer, parse: Parse) {
    guard !held.isEmpty else {
      let used = advance(chunk, isLast: false, parse)
      held.append(contentsOf: chunk[used...])
      return
    }
    held.append(contentsOf: chunk)
    guard held.count >= enoughBytes else { return }
    var bytes: [UInt8] = []
    swap(&bytes, &held)
    let used = bytes.withUnsafeBytes { advance($0, isLast: false, parse) }
    bytes.removeFirst(used)
    swap(&bytes, &held)
  }

  /// Takes the end of the document: all bytes go somewhere.
  mutating func finish(parse: Parse) {
    let bytes = held
    held = []
    _ = bytes.withUnsafeBytes { advance($0, isLast: true, parse) }
    leave()
  }

  /// Scans and parses what can be; gives the number of bytes that need not be seen again.
  private mutating func advance(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool, _ parse: Parse
  ) -> Int {
    guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return 0 }
    let end = start + bytes.count
    var place = start
    enoughBytes = 0
    while place < end, !builder.pointee.isStopped {
      let before = (place, missed == nil)
      if missed == nil {
        place = parsed(from: place, to: end, isLast, parse)
      } else {
        place = scanned(from: place, to: end, isLast)
      }
      if before == (place, missed == nil) { break }
    }
    return builder.pointee.isStopped ? bytes.count : place - start
  }
}

// MARK: Scanning

extension XMLPlainRecords {
  /// Scans records and the white space between them; gives where that ended.
  private mutating func scanned(from start: Place, to end: Place, _ isLast: Bool) -> Place {
    guard var position = missed else { return start }
    var place = start
    defer { if missed != nil { missed = position } }
    while !builder.pointee.isStopped {
      let next = Self.endOfSpaces(from: place, to: end)
      position.pass(place, next)
      place = next
      guard place < end else { return place }
      let answer = startsRecord(place, end)
      if answer == .maybe, !isLast { return place }
      guard answer == .yes else { return leave(position, at: place) }
      let outcome = scanner.scan(
        from: place, to: end, line: position.line, offset: position.byteOffset,
        depth: builder.pointee.depth)
      switch outcome {
      case .complete(let recordEnd, let line):
        position.pass(place, recordEnd, line: line)
        place = recordEnd
        builder.pointee.deliver()
      case .unfinished where !isLast && end - place < Self.maximumRecordBytes:
        enoughBytes = (end - place) * 2
        return place
      case .unfinished, .unusual:
        isRefused = true
        return leave(position, at: place)
      }
    }
    return place
  }

  private mutating func leave(_ position: XMLMissedText, at place: Place) -> Place {
    missed = position
    leave()
    return place
  }

  /// Goes back to libxml2.
  private mutating func leave() {
    guard let position = missed else { return }
    missed = nil
    builder.pointee.pass(position)
  }

  private static func endOfSpaces(from start: Place, to end: Place) -> Place {
    var place = start
    while place < end, isSpace(place.pointee) { place += 1 }
    return place
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0a || byte == 0x09
  }

  private enum Answer {
    case yes
    case maybe
    case no
  }

  /// Whether the start tag of a record is at a place.
  private func startsRecord(_ place: Place, _ end: Place) -> Answer {
    guard place.pointee == UInt8(ascii: "<") else { return .no }
    var local = place + 1
    var cursor = local
    while cursor < end, scanner.isName(cursor.pointee) {
      if cursor.pointee == UInt8(ascii: ":") { local = cursor + 1 }
      cursor += 1
    }
    guard cursor < end else {
      return cursor - place <= XMLTagNames.maximumBytes ? .maybe : .no
    }
    let length = cursor - local
    let isRecord = records.contains { $0.count == length && memcmp($0, local, length) == 0 }
    return isRecord ? .yes : .no
  }
}

// MARK: Parsing

extension XMLPlainRecords {
  /// Gives libxml2 what comes before the next record that stands between tags, or everything;
  /// gives where that ended.
  private mutating func parsed(
    from start: Place, to end: Place, _ isLast: Bool, _ parse: Parse
  ) -> Place {
    var place = start
    var search = isRefused ? start + 1 : start
    isRefused = false
    while search < end, let found = memchr(search, Int32(UInt8(ascii: "<")), end - search) {
      let tag = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
      search = tag + 1
      let answer = startsRecord(tag, end)
      guard answer != .no, let cut = endOfTag(before: tag, from: place) else { continue }
      if answer == .maybe {
        if isLast { break }
        give(place, cut, parse)
        return cut
      }
      give(place, cut, parse)
      place = cut
      guard !builder.pointee.isStopped else { return place }
      if builder.pointee.isBetweenTags {
        missed = builder.pointee.missedText
        return place
      }
    }
    let cut = isLast ? nil : endOfTag(before: end, from: place)
    give(place, cut ?? end, parse)
    return cut ?? end
  }

  /// Where the white space before a place starts, if a `>` is before it.
  private func endOfTag(before place: Place, from start: Place) -> Place? {
    var cut = place
    while cut > start, Self.isSpace(cut[-1]) {
      cut -= 1
      guard place - cut <= Self.maximumHeldBytes else { return nil }
    }
    let byte = cut > start ? cut[-1] : lastByte
    return byte == UInt8(ascii: ">") ? cut : nil
  }

  private mutating func give(_ start: Place, _ end: Place, _ parse: Parse) {
    guard end > start else { return }
    parse(UnsafeRawBufferPointer(start: start, count: end - start))
    lastByte = end[-1]
  }
}

/// How far a document was read without libxml2.
struct XMLMissedText {
  private(set) var bytes = 0
  private(set) var line: Int32
  private(set) var column: Int32
  private(set) var byteOffset: Int?

  init(line: Int32, column: Int32, byteOffset: Int?) {
    self.line = line
    self.column = column
    self.byteOffset = byteOffset
  }

  /// Passes over white space.
  mutating func pass(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
    var lines = line
    for byte in UnsafeBufferPointer(start: start, count: end - start) where byte == 0x0a {
      lines &+= 1
    }
    pass(start, end, line: lines)
  }

  /// Passes over bytes that end on a line.
  mutating func pass(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, line endLine: Int32
  ) {
    var place = end
    var characters: Int32 = 0
    while place > start, place[-1] != 0x0a {
      place -= 1
      // Bytes that go on a character do not count.
      characters &+= place.pointee & 0xc0 == 0x80 ? 0 : 1
    }
    column = place > start ? 1 &+ characters : column &+ characters
    bytes += end - start
    byteOffset? += end - start
    line = endLine
  }
}
