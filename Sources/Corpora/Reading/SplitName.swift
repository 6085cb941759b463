import Records

extension Split {
  /// The split of a name as corpora write it: `dev`, `Training`, `TEST`.
  init?(corpusName: String) {
    switch corpusName.lowercased() {
    case "train", "training": self = .train
    case "validation", "valid", "val", "dev", "development": self = .validation
    case "test", "testing": self = .test
    default: return nil
    }
  }

  /// The split that an entry's path names: the file's own name, then its folders, the innermost first,
  /// then those of the archive that it is in.
  ///
  /// A name holds the word of a split alone or with `set`: `CDR_TrainingSet.PubTator.txt`,
  /// `NCBItestset_corpus.txt`, `train/1.txt`; `latest` and `devices` are none.
  init?(of entry: some EntryBytes) {
    let names = [entry.path, entry.archive].flatMap { $0.split(separator: "/").reversed() }
    for name in names {
      if let split = Self.named(in: Array(name.utf8)) {
        self = split
        return
      }
    }
    return nil
  }

  private static let words: [(word: String, split: Split)] = [
    ("training", .train), ("train", .train), ("development", .validation),
    ("develop", .validation), ("devel", .validation), ("dev", .validation),
    ("validation", .validation), ("valid", .validation), ("testing", .test), ("test", .test),
  ]

  private static func named(in name: [UInt8]) -> Split? {
    let lower = name.map { $0 | (isCapital($0) ? 0x20 : 0) }
    for start in name.indices where start == 0 || !isSmall(name[start - 1]) {
      for (word, split) in words where lower[start...].starts(with: word.utf8) {
        var end = start + word.utf8.count
        if lower[end...].starts(with: "set".utf8) { end += 3 }
        if end == name.count || !isSmall(name[end]) { return split }
      }
    }
    return nil
  }

  private static func isSmall(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) }

  private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) }
}
