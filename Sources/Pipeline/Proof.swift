import Archives
import Emitters
import Formats
import Glibc
import Records
import Schemas
import Stages

/// Reads the written files again and shows what must hold of them.
///
/// Every file must have the digest that was computed while it was written, so that rows checked
/// against their schema then are still the same; rows of side files are checked now. No group, by
/// the provenance rows as they stand on disk, may occur in two splits.
struct ProofReading {
  let root: String
  let plan: BuildPlan
  let isSplitByGroup: Bool

  /// The proof.
  ///
  /// - Throws: `PipelineError.unproven` when it fails.
  func proof(of files: [WrittenFile]) throws -> Manifest.Proof {
    var proof = Manifest.Proof()
    var groups: [Digest128: Split] = [:]
    for file in files {
      let split = Split.allCases.first { file.path == "provenance/\($0.rawValue).jsonl" }
      let schema = try Self.sideSchemas[file.path].map { try Schema(embedded: $0) }
      var rows = 0
      let digest = try read(file) { line in
        rows += 1
        guard let schema else { return }
        let row = try JSONDocument(parsing: line).root
        guard schema.isValid(row) else {
          throw PipelineError.unproven(
            "line \(line.number) of \(file.path) does not fit its schema")
        }
        if let split { try check(row, in: split, &groups, &proof) }
      }
      guard digest == file.sha256 else {
        throw PipelineError.unproven("\(file.path) does not read back as it was written")
      }
      guard !isLineFile(file) || rows == file.rows ?? 0 else {
        throw PipelineError.unproven(
          "\(file.path) has \(rows) rows where \(file.rows ?? 0) were written")
      }
      proof.rowsRead += rows
    }
    proof.rowsValid = proof.rowsRead
    proof.groupsChecked = groups.count
    guard !isSplitByGroup || proof.groupsInTwoSplits == 0 else {
      throw PipelineError.unproven("\(proof.groupsInTwoSplits) groups are in two splits")
    }
    return proof
  }

  /// The schemas of the side files' rows.
  private static let sideSchemas = [
    "provenance/train.jsonl": "provenance", "provenance/validation.jsonl": "provenance",
    "provenance/test.jsonl": "provenance", "rejected.jsonl": "rejection",
    "duplicates.jsonl": "duplicate",
  ]

  private func isLineFile(_ file: WrittenFile) -> Bool {
    file.rows != nil && !file.path.hasSuffix(".gz")
  }

  /// Reads a file in pieces, calling `body` for its lines; returns the digest of what was read.
  private func read(_ file: WrittenFile, _ body: (JSONLine) throws -> Void) throws -> String {
    let path = "\(root)/\(file.path)"
    let hash = SHA256()
    var lines = JSONLines()
    var offset = 0
    while offset < file.byteCount {
      let count = min(1 << 20, file.byteCount - offset)
      let bytes = try FileRange.bytes(of: path, offset: offset, count: count)
      hash.update(bytes)
      if isLineFile(file) { try bytes.withUnsafeBytes { try lines.feed($0, body) } }
      offset += count
    }
    if isLineFile(file) { try lines.finish(body) }
    return hash.finalize()
  }

  /// Checks that the groups of a provenance row were met in no other split.
  private func check(
    _ row: JSONNode, in split: Split, _ groups: inout [Digest128: Split],
    _ proof: inout Manifest.Proof
  ) throws {
    guard let keys = row["groups"]?.elements, row["split"]?.string == split.rawValue else {
      throw PipelineError.unproven("a provenance row of \(split.rawValue) names another split")
    }
    for key in keys {
      let hash = Digest128(of: key.string ?? "")
      if let other = groups[hash], other != split { proof.groupsInTwoSplits += 1 }
      groups[hash] = split
    }
  }
}
