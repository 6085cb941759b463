import Archives
import Corpora
import Records

/// Looks into files: what they hold, which readers can read it, under which licences it is.
///
/// Every file is gone through twice as a stream. The first time tells the entries' formats by their
/// first bytes; the second time runs the readers that the formats speak for. Memory holds counts,
/// names up to a bound and one number an entry.
package struct Inspector: Sendable {
  /// How many names of entries are kept.
  package var listedEntries = 10
  /// The reader to use whatever the content says.
  package var corpus: String?
  /// Whether the first record's text is kept.
  package var showsText = false
  package let progress: Progress

  package init(progress: Progress = Progress()) { self.progress = progress }

  /// Looks into what a path stands for: a file, a folder or a pattern.
  ///
  /// - Throws: `ArchiveError` when nothing is there, `Diagnostic` when the corpus is unknown. What
  ///   is damaged is a problem of the inspection, not an error.
  package func inspect(path: String) throws -> Inspection {
    if let corpus { _ = try CorpusRegistry.reader(named: corpus) }
    let files = try SourceFiles([path], relativeTo: ".")
    var pass = InspectionPass(inspector: self, path: path)
    pass.take(files.skipped)
    let sizes = files.files.map { InspectionContainer(path: $0.path)?.byteCount ?? 0 }
    progress.begin("inspecting", totalBytes: 2 * sizes.reduce(0, +))
    let groups = zip(files.files, sizes).map { file, size in
      defer { progress.add(bytes: size) }
      return pass.sniffEntries(of: file, isOnly: files.files.count == 1)
    }
    pass.planReadings()
    pass.fillIndexes(from: files.files)
    for (place, file) in files.files.enumerated() {
      pass.readRecords(of: file, groups: groups[place])
      progress.add(bytes: sizes[place])
    }
    pass.finishCollections()
    InspectionLicenseFiles(files: files.files).add(to: &pass.inspection)
    return pass.finish()
  }
}
