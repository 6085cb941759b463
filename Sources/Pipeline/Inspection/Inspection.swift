import Records

/// What is in the files of one path that the user named: a file, a folder or a pattern.
///
/// Holds names and counts only, never corpus text, but for `sample` when it was asked for.
package struct Inspection: Sendable {
  /// The path as the user named it.
  package var path: String
  package var fileCount = 0
  package var byteCount = 0
  /// Container and compression by content: `zip`, `tar in gzip`, `gzip`, `plain file`, with counts.
  package var containers = InspectionTally()
  package var entryCount = 0
  package var expandedBytes = 0
  /// The first names of entries.
  package var entryNames: [String] = []
  package var skipped = InspectionTally()
  /// The formats of the entries, the most frequent first.
  package var formats: [FormatGroup] = []
  /// What each detected corpus' reader made of its entries.
  package var readings: [InspectionReading] = []
  package var licenses: [LicenseFile] = []
  /// What could not be read, with its place.
  package var problems: [Diagnostic] = []
  package var warnings: [Diagnostic] = []
  package var omittedProblems = 0

  /// More problems than these are counted only.
  static let maximumProblems = 100

  package init(path: String) { self.path = path }

  /// Entries of one format; tables of one header.
  package struct FormatGroup: Sendable {
    package var format: InspectionFormat
    package var columns: [String]
    /// The encoding of a text, where it is neither UTF-8 nor in the format itself.
    package var encoding = ""
    /// The ending of the names, where it shows the corpus.
    package var ending = ""
    package var entryCount = 0
    package var byteCount = 0
    /// The fields of the first entries, as far as their first bytes show them.
    package var fields = InspectionFields()
    /// The records in those bytes.
    package var recordCount = 0
    /// What the content speaks for; nil when no reader suits it.
    package var evidence: InspectionEvidence?
    /// Hashes of the folders that the entries lie in, up to a bound.
    var folders: Set<UInt64> = []

    static let maximumFolders = 1_000

    /// The mapped corpus of a format that no guess is made for; nil for other formats.
    package var mappableCorpus: String? {
      guard evidence == nil, case .xml = format else { return nil }
      return "xml"
    }

    /// `CSV (ID, text)`, `CSV, windows-1252`: format, encoding where it matters, columns.
    package var label: String {
      let columns = columns.isEmpty ? "" : " (\(columns.joined(separator: ", ")))"
      let marks = [encoding, ending].filter { !$0.isEmpty }.map { ", \($0)" }
      return format.label + marks.joined() + columns
    }
  }

  /// A licence text inside the archive or next to it.
  package struct LicenseFile: Sendable, Equatable {
    package var path: String
    package var isInside: Bool
    /// The licences recognised; empty when the text is none of those known.
    package var licenses: [License]

    package init(path: String, isInside: Bool, licenses: [License]) {
      self.path = path
      self.isInside = isInside
      self.licenses = licenses
    }
  }

  /// Whether everything could be read.
  package var isWhole: Bool { problems.isEmpty }

  /// The reading that most records come from; nil when no corpus was detected.
  package var mainReading: InspectionReading? {
    readings.max { ($0.records, -$0.number) < ($1.records, -$1.number) }
  }

  mutating func add(_ problem: Diagnostic) {
    guard problems.count < Self.maximumProblems else {
      omittedProblems += 1
      return
    }
    problems.append(problem)
  }
}

/// Counts by name, in the order in which the names were met.
package struct InspectionTally: Sendable, Equatable {
  /// A name with its count.
  package struct Line: Sendable, Equatable {
    package var name: String
    package var count: Int

    package init(_ name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }

  package private(set) var lines: [Line] = []
  private var places: [String: Int] = [:]

  /// Names beyond these are counted together, so that no archive can make the list grow.
  private static let maximumNames = 100
  package static let others = "others"

  package init() {}

  package var isEmpty: Bool { lines.isEmpty }
  package var total: Int { lines.reduce(0) { $0 + $1.count } }

  package func count(of name: String) -> Int { places[name].map { lines[$0].count } ?? 0 }

  /// The lines with the highest count first; equal ones by name.
  package var byCount: [Line] {
    lines.sorted { first, second in
      guard first.count == second.count else { return first.count > second.count }
      return first.name.utf8.lexicographicallyPrecedes(second.name.utf8)
    }
  }

  mutating func add(_ name: String, count: Int = 1) {
    guard count > 0 else { return }
    let isKnown = places[name] != nil || lines.count < Self.maximumNames
    let name = isKnown ? name : Self.others
    if let place = places[name] {
      lines[place].count += count
    } else {
      places[name] = lines.count
      lines.append(Line(name, count: count))
    }
  }

  package static func == (first: InspectionTally, second: InspectionTally) -> Bool {
    first.lines == second.lines
  }
}
