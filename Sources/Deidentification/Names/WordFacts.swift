import CNameLists

/// What the compiled lists know of a word, however it is written.
struct WordFacts: Equatable {
  /// What a word says of its neighbours; the order is that of `ROLES` in compile.py.
  struct Role: OptionSet {
    let rawValue: UInt32

    static let title = Role(rawValue: 1 << 0)
    static let suffix = Role(rawValue: 1 << 1)
    /// Words that stand before a person's name: "patient", "mother", "Name".
    static let person = Role(rawValue: 1 << 2)
    /// The last word of a hospital's, school's or firm's name.
    static let facility = Role(rawValue: 1 << 3)
    /// What is named after persons: diseases, signs, devices, methods.
    static let thing = Role(rawValue: 1 << 4)
    static let particle = Role(rawValue: 1 << 5)
    /// The last word of a place's name: "County", "Heights".
    static let area = Role(rawValue: 1 << 6)
    /// What persons do: "reports", "denies".
    static let verb = Role(rawValue: 1 << 7)
    /// Words that stand before a place: "lives", "from".
    static let home = Role(rawValue: 1 << 8)
    static let organization = Role(rawValue: 1 << 9)
    /// Words that do not make "clinic" or "center" the name of one.
    static let specialty = Role(rawValue: 1 << 10)
    /// Words that begin sentences and headings.
    static let function = Role(rawValue: 1 << 11)
    /// Words between a cue and the name: "is", "by".
    static let link = Role(rawValue: 1 << 12)
    /// Words after which whatever is capitalised is a name.
    static let naming = Role(rawValue: 1 << 13)
    /// Names that are verbs too: "Will", "May".
    static let modal = Role(rawValue: 1 << 14)
    /// Letters of rank that mean other things as well: "DO", "PA", "MS".
    static let uncertain = Role(rawValue: 1 << 15)
    static let generation = Role(rawValue: 1 << 16)
    /// What is done in hospitals: "admitted", "seen".
    static let admission = Role(rawValue: 1 << 17)
    /// Words within the names of institutions: "of", "and".
    static let join = Role(rawValue: 1 << 18)
    /// What puts a person somewhere: "lives", "moved".
    static let dwelling = Role(rawValue: 1 << 19)
  }

  /// What a word is when it is no name; the order is that of `CLASSES` in compile.py.
  enum Class: UInt32 {
    case plain
    case country
    case state
    case people
    case calendar
    case medicine
    case eponym
    /// "et", "al" and "colleagues", which follow the authors of a paper.
    case citation
  }

  private(set) var bits: UInt32

  init(bits: UInt32) { self.bits = bits }

  init(_ words: UnsafeBufferPointer<UInt8>) {
    bits = name_lists_find(words.baseAddress, words.count)
  }

  /// "don't", "I've".
  static let contraction = WordFacts(bits: 3 << 4 | Role.function.rawValue << 12)

  /// How common it is as a first name: 0 to 3.
  var first: UInt32 { bits & 3 }
  /// How common it is as a surname: 0 to 3.
  var last: UInt32 { bits >> 2 & 3 }
  /// How common it is as an English word: 0 to 3.
  var word: UInt32 { bits >> 4 & 3 }
  /// How large it is as a place: 0 to 3.
  var town: UInt32 { bits >> 6 & 3 }
  var wordClass: Class { Class(rawValue: bits >> 8 & 7) ?? .plain }
  var roles: Role { Role(rawValue: bits >> 12) }
  /// How common it is as a name.
  var name: UInt32 { max(first, last) }
  var isUnknown: Bool { bits == 0 }

  var isCitation: Bool { wordClass == .citation }

  func has(_ role: Role) -> Bool { !roles.isDisjoint(with: role) }

  /// The facts of a double name from those of its parts.
  static func joined(_ one: WordFacts, _ other: WordFacts) -> WordFacts {
    var bits = max(one.first, other.first) | max(one.last, other.last) << 2
    bits |= min(one.word, other.word) << 4
    if one.wordClass == .eponym || other.wordClass == .eponym {
      bits |= Class.eponym.rawValue << 8
    }
    return WordFacts(bits: bits)
  }
}
