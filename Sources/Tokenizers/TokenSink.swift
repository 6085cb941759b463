/// What a model makes of pieces: a count, and the ids when they are asked for.
struct TokenSink {
  let keepsIDs: Bool
  private(set) var ids: [Int32] = []
  private(set) var count = 0

  init(keepsIDs: Bool = false) { self.keepsIDs = keepsIDs }

  @inline(__always)
  mutating func append(_ id: Int32) {
    count += 1
    if keepsIDs { ids.append(id) }
  }

  mutating func append(_ tokens: ArraySlice<Int32>) {
    count += tokens.count
    if keepsIDs { ids += tokens }
  }

  /// The tokens of a piece whose number alone is wanted.
  @inline(__always)
  mutating func append(count: Int) { self.count += count }
}
