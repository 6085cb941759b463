/// Formats that show themselves by fixed bytes at their start.
enum InspectionSignatures {
  /// The name of a binary format; nil when none is known.
  static func binaryName(of bytes: [UInt8]) -> String? {
    if let match = binaries.first(where: { bytes.holds($0.bytes, at: $0.offset) }) {
      return match.name
    }
    return nil
  }

  /// The name of a text format that its first bytes give away; nil when there is none.
  static func textName(of bytes: [UInt8]) -> String? {
    if let match = texts.first(where: { bytes.holds(Array($0.start.utf8), at: 0) }) {
      return match.name
    }
    if isPubTator(bytes) { return "PubTator" }
    if isFASTA(bytes) { return "FASTA" }
    return isFASTQ(bytes) ? "FASTQ" : nil
  }

  private static let binaries: [(name: String, offset: Int, bytes: [UInt8])] = [
    ("PDF", 0, Array("%PDF-".utf8)),
    ("Parquet", 0, Array("PAR1".utf8)),
    ("Arrow", 0, Array("ARROW1".utf8)),
    ("ORC", 0, Array("ORC".utf8)),
    ("Avro", 0, Array("Obj\u{01}".utf8)),
    ("SQLite", 0, Array("SQLite format 3\0".utf8)),
    ("HDF5", 0, [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]),
    ("NumPy", 0, [0x93] + Array("NUMPY".utf8)),
    ("DICOM", 128, Array("DICM".utf8)),
    ("PNG", 0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
    ("JPEG", 0, [0xFF, 0xD8, 0xFF]),
    ("GIF", 0, Array("GIF8".utf8)),
    ("TIFF", 0, [0x49, 0x49, 0x2A, 0x00]),
    ("TIFF", 0, [0x4D, 0x4D, 0x00, 0x2A]),
    ("RIFF (WAV, WebP)", 0, Array("RIFF".utf8)),
    ("Ogg", 0, Array("OggS".utf8)),
    ("MP3", 0, Array("ID3".utf8)),
    ("OLE document (DOC, XLS)", 0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
    ("zip document (XLSX, DOCX, ODS)", 0, Array("PK\u{03}\u{04}".utf8)),
    ("ELF program", 0, [0x7F, 0x45, 0x4C, 0x46]),
  ]

  private static let texts: [(name: String, start: String)] = [
    ("VCF", "##fileformat=VCF"), ("GFF", "##gff-version"), ("GenBank", "LOCUS       "),
    ("HL7 v2", "MSH|"), ("HL7 v2 batch", "FHS|"), ("RTF", "{\\rtf"),
    ("MEDLINE tagged text", "PMID- "), ("PostScript", "%!PS"),
  ]

  /// Whether the first line that is not blank is a title such as `10364520|t|…`.
  private static func isPubTator(_ bytes: [UInt8]) -> Bool {
    let text = bytes.drop { $0 <= 0x20 }
    let number = text.prefix { (0x30...0x39).contains($0) }
    return !number.isEmpty && text[number.endIndex...].starts(with: Array("|t|".utf8))
  }

  /// Whether a `>` header is followed by a line of residues only.
  private static func isFASTA(_ bytes: [UInt8]) -> Bool {
    guard bytes.first == UInt8(ascii: ">") else { return false }
    return hasResidues(bytes, line: 1)
  }

  /// Whether an `@` header, residues and a `+` line follow one another.
  private static func isFASTQ(_ bytes: [UInt8]) -> Bool {
    guard bytes.first == UInt8(ascii: "@"), hasResidues(bytes, line: 1) else { return false }
    return line(2, of: bytes).first == UInt8(ascii: "+")
  }

  private static func hasResidues(_ bytes: [UInt8], line number: Int) -> Bool {
    let residues = line(number, of: bytes)
    return !residues.isEmpty
      && residues.allSatisfy { byte in
        (0x41...0x5A).contains(byte & 0xDF) || byte == UInt8(ascii: "*") || byte == 0x2D
      }
  }

  /// A line by its 0-based number, without its end.
  private static func line(_ number: Int, of bytes: [UInt8]) -> ArraySlice<UInt8> {
    var rest = bytes[...]
    for _ in 0..<number { rest = rest.drop { $0 != 0x0A }.dropFirst() }
    let line = rest.prefix { $0 != 0x0A }
    return line.last == 0x0D ? line.dropLast() : line
  }
}

extension [UInt8] {
  /// Whether the bytes stand at an offset.
  func holds(_ expected: [UInt8], at offset: Int) -> Bool {
    guard offset >= 0, count >= offset + expected.count else { return false }
    return self[offset..<(offset + expected.count)].elementsEqual(expected)
  }
}
