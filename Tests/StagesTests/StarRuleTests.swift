import Records
import Testing

@testable import Stages

struct StarRuleTests {
  private let folder: WorkFolderFixture

  init() throws { folder = try WorkFolderFixture() }

  /// Texts of which each is a copy of the next at 0.8, and the first of the last is not.
  private func chain(of count: Int) -> [String] {
    var words = (0..<100).map { "w\($0)" }
    return (0..<count).map { step in
      words[step * 12 + 10] = "changed\(step)"
      return words.joined(separator: " ")
    }
  }

  private func finder(
    of texts: [String], _ settings: DuplicateSettings, priorities: [Int] = [],
    openness: [Int] = [], references: Int = 0
  ) throws -> DuplicateFinder {
    let finder = try DuplicateFinder(
      settings: settings, workFolder: folder.path, memoryBytes: 16 << 20)
    let printer = Fingerprinter(settings: settings)
    for (ordinal, text) in texts.enumerated() {
      var part = FingerprintPart()
      printer.append(
        exact: [text], near: [text], ordinal: ordinal,
        key: DuplicateKey(
          priority: priorities.isEmpty ? 0 : priorities[ordinal],
          openness: openness.isEmpty ? 0 : openness[ordinal], tieBreak: Digest128(of: text)),
        to: &part)
      try finder.add(part)
    }
    return finder
  }

  @Test func `a chain of small steps is not followed`() throws {
    let texts = chain(of: 8)
    func removed(_ cluster: DuplicateSettings.Cluster) throws -> DuplicateFinder.Copies {
      let settings = DuplicateSettings(near: .init(threshold: 0.8), cluster: cluster)
      return try finder(of: texts, settings).copies()
    }
    let single = try removed(.single)
    #expect(single.clusters.map(\.copies.count) == [7])
    #expect(single.clusters[0].copies.contains { $0.similarity < 0.8 })
    let star = try removed(.star)
    #expect(star.clusters.count > 1)
    #expect(star.clusters.joined().allSatisfy { $0.similarity >= 0.8 })
  }

  @Test func `what stays of a chain is still held together`() throws {
    let settings = DuplicateSettings(near: .init(threshold: 0.8))
    let copies = try finder(of: chain(of: 8), settings).copies()
    var sets = UnionFind(count: 8)
    for cluster in copies.clusters {
      for copy in cluster.copies { sets.join(cluster.kept, copy.ordinal) }
    }
    #expect((0..<8).contains { sets.find($0) != 0 })
    for link in copies.links { sets.join(link.first, link.second) }
    #expect((0..<8).allSatisfy { sets.find($0) == 0 })
  }

  @Test(arguments: [0.7, 0.8, 0.9])
  func `nothing goes but for what it is like, and nothing stays beside what it is like`(
    threshold: Double
  ) throws {
    var documents = TestDocuments(seed: 23)
    let texts = documents.mixture(count: 1200)
    let settings = DuplicateSettings(near: .init(threshold: threshold, recall: 0.999999))
    let printer = Fingerprinter(settings: settings)
    var part = FingerprintPart()
    for (ordinal, text) in texts.enumerated() {
      printer.append(
        exact: [text], near: [text], ordinal: ordinal,
        key: DuplicateKey(tieBreak: Digest128(of: "\(ordinal)")), to: &part)
    }
    let copies = try finder(of: texts, settings).copies()
    let sets = part.entries.map { entry in
      Array(part.shingles[entry.firstShingle..<entry.firstShingle + Int(entry.shingleCount)])
    }
    var gone: Set<Int> = []
    for cluster in copies.clusters {
      for copy in cluster.copies {
        gone.insert(copy.ordinal)
        let similarity = Similarity.jaccard(sets[copy.ordinal], sets[cluster.kept])
        #expect(similarity >= threshold)
        #expect(copy.similarity == similarity)
      }
    }
    #expect(gone.count > 100)
    #expect(copies.clusters.allSatisfy { !gone.contains($0.kept) })
    let left = ExactJaccardJoin(threshold: threshold).pairs(among: sets)
      .filter { !gone.contains($0.first) && !gone.contains($0.second) }
    #expect(left.isEmpty)
  }

  @Test func `of a crowd that all are alike one stays, few comparisons or many`() throws {
    let body = (0..<60).map { "w\($0)" }.joined(separator: " ")
    let texts = (0..<300).map { "\(body) n\($0)" }
    for comparisons in [3, 1024] {
      let settings = DuplicateSettings(near: .init(maximumComparisons: comparisons))
      let clusters = try finder(of: texts, settings).copies().clusters
      #expect(clusters.map(\.copies.count) == [299])
    }
  }

  @Test func `priority comes before licence, licence before length`() throws {
    let long = (0..<60).map { "w\($0)" }.joined(separator: " ")
    let texts = [long, "\(long) more", "\(long) more words"]
    func kept(_ priorities: [Int], _ openness: [Int]) throws -> [Int] {
      let settings = DuplicateSettings(near: .init(threshold: 0.8))
      return try finder(of: texts, settings, priorities: priorities, openness: openness)
        .copies().clusters.map(\.kept)
    }
    #expect(try kept([0, 0, 0], [0, 0, 0]) == [2])
    #expect(try kept([0, 0, 0], [0, 1, 0]) == [1])
    #expect(try kept([1, 0, 0], [0, 1, 0]) == [0])
  }

  @Test func `a record that goes as an exact copy is like what stays for it in the end`() throws {
    // One question, three answers: the exact field is the question, the near field the answer.
    let settings = DuplicateSettings(near: .init(threshold: 0.8))
    let printer = Fingerprinter(settings: settings)
    let body = (0..<60).map { "w\($0)" }.joined(separator: " ")
    let other = (0..<60).map { "v\($0)" }.joined(separator: " ")
    let records = [
      ("what", "\(body) end"), ("what", other), ("which", "\(body) end of it"),
    ]
    let finder = try DuplicateFinder(
      settings: settings, workFolder: folder.path, memoryBytes: 1 << 20)
    var part = FingerprintPart()
    for (ordinal, (question, answer)) in records.enumerated() {
      printer.append(
        exact: [question], near: [answer], ordinal: ordinal,
        key: DuplicateKey(tieBreak: Digest128(of: "\(ordinal)")), to: &part)
    }
    try finder.add(part)
    let copies = try finder.copies()
    // The longest stays; the first goes for it, and the second, an exact copy of the first only, not.
    #expect(
      copies.clusters.map { [$0.kept] + $0.copies.map(\.ordinal) } == [[2, 0]])
    #expect(copies.links.count == 1)
  }
}

extension [DuplicateCluster] {
  fileprivate func joined() -> [DuplicateCluster.Copy] { flatMap(\.copies) }
}
