/// A text as what can be cut from it: words, with the headings that stand between them.
///
/// Everything but blanks belongs to a word or a heading: marks to the word that they stand at, a
/// bullet or a list's number to the word that follows. Headings are no words here.
struct PassageText: Sendable, Equatable {
  /// What stands between blanks, or one letter of a script without them; a placeholder is one word.
  struct Word: Sendable, Equatable {
    /// Its bytes.
    var place: Range<Int>
    /// Equal for words that differ at most in case and punctuation.
    var hash: UInt64
    var endsSentence = false
  }

  /// What ends in a colon within the first words of a line.
  struct Heading: Sendable, Equatable {
    var place: Range<Int>
    /// The number of words before it.
    var firstWord: Int
  }

  var words: [Word] = []
  var headings: [Heading] = []

  init() {}

  init(_ text: String) {
    var text = text
    self = text.withUTF8 { bytes in
      var scanner = PassageScanner(bytes)
      return scanner.scan()
    }
  }

  /// The sentences as ranges of words; the last word ends the last sentence.
  var sentences: [Range<Int>] {
    var sentences: [Range<Int>] = []
    var start = 0
    for index in words.indices where words[index].endsSentence || index + 1 == words.count {
      sentences.append(start..<index + 1)
      start = index + 1
    }
    return sentences
  }
}
