import Records

/// The units of a record that may repeat earlier ones, as hashes.
package struct PassageUnits: Sendable, Equatable {
  /// The hash of every unit, in order; those of different groups differ.
  package var keys: [UInt64] = []
  /// The words of each unit; empty where every word starts a unit of one length.
  package var extents: [Range<Int>] = []
  /// How many words the record has.
  package var wordCount = 0
}

/// Makes the units of records, by the recipe's rule.
package struct PassageUnitMaker: Sendable {
  package let settings: CopyForwardSettings

  package init(_ settings: CopyForwardSettings) { self.settings = settings }

  /// The key that a record shares with those it may repeat; nil for one that is left alone.
  package func group(of record: Record) -> UInt64? {
    guard let key = record.groups.first(where: { $0.kind == settings.group }) else { return nil }
    return Digest128(of: key.description).high
  }

  /// The units of a record of a group; nil for shapes that are left alone.
  package func units(of content: Content, group: UInt64) -> PassageUnits? {
    let texts = content.passages.map(PassageText.init)
    guard !texts.isEmpty else { return nil }
    var units = PassageUnits()
    units.wordCount = texts.reduce(0) { $0 + $1.words.count }
    switch settings.unit {
    case .sentence(let minimum): units.addSentences(of: texts, group, minimumWords: minimum)
    case .words(let length):
      units.addRuns(of: texts.flatMap { $0.words.map(\.hash) }, group, length)
    }
    return units
  }
}

extension PassageUnits {
  fileprivate mutating func addSentences(
    of texts: [PassageText], _ group: UInt64, minimumWords: Int
  ) {
    var base = 0
    for text in texts {
      for sentence in text.sentences where sentence.count >= minimumWords {
        var key = group ^ UInt64(sentence.count)
        for word in text.words[sentence] { key = Mix.fold(key ^ word.hash, Mix.second) }
        keys.append(Mix.fold(key ^ Mix.first, Mix.third))
        extents.append(base + sentence.lowerBound..<base + sentence.upperBound)
      }
      base += text.words.count
    }
  }

  /// A run's hash is a polynomial of its words' hashes, which rolls along from word to word.
  fileprivate mutating func addRuns(of words: [UInt64], _ group: UInt64, _ length: Int) {
    guard words.count >= length else { return }
    let base = Mix.third | 1
    let power = (0..<length).reduce(UInt64(1)) { power, _ in power &* base }
    keys.reserveCapacity(words.count - length + 1)
    var sum: UInt64 = 0
    for index in words.indices {
      sum = sum &* base &+ words[index]
      if index >= length { sum = sum &- words[index - length] &* power }
      if index + 1 >= length {
        keys.append(Mix.fold(Mix.fold(sum ^ Mix.first, Mix.second) ^ group, Mix.third))
      }
    }
  }
}
