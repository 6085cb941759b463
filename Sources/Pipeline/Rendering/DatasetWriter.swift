import Emitters
import Formats
import Records
import Stages

/// Appends rendered blocks, in order, to the files of the dataset.
final class DatasetWriter {
  private let plan: BuildPlan
  private let root: String
  /// The writers of each dialect, by split.
  private let dialects: [[PartWriters]]
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
      Split.allCases.map { PartWriters(root: root, plan: plan, dialect: dialect, split: $0) }
    }
    provenance = Split.allCases.map { split in
      ShardWriter(root: root, stem: "provenance/\(split.rawValue)", isPrivate: isPrivate)
    }
    rejected = ShardWriter(root: root, stem: "rejected", isPrivate: isPrivate)
    votes = ShardWriter(root: root, stem: "votes", isPrivate: isPrivate)
    works = ShardWriter(root: root, stem: "attributions", isPrivate: isPrivate)
  }

  var groupCounts: [Int] { groups.map(\.count) }

  func append(_ output: BlockRendering.Output) throws {
    for (split, rows) in output.splits.enumerated() {
      for (dialect, parts) in rows.dialects.enumerated() {
        try dialects[dialect][split].append(parts)
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
    _ writers: [PartWriters], of dialect: PlannedDialect
  ) throws -> [WrittenFile] {
    var files = try writers.flatMap { try $0.finish() }
    let output = PlainFiles(root: root, isPrivate: plan.isSensitive)
    for companion in dialect.emitter.companions(of: dialect.dialectFiles(among: files)) {
      files.append(
        try output.write(companion.bytes, to: "\(dialect.folder)/\(companion.name)"))
    }
    return files
  }

  private func writeDuplicates(_ decided: GlobalDecisions.Outcome) throws -> [WrittenFile] {
    let writer = ShardWriter(root: root, stem: "duplicates", isPrivate: plan.isSensitive)
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
    let writer = ShardWriter(root: root, stem: "contamination", isPrivate: plan.isSensitive)
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

/// The files of one split in one dialect, by the parts that its rows are kept apart in.
private final class PartWriters {
  private let root: String
  private let plan: BuildPlan
  private let dialect: PlannedDialect
  private let split: Split
  private var writers: [RowPart: ShardWriter] = [:]

  init(root: String, plan: BuildPlan, dialect: PlannedDialect, split: Split) {
    self.root = root
    self.plan = plan
    self.dialect = dialect
    self.split = split
  }

  func append(_ parts: [RowPart: BlockRendering.PartRows]) throws {
    for (part, rows) in parts {
      try writer(of: part).append(rows.bytes, rows: rows.count)
    }
  }

  /// Closes the files, part by part in the order of their names.
  func finish() throws -> [WrittenFile] {
    let parts = writers.sorted { $0.key.name.utf8.lexicographicallyPrecedes($1.key.name.utf8) }
    return try parts.flatMap { try $0.value.finish() }.map {
      var file = $0
      file.split = split
      return file
    }
  }

  private func writer(of part: RowPart) -> ShardWriter {
    if let writer = writers[part] { return writer }
    let writer = ShardWriter(
      root: root, stem: dialect.stem(of: split) + part.suffix, shardRows: dialect.shardRows,
      encoding: RowFileEncoding(of: dialect, part, plan), isPrivate: plan.isSensitive)
    writers[part] = writer
    return writer
  }
}
