import Archives
import Records

/// Fills the reader of a source whose entries are read with the help of others.
enum SourceIndex {
  /// The source with its index filled; the source as it is when its reader has none.
  ///
  /// - Throws: `PipelineError.refused` when an entry that is to be indexed cannot be read.
  static func filled(for source: PlannedSource) throws -> PlannedSource {
    guard var reader = source.reader as? any IndexingReader else { return source }
    for file in source.files where reader.mayHoldIndex(file: file.displayPath) {
      try index(file, of: source, into: &reader)
    }
    var source = source
    source.reader = reader
    return source
  }

  private static func index(
    _ file: InputFile, of source: PlannedSource, into reader: inout any IndexingReader
  ) throws {
    var entryPath: String?
    do {
      let archive = try Archive.open(
        path: file.path, displayPath: file.displayPath, limits: source.limits,
        members: source.members)
      while var entry = try archive.nextEntry() {
        guard reader.indexes(path: entry.path) else { continue }
        entryPath = entry.path
        try reader.index(&entry)
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
