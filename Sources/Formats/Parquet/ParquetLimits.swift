/// How much a Parquet file may hold or claim, so that a hostile one cannot take memory or time that
/// its size does not justify.
package struct ParquetLimits: Sendable {
  /// The most bytes of a file, which is held in memory whole: its footer is at its end.
  package static let maximumFileBytes = 2 << 30

  package var maximumFooterBytes = 64 << 20
  /// The most bytes of one page, unpacked; writers make pages of about 1 MiB.
  package var maximumPageBytes = 256 << 20
  package var maximumColumns = 10_000
  /// How deep lists and structs may be nested.
  package var maximumDepth = 32
  /// The most elements that the lists of one row may have together.
  package var maximumRowElements = 1 << 22
  /// The most values, and the most unpacked bytes, for each byte of the file, on top of a first
  /// million values and the largest page.
  package var maximumExpansion = 1000

  package init() {}

  func maximumValues(fileBytes: Int) -> Int { 1 << 20 + fileBytes * maximumExpansion }

  func maximumUnpackedBytes(fileBytes: Int) -> Int {
    maximumPageBytes + fileBytes * maximumExpansion
  }
}

/// The bytes that the pages of one file may still unpack to.
final class ParquetBudget {
  private let maximum: Int
  private var spent = 0

  init(maximum: Int) { self.maximum = maximum }

  func spend(_ count: Int) throws(ParquetFault) {
    spent += count
    guard spent <= maximum else {
      throw .overLimit("unpacked bytes of the file", found: spent, maximum: maximum)
    }
  }
}
