import Records

/// Which split a file belongs to, told by the words of its name and folders, and which files belong
/// together.
///
/// `train.jsonl`, `data/test/part-0.jsonl`, MLX-LM's `valid.jsonl`, NeMo's `training.jsonl`,
/// `train-00001-of-00005.jsonl.gz`.
struct SplitName: Equatable {
  var split: Split?
  /// The folder without the part that names the split.
  var group: String

  private static let names: [String: Split] = [
    "train": .train, "training": .train, "validation": .validation, "valid": .validation,
    "val": .validation, "dev": .validation, "test": .test, "testing": .test,
  ]

  init(of path: String) {
    var parts = path.split(separator: "/").map(String.init)
    let name = parts.popLast() ?? ""
    split = Self.split(in: name)
    for index in parts.indices.reversed() where split == nil {
      guard let found = Self.split(in: parts[index]) else { continue }
      split = found
      parts.remove(at: index)
    }
    group = parts.joined(separator: "/")
  }

  private static func split(in name: String) -> Split? {
    let words = name.lowercased().split { !$0.isLetter }
    return words.lazy.compactMap { names[String($0)] }.first
  }
}
