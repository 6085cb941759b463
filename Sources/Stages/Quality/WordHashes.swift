/// The words of a text as hashes, for counting what is different.
package struct WordHashes: Sendable {
  /// Every word.
  package let all: [UInt64]
  /// The words that hold a letter.
  package let lettered: [UInt64]

  package init(of text: String) {
    let words = MeasuredText(text).words
    all = words.map(\.hash)
    lettered = words.filter(\.hasLetter).map(\.hash)
  }

  /// One hash of a run of words.
  package static func combined(_ words: ArraySlice<UInt64>) -> UInt64 {
    words.reduce(Mix.third) { Mix.fold($0 ^ $1, Mix.second) &+ Mix.first }
  }
}
