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
/// against their schema then are still the same; rows of side files are checked now. By the
/// provenance rows as they stand on disk, no group may occur in two splits, and no record outside of
/// train may be the exemplar of a request.
struct ProofReading {
  let root: String
  let isSplitByGroup: Bool
  /// Whether requests have exemplars, which must be of training records.
  let hasExemplars: Bool
  /// How many files are read at once.
  let threads: Int

  /// The proof.
  ///
  /// - Throws: `PipelineError.unproven` when it fails.
  func proof(of files: [WrittenFile]) async throws -> Manifest.Proof {
    // The long ones first, so that none is left alone at the end.
    let files = files.sorted { ($0.byteCount, $0.path) > ($1.byteCount, $1.path) }
    let (root, hasExemplars) = (root, hasExemplars)
    let readings = try await OrderedTasks.run(files, width: threads) { _, file in
      try FileReading(of: file, in: root, hasExemplars: hasExemplars)
    }
    let proof = try proof(from: readings)
    guard !isSplitByGroup || proof.groupsInTwoSplits == 0 else {
      throw PipelineError.unproven("groups in two splits: \(proof.groupsInTwoSplits)")
    }
    return proof
  }

  /// What readings of files show together.
  func proof(from readings: [FileReading]) throws -> Manifest.Proof {
    var proof = Manifest.Proof()
    var splits: [Digest128: Split] = [:]
    var shared: Set<Digest128> = []
    for reading in readings {
      proof.rowsRead += reading.rows
      guard let split = reading.split else { continue }
      for group in reading.groups {
        if let other = splits.updateValue(split, forKey: group), other != split {
          shared.insert(group)
        }
      }
    }
    try requireTrainingExemplars(readings)
    proof.rowsValid = proof.rowsRead
    proof.groupsChecked = splits.count
    proof.groupsInTwoSplits = shared.count
    return proof
  }

  private func requireTrainingExemplars(_ readings: [FileReading]) throws {
    let heldOut = readings.reduce(into: Set()) { $0.formUnion($1.heldOut) }
    let exemplars = readings.reduce(into: Set()) { $0.formUnion($1.exemplars) }
    let leaked = exemplars.intersection(heldOut).count
    guard leaked == 0 else {
      throw PipelineError.unproven("exemplars of validation or test records: \(leaked)")
    }
  }
}

/// What reading a written file again showed.
struct FileReading: Sendable {
  private(set) var rows = 0
  /// The split that a provenance file is of; nil for other files.
  let split: Split?
  /// The groups that a provenance file names.
  private(set) var groups: Set<Digest128> = []
  /// The records of validation and test, where requests have exemplars.
  private(set) var heldOut: Set<Digest128> = []
  private(set) var exemplars: Set<Digest128> = []
  private let hasExemplars: Bool

  private static let pieceBytes = 1 << 20

  /// Reads a file.
  ///
  /// - Throws: `PipelineError.unproven` when it is not as it was written.
  init(of file: WrittenFile, in root: String, hasExemplars: Bool) throws {
    self.hasExemplars = hasExemplars
    split = Split.allCases.first { file.path == "provenance/\($0.rawValue).jsonl" }
    // Rows in other forms were counted as they were written; their digest vouches for the number.
    let isLines = file.rows != nil && file.path.hasSuffix(RowFileFormat.jsonl.suffix)
    let schema = try Self.sideSchema(of: file.path).map { try Schema(embedded: $0) }
    let hash = SHA256()
    var lines = JSONLines()
    var offset = 0
    while offset < file.byteCount {
      let bytes = try FileRange.bytes(
        of: "\(root)/\(file.path)", offset: offset,
        count: min(Self.pieceBytes, file.byteCount - offset))
      hash.update(bytes)
      if let schema {
        try bytes.withUnsafeBytes { chunk in
          try lines.feed(chunk) { try check($0, against: schema, in: file.path) }
        }
      } else if isLines {
        rows += Self.lineEnds(in: bytes)
      }
      offset += bytes.count
    }
    guard hash.finalize() == file.sha256, FileSize.of("\(root)/\(file.path)") == file.byteCount
    else {
      throw PipelineError.unproven("\(file.path) does not read back as it was written")
    }
    guard !isLines || rows == file.rows else {
      throw PipelineError.unproven(
        "\(file.path) has \(rows) rows where \(file.rows ?? 0) were written")
    }
    if !isLines { rows = file.rows ?? 0 }
  }

  private static func sideSchema(of path: String) -> String? {
    switch path {
    case "rejected.jsonl": "rejection"
    case "duplicates.jsonl": "duplicate"
    case "votes.jsonl": "vote"
    case Attributions.fileName: "attribution"
    case "contamination.jsonl": "contamination"
    default: path.hasPrefix("provenance/") ? "provenance" : nil
    }
  }

  private static func lineEnds(in bytes: [UInt8]) -> Int {
    bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return 0 }
      var count = 0
      var offset = 0
      while offset < buffer.count,
        let found = memchr(start + offset, 0x0A, buffer.count - offset)
      {
        count += 1
        offset = found - UnsafeMutableRawPointer(mutating: start) + 1
      }
      return count
    }
  }

  private mutating func check(_ line: JSONLine, against schema: Schema, in path: String) throws {
    rows += 1
    let row = try JSONDocument(parsing: line).root
    guard schema.isValid(row) else {
      throw PipelineError.unproven("line \(line.number) of \(path) does not fit its schema")
    }
    guard let split else { return }
    guard row["split"]?.isText(split.rawValue) == true, let keys = row["groups"] else {
      throw PipelineError.unproven("line \(line.number) of \(path) names another split")
    }
    for key in keys.elements { groups.insert(Digest128(of: key.string ?? "")) }
    guard hasExemplars else { return }
    row["exemplars"]?.elements.forEach { exemplars.insert(Digest128(of: $0.string ?? "")) }
    guard split != .train, let source = row["source"]?.string else { return }
    row["records"]?.elements.forEach {
      heldOut.insert(Digest128(of: "\(source):\($0.string ?? "")"))
    }
  }
}
