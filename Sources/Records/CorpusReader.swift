/// What is true of a corpus: what `materia corpora` and the README's table print.
package struct CorpusFacts: Sendable {
  /// The kebab-case name that recipes use.
  package var name: String
  package var title: String
  package var shape: Content.Shape
  /// Shapes of a few of its records, such as questions without options in an exam.
  package var otherShapes: [Content.Shape]
  /// The licence its publisher states; nil when only the recipe can say, or each record.
  package var license: License?
  /// Whether records state licences of their own; what a recipe asserts is then for those that do not.
  package var isLicensedByRecord: Bool
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
  /// The reader's own options.
  package var options: [ReaderOption]
  /// What gives the corpus away; an entry needs to fit one of them.
  package var signatures: [CorpusSignature]

  package init(
    name: String, title: String, shape: Content.Shape, license: License?,
    isLicensedByRecord: Bool = false, language: String?,
    forms: String, tasks: [String], isSensitive: Bool = false, reference: String,
    options: [ReaderOption] = [], signatures: [CorpusSignature] = [],
    otherShapes: [Content.Shape] = []
  ) {
    self.name = name
    self.title = title
    self.shape = shape
    self.otherShapes = otherShapes
    self.license = license
    self.isLicensedByRecord = isLicensedByRecord
    self.language = language
    self.forms = forms
    self.tasks = tasks
    self.isSensitive = isSensitive
    self.reference = reference
    self.options = options
    self.signatures = signatures
  }
}

/// An option of a reader, as `materia corpora NAME` and the recipes' reference show it.
package struct ReaderOption: Sendable {
  package var name: String
  /// What is taken when the recipe says nothing, or what then happens, in words.
  package var preset: String
  /// What it decides, as half a sentence that names the values.
  package var summary: String

  package init(_ name: String, _ preset: String, _ summary: String) {
    self.name = name
    self.preset = preset
    self.summary = summary
  }
}

/// What the recipe says to a reader: the mapped fields and the reader's own options.
package struct ReaderOptions: Sendable, Equatable {
  /// The licences that the source is read under; nil where the corpus or each record says.
  package var licenses: Licenses?
  package var language: String?
  /// Target field → column or path, for the mapped readers.
  package var fields: [String: String]
  /// The columns or paths of a row that hold its patient's own identifiers, for the mapped readers.
  package var identifiers: [KnownIdentifier.Kind: [String]] = [:]
  /// The shape that mapped fields make.
  package var shape: Content.Shape?
  /// Reader-specific options, by the names its documentation gives.
  package var options: [String: String]

  package init(
    license: License? = nil, language: String? = nil, fields: [String: String] = [:],
    shape: Content.Shape? = nil, options: [String: String] = [:]
  ) {
    licenses = license.map(Licenses.init)
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

  /// The path of the file that the entry is in, as the output names it; empty where there is none.
  var archive: String { get }

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
  package let archive: String
  package let bytes: [UInt8]

  package init(path: String, archive: String = "", bytes: [UInt8]) {
    self.path = path
    self.archive = archive
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

  /// Where a file stands in the order of reading: files of a higher rank come later, as they correct
  /// earlier ones. Within a rank the names decide.
  ///
  /// - Parameter file: The file's path on disk.
  func rank(ofFile file: String) -> Int

  /// Reads one entry.
  ///
  /// - Throws: a `DiagnosticError` when the entry as a whole cannot be read further; a record that
  ///   cannot be used is a rejection, not an error.
  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws
}

extension CorpusReader {
  package func accepts(path: String) -> Bool { true }

  package func rank(ofFile file: String) -> Int { 0 }
}

/// A corpus whose rows hold their patients' own identifiers where the recipe says.
package protocol IdentifyingReader: CorpusReader {
  /// The places named for identifiers that none of the rows read so far has; none before there was one.
  var unmetIdentifiers: [String] { get }
}

/// A corpus whose entries are read with the help of others: annotations beside their texts, a list of
/// licences, the shared strings of a workbook.
///
/// Before any entry is read for records, every entry that `indexes(path:)` names is handed to
/// `index(_:)`, in the order of files and entries. The reader so filled is then the value that
/// entries are read by, in parallel and in any order. An index is held in memory; what is too long
/// for that is a `CollectingReader`'s.
package protocol IndexingReader: CorpusReader {
  /// Whether a file may hold entries to index; a file that cannot is not opened for it.
  func mayHoldIndex(file: String) -> Bool

  /// Whether the entry is to be looked things up in. It may be read for records as well.
  func indexes(path: String) -> Bool

  /// Takes an entry into the index.
  ///
  /// - Throws: when it cannot be read, which stops the build: the records that need it would be wrong.
  mutating func index(_ entry: inout some EntryBytes) throws
}

extension IndexingReader {
  package func mayHoldIndex(file: String) -> Bool { true }
}

/// A corpus whose records are spread over several entries, such as the tables of a database: the
/// whole source is read as one collection, in the order of files and entries.
package protocol CollectingReader: CorpusReader {
  /// An empty collection.
  ///
  /// - Parameter scratchPath: A folder that the collection may keep files in while it lives; nil where
  ///   there is none, as in tests and inspection, and everything stays in memory.
  func makeCollection(scratchPath: String?) throws -> any EntryCollection
}

/// What a collecting reader has taken in so far.
///
/// A reading handed on while an entry is taken gets that entry as its provenance, unless it bears one;
/// those handed on at the end must bear their archive and entry.
package protocol EntryCollection {
  /// Takes an entry in, handing on what is already complete.
  ///
  /// - Throws: when the entry cannot be read. Nothing of it may then stay in the collection; where that
  ///   cannot be had, the error is a `LostEntryError`.
  mutating func take(_ entry: inout some EntryBytes, into sink: ReadingSink) throws

  /// Hands on what is left.
  mutating func finish(into sink: ReadingSink) throws
}

extension CollectingReader {
  /// Reads an entry as a collection of its own.
  package func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var collection = try makeCollection(scratchPath: nil)
    try collection.take(&entry, into: sink)
    try collection.finish(into: sink)
  }
}

/// An entry of a collection that was lost half-way, so that the records of others would be wrong: no
/// setting of a source may let the build go on.
package struct LostEntryError: DiagnosticError {
  package var diagnostic: Diagnostic

  package init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}
