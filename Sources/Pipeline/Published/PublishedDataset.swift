import Emitters
import Formats
import Records

/// A published dataset as commands read it again: which files hold what.
struct PublishedDataset: Sendable {
  let root: String
  let manifest: PublishedManifest
  /// The folders of dialects that have rows, in byte order.
  let dialects: [String]

  static let rejections = "rejected.jsonl"
  static let duplicates = "duplicates.jsonl"
  static let contamination = "contamination.jsonl"

  /// Opens a folder.
  ///
  /// - Throws: `PipelineError.recipe` when it is no dataset.
  init(_ folder: String) throws {
    var folder = folder
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    let manifest: PublishedManifest
    do {
      manifest = try PublishedManifest(in: folder)
    } catch let error as any DiagnosticError {
      throw PipelineError.recipe([error.diagnostic])
    }
    guard manifest.problems.isEmpty else { throw PipelineError.recipe(manifest.problems) }
    self.init(root: folder, manifest: manifest)
  }

  /// The dataset of a manifest that was read.
  init(root: String, manifest: PublishedManifest) {
    self.root = root
    self.manifest = manifest
    let folders = manifest.files.compactMap { file -> String? in
      let parts = file.path.split(separator: "/")
      return file.rows != nil && parts.count == 2 ? String(parts[0]) : nil
    }
    dialects = Set(folders).subtracting(["provenance"])
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The name of a lines file of rows that stands beside the dialects, when it is there.
  func paths(of name: String) -> [String] {
    manifest.files.contains { $0.path == name } ? ["\(root)/\(name)"] : []
  }

  /// The files of a split's rows in a folder, in the order of their shards.
  func files(of split: Split, in folder: String) -> [WrittenFile] {
    manifest.files.filter { RowBatches.isFile($0.path, of: split, in: folder) }
      .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The dialects whose rows are one for each row of provenance, and can be read in its order.
  var comparableDialects: [String] { dialects.filter(isComparable) }

  /// Whether a dialect's rows are one for each row of provenance.
  func isComparable(_ folder: String) -> Bool {
    Split.allCases.allSatisfy { split in
      let rows = [folder, "provenance"].map {
        files(of: split, in: $0).rowCount
      }
      return rows[0] == rows[1]
    }
  }

  /// The file and the line, from 1, of a split's row, counted from 0 over its files.
  ///
  /// - Throws: `PipelineError.torn` when there is no such row.
  func place(
    ofRow row: Int, of split: Split, in folder: String
  ) throws -> (file: String, line: Int) {
    let (rest, files) = try partPlace(ofRow: row, of: split, in: folder)
    return place(ofRow: rest, in: files, folder)
  }

  /// The number, from 0, of the provenance row that belongs to a row of a file of a split.
  ///
  /// - Throws: `PipelineError.torn` when there is no such row.
  func provenanceRow(
    ofRow row: Int, in path: String, of split: Split, _ folder: String
  ) throws -> Int {
    let files = files(of: split, in: folder)
    guard let parts = column(of: split, in: folder).parts else {
      return row + Self.rows(before: path, in: files)
    }
    let stem = RowBatches.stem(of: split, in: folder)
    let part = RowPart.name(inFile: path, stem: stem) ?? ""
    let paths = parts.files.files(of: part)
    var left = row + Self.rows(before: path, in: files.filter { paths.contains($0.path) })
    var found: Int?
    try Self.forEachOrigin(in: parts.provenance) { place, origin in
      if parts.files.part(of: origin) == part {
        if left == 0 { found = place }
        left -= 1
      }
      return found == nil
    }
    guard let found else { throw PipelineError.torn("provenance has no row for one of \(path)") }
    return found
  }

  /// Calls `body` with the rows of provenance and their places from 0, until it returns false.
  private static func forEachOrigin(
    in paths: [String], _ body: (Int, JSONNode) -> Bool
  ) throws {
    var stream = LineStream(paths)
    var place = 0
    var goesOn = true
    while goesOn {
      let origins = try stream.take(1024)
      guard origins.lines > 0 else { return }
      try origins.bytes.forEachLine { line in
        guard goesOn else { return }
        goesOn = body(place, try JSONDocument(parsing: line).root)
        place += 1
      }
    }
  }

  private static func rows(before path: String, in files: [WrittenFile]) -> Int {
    files.prefix { $0.path != path }.rowCount
  }

  /// The place of a row in its part, and the files of that.
  private func partPlace(
    ofRow row: Int, of split: Split, in folder: String
  ) throws -> (row: Int, files: [WrittenFile]) {
    let files = files(of: split, in: folder)
    let column = column(of: split, in: folder)
    guard let parts = column.parts else { return (row, files) }
    var counts: [String: Int] = [:]
    var found: String?
    try Self.forEachOrigin(in: parts.provenance) { place, origin in
      let part = parts.files.part(of: origin) ?? ""
      counts[part, default: 0] += 1
      if place == row { found = part }
      return place < row
    }
    guard let part = found, let count = counts[part], !part.isEmpty else {
      throw PipelineError.torn("\(folder) has no row \(row + 1) of \(split.rawValue)")
    }
    let paths = parts.files.files(of: part)
    return (count - 1, files.filter { paths.contains($0.path) })
  }

  private func place(
    ofRow row: Int, in files: [WrittenFile], _ folder: String
  ) -> (file: String, line: Int) {
    var rest = row
    for file in files.dropLast() {
      guard rest >= file.rows ?? 0 else { return ("\(root)/\(file.path)", rest + 1) }
      rest -= file.rows ?? 0
    }
    return ("\(root)/\(files.last?.path ?? folder)", rest + 1)
  }

  /// A split's rows in a folder, as a column of lines.
  func column(of split: Split, in folder: String) -> LineBatches.Column {
    RowBatches.column(of: split, in: folder, paths: manifest.files.map(\.path), root: root)
  }

  /// What a command stops with when a published file turns out not to be one: exit 3.
  static func failure(_ error: any Error) -> any Error {
    switch error {
    case is PipelineError: error
    case let error as any DiagnosticError: PipelineError.torn(Self.text(of: error.diagnostic))
    default: error
    }
  }

  private static func text(of diagnostic: Diagnostic) -> String {
    let place = diagnostic.position.description
    return place.isEmpty ? diagnostic.message : "\(place): \(diagnostic.message)"
  }

  /// Calls `body` with the lines of a stream at places from 0, ascending.
  static func forEachLine(
    at places: [Int], in stream: LineStream, _ body: (Int, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var stream = stream
    var wanted = places[...]
    var line = 0
    while let last = wanted.last, line <= last {
      let batch = try stream.take(4096, bytes: 1 << 20)
      guard batch.lines > 0 else { return }
      defer { line += batch.lines }
      guard let first = wanted.first, first < line + batch.lines else { continue }
      var place = line
      try batch.bytes.forEachLine { bytes in
        if place == wanted.first {
          try body(place, bytes)
          wanted.removeFirst()
        }
        place += 1
      }
    }
  }
}

extension Sequence<WrittenFile> {
  /// The rows of all files; the largest number there is where a manifest claims more.
  var rowCount: Int { lazy.map { $0.rows ?? 0 }.saturatingSum }
}

extension Sequence<Int> {
  /// The sum of counts that a manifest claims; the largest number there is where it claims more.
  var saturatingSum: Int {
    reduce(0) { sum, count in
      let (next, overflow) = sum.addingReportingOverflow(count)
      return overflow ? .max : next
    }
  }
}
