import CNameLists

/// Names to stand for the names that are taken out.
///
/// They are common ones of the lists, chosen by a number: the same number always gives the same name.
/// None is a word or a place.
package enum SurrogateNames {
  package enum Sex: Sendable {
    case female
    case male
  }

  /// A first name of a sex, or of either.
  package static func first(_ number: UInt64, sex: Sex? = nil) -> String {
    switch sex {
    case .female: pick(number, from: lists.female)
    case .male: pick(number, from: lists.male)
    case nil:
      pick(number / 2, from: number.isMultiple(of: 2) ? lists.female : lists.male)
    }
  }

  package static func last(_ number: UInt64) -> String { pick(number, from: lists.last) }

  /// The sex that a first name is common for, in any case; nil when the lists do not say.
  package static func sex(ofFirstName name: String) -> Sex? {
    let key = name.lowercased()
    if lists.female.contains(where: { $0.lowercased() == key }) { return .female }
    if lists.male.contains(where: { $0.lowercased() == key }) { return .male }
    return nil
  }

  /// An invented city.
  package static func city(_ number: UInt64) -> String {
    pick(number, from: beginnings) + pick(number / UInt64(beginnings.count), from: endings)
  }

  /// An invented street, without a number.
  package static func street(_ number: UInt64) -> String {
    pick(number, from: trees) + " " + pick(number / UInt64(trees.count), from: ways)
  }

  /// An invented hospital.
  package static func hospital(_ number: UInt64) -> String {
    city(number) + " " + pick(number / 7, from: houses)
  }

  // MARK: - Lists

  private struct Lists {
    var female: [String] = []
    var male: [String] = []
    var last: [String] = []
  }

  private static let lists = read()

  private static func read() -> Lists {
    var count = 0
    let start = name_lists_surrogates(&count)
    let bytes = UnsafeBufferPointer(start: start, count: count)
    var lists = Lists()
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let cells = line.split(separator: UInt8(ascii: "\t"))
      guard cells.count == 2 else { continue }
      let name = String(decoding: cells[1], as: UTF8.self)
      switch cells[0].first {
      case UInt8(ascii: "f"): lists.female.append(name)
      case UInt8(ascii: "m"): lists.male.append(name)
      default: lists.last.append(name)
      }
    }
    return lists
  }

  private static func pick(_ number: UInt64, from list: [String]) -> String {
    list[Int(number % UInt64(list.count))]
  }

  private static let beginnings = [
    "Alder", "Amber", "Birch", "Brook", "Clear", "Cold", "Copper", "Dun", "East", "Elder", "Fair",
    "Fern", "Gold", "Green", "Hart", "Hazel", "Iron", "Kings", "Lang", "Maple", "Mill", "North",
    "Oak", "Pine", "Raven", "Red", "Silver", "South", "Stone", "Thorn", "West", "Winter",
  ]
  private static let endings = [
    "bridge", "brook", "bury", "crest", "dale", "field", "ford", "gate", "ham", "haven", "mere",
    "mont", "port", "stead", "ton", "view", "ville", "wick", "wood", "worth",
  ]
  private static let trees = [
    "Acorn", "Alder", "Aspen", "Beech", "Birch", "Cedar", "Chestnut", "Cypress", "Elm", "Hawthorn",
    "Hazel", "Juniper", "Larch", "Linden", "Maple", "Oak", "Pine", "Poplar", "Spruce", "Willow",
  ]
  private static let ways = ["Street", "Avenue", "Road", "Lane", "Drive", "Court"]
  private static let houses = ["Hospital", "Medical Center", "General Hospital", "Clinic"]
}
