/// What is true of a corpus: what `materia corpora` and the README's table print.
package struct CorpusFacts: Sendable {
  /// The kebab-case name that recipes use.
  package var name: String
  package var title: String
  package var shape: Content.Shape
  /// The licence its publisher states; nil when only the recipe can say.
  package var license: License?
  /// The primary language subtag; nil when records differ or the corpus does not say.
  package var language: String?
  /// The entry names and forms it comes in, for people: `.xml.gz, .xml`.
  package var forms: String
  /// The tasks of `TaskRegistry` that suit it, the default first.
  package var tasks: [String]
  /// Whether its records are about real patients, so that output files are kept private.
  package var isSensitive: Bool
  /// Where the format is described.
  package var reference: String

  package init(
    name: String, title: String, shape: Content.Shape, license: License?, language: String?,
    forms: String, tasks: [String], isSensitive: Bool = false, reference: String
  ) {
    self.name = name
    self.title = title
    self.shape = shape
    self.license = license
    self.language = language
    self.forms = forms
    self.tasks = tasks
    self.isSensitive = isSensitive
    self.reference = reference
  }
}

/// What the recipe says to a reader: the mapped fields and the reader's own options.
package struct ReaderOptions: Sendable, Equatable {
  /// The licence that the recipe asserts for the source.
  package var license: License?
  package var language: String?
  /// Target field → column or path, for the mapped readers.
  package var fields: [String: String]
  /// The shape that mapped fields make.
  package var shape: Content.Shape?
  /// Reader-specific options, by the names its documentation gives.
  package var options: [String: String]

  package init(
    license: License? = nil, language: String? = nil, fields: [String: String] = [:],
    shape: Content.Shape? = nil, options: [String: String] = [:]
  ) {
    self.license = license
    self.language = language
    self.fields = fields
    self.shape = shape
    self.options = options
  }
}

/// An entry as a reader sees it: a path and a stream of decompressed bytes.
package protocol EntryBytes {
  /// The path inside the archive, `/`-separated, escaped for printing; the file's name for a bare
  /// file.
  var path: String { get }

  /// Calls `body` with the next piece of the entry's bytes until there is none or `body` throws.
  ///
  /// The buffer is valid during the call only.
  mutating func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws
}

extension EntryBytes {
  /// The whole entry; for formats that need it in one piece.
  ///
  /// - Throws: `Diagnostic` when the entry is longer than `maximumBytes`.
  package mutating func allBytes(maximumBytes: Int = 256 << 20) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let path = path
    try forEachChunk { chunk in
      guard bytes.count + chunk.count <= maximumBytes else {
        throw Diagnostic(
          at: Position(entry: path),
          "entry is longer than \(maximumBytes) bytes, the limit for formats read in one piece")
      }
      bytes.append(contentsOf: chunk)
    }
    return bytes
  }
}

/// Bytes that are already in memory, as an entry: for tests and for batches.
package struct BufferedEntry: EntryBytes, Sendable {
  package let path: String
  package let bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  package func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    try bytes.withUnsafeBytes(body)
  }

  package func allBytes(maximumBytes: Int) throws -> [UInt8] { bytes }
}

/// Where a reader puts its readings.
///
/// Returning false means: enough, stop reading this entry.
package typealias ReadingSink = (Reading) throws -> Bool

/// Entries of a corpus → records.
///
/// A reader is a value without state between entries: entries may be read in parallel and in any
/// order. It sets a record's `id`, `license`, `language`, `groups`, `tags` and `content`, and of the
/// provenance `ordinal` and `byteOffset`; the pipeline fills in source, archive and entry.
package protocol CorpusReader: Sendable {
  static var facts: CorpusFacts { get }

  /// - Throws: `Diagnostic` when the options do not suit the corpus.
  init(options: ReaderOptions) throws

  /// Whether the entry belongs to the corpus; others are listed as skipped, not read.
  func accepts(path: String) -> Bool

  /// Reads one entry.
  ///
  /// - Throws: a `DiagnosticError` when the entry as a whole cannot be read further; a record that
  ///   cannot be used is a rejection, not an error.
  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws
}

extension CorpusReader {
  package func accepts(path: String) -> Bool { true }
}
