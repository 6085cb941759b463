import Archives
import Emitters
import Records
import Stages

/// Holds the written rows of each split against those of the splits behind it.
///
/// The held-out rows are few: they are indexed, and the others stream past. Every pair is looked
/// at, by digests and by an exact join of shingle sets; the index is made and passed in parts when
/// it does not fit in the memory.
struct LeakSearch: Sendable {
  let batches: RowBatches
  let settings: ProofSettings
  let memoryBytes: Int

  /// What was found, and what was read.
  struct Findings: Sendable {
    var report = LeakReport()
    var rows: [Split: Int] = [:]
    /// A digest of each split's rows: their texts, ids and groups.
    var contents: [Split: String] = [:]
  }

  init(
    root: String, paths: [String], settings: ProofSettings, threads: Int, memoryBytes: Int
  ) {
    batches = RowBatches(root: root, paths: paths, dialect: settings.dialect, threads: threads)
    self.settings = settings
    self.memoryBytes = memoryBytes
  }

  func findings() async throws -> Findings {
    var findings = Findings()
    var held = HeldOutRows()
    var chunk = ShingleChunk(first: 0, budget: memoryBytes / 2)
    for split in [Split.validation, .test] {
      try await read(split, into: &held, &chunk, &findings)
    }
    held.seal()
    var tally = LeakTally(held, threshold: settings.leaks.threshold)
    while true {
      let index = ShingleIndex(chunk.sets)
      for split in [Split.train, .validation] where split == .train || held.count > 0 {
        try await compare(split, with: held, index, chunk.first, &tally, &findings)
      }
      guard chunk.end < held.count else { break }
      chunk = ShingleChunk(first: chunk.end, budget: memoryBytes / 2)
      try await fill(&chunk)
      tally.isRepeating = true
    }
    findings.report = tally.report()
    return findings
  }

  // MARK: Held-out rows

  private func read(
    _ split: Split, into held: inout HeldOutRows, _ chunk: inout ShingleChunk,
    _ findings: inout Findings
  ) async throws {
    let settings = settings
    let content = SHA256()
    var rows = 0
    try await batches.forEach(of: split) { batch in
      var reader = PublishedRowReader(settings)
      var rows: [PublishedRow] = []
      try batch.forEachRow(&reader) { rows.append($0) }
      return rows
    } _: { batch in
      for row in batch {
        content.update(row.contentBytes)
        chunk.add(row.print.shingles)
        held.append(row, split: split)
      }
      rows += batch.count
    }
    findings.rows[split] = rows
    findings.contents[split] = content.finalize()
  }

  /// Reads the shingles of the next held-out rows.
  private func fill(_ chunk: inout ShingleChunk) async throws {
    let settings = settings
    var row = 0
    for split in [Split.validation, .test] {
      try await batches.forEach(of: split) { batch in
        var reader = PublishedRowReader(settings)
        var sets: [[UInt64]] = []
        try batch.forEachRow(&reader) { sets.append($0.print.shingles) }
        return sets
      } _: { sets in
        for set in sets {
          if row >= chunk.first { chunk.add(set) }
          row += 1
        }
      }
    }
  }

  // MARK: Comparison

  private func compare(
    _ split: Split, with held: HeldOutRows, _ index: ShingleIndex, _ first: Int,
    _ tally: inout LeakTally, _ findings: inout Findings
  ) async throws {
    let content = SHA256()
    var rows = 0
    let bound = SharedBound(settings.leaks.threshold)
    bound.raise(to: tally.best)
    let comparison = RowComparison(
      split: split, held: held, index: index, firstHeld: first, settings: settings, bound: bound)
    try await batches.forEach(of: split) {
      try comparison.matches(of: $0)
    } _: { matches in
      content.update(matches.content)
      rows += matches.rows
      tally.take(matches, of: split)
    }
    guard split == .train else { return }
    findings.rows[split] = rows
    findings.contents[split] = content.finalize()
  }
}

/// The shingles of a run of held-out rows, as many as there is room for.
private struct ShingleChunk {
  let first: Int
  private(set) var sets: [[UInt64]] = []
  private var room: Int
  private var isFull = false

  init(first: Int, budget: Int) {
    self.first = first
    room = budget
  }

  /// The row behind the last.
  var end: Int { first + sets.count }

  mutating func add(_ set: [UInt64]) {
    guard !isFull else { return }
    room -= ShingleIndex.byteCount(ofShingles: set.count)
    // One row is taken whatever its size.
    guard room >= 0 || sets.isEmpty else {
      isFull = true
      return
    }
    sets.append(set)
  }
}

extension PublishedRow {
  /// What the content's digest is made of.
  var contentBytes: [UInt8] {
    var bytes: [UInt8] = []
    let text = Digest128(high: self.text, low: 0)
    for digest in [text, print.whole, id] + groups.map(\.key) {
      for half in [digest.high, digest.low] {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
          bytes.append(UInt8(truncatingIfNeeded: half >> shift))
        }
      }
    }
    return bytes
  }
}
