import Records

/// What becomes of the tags of PriMock57's transcribers: `<UNIN/>` for what was not understood,
/// `<INAUDIBLE_SPEECH/>`, and `<UNSURE>…</UNSURE>` around what may have been said.
enum TranscriptTags: String, CaseIterable {
  /// All tags go; unsure words stay. A blank that stood before a tag goes with it where a
  /// punctuation mark or a blank follows.
  case remove
  /// `[unintelligible]`, `[inaudible]`, and unsure words with `[?]` after them.
  case mark
  /// Nothing is changed.
  case keep

  static let option = ReaderOption(
    "tags", "remove",
    "what becomes of transcribers' tags: `remove`, `mark` in square brackets, or `keep`")

  func applied(to text: String) -> String {
    guard self != .keep else { return TidyText.line(text) }
    var tidy: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      guard byte == UInt8(ascii: "<"), let tag = Self.tag(at: rest) else {
        tidy.append(byte)
        rest.removeFirst()
        continue
      }
      rest = rest.dropFirst(tag.name.utf8.count)
      if self == .mark { tidy += Array(tag.mark.utf8) }
      if self == .remove, Self.closesGap(before: rest.first) {
        while let last = tidy.last, TidyText.isSpace(last) { tidy.removeLast() }
      }
    }
    return TidyText.line(tidy)
  }

  private static func tag(at bytes: ArraySlice<UInt8>) -> (name: String, mark: String)? {
    tags.first { bytes.starts(with: $0.name.utf8) }
  }

  private static let tags: [(name: String, mark: String)] = [
    ("<UNIN/>", "[unintelligible]"), ("<INAUDIBLE_SPEECH/>", "[inaudible]"), ("<UNSURE>", ""),
    ("</UNSURE>", "[?]"),
  ]

  private static func closesGap(before byte: UInt8?) -> Bool {
    byte.map { TidyText.isSpace($0) || ".,?!;:".utf8.contains($0) } ?? true
  }
}
