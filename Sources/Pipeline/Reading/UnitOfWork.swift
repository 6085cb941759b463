import Archives
import Glibc
import Records

/// What one task of pass 1 reads: a large file, or a run of small ones.
struct UnitOfWork: Sendable {
  let reading: SourceReading
  private(set) var files: [InputFile] = []
  private(set) var byteCount = 0

  /// A folder of notes holds many files; from these sizes on a unit is full.
  private static let fullBytes = 8 << 20
  private static let fullFiles = 512

  /// The units of a source's files, in their order.
  static func units(of source: PlannedSource, by reading: SourceReading) -> [UnitOfWork] {
    var units: [UnitOfWork] = []
    // A collection is made of the whole source.
    let isWhole = source.reader is any CollectingReader
    for file in source.files {
      let size = FileSize.of(file.path)
      if units.isEmpty || !(isWhole || units[units.count - 1].hasRoom(for: size)) {
        units.append(UnitOfWork(reading: reading))
      }
      units[units.count - 1].add(file, size)
    }
    return units
  }

  private func hasRoom(for size: Int) -> Bool {
    files.isEmpty || (files.count < Self.fullFiles && byteCount + size <= Self.fullBytes)
  }

  private mutating func add(_ file: InputFile, _ size: Int) {
    files.append(file)
    byteCount += size
  }
}

/// The size of a file on disk.
enum FileSize {
  /// The bytes; 0 when the file cannot be seen.
  static func of(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}

/// A block of a spill with what its rendering needs to know.
struct RenderedBlock: Sendable {
  var block: Spill.Block
  var spill: Spill
  var source: String
  /// The number of the block's first record in the build.
  var firstRecord: Int

  /// The blocks of all units, in the order of reading.
  static func blocks(
    of units: [UnitReading], firstRecords: [Int], plan: BuildPlan
  ) -> [RenderedBlock] {
    zip(units, firstRecords).flatMap { unit, first in
      var next = first
      return unit.spill.blocks.map { block in
        defer { next += block.records }
        return RenderedBlock(
          block: block, spill: unit.spill, source: plan.sources[unit.source].name,
          firstRecord: next)
      }
    }
  }
}
