import Formats
import Records

/// What has been read of a file of sequences: the record under way and its windows.
struct SequenceReading {
  let settings: ReaderSettings
  let cutting: SequenceCutting
  let name: EntryName
  let path: String
  let hasConsent: Bool

  private var outlet = ReadingOutlet()
  private var record: OpenRecord?

  init(
    settings: ReaderSettings, cutting: SequenceCutting, name: EntryName, path: String,
    hasConsent: Bool
  ) {
    self.settings = settings
    self.cutting = cutting
    self.name = name
    self.path = path
    self.hasConsent = hasConsent
  }

  mutating func take(_ event: SequenceEvent, into sink: ReadingSink) throws {
    switch event {
    case .begin(let header):
      guard header.format != .fastq || hasConsent else {
        throw Diagnostic(
          at: Position(entry: path),
          "FASTQ: the reads of one sample, which of a person are their genome",
          hint: "set option 'consent' to true when the person agreed, or when it is nobody's")
      }
      record = OpenRecord(header)
    case .residues(let piece): try takeResidues(piece, into: sink)
    case .end: try endRecord(into: sink)
    }
  }

  /// The record under way.
  private struct OpenRecord {
    let header: SequenceHeader
    let name: SequenceName
    var count = 0
    /// The first residues, until the alphabet is settled.
    var head: [UInt8] = []
    var table: ResidueTable?
    var windows: SequenceWindows?

    init(_ header: SequenceHeader) {
      self.header = header
      name = SequenceName(title: header.title)
    }
  }

  /// How many residues the alphabet is judged by.
  private static let headCount = 1000
}

// MARK: Residues

extension SequenceReading {
  private mutating func takeResidues(
    _ piece: UnsafeRawBufferPointer, into sink: ReadingSink
  ) throws {
    guard var record else { return }
    let isNumbered = record.header.format == .genBank
    let letters = piece.filter {
      $0 > 0x20 && !(isNumbered && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0))
    }
    record.count += letters.count
    // Taken out while it is changed, so that its buffers are not copied.
    self.record = nil
    if record.table == nil {
      record.head += letters
      if record.head.count >= Self.headCount { try settle(&record, into: sink) }
    } else {
      try cut(letters, of: &record, into: sink)
    }
    self.record = record
  }

  private mutating func endRecord(into sink: ReadingSink) throws {
    guard var record else { return }
    self.record = nil
    let offset = record.header.byteOffset
    guard record.count > 0 else {
      return try outlet.reject(record.name.name, .emptyText, at: offset, to: sink)
    }
    if record.table == nil { try settle(&record, into: sink) }
    var windows = record.windows
    try windows?.finish { try hand($0, of: record, into: sink) }
    if let stated = record.header.statedLength, stated != record.count {
      let value = "\(record.count) residues of \(stated)"
      try outlet.reject(record.name.name, .malformed, value: value, at: offset, to: sink)
    }
  }

  /// Settles the alphabet and cuts what was held back for it.
  private mutating func settle(_ record: inout OpenRecord, into sink: ReadingSink) throws {
    let table = ResidueTable(alphabet(of: record))
    record.table = table
    record.windows = SequenceWindows(
      cutting.plan(for: table.alphabet), name: record.name.name)
    let head = record.head
    record.head = []
    try cut(head, of: &record, into: sink)
  }

  /// As the recipe says, as the file's name or LOCUS says, or as the first residues show.
  private func alphabet(of record: OpenRecord) -> BiologicalSequence.Alphabet {
    if let alphabet = cutting.alphabet { return alphabet }
    if ["faa", "gp", "gpff"].contains(name.kind) || record.header.molecule == "aa" {
      return .protein
    }
    let shown = ResidueTable.alphabet(of: record.head.prefix(Self.headCount))
    return ["fna", "ffn", "frn"].contains(name.kind) && shown == .protein ? .dna : shown
  }

  private mutating func cut(
    _ letters: [UInt8], of record: inout OpenRecord, into sink: ReadingSink
  ) throws {
    guard var windows = record.windows else { return }
    record.windows = nil
    try windows.take(letters) { try hand($0, of: record, into: sink) }
    record.windows = windows
  }
}

// MARK: Windows

extension SequenceReading {
  private mutating func hand(
    _ window: SequenceWindows.Window, of record: OpenRecord, into sink: ReadingSink
  ) throws {
    guard let table = record.table else { return }
    let start = record.name.start + window.start
    let id = "\(record.name.name):\(start)-\(start + window.residues.count)"
    let offset = record.header.byteOffset
    guard !window.isTooShort else {
      let value = String(window.residues.count)
      return try outlet.reject(id, .tooShort, value: value, at: offset, to: sink)
    }
    if let place = window.residues.firstIndex(where: { table[$0] == .invalid }) {
      let number = window.start + place - window.residues.startIndex + 1
      return try outlet.reject(id, .malformed, value: "residue \(number)", at: offset, to: sink)
    }
    let letters = cutting.letters(window.residues, table)
    let unknown = letters.count { table[$0] == .ambiguous }
    guard unknown * 1_000_000 <= cutting.maximumUnknown * letters.count else {
      let share = ResidueShare.text(unknown, of: letters.count)
      return try outlet.reject(id, .filteredOut, value: "n \(share)", at: offset, to: sink)
    }
    try outlet.pass(
      self.record(id, letters, at: start, of: record, table), at: offset, to: sink)
  }

  private func record(
    _ id: String, _ letters: [UInt8], at start: Int, of record: OpenRecord, _ table: ResidueTable
  ) -> Record {
    let isProtein = table.alphabet == .protein
    let share = isProtein ? nil : ResidueShare.guanineCytosine(of: letters)
    let sequence = BiologicalSequence(
      alphabet: table.alphabet, residues: String(decoding: letters, as: UTF8.self),
      tokens: isProtein ? "" : KMers.text(of: letters, size: cutting.kmer),
      assembly: cutting.assembly.isEmpty ? record.name.assembly : cutting.assembly,
      name: record.name.name, start: start)
    let description = record.name.description
    return settings.record(
      id: id, groups: [group(of: record, isProtein)],
      tags: (share.map { [Tag("gc", $0)] } ?? [])
        + (description.isEmpty ? [] : [Tag("description", description)]),
      content: .sequence(sequence))
  }

  private func group(of record: OpenRecord, _ isProtein: Bool) -> GroupKey {
    if record.header.format == .fastq { return GroupKey(.document, path) }
    let name = record.name.name
    if isProtein { return GroupKey(.document, name) }
    return GroupKey(
      .chromosome, name.lowercased().hasPrefix("chr") ? String(name.dropFirst(3)) : name)
  }
}
