/// How a file of any kind is read for its texts.
package enum TextFileForm: String, Sendable, CaseIterable {
  /// By the name, else by the first bytes.
  case auto
  case text
  /// One document, or lines of them.
  case json
  case jsonl
  case csv

  /// The form of a file by its name; text when it says nothing.
  func settled(path: String, firstBytes: [UInt8]) -> TextFileForm {
    guard self == .auto else { return self }
    let name = path.lowercased()
    if [".jsonl", ".ndjson"].contains(where: name.hasSuffix) { return .jsonl }
    if [".csv", ".tsv"].contains(where: name.hasSuffix) { return .csv }
    let first = firstBytes.first { $0 > 0x20 }
    let isOpening = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    if name.hasSuffix(".json") { return isOpening ? .json : .text }
    return name == "-" && first == UInt8(ascii: "{") ? .jsonl : .text
  }
}
