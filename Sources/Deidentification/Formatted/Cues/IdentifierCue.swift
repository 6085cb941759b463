/// Words that tell that an identifier follows.
struct IdentifierCue: Sendable {
  var keys: [UInt64]
  var kind: IdentifierClass
  /// How many digits the code must have at least.
  var minimumDigits: Int
  /// Whether the words have other meanings: without `#`, `:` or `number` the code must be longer.
  var isWeak: Bool
  /// Whether the code may be of groups of digits with blanks between.
  var isSpaced: Bool

  /// The cues that begin with a word, those of more words first.
  static let table: WordTable<[IdentifierCue]> = {
    var cues: [(String, [IdentifierCue])] = []
    for list in IdentifierCueLists.all {
      for phrase in list.phrases.split(separator: ",") {
        let words = phrase.split { $0 == " " || $0 == "\n" }.map(String.init)
        guard let first = words.first else { continue }
        let cue = IdentifierCue(
          keys: words.map { WordKey.key(of: $0) }, kind: list.kind,
          minimumDigits: list.minimumDigits, isWeak: list.isWeak, isSpaced: list.isSpaced)
        if let place = cues.firstIndex(where: { $0.0 == first }) {
          cues[place].1.append(cue)
        } else {
          cues.append((first, [cue]))
        }
      }
    }
    return WordTable(cues.map { ($0.0, $0.1.sorted { $0.keys.count > $1.keys.count }) })
  }()
}
