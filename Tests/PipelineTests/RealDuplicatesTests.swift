import Archives
import Corpora
import Foundation
import Records
import TestSupport
import Testing

@testable import Pipeline
@testable import Stages

/// Near copies of real answers, found by MinHash and by comparing all with all.
@Suite(.enabled(if: SharedFolder.hasCorpora, "\(SharedFolder.absence)"), .serialized)
struct RealDuplicatesTests {
  /// The answers of a corpus, empty ones aside.
  private static func answers(_ corpus: String, in file: String) throws -> [String] {
    let reader = try CorpusRegistry.reader(named: corpus, options: ReaderOptions())
    let path = SharedFolder.corpus(file)
    let archive = try Archive.open(path: path, displayPath: path)
    var answers: [String] = []
    while var entry = try archive.nextEntry() {
      guard reader.accepts(path: entry.path) else { continue }
      try reader.read(&entry) { reading in
        if case .record(let record) = reading, let answer = record.content.text(of: "answer") {
          answers.append(answer)
        }
        return true
      }
    }
    return answers
  }

  private static let medQuAD = Result {
    try answers("medquad", in: "medquad/MedQuAD-master.zip")
  }
  private static let chinese = Result {
    try answers("chinese-medical-dialogue", in: "cmd-zh/Chinese-medical-dialogue-data.zip")
  }

  /// How many go, by comparing all with all: for chains of pairs, and by the star rule.
  private struct Truth {
    var pairs: [ExactJaccardJoin.Pair]
    var single: Int
    var star: Int

    init(_ part: FingerprintPart, threshold: Double) {
      let sets = part.entries.map { entry in
        Array(part.shingles[entry.firstShingle..<entry.firstShingle + Int(entry.shingleCount)])
      }
      pairs = ExactJaccardJoin(threshold: threshold).pairs(among: sets)
      var chains = UnionFind(count: sets.count)
      var partners = [[Int]](repeating: [], count: sets.count)
      for pair in pairs {
        chains.join(pair.first, pair.second)
        partners[pair.first].append(pair.second)
        partners[pair.second].append(pair.first)
      }
      single = sets.indices.count { chains.find($0) != $0 }
      let order = part.entries.indices.map {
        SurvivorKey(part.entries[$0], at: $0, keep: .longest)
      }.sorted()
      var stays = [Bool](repeating: false, count: sets.count)
      for key in order { stays[key.index] = !partners[key.index].contains { stays[$0] } }
      star = stays.count { !$0 }
    }
  }

  private func part(of texts: [String], _ settings: DuplicateSettings) -> FingerprintPart {
    let printer = Fingerprinter(settings: settings)
    var part = FingerprintPart()
    for (ordinal, text) in texts.enumerated() {
      printer.append(
        exact: [text], near: [text], ordinal: ordinal,
        key: DuplicateKey(tieBreak: Digest128(of: "\(ordinal)")), to: &part)
    }
    return part
  }

  private func copies(_ part: FingerprintPart, _ settings: DuplicateSettings) throws
    -> DuplicateFinder.Copies
  {
    let folder = try TemporaryFolder()
    let finder = try DuplicateFinder(
      settings: settings, workFolder: folder.path, memoryBytes: 64 << 20)
    try finder.add(part)
    return try finder.copies()
  }

  /// Holds both rules to the truth; returns it.
  private func truth(of texts: [String], threshold: Double) throws -> Truth {
    let star = DuplicateSettings(near: .init(threshold: threshold))
    let part = part(of: texts, star)
    let truth = Truth(part, threshold: threshold)
    var single = star
    single.cluster = .single
    let chained = try copies(part, single).clusters.reduce(0) { $0 + $1.copies.count }
    #expect(chained <= truth.single)
    #expect(Double(chained) >= 0.98 * Double(truth.single))

    let found = try copies(part, star)
    let gone = found.clusters.flatMap(\.copies)
    #expect(abs(gone.count - truth.star) <= truth.star / 50)
    #expect(gone.allSatisfy { $0.similarity >= threshold })
    var joined = UnionFind(count: texts.count)
    for cluster in found.clusters {
      for copy in cluster.copies { joined.join(cluster.kept, copy.ordinal) }
    }
    for link in found.links { joined.join(link.first, link.second) }
    let held = truth.pairs.count { joined.areJoined($0.first, $0.second) }
    #expect(Double(held) >= 0.98 * Double(truth.pairs.count))
    return truth
  }

  /// Comparing all with all takes a debug build half a minute for each further threshold.
  private static func thresholds(_ all: [(Double, Int, Int)]) -> [(Double, Int, Int)] {
    ProcessInfo.processInfo.environment["MATERIA_SLOW_TESTS"] == "1" ? all : [all[1]]
  }

  /// 16,407 answers of the common schema and 16 of the other; the published counts, of chains, are
  /// of the former: 677, 1,283 and 2,080.
  @Test(arguments: thresholds([(0.9, 677, 676), (0.8, 1283, 1012), (0.7, 2081, 1592)]))
  func `MedQuAD: the published counts of near copies`(
    threshold: Double, single: Int, star: Int
  ) throws {
    let answers = try Self.medQuAD.get()
    #expect(answers.count == 16_423)
    let truth = try truth(of: answers, threshold: threshold)
    #expect(truth.single == single)
    #expect(truth.star == star)
  }

  @Test(arguments: thresholds([(0.9, 4475, 4473), (0.8, 4500, 4494), (0.7, 4528, 4515)]))
  func `CMD: near copies of Chinese answers`(threshold: Double, single: Int, star: Int) throws {
    let truth = try truth(of: Self.chinese.get(), threshold: threshold)
    #expect(truth.single == single)
    #expect(truth.star == star)
  }
}
