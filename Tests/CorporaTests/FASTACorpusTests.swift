import Records
import Testing

@testable import Corpora

struct FASTACorpusTests {
  @Test func `windows overlap by the stride, and an end that they hold is no window`() throws {
    let sequences = try sequences(
      of: ">x\nACGTACGTAC\n", ["window": "6", "stride": "4", "min_length": "3", "k": "none"])
    #expect(sequences.map(\.residues) == ["ACGTAC", "ACGTAC"])
    #expect(sequences.map(\.start) == [0, 4])
  }

  @Test func `a stride beyond the window leaves residues out`() throws {
    let sequences = try sequences(
      of: ">x\nACGTTTTTAC\nGA\n", ["window": "4", "stride": "8", "min_length": "3", "k": "none"])
    #expect(sequences.map(\.residues) == ["ACGT", "ACGA"])
    #expect(sequences.map(\.start) == [0, 8])
  }

  @Test func `the form of DNABERT is 510 overlapping k-mers`() throws {
    let text = ">x\n" + String(repeating: "ACGTTGCA", count: 200)
    for k in 3...6 {
      let sequences = try sequences(of: text, ["k": String(k)])
      #expect(sequences[0].residues.utf8.count == 509 + k)
      #expect(sequences[0].tokens.split(separator: " ").count == 510)
      #expect(sequences[0].tokens.hasPrefix("\(sequences[0].residues.prefix(k)) "))
    }
  }

  @Test func `lengths that vary cover the record without a gap`() throws {
    let text = ">x\n" + String(repeating: "ACGTTGCAGG", count: 2000)
    let sequences = try sequences(of: text, ["lengths": "dnabert"])
    var end = 0
    for sequence in sequences {
      #expect(sequence.start == end)
      end += sequence.residues.utf8.count
    }
    #expect(end == 20_000)
    let full = sequences.count { $0.residues.utf8.count == 515 }
    #expect(full > sequences.count / 3 && full < sequences.count * 2 / 3)
    #expect(sequences.allSatisfy { (6...515).contains($0.residues.utf8.count) })
  }

  @Test(arguments: [("upper", "ACGTN"), ("keep", "ACgtN"), ("mask", "ACNNN")])
  func `the soft mask becomes what the option says`(option: String, residues: String) throws {
    let sequences = try sequences(
      of: ">x\nACgtN\n", ["soft_mask": option, "max_n": "1", "k": "3", "min_length": "3"])
    #expect(sequences.map(\.residues) == [residues])
  }

  @Test(arguments: [("0.2", 1), ("0.19", 0)])
  func `a window may have as many unknown letters as the option says`(
    share: String, count: Int
  ) throws {
    let options = ["max_n": share, "k": "3"]
    #expect(try sequences(of: ">x\nACGTRACGTN\n", options).count == count)
  }

  @Test(arguments: [
    ("chr8 x", "chr8", 0, ""), ("gi|45478711|ref|NC_005816.1| Y. pestis", "NC_005816.1", 0, ""),
    ("sp|P69905|HBA_HUMAN x", "P69905", 0, ""), ("chr1:1001-2000", "chr1", 1000, ""),
    ("8\t8:80870571-81143467", "8", 80_870_570, ""),
    ("hg38_dna range=chr1:1001-2000 5'pad=0", "chr1", 1000, ""),
    ("1 dna:chromosome chromosome:GRCh38:1:1:248956422:1 REF", "1", 0, "GRCh38"),
    ("HLA:HLA00001 A*01:01:01:01 1098 bp", "HLA:HLA00001", 0, ""), ("", "", 0, ""),
  ])
  func `a title says which part of what chromosome a sequence is`(
    title: String, name: String, start: Int, assembly: String
  ) {
    let found = SequenceName(title: title)
    #expect(found.name == name)
    #expect(found.start == start)
    #expect(found.assembly == assembly)
  }

  @Test func `windows of a chromosome share a group, with and without chr`() throws {
    let readings = try reader(["window": "8", "k": "3"])
      .readings(of: ">chr1\nACGTACGTACGTACGT\n>1\nACGTACGT\n", path: "x.fa")
    let groups = Set(readings.compactMap(\.record?.groups))
    #expect(readings.count == 3)
    #expect(groups == [[GroupKey(.chromosome, "1")]])
  }

  @Test func `reads of a person are not taken without consent, variants never`() throws {
    #expect(try !reader([:]).accepts(path: "sample.fastq.gz"))
    #expect(try reader(["consent": "true"]).accepts(path: "sample.fastq.gz"))
    #expect(try !reader(["consent": "true"]).accepts(path: "sample.vcf.gz"))
    #expect(throws: Diagnostic.self) {
      try reader([:]).readings(of: "@r1\nACGT\n+\nIIII\n", path: "renamed.fa")
    }
  }

  @Test(arguments: [
    (["window": "4"], "'window'"), (["k": "7"], "'k'"), (["max_n": "2"], "'max_n'"),
    (["lengths": "dnabert", "stride": "5"], "'stride'"), (["window": "x"], "'window'"),
  ])
  func `says which option cannot be`(options: [String: String], name: String) throws {
    let error = try #require(throws: Diagnostic.self) { try reader(options) }
    #expect(error.message.contains(name))
  }

  @Test func `one line may be longer than what is held`() throws {
    let length = 3_000_000
    let reader = try reader(["k": "none"])
    var entry = RepeatedBases(length: length)
    var residues = 0
    try reader.read(&entry) { reading in
      guard case .sequence(let sequence)? = reading.record?.content else { return true }
      residues += sequence.residues.utf8.count
      return true
    }
    #expect(residues == length)
  }

  private func reader(_ options: [String: String]) throws -> FASTACorpus {
    try FASTACorpus(options: ReaderOptions(license: .cc0, options: options))
  }

  private func sequences(
    of text: String, _ options: [String: String]
  ) throws -> [BiologicalSequence] {
    try reader(options).readings(of: text, path: "x.fa").compactMap { reading in
      guard case .sequence(let sequence)? = reading.record?.content else { return nil }
      return sequence
    }
  }
}

/// A record of one line that exists nowhere in one piece.
private struct RepeatedBases: EntryBytes {
  let path = "long.fa"
  let archive = ""
  let length: Int

  func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    try Array(">long\n".utf8).withUnsafeBytes(body)
    let piece = [UInt8](repeating: UInt8(ascii: "A"), count: 1 << 16)
    for start in stride(from: 0, to: length, by: piece.count) {
      try piece[..<min(piece.count, length - start)].withUnsafeBytes(body)
    }
  }
}
