import Archives
import Records

/// Fills the reader of a source whose entries are read with the help of others.
enum SourceIndex {
  /// The source with its index filled; the source as it is when its reader has none.
  ///
  /// - Throws: `PipelineError.refused` when an entry that is to be indexed cannot be read.
  static func filled(for source: PlannedSource) throws -> PlannedSource {
    guard let reader = source.reader as? any IndexingReader else { return source }
    var source = source
    source.reader = try filled(
      reader, from: source.files, limits: source.limits, members: source.members)
    return source
  }

  /// The reader with its index filled from files.
  ///
  /// - Parameter needs: whether an entry that cannot be read is an error; it is passed over else.
  static func filled(
    _ empty: any IndexingReader, from files: [InputFile], limits: ArchiveLimits,
    members: MemberFilter = .all, needs: (ArchiveEntry) -> Bool = { _ in true }
  ) throws -> any IndexingReader {
    var reader = empty
    for file in files where reader.mayHoldIndex(file: file.displayPath) {
      try index(file, limits, members, needs, into: &reader)
    }
    return reader
  }

  private static func index(
    _ file: InputFile, _ limits: ArchiveLimits, _ members: MemberFilter,
    _ needs: (ArchiveEntry) -> Bool, into reader: inout any IndexingReader
  ) throws {
    var entryPath: String?
    do {
      let archive = try Archive.open(
        path: file.path, displayPath: file.displayPath, limits: limits, members: members)
      while var entry = try archive.nextEntry() {
        guard reader.indexes(path: entry.path) else { continue }
        entryPath = entry.path
        do { try reader.index(&entry) } catch  where !needs(entry) {}
        entryPath = nil
      }
    } catch {
      // A file that is damaged elsewhere is told of, and ruled on, when it is read for records.
      guard let entryPath else { return }
      var problem = (error as? any DiagnosticError)?.diagnostic ?? Diagnostic("\(error)")
      problem.position = problem.position.within(file: file.displayPath, entry: entryPath)
      throw PipelineError.refused(
        Diagnostic(
          at: problem.position, "\(problem.message); other entries need it to be read",
          hint: problem.hint))
    }
  }
}
