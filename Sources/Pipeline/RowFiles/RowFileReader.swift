import Archives
import Emitters
import Formats

/// Reads a file of rows as JSON lines, in whatever form they lie in it.
struct RowFileReader {
  private enum Content {
    case entry(Archive, ArchiveEntry, any RowDecoder)
    case parquet(ParquetRowDecoder)
    case done
  }

  private var content: Content

  /// Opens a file of a dataset.
  init(path: String) throws {
    if RowFileFormat(ofFile: path) == .parquet {
      content = .parquet(try ParquetRowDecoder(.inParts(path: path)))
      return
    }
    var limits = ArchiveLimits()
    // What we wrote ourselves may say the same a thousand times.
    limits.ratio = .max / 2
    limits.streamBytes = .max / 2
    limits.runBytes = .max / 2
    let name = FolderTree.parentAndName(of: path).name
    let archive = try Archive.open(path: path, displayPath: name, limits: limits)
    guard let entry = try archive.nextEntry() else {
      content = .done
      return
    }
    content = .entry(archive, entry, Self.decoder(ofFile: name))
  }

  /// The next lines, the last of which may go on; nil at the end.
  mutating func next() throws -> [UInt8]? {
    switch content {
    case .done: return nil
    case .parquet(var decoder):
      defer { content = .parquet(decoder) }
      return try decoder.next()
    case .entry(let archive, let entry, var decoder):
      while let bytes = try entry.next() {
        let lines = try decoder.decode(bytes)
        guard !lines.isEmpty else { continue }
        content = .entry(archive, entry, decoder)
        return lines
      }
      content = .done
      let rest = try decoder.finish()
      return rest.isEmpty ? nil : rest
    }
  }

  /// What makes rows of the bytes of a file of that name, unpacked.
  static func decoder(ofFile name: String) -> any RowDecoder {
    switch RowFileFormat(ofFile: name) {
    case .text: SentenceRowDecoder()
    case .json: DocumentRowDecoder(task: taskName(inFile: name))
    case .jsonl, .parquet, nil: LineRowDecoder()
    }
  }

  /// The task in the name of a document: `train.SOURCE.TASK.LICENSE.json`.
  static func taskName(inFile name: String) -> String {
    let parts = name.split(separator: ".")
    return parts.count > 3 ? String(parts[2]) : parts.first.map(String.init) ?? name
  }
}

extension ParquetFile {
  /// A file that is read where it lies, a row group's columns at a time.
  static func inParts(path: String) throws -> ParquetFile {
    try ParquetFile(count: FileSize.of(path)) {
      try FileRange.bytes(of: path, offset: $0.lowerBound, count: $0.count)
    }
  }
}
