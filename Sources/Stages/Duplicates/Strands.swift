import Records

/// Residues as copies are judged by them.
///
/// A piece of DNA and its reverse complement are one molecule read from either end, so both are
/// compared by their canonical strand: the one that comes first in the order of its letters. RNA and
/// proteins have one direction and are compared as they stand.
struct Strands {
  /// The residues in upper case, U as T; of DNA the canonical strand.
  let canonical: [UInt8]
  let isDoubleStranded: Bool

  init(_ sequence: BiologicalSequence) {
    isDoubleStranded = sequence.alphabet == .dna
    let isNucleic = sequence.alphabet != .protein
    let forward = sequence.residues.utf8.map { byte in
      let upper = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte & 0xdf : byte
      return isNucleic && upper == UInt8(ascii: "U") ? UInt8(ascii: "T") : upper
    }
    guard isDoubleStranded else {
      canonical = forward
      return
    }
    let reverse = forward.reversed().map { Self.complements[Int($0)] }
    canonical = reverse.lexicographicallyPrecedes(forward) ? reverse : forward
  }

  var text: String { String(decoding: canonical, as: UTF8.self) }

  /// The complement of each IUPAC code; other bytes stand for themselves.
  private static let complements: [UInt8] = {
    var table = (0...255).map { UInt8($0) }
    for (one, other) in zip("ACGTRYKMBDHV".utf8, "TGCAYRMKVHDB".utf8) { table[Int(one)] = other }
    return table
  }()
}

// MARK: Shingles

extension Strands {
  /// Calls `body` with the hash of each run of `size` letters.
  ///
  /// Of DNA it is that of the run's canonical strand, so that both strands have one set. Runs of DNA with letters other than A, C, G and T are
  /// passed over. A text that is shorter than a run is one shingle.
  func forEachShingle(of size: Int, _ body: (UInt64) -> Void) {
    guard canonical.count >= size else {
      return body(canonical.reduce(Mix.first) { Mix.fold($0 ^ UInt64($1), Mix.second) })
    }
    isDoubleStranded ? forEachKMer(of: min(size, 32), body) : forEachRun(of: size, body)
  }

  /// Two bits a letter, rolled along both strands at once.
  private func forEachKMer(of size: Int, _ body: (UInt64) -> Void) {
    let mask = size == 32 ? UInt64.max : 1 << UInt64(2 * size) - 1
    let top = UInt64(2 * (size - 1))
    var forward: UInt64 = 0
    var reverse: UInt64 = 0
    var count = 0
    for byte in canonical {
      guard let code = Self.code(of: byte) else {
        count = 0
        continue
      }
      forward = (forward << 2 | code) & mask
      reverse = reverse >> 2 | (3 - code) << top
      count += 1
      if count >= size { body(Mix.fold(min(forward, reverse) ^ Mix.first, Mix.second)) }
    }
  }

  /// A < C < G < T, so that the complement of a code is 3 less the code.
  private static func code(of byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "A"): 0
    case UInt8(ascii: "C"): 1
    case UInt8(ascii: "G"): 2
    case UInt8(ascii: "T"): 3
    default: nil
    }
  }

  private func forEachRun(of size: Int, _ body: (UInt64) -> Void) {
    for start in 0...(canonical.count - size) {
      body(
        canonical[start..<start + size].reduce(Mix.third) {
          Mix.fold($0 ^ UInt64($1), Mix.second)
        })
    }
  }
}
