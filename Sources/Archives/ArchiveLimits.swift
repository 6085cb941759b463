/// What an archive may cost before it is refused.
///
/// Archives lie about their sizes, so nothing is allocated from a claim: bytes are counted as they
/// come out. A real MEDLINE file holds 250 MB at a ratio of 8:1 and MIMIC-III's notes 4 GB; a bomb
/// stands out by its ratio long before it meets the other limits. Files that are not compressed
/// are bounded by their size on disk and meet no limit.
package struct ArchiveLimits: Sendable, Equatable {
  /// The name of a limit, as messages and settings write it.
  package enum Name: String, Sendable, CaseIterable {
    case ratio
    case entryBytes = "entry-bytes"
    case streamBytes = "stream-bytes"
    case runBytes = "run-bytes"
    case bufferedBytes = "buffered-bytes"
    case entries
    case emptyEntries = "empty-entries"
    case nameBytes = "name-bytes"
    case nesting
    case filters
  }

  /// Expanded bytes a compressed byte, judged once more than `freeBytes` have come out.
  package var ratio = 100
  /// How many bytes an archive may expand to before its ratio is judged.
  package var freeBytes = 10 << 20
  /// Bytes of one member of a zip, tar or 7z archive.
  package var entryBytes = 1 << 30
  /// Bytes of a bare compressed file, such as `NOTEEVENTS.csv.gz`.
  package var streamBytes = 16 << 30
  /// Expanded bytes of all archives that share a `ReadTally`.
  package var runBytes = 20 << 30
  /// Bytes of a zip or 7z inside another archive: it needs seeking, so it is held in memory.
  package var bufferedBytes = 64 << 20
  /// Members of an archive, those of nested archives included.
  package var entries = 1_000_000
  /// Members without a single byte: a corpus has few, an archive made to waste time many.
  package var emptyEntries = 50_000
  /// Bytes of a member's name.
  package var nameBytes = 4_096
  /// Archives inside an archive; 0 for none.
  package var nesting = 1
  /// Compression on top of compression (`.json.gz.gz`) of one file or member.
  package var filters = 2

  package init() {}

  /// The value of a limit.
  package subscript(name: Name) -> Int {
    get { self[keyPath: Self.keyPath(of: name)] }
    set { self[keyPath: Self.keyPath(of: name)] = newValue }
  }

  private static func keyPath(of name: Name) -> WritableKeyPath<ArchiveLimits, Int> {
    switch name {
    case .ratio: \.ratio
    case .entryBytes: \.entryBytes
    case .streamBytes: \.streamBytes
    case .runBytes: \.runBytes
    case .bufferedBytes: \.bufferedBytes
    case .entries: \.entries
    case .emptyEntries: \.emptyEntries
    case .nameBytes: \.nameBytes
    case .nesting: \.nesting
    case .filters: \.filters
    }
  }
}
