import Formats
import Records
import Testing

struct SequenceScannerTests {
  @Test(arguments: [1, 3, 1 << 16])
  func `reads the records of a FASTA file in pieces of any length`(pieceLength: Int) throws {
    let text = "; a comment\n>one first\r\nACGT\r\n\r\nAC\r\n>two\n\n>three\nGG"
    #expect(
      try records(in: text, pieceLength: pieceLength) == [
        "one first: ACGTAC", "two: ", "three: GG",
      ])
  }

  @Test(arguments: [1, 7, 1 << 16])
  func `reads qualities that look like titles and separators`(pieceLength: Int) throws {
    let text = "@r1 x\nACGT\nAC\n+r1\n@III\n+I\n@r2\n\n+\n\n@r3\nA\n+\n@\n"
    #expect(try records(in: text, pieceLength: pieceLength) == ["r1 x: ACGTAC", "r2: ", "r3: A"])
  }

  @Test(arguments: [1, 5, 1 << 16])
  func `reads the records of a GenBank file`(pieceLength: Int) throws {
    let text = """
      LOCUS       AB1    12 bp    mRNA    linear   SYN 01-JAN-2024
      DEFINITION  A sequence over
                  two lines.
      VERSION     AB1.3  GI:7
      FEATURES             Location/Qualifiers
      ORIGIN
              1 acgtacgtac gt
      //
      LOCUS       AB2    7 bp    DNA    linear   SYN 01-JAN-2024
      CONTIG      join(AB1.3:1..7)
      //

      """
    #expect(
      try records(in: text, pieceLength: pieceLength)
        == ["AB1.3 A sequence over two lines. mRNA 12: acgtacgtacgt", "AB2 DNA 7: "])
  }

  @Test(arguments: [
    ("ACGT\n", SequenceError.Kind.unknownFormat, 1), (">x\nAC\n", nil, 0),
    ("@r\nAC\n+\nIII\n", .unequalQuality, 4), ("@r\nAC\n+\nI\n", .truncated, 5),
    ("@r\nA\n+\nI\nAC\n", .noHeader, 5), ("LOCUS       X 4 bp DNA\n", .truncated, 2),
    ("LOCUS       X 4 bp DNA\nORIGIN\n        1 ac\n", .truncated, 4),
    ("LOCUS       X 4 bp DNA\n//\nVERSION     X.1\n", .noHeader, 3),
  ])
  func `says where a file cannot be read further`(
    text: String, kind: SequenceError.Kind?, line: Int
  ) throws {
    do {
      _ = try records(in: text, pieceLength: 4)
      #expect(kind == nil)
    } catch let error as SequenceError {
      #expect(error.kind == kind)
      #expect(error.position.line == line)
    }
  }

  /// Each record as `title molecule length: residues`.
  private func records(in text: String, pieceLength: Int) throws -> [String] {
    var scanner = SequenceScanner()
    var records: [String] = []
    var isOpen = false
    let take = { (event: SequenceEvent) in
      switch event {
      case .begin(let header):
        #expect(!isOpen)
        isOpen = true
        let stated = header.statedLength.map { " \($0)" } ?? ""
        let molecule = header.molecule.isEmpty ? "" : " \(header.molecule)"
        records.append("\(header.title)\(molecule)\(stated): ")
      case .residues(let piece):
        let letters = piece.filter { $0 >= UInt8(ascii: "A") }
        records[records.count - 1] += String(decoding: letters, as: UTF8.self)
      case .end: isOpen = false
      }
    }
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: pieceLength) {
      try bytes[start..<min(start + pieceLength, bytes.count)].withUnsafeBytes {
        try scanner.feed($0, take)
      }
    }
    try scanner.finish(take)
    return records
  }
}
