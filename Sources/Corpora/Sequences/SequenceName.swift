/// What the title of a sequence says of it: its name, and which part of a chromosome it is.
///
///     chr8 …                                     → chr8
///     gi|45478711|ref|NC_005816.1| Yersinia …    → NC_005816.1
///     sp|P69905|HBA_HUMAN Hemoglobin …           → P69905
///     chr1:1001-2000                             → chr1 from 1,000  (samtools faidx)
///     8 8:80870571-81143467                      → 8 from 80,870,570  (bcftools)
///     hg38_dna range=chr1:1001-2000 …            → chr1 from 1,000  (UCSC)
///     1 dna:chromosome chromosome:GRCh38:1:1:…:1 → 1 of GRCh38  (Ensembl)
struct SequenceName: Equatable {
  private(set) var name: String
  /// What follows the name, or empty.
  private(set) var description: String
  /// The 0-based place of the first residue in the chromosome.
  private(set) var start = 0
  private(set) var assembly = ""

  init(title: String) {
    let words = title.split { $0 == " " || $0 == "\t" }.map(String.init)
    let first = words.first ?? ""
    name = Self.accession(of: first)
    description = words.dropFirst().joined(separator: " ")
    if let region = Region(first) {
      (name, start) = (region.name, region.start)
    }
    for word in words.dropFirst().prefix(4) { takeWord(word) }
  }

  private mutating func takeWord(_ word: String) {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 6, let first = Int(parts[3]), first > 0, Int(parts[4]) != nil {
      (assembly, start) = (parts[1], first - 1)
    } else if word.hasPrefix("range="), let region = Region(String(word.dropFirst(6))) {
      (name, start) = (region.name, region.start)
    } else if let region = Region(word), region.name == name {
      start = region.start
    }
  }

  /// The accession in a name of NCBI's or UniProt's making; else the name.
  private static func accession(of word: String) -> String {
    let fields = word.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let place = fields.first == "gi" ? 3 : 1
    guard fields.count > place, !fields[place].isEmpty else { return word }
    return fields[place]
  }
}

/// `chr1:1001-2000`, places counted from 1.
private struct Region {
  let name: String
  let start: Int

  init?(_ word: String) {
    guard let colon = word.lastIndex(of: ":") else { return nil }
    let places = word[word.index(after: colon)...].split(separator: "-")
    guard places.count == 2, let first = Int(places[0]), first > 0, let last = Int(places[1]),
      last >= first, colon > word.startIndex
    else { return nil }
    name = String(word[..<colon])
    start = first - 1
  }
}
