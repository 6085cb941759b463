/// Addresses of machines: IPv4, IPv6 and MAC.
package struct NetworkAddressRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { [.ipAddress, .device] }
  package var languages: Set<String> { [] }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    var found: [Identifier] = []
    for index in text.numbers where text.isMark(index + 1, ".") {
      guard let last = version4(at: index, in: text) else { continue }
      found.append(text.identifier(.ipAddress, index...last, rule: "network-address"))
    }
    var end = -1
    for mark in text.tokens.indices where text.tokens[mark].kind == .mark && mark > end {
      guard text.isMark(mark, in: ":-") else { continue }
      let start = start(before: mark, in: text)
      guard !isInside(start, in: text), let address = hexadecimal(at: start, in: text) else {
        continue
      }
      found.append(text.identifier(address.kind, start...address.last, rule: "network-address"))
      end = address.last
    }
    return found
  }

  /// The first token of the hexadecimal digits right before a mark: the mark itself without any.
  private func start(before mark: Int, in text: MatchText) -> Int {
    var start = mark
    while start > mark - 4, text.isAttached(start), isHexadecimal(start - 1, in: text) {
      start -= 1
    }
    return start
  }

  private func isInside(_ index: Int, in text: MatchText) -> Bool {
    guard text.isAttached(index) else { return false }
    return text.kind(index - 1) != .mark || text.isMark(index - 1, in: ":-.")
  }

  private func version4(at index: Int, in text: MatchText) -> Int? {
    guard !text.isInsideCode(index), !Self.versions.contains(text.key(index - 1)) else {
      return nil
    }
    for place in stride(from: index, through: index + 6, by: 2) {
      guard text.isNumber(place), text.length(place) <= 3, let value = text.value(place),
        value < 256
      else { return nil }
      guard place < index + 6 else { break }
      guard text.isMark(place + 1, "."), text.isAttached(place + 1), text.isAttached(place + 2)
      else {
        return nil
      }
    }
    return text.isContinued(index + 6) && !text.isMark(index + 7, in: "/-") ? nil : index + 6
  }

  /// Groups of hexadecimal digits with colons, or of two with hyphens.
  private func hexadecimal(at index: Int, in text: MatchText) -> (kind: IdentifierClass, last: Int)?
  {
    var groups: [Int] = []
    var group = 0
    var colons = 0
    var isShortened = false
    var place = index
    let mark: Unicode.Scalar = isHyphenFirst(from: index, in: text) ? "-" : ":"
    var last = index
    while place == index || text.isAttached(place) {
      if text.isMark(place, mark) {
        if place > index, text.isMark(place - 1, mark) { isShortened = true }
        if group > 0 { groups.append(group) }
        group = 0
        colons += 1
      } else if isHexadecimal(place, in: text) {
        group += text.length(place)
        guard group <= 4 else { return nil }
        last = place
      } else {
        break
      }
      place += 1
    }
    if group > 0 { groups.append(group) }
    if groups.count == 6, groups.allSatisfy({ $0 == 2 }), !isShortened { return (.device, last) }
    guard mark == ":", groups.count <= 8, colons >= 2, last > index else { return nil }
    let isWhole =
      groups.count == 8 || (isShortened && groups.count >= 2 && groups.contains { $0 > 2 })
    return isWhole ? (.ipAddress, last) : nil
  }

  private func isHyphenFirst(from index: Int, in text: MatchText) -> Bool {
    var place = index
    while text.kind(place) != .mark, place < index + 4 { place += 1 }
    return text.isMark(place, "-")
  }

  private func isHexadecimal(_ index: Int, in text: MatchText) -> Bool {
    guard text.kind(index) == .word || text.kind(index) == .number, text.length(index) <= 4 else {
      return false
    }
    return text.bytes[text.tokens[index].range].allSatisfy {
      $0.isDigit || ($0 | 0x20) &- 0x61 < 6
    }
  }

  private static let versions = WordSet("version v ver release versions ec section chapter")
}
