import Archives
import Glibc
import Records

/// The provenance that stands beside the rows of a build, where each row's licence is.
///
/// `OUTPUT/messages/train.jsonl` has `OUTPUT/provenance/train.jsonl`, with as many rows. It is checked
/// too, whether it was named or not.
struct LicenseBesides {
  private let settings: ValidationSettings
  /// The provenance files that are checked or will be, by resolved path, with their rows.
  private var rows: [String: Int] = [:]
  private var waiting: [String] = []
  private var seen: Set<String>
  /// The rows of the files of one folder and split, and the provenance they have.
  private var wanted: [(place: Position, folder: String, provenance: String, rows: Int)] = []

  init(_ settings: ValidationSettings, _ files: [InputFile]) {
    self.settings = settings
    seen = Set(files.map { FileValidation.shownPath(of: $0) })
  }

  /// Whether no provenance stands beside a file of examples.
  func isUnknown(for place: Position, _ format: RowFormat?) -> Bool {
    guard format?.isExamples ?? true else { return false }
    return provenance(beside: place) == nil
  }

  /// Takes note of a file that was checked.
  mutating func note(_ place: Position, _ format: RowFormat?, rows count: Int) {
    guard let path = place.file, place.entry == nil, settings.isOn(.licenseMissing) else { return }
    guard format?.isExamples ?? true else {
      if format == .provenance { rows[path] = count }
      return
    }
    guard let provenance = provenance(beside: place) else { return }
    let folder = String(path.dropLast(Self.name(of: path).count))
    if let index = wanted.firstIndex(where: {
      $0.folder == folder && $0.provenance == provenance
    }) {
      wanted[index].rows += count
    } else {
      wanted.append((place, folder, provenance, count))
    }
    // Under a schema that was asked for, provenance would be held to it too.
    guard settings.schemaName == nil else { return }
    if seen.insert(provenance).inserted { waiting.append(provenance) }
  }

  /// Provenance files that were not named, once.
  mutating func filesToAdd() throws -> [InputFile] {
    defer { waiting = [] }
    return waiting.isEmpty ? [] : try SourceFiles(waiting, relativeTo: ".").files
  }

  /// Tells which files have more rows than provenance.
  func finish(_ findings: inout FindingLedger, _ report: (Finding) -> Void) {
    for want in wanted {
      guard let found = rows[want.provenance], found < want.rows else { continue }
      findings.note(
        .licenseMissing, at: want.place,
        "\(want.rows - found) of \(want.rows) rows have no row in \(want.provenance)",
        key: RowHash.of(want.place.description), report)
    }
  }

  private func provenance(beside place: Position) -> String? {
    guard let path = place.file, place.entry == nil,
      let split = SplitName(of: Self.name(of: path)).split
    else { return nil }
    let folder = path.dropLast(Self.name(of: path).count)
    let candidate = "\(folder)../provenance/\(split.rawValue).jsonl"
    let tidy = Self.tidy(candidate)
    return access(tidy, R_OK) == 0 ? tidy : nil
  }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? ""
  }

  /// `a/provenance/x` of `a/messages/../provenance/x`.
  private static func tidy(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
