import Formats
import Records

/// Sequences of DNA, RNA or protein, cut into windows and k-mers.
///
///     >NC_005816.1 Yersinia pestis plasmid pPCP1
///     TGTAACGAACGGTGCAATAGTGATCCACACCCAACGCCTGAAATCAGATCCAGGGGGTAATCTGCTCTCC
///
/// FASTA of any line length, GenBank flat files of several records, and FASTQ. A chromosome is read
/// as a stream: one window is held at a time. `SequenceName` says how titles are understood.
///
/// DNABERT's form is the default: windows of 509 + k residues that do not overlap, written as 510
/// k-mers that do, which with [CLS] and [SEP] fill its 512 places; `lengths: dnabert` cuts half of
/// them shorter, down to `min_length`. Windows of one chromosome or record share a group, so that no
/// split divides it; the prefix `chr` does not matter.
///
/// A window with more than `max_n` of letters that stand for several residues is rejected as
/// `filtered-out`, one with what is no letter of its alphabet as `malformed`, the end of a record that
/// is shorter than `min_length` as `too-short`, a record without residues (CONTIG) as `empty-text`.
///
/// The reads of a FASTQ file are one sample, which of a person is their genome: they are read only
/// where `consent: true` says that this may be, and then share a group. Variants of persons (VCF) are
/// never read.
///
/// Format: NCBI, BLAST and GenBank documentation, 2024; DNABERT's `process_pretrain_data.py`, 2021.
struct FASTACorpus: CorpusReader {
  static let facts = CorpusFacts(
    name: "fasta", title: "Sequences of DNA, RNA and protein", shape: .sequence, license: nil,
    language: nil, forms: ".fa, .fasta, .fna, .faa, .gb, .gbff, .fastq, .gz of them",
    tasks: ["pre-training-text"], reference: "https://github.com/jerryji1993/DNABERT",
    options: SequenceCutting.options + [
      ReaderOption("consent", "false", "reads FASTQ, the reads of one sample or person")
    ], signatures: [.format("FASTA"), .format("GenBank")])

  private let settings: ReaderSettings
  private let cutting: SequenceCutting
  private let hasConsent: Bool

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    cutting = try SequenceCutting(settings)
    hasConsent = try settings.flag("consent", default: false)
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    guard !name.isLitter else { return false }
    return Self.kinds.contains(name.kind) || (hasConsent && Self.readKinds.contains(name.kind))
  }

  private static let kinds: Set = [
    "fa", "fas", "fasta", "fna", "ffn", "frn", "faa", "mfa", "fsa", "gb", "gbk", "gbff", "genbank",
    "gp", "gpff",
  ]
  private static let readKinds: Set = ["fastq", "fq"]

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var scanner = SequenceScanner()
    var reading = SequenceReading(
      settings: settings, cutting: cutting, name: EntryName(entry.path), path: entry.path,
      hasConsent: hasConsent)
    try EnoughReadings.ends {
      try entry.forEachChunk { chunk in
        try scanner.feed(chunk) { try reading.take($0, into: sink) }
      }
      try scanner.finish { try reading.take($0, into: sink) }
    }
  }
}

/// How sequences are cut and written, as the options say.
struct SequenceCutting: Sendable {
  /// What lower case, the soft mask of repeats, becomes.
  enum SoftMask: String, CaseIterable { case upper, keep, mask }

  private enum AlphabetChoice: String, CaseIterable { case auto, dna, rna, protein }
  private enum Lengths: String, CaseIterable { case fixed, dnabert }

  static let options = [
    ReaderOption("alphabet", "auto", "what the letters are: `auto`, `dna`, `rna` or `protein`"),
    ReaderOption("window", "509 + k; 1022 for proteins", "the most residues of a window"),
    ReaderOption("stride", "the window", "how far a window starts behind the one before"),
    ReaderOption("min_length", "k, at least 5", "the fewest residues of the last window"),
    ReaderOption(
      "lengths", "fixed", "`dnabert` cuts half of the windows shorter, down to `min_length`"),
    ReaderOption("max_n", "0", "the largest share of N and other ambiguous letters in a window"),
    ReaderOption(
      "soft_mask", "upper", "what lower case becomes: `upper`, `keep`, or `mask` for N and X"),
    ReaderOption("k", "6", "the letters of a k-mer, 3 to 6, or `none`"),
    ReaderOption("assembly", "as titles say", "the assembly that the sequences are of"),
  ]

  /// The alphabet of all sequences; nil when each shows its own.
  let alphabet: BiologicalSequence.Alphabet?
  let softMask: SoftMask
  /// The most that ambiguous letters may make out of a window, in millionths.
  let maximumUnknown: Int
  /// The letters of a k-mer; 0 for none.
  let kmer: Int
  let assembly: String
  private let window: Int?
  private let stride: Int?
  private let minimum: Int
  private let varies: Bool

  init(_ settings: ReaderSettings) throws {
    alphabet = BiologicalSequence.Alphabet(
      rawValue: try settings.choice("alphabet", default: AlphabetChoice.auto).rawValue)
    softMask = try settings.choice("soft_mask", default: SoftMask.upper)
    maximumUnknown = try settings.millionths("max_n", default: 0)
    kmer = settings.text("k") == "none" ? 0 : try settings.number("k", in: 3...6) ?? 6
    assembly = settings.text("assembly") ?? ""
    window = try settings.number("window", in: 1...(1 << 20))
    stride = try settings.number("stride", in: 1...(1 << 30))
    minimum = try settings.number("min_length", in: 1...(1 << 20)) ?? max(5, kmer)
    varies = try settings.choice("lengths", default: Lengths.fixed) == .dnabert
    if varies, stride != nil {
      throw Diagnostic("option 'stride' does not go with 'lengths: dnabert'; remove one of them")
    }
    if let window, window < minimum {
      throw Diagnostic(
        "option 'window' is \(window), less than 'min_length', which is \(minimum)")
    }
  }

  func plan(for alphabet: BiologicalSequence.Alphabet) -> SequenceWindows.Plan {
    let length = window ?? (alphabet == .protein ? 1022 : 509 + max(1, kmer))
    return SequenceWindows.Plan(
      length: max(length, minimum), stride: stride ?? max(length, minimum), minimum: minimum,
      varies: varies)
  }

  /// Writes lower case as the option says.
  func letters(_ residues: some Sequence<UInt8>, _ table: ResidueTable) -> [UInt8] {
    residues.map { byte in
      guard (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) else { return byte }
      return switch softMask {
      case .keep: byte
      case .upper: byte & 0xdf
      case .mask: table.unknown
      }
    }
  }
}
