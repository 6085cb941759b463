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
}
