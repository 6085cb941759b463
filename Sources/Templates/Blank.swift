extension String {
  /// Whether the text has nothing to read: empty, or white space only.
  var isBlank: Bool {
    for byte in utf8 where byte > 0x20 {
      // White space beyond ASCII (no-break, ideographic) is rare enough to look at by scalars.
      return byte >= 0x7f && unicodeScalars.allSatisfy(\.properties.isWhitespace)
    }
    return true
  }
}

/// The texts that are not blank, with a blank line between them.
func paragraphs(_ texts: String...) -> String { paragraphs(texts) }

/// The texts that are not blank, with a blank line between them.
func paragraphs(_ texts: [String]) -> String {
  texts.filter { !$0.isBlank }.joined(separator: "\n\n")
}
