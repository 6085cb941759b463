import Glibc
import Records

/// The forms that sequences of residues are kept in.
package enum SequenceFormat: String, Sendable {
  case fasta = "FASTA"
  case fastq = "FASTQ"
  case genBank = "GenBank"
}

/// What stands at the head of a sequence.
package struct SequenceHeader: Sendable, Equatable {
  package var format: SequenceFormat
  /// The line after `>` or `@`; the DEFINITION of a GenBank record, behind its version.
  package var title: String
  /// What LOCUS says the residues are (`DNA`, `mRNA`, `aa`), or empty.
  package var molecule: String
  /// How many residues LOCUS says there are.
  package var statedLength: Int?
  /// The offset of the record's first byte.
  package var byteOffset: Int

  package init(
    format: SequenceFormat, title: String, molecule: String = "", statedLength: Int? = nil,
    byteOffset: Int = 0
  ) {
    self.format = format
    self.title = title
    self.molecule = molecule
    self.statedLength = statedLength
    self.byteOffset = byteOffset
  }
}

/// What a scanner comes upon, in order: a header, its residues in pieces, the end.
package enum SequenceEvent {
  case begin(SequenceHeader)
  /// A piece of a line of residues: letters, and white space and line numbers to be passed over.
  case residues(UnsafeRawBufferPointer)
  case end
}

/// Reads FASTA, FASTQ and GenBank flat files piece by piece, whichever the first byte shows.
///
/// Only headers are held: a chromosome of any length passes in pieces, also as one line. Lines end
/// in LF or CRLF. FASTA may have comment lines (`;`), FASTQ sequences and qualities over several
/// lines; of GenBank records LOCUS, DEFINITION, VERSION and ACCESSION are read, and what ORIGIN
/// holds.
package struct SequenceScanner {
  /// What the line under way is.
  private enum Line {
    case ignored
    case title
    case residues
    case separator
    case quality
    case annotation
  }

  private static let maximumLineBytes = 1 << 20

  private var format: SequenceFormat?
  private var kind = Line.ignored
  private var isAtLineStart = true
  private var text: [UInt8] = []
  private var line = 1
  private var offset = 0
  private var lineOffset = 0
  /// Whether a header was met whose end was not.
  private var isOpen = false
  /// Whether a FASTQ record is at its qualities, and how many letters and qualities it has.
  private var isInQuality = false
  private var residueCount = 0
  private var qualityCount = 0
  private var locus = GenBankHead()

  package init() {}

  /// Takes the next chunk.
  ///
  /// - Throws: `SequenceError`, or what `body` throws.
  package mutating func feed(
    _ chunk: UnsafeRawBufferPointer, _ body: (SequenceEvent) throws -> Void
  ) throws {
    var start = 0
    while start < chunk.count {
      let rest = UnsafeRawBufferPointer(rebasing: chunk[start...])
      let length = Self.lineLength(in: rest)
      let piece = UnsafeRawBufferPointer(rebasing: rest[..<(length ?? rest.count)])
      try take(piece, body)
      offset += piece.count
      start += piece.count
      guard length != nil else { return }
      try endLine(body)
      offset += 1
      start += 1
    }
  }

  /// Tells the end of the file.
  package mutating func finish(_ body: (SequenceEvent) throws -> Void) throws {
    if !isAtLineStart { try endLine(body) }
    guard isOpen else { return }
    guard format == .fasta else { throw error(.truncated) }
    try close(body)
  }

  private static func lineLength(in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let base = bytes.baseAddress, let end = memchr(base, 0x0a, bytes.count) else {
      return nil
    }
    return UnsafeRawPointer(end) - base
  }

  private func error(_ kind: SequenceError.Kind) -> SequenceError {
    SequenceError(kind, at: Position(line: line, byteOffset: lineOffset))
  }
}

// MARK: Lines

extension SequenceScanner {
  private mutating func take(
    _ piece: UnsafeRawBufferPointer, _ body: (SequenceEvent) throws -> Void
  ) throws {
    guard let first = piece.first else { return }
    if isAtLineStart {
      isAtLineStart = false
      lineOffset = offset
      kind = try kind(ofLineAt: first)
      if kind == .title, format == .fasta { try close(body) }
    }
    switch kind {
    case .ignored: break
    case .residues:
      if format == .fastq { residueCount += Self.letterCount(in: piece) }
      try body(.residues(piece))
    case .quality: qualityCount += Self.letterCount(in: piece)
    case .title, .separator, .annotation:
      guard text.count + piece.count <= Self.maximumLineBytes else { throw error(.longLine) }
      text.append(contentsOf: piece)
    }
  }

  private mutating func kind(ofLineAt first: UInt8) throws -> Line {
    if format == nil {
      guard !isBlank(first) else { return .ignored }
      format = try format(ofFileAt: first)
    }
    switch format {
    case .genBank: return locus.isInOrigin && first != UInt8(ascii: "/") ? .residues : .annotation
    case .fastq: return try kind(ofReadLineAt: first)
    default:
      if first == UInt8(ascii: ">") { return .title }
      if first == UInt8(ascii: ";") { return .ignored }
      guard isOpen || isBlank(first) else { throw error(.noHeader) }
      return isOpen ? .residues : .ignored
    }
  }

