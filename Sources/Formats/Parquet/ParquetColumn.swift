/// A column of a row group, read value by value with its levels, a batch decoded at a time.
///
/// Nothing outside gets at what changes, so the checks for overlapping access, a tenth of the time,
/// are left out.
final class ParquetColumn {
  let leaf: ParquetLeaf
  private let rowGroup: Int
  private var pages: ParquetPages
  private var page: ParquetPage?

  @exclusivity(unchecked) private var count = 0
  @exclusivity(unchecked) private var place = 0
  @exclusivity(unchecked) private var repetitions: [UInt32] = []
  @exclusivity(unchecked) private var definitions: [UInt32] = []
  @exclusivity(unchecked) private var batch = ParquetBatch()
  @exclusivity(unchecked) private var valuePlace = 0

  /// Whether a value that was taken since this was last set to false was no text.
  var hadInvalidText = false

  private static let batchSize = 1024

  init(pages: ParquetPages, rowGroup: Int) {
    leaf = pages.leaf
    self.pages = pages
    self.rowGroup = rowGroup
  }

  /// The repetition level of the next value; nil at the end.
  @inline(__always)
  func repetition() throws(ParquetError) -> Int? {
    if place == count, try !fill() { return nil }
    return leaf.maximumRepetition == 0 ? 0 : Int(repetitions[place])
  }

  /// The definition level of the next value.
  @inline(__always)
  func definition() throws(ParquetError) -> Int {
    if place == count, try !fill() { throw error(.malformed(Self.tooFew)) }
    return leaf.maximumDefinition == 0 ? 0 : Int(definitions[place])
  }

  /// Takes the next value, or the null in its place.
  func take() throws(ParquetError) -> JSON {
    let definition = try definition()
    place += 1
    guard definition == leaf.maximumDefinition else { return .null }
    if batch.isInvalid(valuePlace) { hadInvalidText = true }
    defer { valuePlace += 1 }
    return batch.values[valuePlace]
  }

  func error(_ fault: ParquetFault) -> ParquetError {
    ParquetError(
      fault: fault, byteOffset: pages.pageOffset, column: leaf.path, rowGroup: rowGroup)
  }

  /// Decodes the next batch; false at the end of the chunk.
  private func fill() throws(ParquetError) -> Bool {
    do throws(ParquetFault) {
      return try decode()
    } catch {
      throw self.error(error)
    }
  }

  private func decode() throws(ParquetFault) -> Bool {
    if page?.left ?? 0 == 0 { page = try pages.next() }
    guard var page else { return false }
    self.page = nil
    let length = min(page.left, Self.batchSize)
    try Self.read(
      length, from: &page.repetitions, upTo: leaf.maximumRepetition, into: &repetitions)
    try Self.read(
      length, from: &page.definitions, upTo: leaf.maximumDefinition, into: &definitions)
    let present =
      page.definitions == nil
      ? length : definitions.count { Int($0) == leaf.maximumDefinition }
    batch.removeAll()
    try page.values.read(present, dictionary: pages.dictionary, into: &batch)
    page.left -= length
    self.page = page
    (count, place, valuePlace) = (length, 0, 0)
    return true
  }

  private static func read(
    _ count: Int, from levels: inout ParquetHybrid?, upTo maximum: Int,
    into values: inout [UInt32]
  ) throws(ParquetFault) {
    guard levels != nil else { return }
    values.removeAll(keepingCapacity: true)
    try levels?.read(count, into: &values)
    guard values.allSatisfy({ $0 <= maximum }) else {
      throw .malformed("a value is nested deeper than the schema says")
    }
  }

  private static let tooFew = "the column has fewer values than others"
}
