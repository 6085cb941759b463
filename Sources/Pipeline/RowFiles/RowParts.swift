import Emitters
import Formats

/// The files of a split's rows in a dialect by the parts that rows are kept apart in, of which the
/// provenance of each row names one.
struct RowParts: Sendable {
  /// The files of each part in the order of their shards, by the part's name.
  private let files: [String: [String]]

  /// - Parameters:
  ///   - paths: The files of the split.
  ///   - stem: How their paths begin, before parts and shards.
  init(_ paths: [String], stem: String) {
    var files: [String: [String]] = [:]
    for path in paths {
      files[RowPart.name(inFile: path, stem: stem) ?? "", default: []].append(path)
    }
    self.files = files
  }

  /// Whether rows are kept apart at all; else files have them in the order of their provenance.
  var isParted: Bool { !files.isEmpty && files[""] == nil }

  /// The files of each part.
  func streams(in root: String) -> [String: LineStream] {
    files.mapValues { paths in LineStream(paths.map { "\(root)/\($0)" }) }
  }

  /// The files of a part.
  func files(of part: String) -> [String] { files[part] ?? [] }

  /// The name of the part that a row is in; nil when it is in none.
  func part(of provenance: JSONNode) -> String? {
    RowPart.Rule.allCases.lazy.map { RowPart($0, provenance: provenance).name }
      .first { files[$0] != nil }
  }
}

/// The rows of a split in the order of their provenance, taken from the files of all parts.
struct PartedRows {
  private let parts: RowParts
  private var streams: [String: LineStream]
  private var provenance: LineStream

  init(_ parts: RowParts, provenance: [String], root: String) {
    self.parts = parts
    streams = parts.streams(in: root)
    self.provenance = LineStream(provenance)
  }

  private static let lines = 256

  /// The next rows, or nil at the end; fewer rows than provenance, or more, show where others are
  /// counted.
  mutating func next() throws -> [UInt8]? {
    let origins = try provenance.take(Self.lines, bytes: 1 << 18)
    guard origins.lines > 0 else { return try rowsLeftOver() }
    var rows: [UInt8] = []
    try RowLines.forEach(in: origins.bytes[...]) { origin in
      guard let part = parts.part(of: origin) else { return }
      rows += try streams[part]?.take(1).bytes ?? []
    }
    return rows
  }

  /// A row that no provenance speaks of.
  private mutating func rowsLeftOver() throws -> [UInt8]? {
    for part in streams.keys.sorted() {
      if let row = try streams[part]?.take(1), row.lines > 0 { return row.bytes }
    }
    return nil
  }
}