  private func kind(ofReadLineAt first: UInt8) throws -> Line {
    if isInQuality { return .quality }
    if isOpen { return first == UInt8(ascii: "+") ? .separator : .residues }
    guard !isBlank(first) else { return .ignored }
    guard first == UInt8(ascii: "@") else { throw error(.noHeader) }
    return .title
  }

  private func format(ofFileAt first: UInt8) throws -> SequenceFormat {
    switch first {
    case UInt8(ascii: ">"), UInt8(ascii: ";"): return .fasta
    case UInt8(ascii: "@"): return .fastq
    case UInt8(ascii: "L"): return .genBank
    default: throw error(.unknownFormat)
    }
  }

  private mutating func endLine(_ body: (SequenceEvent) throws -> Void) throws {
    defer {
      text.removeAll(keepingCapacity: true)
      isAtLineStart = true
      line += 1
    }
    guard !isAtLineStart else { return try endBlankLine(body) }
    switch kind {
    case .title: try open(title: Self.words(of: text.dropFirst()), body)
    case .annotation: try annotate(Self.words(of: text[...]), body)
    case .separator:
      isInQuality = true
      try endQualityIfComplete(body)
    case .quality: try endQualityIfComplete(body)
    case .ignored, .residues: break
    }
  }

  /// The qualities of a read without letters are a blank line.
  private mutating func endBlankLine(_ body: (SequenceEvent) throws -> Void) throws {
    if format == .fastq, isInQuality { try endQualityIfComplete(body) }
  }

  private mutating func open(title: String, _ body: (SequenceEvent) throws -> Void) throws {
    isOpen = true
    residueCount = 0
    try body(
      .begin(SequenceHeader(format: format ?? .fasta, title: title, byteOffset: lineOffset)))
  }

  private mutating func close(_ body: (SequenceEvent) throws -> Void) throws {
    guard isOpen else { return }
    isOpen = false
    try body(.end)
  }

  private mutating func endQualityIfComplete(_ body: (SequenceEvent) throws -> Void) throws {
    guard qualityCount <= residueCount else { throw error(.unequalQuality) }
    guard qualityCount == residueCount else { return }
    isInQuality = false
    qualityCount = 0
    try close(body)
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }

  private static func letterCount(in piece: UnsafeRawBufferPointer) -> Int {
    piece.count { $0 > 0x20 }
  }

  /// A line without its carriage return and blanks at the end.
  private static func words(of bytes: ArraySlice<UInt8>) -> String {
    var bytes = bytes
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

// MARK: GenBank

/// What was read of a GenBank record before its residues.
private struct GenBankHead {
  var keyword = ""
  var locus: [String] = []
  var definition = ""
  var accession = ""
  var version = ""
  var byteOffset = 0
  var isInOrigin = false

  var header: SequenceHeader {
    let names = [version, accession, locus.first ?? ""]
    let name = names.first { !$0.isEmpty } ?? ""
    // LOCUS NC_005816 9609 bp DNA circular BCT 21-JUL-2008; proteins have `aa` for `bp`.
    let unit = locus.firstIndex { $0 == "bp" || $0 == "aa" }
    let kind = unit.map { locus[$0] == "aa" ? "aa" : locus.dropFirst($0 + 1).first ?? "" }
    return SequenceHeader(
      format: .genBank, title: definition.isEmpty ? name : "\(name) \(definition)",
      molecule: kind ?? "", statedLength: unit.flatMap { $0 > 0 ? Int(locus[$0 - 1]) : nil },
      byteOffset: byteOffset)
  }

  mutating func take(keyword: String, value: String) {
    self.keyword = keyword
    let words = value.split(separator: " ").map(String.init)
    switch keyword {
    case "DEFINITION": definition = value
    case "ACCESSION": accession = words.first ?? ""
    case "VERSION": version = words.first ?? ""
    default: break
    }
  }
}

extension SequenceScanner {
  private mutating func annotate(
    _ line: String, _ body: (SequenceEvent) throws -> Void
  ) throws {
    if line.hasPrefix("//") { return try endEntry(body) }
    guard !line.isEmpty else { return }
    guard !line.hasPrefix(" ") else {
      if locus.keyword == "DEFINITION" { locus.definition += " " + Self.trimmed(line) }
      return
    }
    let keyword = String(line.prefix { $0 != " " })
    let value = Self.trimmed(line.dropFirst(keyword.count))
    if keyword == "LOCUS" {
      guard !isOpen else { throw error(.truncated) }
      isOpen = true
      locus = GenBankHead()
      locus.locus = value.split(separator: " ").map(String.init)
      locus.byteOffset = lineOffset
    }
    guard isOpen else { throw error(.noHeader) }
    locus.take(keyword: keyword, value: value)
    guard keyword == "ORIGIN" else { return }
    locus.isInOrigin = true
    try body(.begin(locus.header))
  }

  /// Ends a record; one without ORIGIN, whose residues are elsewhere (CONTIG), has none.
  private mutating func endEntry(_ body: (SequenceEvent) throws -> Void) throws {
    guard isOpen else { throw error(.noHeader) }
    if !locus.isInOrigin { try body(.begin(locus.header)) }
    locus.isInOrigin = false
    try close(body)
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    String(text.drop { $0 == " " })
  }
}
