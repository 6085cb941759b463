import Emitters
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

  /// The dialects whose rows are lines of JSON, one for each row of provenance and in its order.
  var comparableDialects: [String] { dialects.filter(isComparable) }

  /// Whether a dialect's rows are lines of JSON, one for each row of provenance and in its order.
  func isComparable(_ folder: String) -> Bool {
    Split.allCases.allSatisfy { split in
      let files = files(of: split, in: folder)
      let rows = [files, self.files(of: split, in: "provenance")].map {
        $0.reduce(0) { $0 + ($1.rows ?? 0) }
      }
      return rows[0] == rows[1] && files.allSatisfy { Self.isWholeOrShard($0.path) }
    }
  }

  /// Whether a path is `FOLDER/SPLIT.jsonl`, or a shard of it in order, compressed or not.
  private static func isWholeOrShard(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    let stem = name.prefix { $0 != "." }
    let parts = stem.split(separator: "-")
    let isInOrder =
      parts.count == 1
      || parts.count == 4 && parts[2] == "of" && [parts[1], parts[3]].allSatisfy { Int($0) != nil }
    return isInOrder && [".jsonl", ".jsonl.gz"].contains { $0 == name.dropFirst(stem.count) }
  }

  /// The file and the line, from 1, of a split's row, counted from 0 over its files.
  func place(ofRow row: Int, of split: Split, in folder: String) -> (file: String, line: Int) {
    var rest = row
    let files = files(of: split, in: folder)
    for file in files.dropLast() {
      guard rest >= file.rows ?? 0 else { return ("\(root)/\(file.path)", rest + 1) }
      rest -= file.rows ?? 0
    }
    return ("\(root)/\(files.last?.path ?? folder)", rest + 1)
  }

  /// A split's rows in a folder, as a column of lines.
  func column(of split: Split, in folder: String) -> LineBatches.Column {
    LineBatches.Column(
      name: "\(folder) in \(split.rawValue)",
      paths: files(of: split, in: folder).map { "\(root)/\($0.path)" })
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

  /// Calls `body` with the lines of files at places from 0, ascending, of all files together.
  static func forEachLine(
    at places: [Int], in paths: [String], _ body: (Int, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var stream = LineStream(paths)
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
