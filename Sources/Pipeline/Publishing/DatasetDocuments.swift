import Archives
import Corpora
import Emitters
import Recipes
import Records
import Stages
import Templates

/// Writes what describes a dataset: lock, card, notice and, last of all, the manifest.
struct DatasetDocuments {
  let plan: BuildPlan
  let summary: DatasetSummary
  let proof: Manifest.Proof
  let leaks: LeakReport
  let lock: RecipeLock
  let units: [UnitReading]
  /// The `--limit` of the run.
  let limit: Int?

  /// Writes the documents and returns the manifest, which lists every other file.
  func write(to root: String, beside files: [WrittenFile]) throws -> Manifest {
    let output = PlainFiles(root: root, isPrivate: plan.isSensitive)
    var all = files
    var manifest = Manifest(
      tool: "materia \(BuildPipeline.version)", name: plan.recipe.name,
      recipeSHA256: lock.recipeSHA256, use: plan.recipe.use, seed: plan.recipe.seed, limit: limit,
      isRedistributable: summary.isRedistributable, sources: summary.sources,
      splits: summary.splits, shares: summary.shares,
      deduplication: plan.deduplication(summary),
      benchmarks: summary.benchmarks, files: [], proof: proof)
    manifest.licenseConflicts = summary.licenseConflicts
    manifest.lengths = summary.lengths
    manifest.deidentification = plan.deidentification(of: summary)
    all.append(try output.write(lock.text(of: units, plan), to: RecipeLock.fileName))
    manifest.files = listed(all)
    let description = description(of: manifest, files)
    all.append(try output.write(DatasetCard(description).text, to: "README.md"))
    all.append(try output.write(Croissant(description).file, to: "croissant.json"))
    all.append(
      try output.write(
        Notice(manifest, corpora: CorpusRegistry.all, attributions: summary.attributions).text,
        to: "NOTICE.md"))
    all.append(try output.write(Report(description).text, to: "report.html"))
    manifest.files = listed(all)
    _ = try output.write(manifest.file, to: "manifest.json")
    return manifest
  }

  private func description(
    of manifest: Manifest, _ files: [WrittenFile]
  ) -> DatasetDescription {
    let publication = plan.recipe.publication
    return DatasetDescription(
      manifest: manifest, sentence: plan.recipe.description,
      publication: DatasetDescription.Publication(
        title: publication.title, creator: publication.creator, url: publication.url,
        date: publication.date, version: publication.version, citation: publication.citation),
      configurations: plan.dialects.map {
        DatasetDescription.Configuration(
          name: $0.folder, features: $0.emitter.features, format: $0.format,
          files: $0.rowFiles(among: files))
      },
      taskCategories: Set(plan.tasks.values.joined().map(\.renderer.task.category)).sorted(),
      leaks: leaks, samples: summary.samples)
  }

  private func listed(_ files: [WrittenFile]) -> [Manifest.File] {
    files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }.map {
      Manifest.File(path: $0.path, sha256: $0.sha256, bytes: $0.byteCount, rows: $0.rows)
    }
  }
}

/// Writes small files whole.
struct PlainFiles {
  let root: String
  let isPrivate: Bool

  func write(_ text: String, to path: String) throws -> WrittenFile {
    try write(Array(text.utf8), to: path)
  }

  func write(_ bytes: [UInt8], to path: String) throws -> WrittenFile {
    let full = "\(root)/\(path)"
    try FolderTree.create(FolderTree.parentAndName(of: full).parent, mode: 0o700)
    let file = try OutputFile(creating: full, isPrivate: isPrivate)
    try file.write(bytes)
    try file.close(isDurable: true)
    return WrittenFile(
      path: path, sha256: SHA256.hex(of: bytes), byteCount: bytes.count, rows: nil)
  }
}

extension BuildPlan {
  /// How copies were looked for, with the sources that lost too many.
  fileprivate func deduplication(_ summary: DatasetSummary) -> Manifest.Deduplication? {
    guard let settings = stages.duplicateSettings else { return nil }
    var deduplication = Manifest.Deduplication(
      isExact: settings.isExact,
      near: settings.near.map { near in
        Manifest.Deduplication.Near(
          threshold: near.threshold, shingleWords: near.shingleWords,
          shingleCharacters: near.shingleCharacters, permutations: near.permutations,
          bands: near.banding.bands, rows: near.banding.rows,
          recall: near.banding.recall(at: near.threshold))
      }, keep: settings.keep.rawValue, cluster: settings.cluster.rawValue,
      maximumLoss: recipe.deduplication?.maximumLoss ?? 1,
      alarms: summary.duplicateLosses.map(\.source),
      references: summary.references)
    deduplication.within = recipe.deduplication?.within.map { rule in
      Manifest.Deduplication.Within(
        group: rule.group.rawValue, unit: rule.unit.rawValue,
        length: rule.unit == .words ? rule.length : nil,
        minimumWords: rule.unit == .sentence ? rule.minimumWords : nil,
        minimumLeft: rule.minimumLeft,
        sources: summary.copiedForward.map {
          Manifest.Deduplication.Within.Source(
            name: $0.source, records: $0.records, units: $0.units, words: $0.words,
            rejected: $0.rejected)
        })
    }
    return deduplication
  }
}
