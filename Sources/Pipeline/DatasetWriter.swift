import Emitters
import Formats
import Records
import Stages

/// Appends rendered blocks, in order, to the files of the dataset.
final class DatasetWriter {
  private let plan: BuildPlan
  private let root: String
  private let dialects: [[ShardWriter]]
  private let provenance: [ShardWriter]
  private let rejected: ShardWriter
  private let votes: ShardWriter
  private let works: ShardWriter
  private(set) var attributions = Attributions()
  private var namedWorks: Set<Digest128> = []
  private(set) var ledger = Ledger()
  private(set) var tallies: [String: SourceTally] = [:]
  private(set) var lengths = LengthTally()
  private(set) var sample: ExampleSample
  private(set) var records = [Int](repeating: 0, count: Split.allCases.count)
  private(set) var examples = [Int](repeating: 0, count: Split.allCases.count)
  private var groups = [Set<Digest128>](repeating: [], count: Split.allCases.count)
  private var recordIDs: [Int: String] = [:]

  init(plan: BuildPlan, root: String) {
    self.plan = plan
    self.root = root
    sample = plan.emptySample
    let isPrivate = plan.isSensitive
    dialects = plan.dialects.map { dialect in
      Split.allCases.map { split in
        ShardWriter(
          root: root, stem: "\(dialect.folder)/\(dialect.emitter.stem(of: split))",
          shardRows: dialect.shardRows,
          isCompressed: dialect.isCompressed, isPrivate: isPrivate)
      }
    }
    provenance = Split.allCases.map { split in
      ShardWriter(
        root: root, stem: "provenance/\(split.rawValue)", shardRows: nil, isCompressed: false,
        isPrivate: isPrivate)
    }
    rejected = ShardWriter(
      root: root, stem: "rejected", shardRows: nil, isCompressed: false, isPrivate: isPrivate)
    votes = ShardWriter(
      root: root, stem: "votes", shardRows: nil, isCompressed: false, isPrivate: isPrivate)
    works = ShardWriter(
      root: root, stem: "attributions", shardRows: nil, isCompressed: false, isPrivate: isPrivate)
  }

  var groupCounts: [Int] { groups.map(\.count) }

  func append(_ output: BlockRendering.Output) throws {
    for (split, rows) in output.splits.enumerated() {
      for (dialect, bytes) in rows.dialects.enumerated() {
        try dialects[dialect][split].append(bytes, rows: rows.examples)
      }
      try provenance[split].append(rows.provenance, rows: rows.examples)
      records[split] += rows.records
      examples[split] += rows.examples
      groups[split].formUnion(rows.groups)
    }
    try rejected.append(output.rejected, rows: output.rejectedRows)
    try votes.append(output.votes, rows: output.voteRows)
    try append(output.works)
    for source in output.ledger.sources { ledger[source] += output.ledger[source] }
    for (source, tally) in output.tallies { tallies[source, default: SourceTally()] += tally }
    sample.formUnion(output.sample)
    lengths += output.lengths
    recordIDs.merge(output.recordIDs) { first, _ in first }
  }

  /// Appends the works that were not named before.
  private func append(_ rows: [AttributionRow]) throws {
    var json = JSONWriter()
    var count = 0
    for row in rows {
      let name = row.work.address ?? "\(row.work.title)\n\(row.work.authors)"
      guard namedWorks.insert(Digest128(of: "\(row.source)\n\(name)")).inserted else { continue }
      attributions.add(row)
      row.write(into: &json)
      json.newline()
      count += 1
    }
    try works.append(json.take(), rows: count)
  }

  /// Closes every file, with the lists of copies and of items of benchmarks as the last.
  func finish(_ decided: GlobalDecisions.Outcome) throws -> [WrittenFile] {
    var files: [WrittenFile] = []
    for (dialect, writers) in zip(plan.dialects, dialects) {
      files += try finish(writers, of: dialect)
    }
    for writer in provenance { files += try writer.finish() }
    files += try rejected.finish()
    files += try votes.finish()
    files += try works.finish()
    files += try writeDuplicates(decided)
    files += try writeContaminated(decided)
    return files
  }

  /// Closes the files of a dialect, and writes what is to stand beside them.
  private func finish(
    _ writers: [ShardWriter], of dialect: PlannedDialect
  ) throws -> [WrittenFile] {
    var files: [WrittenFile] = []
    var rows: [DialectFile] = []
    for (split, writer) in zip(Split.allCases, writers) {
      let written = try writer.finish()
      files += written
      rows += written.map {
        DialectFile(
          split: split, name: String($0.path.dropFirst(dialect.folder.count + 1)),
          rows: $0.rows ?? 0)
      }
    }
    let output = PlainFiles(root: root, isPrivate: plan.isSensitive)
    for companion in dialect.emitter.companions(of: rows) {
      files.append(
        try output.write(companion.bytes, to: "\(dialect.folder)/\(companion.name)"))
    }
    return files
  }

  private func writeDuplicates(_ decided: GlobalDecisions.Outcome) throws -> [WrittenFile] {
    let writer = ShardWriter(
      root: root, stem: "duplicates", shardRows: nil, isCompressed: false,
      isPrivate: plan.isSensitive)
    var json = JSONWriter()
    for cluster in decided.copies.clusters {
      let reference = cluster.kept - decided.fates.count
      for copy in cluster.copies {
        DuplicateRow(
          cluster: String(cluster.id),
          kept: reference < 0 ? recordIDs[cluster.kept] ?? "" : plan.referenceID(reference),
          dropped: recordIDs[copy.ordinal] ?? "", similarity: copy.similarity,
          kind: copy.kind == .exact ? .exact : .near
        ).write(into: &json)
        json.newline()
      }
      try writer.append(json.take(), rows: cluster.copies.count)
    }
    return try writer.finish()
  }

  private func writeContaminated(_ decided: GlobalDecisions.Outcome) throws -> [WrittenFile] {
    let writer = ShardWriter(
      root: root, stem: "contamination", shardRows: nil, isCompressed: false,
      isPrivate: plan.isSensitive)
    let benchmarks = plan.stages.decontaminator?.benchmarks ?? []
    var json = JSONWriter()
    for mark in decided.contaminated {
      for hit in mark.hits {
        ContaminationRow(
          id: recordIDs[mark.record] ?? "", benchmark: benchmarks[hit.benchmark].name,
          item: hit.item,
          rule: hit.rule.rawValue, score: hit.score,
          split: Split(rank: decided.fates.splits[mark.record]) ?? .train,
          isRemoved: decided.fates.reason(of: mark.record) == .contaminated
        ).write(into: &json)
        json.newline()
      }
      try writer.append(json.take(), rows: mark.hits.count)
    }
    return try writer.finish()
  }
}
