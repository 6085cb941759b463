import Records

/// What the letters of an alphabet are worth.
struct ResidueTable: Sendable {
  /// A letter's part in its alphabet.
  enum Letter: UInt8 {
    /// No letter of the alphabet: digits, gaps of alignments.
    case invalid
    case plain
    /// N and the other letters that stand for several residues.
    case ambiguous
  }

  let alphabet: BiologicalSequence.Alphabet
  /// The letter that masked and unknown residues are written as.
  let unknown: UInt8
  private let letters: [Letter]

  /// IUPAC-IUB codes: nucleotides 1985, amino acids 1984 with U and O, `*` for a stop.
  init(_ alphabet: BiologicalSequence.Alphabet) {
    self.alphabet = alphabet
    unknown = alphabet == .protein ? UInt8(ascii: "X") : UInt8(ascii: "N")
    let isProtein = alphabet == .protein
    let plain = isProtein ? "ACDEFGHIKLMNPQRSTVWYUO" : "ACGTU"
    let ambiguous = isProtein ? "BZJX*" : "NRYSWKMBDHV"
    var letters = [Letter](repeating: .invalid, count: 256)
    for (text, letter) in [(plain, Letter.plain), (ambiguous, .ambiguous)] {
      for byte in text.utf8 {
        letters[Int(byte)] = letter
        letters[Int(byte | 0x20)] = letter
      }
    }
    self.letters = letters
  }

  subscript(_ byte: UInt8) -> Letter { letters[Int(byte)] }

  /// The alphabet that residues are plainly in: nucleotides when all letters are of their codes and
  /// at least half of them A, C, G, T, U or N; RNA when there is U and no T.
  static func alphabet(of residues: some Collection<UInt8>) -> BiologicalSequence.Alphabet {
    let nucleotides = ResidueTable(.dna)
    var plain = 0
    var hasU = false
    var hasT = false
    for byte in residues {
      guard nucleotides[byte] != .invalid else { return .protein }
      let upper = byte & 0xdf
      if nucleotides[byte] == .plain || upper == UInt8(ascii: "N") { plain += 1 }
      if upper == UInt8(ascii: "U") { hasU = true }
      if upper == UInt8(ascii: "T") { hasT = true }
    }
    guard plain * 2 >= residues.count else { return .protein }
    return hasU && !hasT ? .rna : .dna
  }
}

/// Overlapping words of residues, as DNABERT is given them: `ACGTACG` is `ACGTAC CGTACG`.
enum KMers {
  /// The words of `size` letters in upper case, each a letter on, separated by blanks; empty when
  /// there are fewer letters.
  static func text(of residues: [UInt8], size: Int) -> String {
    guard size > 0, residues.count >= size else { return "" }
    var text: [UInt8] = []
    text.reserveCapacity((residues.count - size + 1) * (size + 1))
    for start in 0...(residues.count - size) {
      if start > 0 { text.append(0x20) }
      for byte in residues[start..<start + size] { text.append(upper(byte)) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The residues that words of one length spell, each a letter on; nil when they do not.
  static func residues(of words: [Substring.UTF8View]) -> [UInt8]? {
    guard let first = words.first else { return nil }
    var residues = Array(first)
    for word in words.dropFirst() {
      guard word.count == first.count, let last = word.last,
        word.dropLast().elementsEqual(residues.suffix(first.count - 1))
      else { return nil }
      residues.append(last)
    }
    return residues
  }

  private static func upper(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte & 0xdf : byte
  }
}

/// Shares of letters, as tags and rejections state them.
enum ResidueShare {
  /// A share with three decimals, rounded: `0.482`.
  static func text(_ count: Int, of total: Int) -> String {
    let thousandths = total == 0 ? 0 : (count * 2000 + total) / (total * 2)
    let digits = String(thousandths % 1000)
    let zeros = String(repeating: "0", count: 3 - digits.count)
    return "\(thousandths / 1000).\(zeros)\(digits)"
  }

  /// The share of G and C among A, C, G, T and U; nil when there are none of them.
  static func guanineCytosine(of residues: some Sequence<UInt8>) -> String? {
    var strong = 0
    var weak = 0
    for byte in residues {
      switch byte & 0xdf {
      case UInt8(ascii: "G"), UInt8(ascii: "C"): strong += 1
      case UInt8(ascii: "A"), UInt8(ascii: "T"), UInt8(ascii: "U"): weak += 1
      default: break
      }
    }
    return strong + weak == 0 ? nil : text(strong, of: strong + weak)
  }
}
