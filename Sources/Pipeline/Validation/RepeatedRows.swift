import Records

/// Repeated rows, prompts with two answers, and rows and prompts that stand in two splits.
///
/// Rows are compared within the files of one folder and format: the dialects of a build hold the same
/// examples on purpose.
struct RepeatedRows {
  /// A file whose rows are compared.
  private struct File {
    var firstLine: Int
    var place: Position
    var split: Split?
  }

  /// What was found about a line.
  struct Found {
    var rule: ValidationRule
    var message: String
    var key: UInt64
  }

  private var index = RowIndex()
  private var files: [File] = []
  private var groupSeed: UInt64 = 0

  /// Begins with the lines of the next file.
  mutating func begin(_ place: Position, format: RowFormat?) {
    let path = (place.file ?? "") + (place.entry.map { "/" + $0 } ?? "")
    let name = SplitName(of: path)
    groupSeed = RowHash.of(name.group + "\n" + (format?.rawValue ?? ""))
    files.append(File(firstLine: index.keys.count, place: place, split: name.split))
  }

  /// Takes the next line of the file.
  mutating func add(_ key: RowChecks.Key) -> Found? {
    guard key.whole != 0 else {
      _ = index.add(key)
      return nil
    }
    var own = RowChecks.Key()
    own.whole = RowHash.join(groupSeed, key.whole) | 1
    if key.prompt != 0 { own.prompt = RowHash.join(groupSeed, key.prompt) | 1 }
    let earlier = index.add(own)
    let split = files[files.count - 1].split
    if let line = earlier.whole { return repeated(line, split, key.whole) }
    guard let line = earlier.prompt else { return nil }
    let first = place(of: line)
    if let split, let other = first.split, split != other {
      return Found(
        rule: .leakedPrompt,
        message: "the prompt stands in \(other.rawValue) too, with another answer: \(first.text)",
        key: key.whole)
    }
    return Found(
      rule: .conflictingAnswer, message: "the prompt has another answer at \(first.text)",
      key: key.whole)
  }

  private func repeated(_ line: Int, _ split: Split?, _ key: UInt64) -> Found {
    let first = place(of: line)
    if let split, let other = first.split, split != other {
      return Found(
        rule: .leakedRow, message: "the row stands in \(other.rawValue) too: \(first.text)",
        key: key)
    }
    return Found(rule: .duplicateRow, message: "the row repeats \(first.text)", key: key)
  }

  /// Where a line stands, in words; its file only when that is another.
  private func place(of line: Int) -> (text: String, split: Split?) {
    var low = 0
    var high = files.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if files[middle].firstLine <= line { low = middle } else { high = middle }
    }
    let file = files[low]
    let number = line - file.firstLine + 1
    var place = file.place
    place.line = number
    return (low == files.count - 1 ? "line \(number)" : place.description, file.split)
  }
}
