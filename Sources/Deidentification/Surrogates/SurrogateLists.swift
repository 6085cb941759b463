import CNameLists

/// The names and places that stand for others: common names, and places that are nowhere.
enum SurrogateLists {
  /// Whose names a list has.
  enum Kind: String, CaseIterable {
    case female
    case male
    case last
  }

  /// The letters that names of every kind begin with.
  static let initials: [Character] = {
    let sets = Kind.allCases.map { Set((names[$0] ?? [:]).keys) }
    return sets.dropFirst().reduce(sets[0]) { $0.intersection($1) }.sorted()
  }()

  /// The names of a kind that begin with a letter; never empty.
  static func names(from initial: Character, _ kind: Kind) -> [String] {
    names[kind]?[initial] ?? ["Jordan"]
  }

  /// The kind of first name that a folded name is; nil for one that the lists lack.
  static func kind(ofFirst folded: String) -> Kind? { kinds[folded] }

  private static let names: [Kind: [Character: [String]]] = {
    var names: [Kind: [Character: [String]]] = [:]
    for (kind, name) in all {
      guard let first = name.first else { continue }
      names[kind, default: [:]][first, default: []].append(name)
    }
    return names
  }()

  private static let kinds: [String: Kind] = Dictionary(
    all.filter { $0.kind != .last }.map { ($0.name.lowercased(), $0.kind) },
    uniquingKeysWith: { first, _ in first })

  private static let all: [(kind: Kind, name: String)] = {
    var count = 0
    guard let start = name_lists_surrogates(&count) else { return [] }
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "\t")
      guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])) else { return nil }
      return (kind, String(parts[1]))
    }
  }()

  static let cities = list(
    """
    Ashbury Brookfell Cedarton Dunmere Eastvale Fairholm Glenrock Hartsville Ironwood Juniper Kingsmoor \
    Lakemont Millbrae Northgate Oakhurst Pinecrest Quarryton Rosedale Silverlake Thornbury Westbrook
    """)

  static let streets = list(
    "Alder Birch Chestnut Dogwood Elm Fern Grove Hazel Ivy Juniper Laurel Maple Oak Pine Sycamore Willow"
  )

  static let institutions = list(
    """
    Lakeside Riverbend Hillcrest Meadowview Northpoint Eastgate Stonebridge Clearwater Brookside Fairview \
    Summit Valleyview
    """)

  private static func list(_ text: String) -> [String] {
    text.split { $0 == " " || $0 == "\n" }.map(String.init)
  }
}
