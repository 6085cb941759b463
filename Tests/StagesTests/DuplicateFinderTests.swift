import Records
import Testing

@testable import Stages

struct DuplicateFinderTests {
  private let folder: WorkFolderFixture

  init() throws { folder = try WorkFolderFixture() }

  @Test func `copies that differ in case, spaces and punctuation are exact`() throws {
    let clusters = try clusters(of: [
      "Aspirin relieves mild pain.", "Heparin is given by injection.",
      "aspirin  relieves MILD pain", "Aspirin relieves severe pain.",
    ])
    #expect(
      clusters == [
        DuplicateCluster(
          id: 0, kept: clusters[0].kept,
          copies: [.init(ordinal: clusters[0].kept == 0 ? 2 : 0, kind: .exact, similarity: 1)])
      ])
  }

  @Test func `compatibility forms and case beyond ASCII do not tell copies apart`() throws {
    let clusters = try clusters(of: ["Ménière 10⁵ STRASSE", "MÉNIÈRE 105 Straße", "Meniere"])
    #expect(clusters.map(\.ordinals) == [[0, 1]])
  }

  @Test func `fields that are cut elsewhere are no copies`() throws {
    let settings = DuplicateSettings(near: nil)
    let clusters = try clusters(ofFields: [["a b", "c"], ["a", "b c"], ["a b", "C!"]], settings)
    #expect(clusters.map(\.ordinals) == [[0, 2]])
  }

  @Test func `records without text are copies of nothing, symbols only of the same symbols`() throws
  {
    let clusters = try clusters(of: ["", "", "±", "µ±", "±", "?"])
    #expect(clusters.map(\.ordinals) == [[2, 4]])
  }

  @Test func `near copies are joined at the threshold, and their true similarity is told`() throws {
    let text = (0..<54).map { "w\($0)" }
    // 50 shingles of 5 words; replacing the last word but two spoils 3 of them: 47 of 53.
    var changed = text
    changed[51] = "other"
    let similarity = 47.0 / 53.0
    let texts = [text, changed].map { $0.joined(separator: " ") }
    let near = try clusters(of: texts, threshold: similarity)
    #expect(near.first?.copies.first?.similarity == similarity)
    #expect(near.first?.copies.first?.kind == .near)
    #expect(try clusters(of: texts, threshold: similarity + 0.001).isEmpty)
  }

  @Test func `a text shorter than a shingle is one shingle`() throws {
    let clusters = try clusters(of: [
      "no known allergies", "no known allergy", "No known allergies?",
    ])
    #expect(clusters.map(\.ordinals) == [[0, 2]])
  }

  @Test func `scripts without spaces are compared by letters`() throws {
    let text = "高血圧症は脳卒中や心筋梗塞の危険因子であり生活習慣の改善が治療の基本となる疾患である"
    let clusters = try clusters(of: [text + "。", text + "こと", "糖尿病の治療"], threshold: 0.8)
    #expect(clusters.map(\.ordinals) == [[0, 1]])
    #expect(clusters[0].copies[0].kind == .near)
  }

  @Test(arguments: [0.7, 0.8, 0.9])
  func `bands find 98 of 100 pairs that the exact join finds`(threshold: Double) throws {
    var documents = TestDocuments(seed: 11)
    let texts = documents.mixture(count: 3000)
    let settings = DuplicateSettings(
      isExact: false, near: .init(threshold: threshold), cluster: .single)
    let part = part(of: texts.map { [$0] }, settings)
    let sets = part.entries.map { entry in
      Array(part.shingles[entry.firstShingle..<entry.firstShingle + Int(entry.shingleCount)])
    }
    let truth = ExactJaccardJoin(threshold: threshold).pairs(among: sets)
    var expected = UnionFind(count: texts.count)
    for pair in truth { expected.join(pair.first, pair.second) }
    var found = UnionFind(count: texts.count)
    for cluster in try clusters(of: part, settings) {
      for copy in cluster.copies { found.join(cluster.kept, copy.ordinal) }
    }
    let recalled = truth.count { found.areJoined($0.first, $0.second) }
    #expect(truth.count > 400)
    #expect(Double(recalled) >= 0.98 * Double(truth.count))
    let wrong = texts.indices.filter { !expected.areJoined($0, found.find($0)) }
    #expect(wrong.isEmpty, "pairs below the threshold were joined")
  }

  @Test(arguments: [DuplicateSettings.Keep.longest, .shortest])
  func `the same records stay whatever the order they come in`(
    keep: DuplicateSettings.Keep
  ) throws {
    var documents = TestDocuments(seed: 5)
    let texts = documents.mixture(count: 600)
    let settings = DuplicateSettings(near: .init(maximumComparisons: 2), keep: keep)
    let expected = try dropped(texts, inOrder: Array(texts.indices), settings)
    #expect(expected.count > 100)
    for _ in 0..<4 {
      let order = documents.shuffled(texts.indices)
      #expect(try dropped(texts, inOrder: order, settings) == expected)
    }
  }

  @Test func `parts of any size and memory of any size give the same clusters`() throws {
    var documents = TestDocuments(seed: 7)
    let texts = documents.mixture(count: 1500)
    let settings = DuplicateSettings()
    let expected = try clusters(of: part(of: texts.map { [$0] }, settings), settings)
    // 1,024 keys in memory at a time: some fifty runs on disk.
    let finder = try finder(settings, memoryBytes: 1)
    for start in stride(from: 0, to: texts.count, by: 7) {
      let piece = texts[start..<min(start + 7, texts.count)].map { [$0] }
      let part = part(of: piece, settings, firstID: start)
      try finder.add(FingerprintPart(decoding: part.encoded()), ordinalBase: start)
    }
    #expect(try finder.copies().clusters == expected)
  }

  @Test func `removing copies twice is the same as once`() throws {
    var documents = TestDocuments(seed: 9)
    let texts = documents.mixture(count: 500)
    let gone = try dropped(texts, inOrder: Array(texts.indices), DuplicateSettings())
    let left = texts.indices.filter { !gone.contains($0) }.map { texts[$0] }
    #expect(try clusters(of: left).isEmpty)
  }

  @Test func `excluded records are copies of nothing`() throws {
    let settings = DuplicateSettings()
    let finder = try finder(settings, memoryBytes: 1 << 20)
    try finder.add(part(of: [["one two"], ["one two"], ["one two"]], settings))
    let clusters = try finder.copies { $0 == 1 }.clusters
    #expect(clusters.map(\.ordinals) == [[0, 2]])
  }

  @Test func `the highest priority stays, then the longest, or the first`() throws {
    func kept(_ keep: DuplicateSettings.Keep, _ keys: [(length: Int, priority: Int)]) throws -> Int?
    {
      let settings = DuplicateSettings(near: nil, keep: keep)
      let printer = Fingerprinter(settings: settings)
      var part = FingerprintPart()
      for (ordinal, key) in keys.enumerated() {
        printer.append(
          exact: ["same"], near: [], ordinal: ordinal,
          key: DuplicateKey(
            length: key.length, priority: key.priority, tieBreak: Digest128(of: "\(ordinal)")),
          to: &part)
      }
      return try clusters(of: part, settings).first?.kept
    }
    #expect(try kept(.longest, [(1, 0), (3, 0), (2, 0)]) == 1)
    #expect(try kept(.shortest, [(2, 0), (3, 0), (1, 0)]) == 2)
    #expect(try kept(.longest, [(9, 0), (1, 5), (1, 2)]) == 1)
    #expect(try kept(.shortest, [(1, -1), (9, 0), (8, 0)]) == 2)
    #expect(try kept(.first, [(1, 2), (9, 2), (9, 2)]) == 0)
    #expect(try kept(.first, [(1, 0), (1, 1), (1, 1)]) == 1)
  }

  @Test func `a crowded bucket still chains its copies`() throws {
    let body = (0..<60).map { "w\($0)" }.joined(separator: " ")
    let texts = (0..<300).map { "\(body) n\($0)" }
    let settings = DuplicateSettings(near: .init(maximumComparisons: 3), cluster: .single)
    let clusters = try clusters(of: part(of: texts.map { [$0] }, settings), settings)
    #expect(clusters.map(\.copies.count) == [299])
  }

  @Test func `fields that a shape lacks give way to its main fields`() {
    let settings = DuplicateSettings(
      exactFields: ["answer"], near: .init(fields: ["answer"]))
    let printer = Fingerprinter(settings: settings)
    var part = FingerprintPart()
    let answer = QuestionAnswer(question: "what", answer: "one two three")
    let article = Article(title: "one two three")
    for (ordinal, content) in [Content.questionAnswer(answer), .article(article)].enumerated() {
      let record = Record(id: "\(ordinal)", corpus: "c", license: .mit, content: content)
      printer.append(record, ordinal: ordinal, to: &part)
    }
    #expect(part.count == 2)
    #expect(part.shingles[0] == part.shingles[1])
  }

  @Test func `bands suit the threshold`() {
    #expect(DuplicateSettings.Near(threshold: 0.8).banding == .init(bands: 32, rows: 4))
    #expect(DuplicateSettings.Near(threshold: 0.9).banding == .init(bands: 21, rows: 6))
    #expect(
      DuplicateSettings.Near(threshold: 0.8, recall: 0.9999).banding == .init(bands: 25, rows: 5))
    for percent in 10...99 {
      for recall in [0.9, 0.98, 0.999] {
        let near = DuplicateSettings.Near(threshold: Double(percent) / 100, recall: recall)
        #expect(near.banding.recall(at: near.threshold) >= recall)
      }
    }
  }

  // MARK: Arrangement

  private func part(
    of fields: [[String]], _ settings: DuplicateSettings, firstID: Int = 0
  ) -> FingerprintPart {
    let printer = Fingerprinter(settings: settings)
    var part = FingerprintPart()
    for (ordinal, texts) in fields.enumerated() {
      printer.append(
        exact: texts, near: texts, ordinal: ordinal,
        key: DuplicateKey(tieBreak: Digest128(of: "\(firstID + ordinal)")), to: &part)
    }
    return part
  }

  private func finder(_ settings: DuplicateSettings, memoryBytes: Int) throws -> DuplicateFinder {
    try DuplicateFinder(settings: settings, workFolder: folder.path, memoryBytes: memoryBytes)
  }

  private func clusters(
    of part: FingerprintPart, _ settings: DuplicateSettings
  ) throws -> [DuplicateCluster] {
    let finder = try finder(settings, memoryBytes: 16 << 20)
    try finder.add(part)
    return try finder.copies().clusters
  }

  private func clusters(
    ofFields fields: [[String]], _ settings: DuplicateSettings
  ) throws -> [DuplicateCluster] {
    try clusters(of: part(of: fields, settings), settings)
  }

  private func clusters(of texts: [String], threshold: Double = 0.8) throws -> [DuplicateCluster] {
    try clusters(ofFields: texts.map { [$0] }, DuplicateSettings(near: .init(threshold: threshold)))
  }

  /// The texts that go when they come in that order.
  private func dropped(
    _ texts: [String], inOrder order: [Int], _ settings: DuplicateSettings
  ) throws -> Set<Int> {
    let printer = Fingerprinter(settings: settings)
    var part = FingerprintPart()
    for (ordinal, text) in order.enumerated() {
      printer.append(
        exact: [texts[text]], near: [texts[text]], ordinal: ordinal,
        key: DuplicateKey(tieBreak: Digest128(of: "\(text)")), to: &part)
    }
    return Set(try clusters(of: part, settings).flatMap(\.copies).map { order[$0.ordinal] })
  }
}
