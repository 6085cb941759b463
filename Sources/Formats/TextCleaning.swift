/// Makes text tidy on its UTF-8 bytes, without changing what it says.
///
/// Controls other than line end and tab go; CRLF and CR become LF; blanks at the ends of lines and
/// of the whole go; more than one blank line in a row becomes one. Unicode normalisation is not
/// applied: stored text keeps its characters.
package struct TextCleaning: Sendable, Equatable {
  /// What becomes of U+00A0, U+2009 and U+202F, the spaces of publishers and word processors.
  package enum WideSpaces: Sendable, Equatable {
    case kept
    /// Made plain spaces.
    case folded
  }

  package var wideSpaces: WideSpaces

  package init(wideSpaces: WideSpaces = .kept) { self.wideSpaces = wideSpaces }

  /// The tidy text.
  package func cleaned(_ text: String) -> String {
    var text = text
    let bytes = text.withUTF8 { source in
      var output: [UInt8] = []
      clean(UnsafeRawBufferPointer(source), into: &output)
      return output
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes the tidy form of valid UTF-8 to `output`, in place of what it holds.
  package func clean(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) {
    output.removeAll(keepingCapacity: true)
    output.reserveCapacity(bytes.count)
    var lines = TidyLines()
    var index = 0
    while index < bytes.count {
      let end = Self.plainEnd(of: bytes, from: index)
      lines.append(UnsafeRawBufferPointer(rebasing: bytes[index..<end]), to: &output)
      index = end
      guard index < bytes.count else { break }
      index += passSpecial(bytes, at: index, &lines, &output)
    }
  }

  /// The end of the bytes that need no care: neither controls, nor the start of a character that
  /// may be a control or a wide space, nor blanks but for a space between two plain bytes.
  private static func plainEnd(of bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      if isPlain(bytes[index]) {
        index += 1
      } else if bytes[index] == 0x20, index > start, index + 1 < bytes.count,
        isPlain(bytes[index + 1])
      {
        index += 2
      } else {
        break
      }
    }
    return index
  }

  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte != 0x7f && byte != 0xc2 && byte != 0xe2
  }

  /// Passes one special character, and gives its length.
  private func passSpecial(
    _ bytes: UnsafeRawBufferPointer, at index: Int, _ lines: inout TidyLines,
    _ output: inout [UInt8]
  ) -> Int {
    switch bytes[index] {
    case 0x20, 0x09: lines.appendBlank(bytes[index])
    case 0x0a: lines.endLine()
    case 0x0d:
      lines.endLine()
      return index + 1 < bytes.count && bytes[index + 1] == 0x0a ? 2 : 1
    case 0xc2, 0xe2: return passWide(bytes, at: index, &lines, &output)
    default: break
    }
    return 1
  }

  private func passWide(
    _ bytes: UnsafeRawBufferPointer, at index: Int, _ lines: inout TidyLines,
    _ output: inout [UInt8]
  ) -> Int {
    let length = bytes[index] == 0xc2 ? 2 : 3
    guard index + length <= bytes.count else { return bytes.count - index }
    let character = UnsafeRawBufferPointer(rebasing: bytes[index..<index + length])
    // C1 controls are U+0080 … U+009F.
    if length == 2, character[1] < 0xa0 { return length }
    if wideSpaces == .folded, Self.isWideSpace(character) {
      lines.appendBlank(0x20)
    } else {
      lines.append(character, to: &output)
    }
    return length
  }

  private static func isWideSpace(_ character: UnsafeRawBufferPointer) -> Bool {
    if character.count == 2 { return character[1] == 0xa0 }
    return character[1] == 0x80 && (character[2] == 0x89 || character[2] == 0xaf)
  }
}

/// Holds blanks and line ends back until a character follows that makes them count.
private struct TidyLines {
  private var blanks: [UInt8] = []
  private var lineEnds = 0

  mutating func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    if lineEnds > 0, !output.isEmpty {
      output.append(0x0a)
      if lineEnds > 1 { output.append(0x0a) }
    }
    // Blanks before the first text go with the trimming; those that indent a later line stay.
    if !blanks.isEmpty {
      if !output.isEmpty { output.append(contentsOf: blanks) }
      blanks.removeAll(keepingCapacity: true)
    }
    lineEnds = 0
    output.append(contentsOf: bytes)
  }

  mutating func appendBlank(_ byte: UInt8) { blanks.append(byte) }

  mutating func endLine() {
    blanks.removeAll(keepingCapacity: true)
    lineEnds += 1
  }
}

// MARK: HTML left-overs

extension TextCleaning {
  /// The text with HTML character references decoded once: `&amp;lt;` becomes `&lt;`.
  ///
  /// References that are not closed by `;` or not known stay as they are.
  package static func decodeHTMLEntitiesOnce(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "&"), let reference = reference(in: bytes, at: index) {
        output.append(contentsOf: reference.text.utf8)
        index = reference.end
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The longest name of the table, and then some.
  private static let maximumReferenceBytes = 40

  private static func reference(in bytes: [UInt8], at index: Int) -> (text: String, end: Int)? {
    let limit = min(bytes.count, index + maximumReferenceBytes)
    guard let end = bytes[index..<limit].firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
    guard let text = name.hasPrefix("#") ? numeric(name.dropFirst()) : named(name) else {
      return nil
    }
    return (text, end + 1)
  }

  private static func named(_ name: String) -> String? {
    switch name {
    case "amp": "&"
    case "lt": "<"
    case "gt": ">"
    case "quot": "\""
    case "apos": "'"
    default: XMLEntityNames.isoHTML[name]
    }
  }

  private static func numeric(_ digits: Substring) -> String? {
    let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
    let digits = isHexadecimal ? digits.dropFirst() : digits
    guard digits.utf8.first.map({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) == true,
      let value = UInt32(digits, radix: isHexadecimal ? 16 : 10),
      value >= 0x20 || value == 9
        || value == 10 || value == 13, let scalar = Unicode.Scalar(value)
    else { return nil }
    return String(Character(scalar))
  }
}
