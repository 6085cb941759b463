/// Japanese and Chinese addresses with numbers: `東京都新宿区西新宿2丁目8番1号`, `海淀区中关村大街27号`.
package struct EastAsianAddressRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.location] }
  package var languages: Set<String> { ["ja", "zh"] }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    guard text.hasIdeographs else { return [] }
    return text.numbers.compactMap { index in
      guard text.isIdeographic(index - 1),
        text.tokens[index - 1].range.upperBound == text.tokens[index].range.lowerBound
          || !text.tokens[index].isSpaced,
        let end = end(from: index, in: text), let start = start(before: index, in: text)
      else { return nil }
      return text.identifier(.location, start..<end, rule: "east-asian-address")
    }
  }

  /// The end of the numbers of an address in bytes: `2丁目8番1号`, `2-8-1`, `27号3单元502室`.
  private func end(from index: Int, in text: MatchText) -> Int? {
    var place = index
    var end: Int?
    while text.isNumber(place) {
      if text.isMark(place + 1, "-"), text.isNumber(place + 2), text.isAttached(place + 2) {
        place += 2
        end = text.tokens[place].range.upperBound
        continue
      }
      guard text.isIdeographic(place + 1), let unit = unit(place + 1, in: text) else { break }
      end = text.tokens[place + 1].range.lowerBound + unit.bytes
      guard unit.isWhole else { break }
      place += 2
    }
    return end
  }

  private func unit(_ index: Int, in text: MatchText) -> (bytes: Int, isWhole: Bool)? {
    let word = text.bytes[text.tokens[index].range]
    for unit in Self.units where word.starts(with: unit.utf8) {
      return (unit.utf8.count, unit.utf8.count == word.count)
    }
    return nil
  }

  /// Where the name of the place begins that ends before a number.
  private func start(before index: Int, in text: MatchText) -> Int? {
    let range = text.tokens[index - 1].range
    let word = text.bytes[range]
    guard Self.placeEnds.contains(where: { word.hasSuffix($0) }) || hasRegion(word) else {
      return nil
    }
    var start = range.lowerBound
    var place = range.lowerBound
    while place < range.upperBound {
      for lead in Self.leads where text.bytes[place..<range.upperBound].starts(with: lead.utf8) {
        start = place + lead.utf8.count
      }
      place += 3
    }
    return start < range.upperBound ? start : nil
  }

  private func hasRegion(_ word: ArraySlice<UInt8>) -> Bool {
    var place = word.startIndex
    var regions = 0
    while place < word.endIndex {
      if Self.regions.contains(where: { word[place...].starts(with: $0.utf8) }) { regions += 1 }
      place += 3
    }
    return regions >= 2
  }

  private static let units = [
    "丁目", "番地", "番", "号室", "号楼", "号院", "号", "號", "弄", "室", "楼", "樓", "栋", "单元", "巷", "階", "组",
  ]
  private static let placeEnds = ["町", "路", "街", "大道", "村", "区", "巷", "胡同", "大街", "小区", "里"]
  private static let regions = ["都", "道", "府", "県", "市", "区", "町", "村", "省", "郡", "县"]
  private static let leads = ["住所", "住址", "地址", "は", "在", "于", "住", "に", "の", "址"]
}
