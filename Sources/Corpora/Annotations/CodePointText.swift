import Records

/// A text that is cut where annotators count: at code points, and where they counted otherwise at
/// bytes of UTF-8 or units of UTF-16.
struct CodePointText {
  /// What offsets count.
  enum Unit: String, CaseIterable {
    case codePoints = "code-points"
    case bytes
    case utf16 = "utf-16"
  }

  let text: String
  private let bytes: [UInt8]
  /// The byte that each code point starts at; nil where that is the same number.
  private let starts: [Int]?

  init(_ text: String) {
    self.text = text
    let bytes = Array(text.utf8)
    let isASCII = bytes.allSatisfy { $0 < 0x80 }
    starts = isASCII ? nil : bytes.indices.filter { bytes[$0] & 0xc0 != 0x80 }
    self.bytes = bytes
  }

  /// How many code points there are.
  var count: Int { starts?.count ?? bytes.count }

  /// The piece of a span; nil when it is empty or beyond the text.
  subscript(span: TextSpan) -> String? {
    guard span.start >= 0, span.start < span.end, span.end <= count else { return nil }
    return String(decoding: bytes[byte(at: span.start)..<byte(at: span.end)], as: UTF8.self)
  }

  /// Whether a span neither begins nor ends between two letters.
  func isWholeWords(_ span: TextSpan) -> Bool {
    ![span.start, span.end].contains { isLetter(at: $0 - 1) && isLetter(at: $0) }
  }

  private func isLetter(at codePoint: Int) -> Bool {
    self[TextSpan(codePoint, codePoint + 1)]?.unicodeScalars.first?.properties.isAlphabetic == true
  }

  private func byte(at codePoint: Int) -> Int {
    guard let starts else { return codePoint }
    return codePoint < starts.count ? starts[codePoint] : bytes.count
  }

  /// How long the text is in a unit.
  func length(in unit: Unit) -> Int {
    switch unit {
    case .codePoints: count
    case .bytes: bytes.count
    case .utf16: text.utf16.count
    }
  }

  /// The code point that starts at an offset counted in a unit, or the count at the very end; nil inside
  /// a code point and beyond the text.
  func codePoint(at offset: Int, in unit: Unit) -> Int? {
    guard offset >= 0, offset <= length(in: unit) else { return nil }
    guard let starts, unit != .codePoints else { return offset }
    guard unit == .utf16 else { return Self.place(of: offset, in: starts, end: bytes.count) }
    let text = text.utf16
    let index = text.index(text.startIndex, offsetBy: offset)
    guard let place = index.samePosition(in: self.text.unicodeScalars) else { return nil }
    return self.text.unicodeScalars.distance(from: text.startIndex, to: place)
  }

  private static func place(of byte: Int, in starts: [Int], end: Int) -> Int? {
    guard byte != end else { return starts.count }
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < byte { low = middle + 1 } else { high = middle }
    }
    return low < starts.count && starts[low] == byte ? low : nil
  }
}
