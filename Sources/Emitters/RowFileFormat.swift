/// How rows lie in a file; by these names recipes ask for them.
package enum RowFileFormat: String, Sendable, CaseIterable {
  /// A JSON object a line.
  case jsonl
  /// Parquet with the columns of the dialect's features.
  case parquet
  /// A sentence a line, and a blank line behind each row.
  case text
  /// A document for each source, task and licence, its rows in a list.
  case json

  /// How a file is packed.
  package enum Compression: String, Sendable, CaseIterable {
    case none
    case gzip
    case zstd
    case snappy
  }

  /// The ending of an unpacked file.
  package var suffix: String { self == .text ? ".txt" : ".\(rawValue)" }

  /// How files of the format may be packed, the default first.
  package var compressions: [Compression] {
    switch self {
    case .jsonl, .text: [.none, .gzip]
    case .parquet: [.zstd, .snappy, .none]
    case .json: [.none]
    }
  }

  /// The ending of a file that is packed so; Parquet packs its pages itself.
  package func suffix(_ compression: Compression) -> String {
    compression == .gzip ? suffix + ".gz" : suffix
  }

  /// What `datasets` and the trainers built on it call the loader of the files.
  package var loader: String {
    switch self {
    case .jsonl, .json: "json"
    case .parquet: "parquet"
    case .text: "text"
    }
  }

  /// The media type of an unpacked file.
  package var mediaType: String {
    switch self {
    case .jsonl: "application/jsonlines"
    case .parquet: "application/x-parquet"
    case .text: "text/plain"
    case .json: "application/json"
    }
  }

  /// The format of a file by its name; nil when its ending is none of theirs.
  package init?(ofFile path: String) {
    let name = path.hasSuffix(".gz") ? path.dropLast(3) : path[...]
    guard let format = Self.allCases.first(where: { name.hasSuffix($0.suffix) }) else { return nil }
    self = format
  }
}
