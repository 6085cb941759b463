import Records
import Testing

@testable import Stages

struct StrandsTests {
  @Test func `a window and its reverse complement are exact copies`() throws {
    let clusters = try clusters(of: [dna("ACGTTGCAAN"), dna("NTTGCAACGT"), dna("NAACGTTGCA")])
    #expect(clusters.map(\.ordinals) == [[0, 1]])
    #expect(clusters[0].copies.map(\.kind) == [.exact])
  }

  @Test func `case and ambiguity codes are complemented too`() {
    #expect(Strands(dna("acRYSWKMBDHVNt")).text == Strands(dna("aNBDHVKMWSRYgt")).text)
    #expect(Strands(dna("acgt")).text == "ACGT")
  }

  @Test func `RNA and proteins have one direction`() throws {
    let clusters = try clusters(of: [
      sequence("ACGUUGCAAC", .rna), sequence("GUUGCAACGU", .rna), sequence("ACGTTG", .protein),
      sequence("CAACGT", .protein),
    ])
    #expect(clusters.isEmpty)
  }

  @Test func `near copies are found on either strand`() throws {
    let text = randomBases(600)
    var changed = Array(reverseComplement(text))
    changed[300] = changed[300] == "A" ? "C" : "A"
    let clusters = try clusters(of: [dna(text), dna(String(changed)), dna(randomBases(600, 9))])
    #expect(clusters.map(\.ordinals) == [[0, 1]])
    #expect(clusters[0].copies[0].kind == .near)
    // One base spoils the 16 runs it is in: 569 of 601 are common.
    #expect(clusters[0].copies[0].similarity == 569.0 / 601.0)
  }

  @Test func `k-mers are compared by the residues they spell`() throws {
    let settings = DuplicateSettings(exactFields: ["tokens"], near: nil)
    let first = BiologicalSequence(residues: "ACGTTA", tokens: "ACG CGT GTT TTA", name: "a")
    let second = BiologicalSequence(residues: "TAACGT", tokens: "TAA AAC ACG CGT", name: "b")
    #expect(try clusters(of: [first, second], settings).map(\.ordinals) == [[0, 1]])
  }

  @Test func `a named field that is no residue is compared as text`() throws {
    let settings = DuplicateSettings(exactFields: ["name"], near: nil)
    let first = BiologicalSequence(residues: "ACGTTA", name: "a")
    let second = BiologicalSequence(residues: "CCCCCC", name: "A")
    #expect(try clusters(of: [first, second], settings).map(\.ordinals) == [[0, 1]])
  }

  private func dna(_ residues: String) -> BiologicalSequence { sequence(residues, .dna) }

  private func sequence(
    _ residues: String, _ alphabet: BiologicalSequence.Alphabet
  ) -> BiologicalSequence {
    BiologicalSequence(alphabet: alphabet, residues: residues, name: "x")
  }

  private func randomBases(_ count: Int, _ seed: UInt64 = 4) -> String {
    var generator = SplitMix64(seed: seed)
    return String((0..<count).map { _ in "ACGT".randomElement(using: &generator) ?? "A" })
  }

  private func reverseComplement(_ text: String) -> String {
    let complements: [Character: Character] = ["A": "T", "C": "G", "G": "C", "T": "A"]
    return String(text.reversed().map { complements[$0] ?? $0 })
  }

  private func clusters(
    of sequences: [BiologicalSequence], _ settings: DuplicateSettings = DuplicateSettings()
  ) throws -> [DuplicateCluster] {
    let folder = try WorkFolderFixture()
    let fingerprinter = Fingerprinter(settings: settings)
    var part = FingerprintPart()
    for (ordinal, sequence) in sequences.enumerated() {
      let record = Record(
        id: String(ordinal), corpus: "fasta", license: .cc0, content: .sequence(sequence))
      fingerprinter.append(record, ordinal: ordinal, to: &part)
    }
    let finder = try DuplicateFinder(
      settings: settings, workFolder: folder.path, memoryBytes: 1 << 20)
    try finder.add(part)
    return try finder.copies().clusters
  }
}
