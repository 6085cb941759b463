import CMinHash
import Records

/// Record → fingerprint: an exact digest, the set of shingle hashes, and the band keys of its
/// MinHash signature.
///
/// A value without state; tasks share it. All seeds are constants, so a text has the same
/// fingerprint in every run.
package struct Fingerprinter: Sendable {
  private let settings: DuplicateSettings
  private let banding: DuplicateSettings.Near.Banding
  private let multipliers: [UInt32]
  private let addends: [UInt32]

  package init(settings: DuplicateSettings) {
    self.settings = settings
    let near = settings.near ?? DuplicateSettings.Near()
    banding = near.banding
    var generator = SplitMix64(seed: 0x6d69_6e68_6173_6831)
    // An odd multiplier permutes the numbers mod 2^32.
    multipliers = (0..<near.permutations).map { _ in UInt32(generator.next() >> 32) | 1 }
    addends = (0..<near.permutations).map { _ in UInt32(generator.next() >> 32) }
  }

  /// Appends the fingerprint of a record.
  ///
  /// A named field that the record's shape does not have counts as empty; when the shape has none
  /// of them, the main fields are compared.
  ///
  /// - Parameter isReference: Whether the record is only compared with and never goes.
  package func append(
    _ record: Record, ordinal: Int, priority: Int = 0, isReference: Bool = false,
    to part: inout FingerprintPart
  ) {
    let strands = Self.strands(of: record.content)
    let nearFields = settings.near?.fields ?? []
    append(
      exact: settings.isExact ? texts(of: record.content, settings.exactFields, strands) : [],
      near: settings.near.map { texts(of: record.content, $0.fields, strands) } ?? [],
      strands: nearFields.allSatisfy(Self.residueFields.contains) ? strands : nil,
      ordinal: ordinal,
      key: DuplicateKey(
        priority: priority,
        openness: isReference
          ? Int(FingerprintEntry.referenceOpenness) : record.licenses.licenseClass.openness,
        tieBreak: Digest128(of: "\(record.source)\u{1f}\(record.id)")),
      to: &part)
  }

  /// Appends the fingerprint of texts: those that must agree, and those that are compared.
  ///
  /// A record without any text is a copy of nothing.
  package func append(
    exact exactTexts: [String], near nearTexts: [String], ordinal: Int, key: DuplicateKey,
    to part: inout FingerprintPart
  ) {
    append(
      exact: exactTexts, near: nearTexts, strands: nil, ordinal: ordinal, key: key, to: &part)
  }

  /// - Parameter strands: The residues whose shingles are compared in place of the words'.
  private func append(
    exact exactTexts: [String], near nearTexts: [String], strands: Strands?, ordinal: Int,
    key: DuplicateKey, to part: inout FingerprintPart
  ) {
    var entry = FingerprintEntry(
      tieBreak: key.tieBreak, ordinal: ordinal, priority: Int32(clamping: key.priority),
      openness: Int32(clamping: key.openness))
    var filled: [String]?
    if settings.isExact {
      part.words.fill(with: exactTexts)
      filled = exactTexts
      entry.exact = digest(of: exactTexts, in: part.words)
    }
    if let near = settings.near {
      if filled != nearTexts { part.words.fill(with: nearTexts) }
      entry.near = part.words.digest()
      appendShingles(near, strands, &entry, to: &part)
    }
    entry.length = Int32(clamping: key.length ?? part.words.byteCount)
    part.entries.append(entry)
  }

  private func texts(
    of content: Content, _ fields: [String], _ strands: Strands?
  ) -> [String] {
    let known = Content.fieldNames(of: content.shape)
    let named = fields.filter(known.contains)
    return (named.isEmpty ? content.mainFields : named).map { field in
      if let strands, Self.residueFields.contains(field) { return strands.text }
      return content.text(of: field) ?? ""
    }
  }

  /// The fields of a sequence that are its residues; k-mers say the same once more.
  private static let residueFields: Set = ["residues", "tokens"]

  private static func strands(of content: Content) -> Strands? {
    guard case .sequence(let sequence) = content else { return nil }
    return Strands(sequence)
  }

  /// The digest of the words; of the bytes when the texts hold symbols only.
  private func digest(of texts: [String], in words: WordBuffer) -> Digest128 {
    guard words.count == 0 else { return words.digest() }
    guard texts.contains(where: { !$0.isEmpty }) else { return .none }
    return Digest128(of: texts.joined(separator: "\u{1f}"))
  }

  private func appendShingles(
    _ near: DuplicateSettings.Near, _ strands: Strands?, _ entry: inout FingerprintEntry,
    to part: inout FingerprintPart
  ) {
    entry.firstShingle = part.shingles.count
    let count: Int
    if let strands, part.words.count > 0 {
      let size = strands.isDoubleStranded ? near.shingleBases : near.shingleCharacters
      count = part.words.appendShingles(of: strands, size: size, to: &part.shingles)
    } else {
      let size = part.words.isUnspaced ? near.shingleCharacters : near.shingleWords
      count = part.words.appendShingles(of: size, to: &part.shingles)
    }
    entry.shingleCount = Int32(clamping: count)
    guard count > 0 else { return }
    part.shingles.withUnsafeBufferPointer { shingles in
      appendBandKeys(
        of: UnsafeBufferPointer(rebasing: shingles[entry.firstShingle...]), to: &part.bandKeys)
    }
  }

  private func appendBandKeys(of shingles: UnsafeBufferPointer<UInt64>, to keys: inout [UInt64]) {
    guard let values = shingles.baseAddress else { return }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: multipliers.count) { minima in
      guard let signature = minima.baseAddress else { return }
      materia_minhash(
        values, shingles.count, multipliers, addends, signature, multipliers.count)
      for band in 0..<banding.bands {
        var key = Mix.first ^ UInt64(band)
        for row in band * banding.rows..<(band + 1) * banding.rows {
          key = Mix.fold(key ^ UInt64(signature[row]), Mix.second)
        }
        keys.append(key)
      }
    }
  }
}

extension LicenseClass {
  /// How freely records of the class may be used: of two copies the freer stays.
  fileprivate var openness: Int {
    switch self {
    case .open: 7
    case .shareAlike: 6
    case .terms: 5
    case .nonCommercial: 4
    case .noDerivatives: 3
    case .siteCopyright: 2
    case .agreement: 1
    case .unknown: 0
    }
  }
}
