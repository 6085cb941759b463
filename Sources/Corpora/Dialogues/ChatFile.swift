import Formats
import Records

/// A file of conversations, by its name.
struct ChatFile {
  let stem: String
  /// The split that a word of the name says: `CMtMedQA_test.json`, `train.jsonl`.
  let split: Split?

  init(_ path: String) {
    stem = EntryName(path).stem
    let words = stem.split { $0 == "_" || $0 == "-" || $0 == "." }
    split = words.lazy.compactMap { Split(corpusName: String($0)) }.first
  }

  static func accepts(_ path: String) -> Bool {
    let name = EntryName(path)
    return ["json", "jsonl", "ndjson"].contains(name.kind) && !name.isLitter
  }

  /// The row's own `id`, else the file's name and the row's number.
  func id(of row: JSONObjectRows.Row) -> String {
    let own = row.node["id"]?.scalarText ?? ""
    return own.isEmpty ? numbered(row) : own
  }

  /// The file's name and the row's number.
  func numbered(_ row: JSONObjectRows.Row) -> String { "\(stem)-\(row.number)" }
}
