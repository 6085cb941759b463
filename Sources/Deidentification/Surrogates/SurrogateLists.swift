/// The invented persons and places: common names, and places that are nowhere.
enum SurrogateLists {
  /// The letters that names of the lists begin with.
  static let initials = "ABCDEFGHIJKLMNOPRSTVWZ"

  static func isGiven(_ folded: String) -> Bool { givenNames.contains(folded) }

  /// The names that begin with a letter; never empty.
  static func names(from initial: Character, isGiven: Bool) -> [String] {
    let names = (isGiven ? given : family).filter { $0.first == initial }
    return names.isEmpty ? given : names
  }

  private static let givenNames = Set(given.map { $0.lowercased() })

  private static let given = list(
    """
    Adam Alice Anna Ben Beth Brian Carl Clara Colin Dana David Diana Edith Edwin Ella Felix Fiona Fred \
    George Gina Gordon Hannah Harold Helen Ian Ida Irene James Jane John Karen Karl Kate Laura Leo Linda \
    Maria Martin Mona Nadia Nina Noah Olga Oscar Otto Paul Paula Peter Rachel Ralph Rita Sara Simon \
    Stella Tara Theo Thomas Vera Vincent Viola Walter Wanda Wendy Zach Zelda Zoe
    """)

  private static let family = list(
    """
    Adler Ames Archer Barlow Becker Bolton Calder Carver Conway Dalton Denver Dorsey Easton Eliot Emery \
    Fenton Fisk Foley Garner Gibbs Gould Hadley Harlow Holt Ingram Irwin Ives Janssen Jarvis Judd Keller \
    Kemp Kirby Landry Larkin Lowell Maddox Mercer Munro Nash Nolan Norris Oakley Orson Osborn Palmer \
    Parker Pruitt Ramsey Rhodes Rourke Sawyer Sexton Sutton Talbot Thorne Tucker Vance Vaughn Vickers \
    Walden Webb Winslow Zeller Ziegler Zimmer
    """)

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
