/// The placeholders that stand for what de-identification took out of a text.
///
///     [**Hospital1 18**]  [**2151-7-16**]  [**Age over 90 **]     MIMIC-III, also over a line end
///     ___                                                          MIMIC-IV, kind not told
///
/// Format: physionet.org/content/mimiciii/1.4 and mimic-iv-note/2.2; the kinds are what the
/// de-identification software of MIMIC wrote (physionet.org/content/deid/1.1).
package enum Placeholders {
  /// What was taken out.
  package enum Kind: String, Sendable, CaseIterable {
    case name
    case hospital
    case location
    case date
    case age
    case phone
    case id
  }

  /// A placeholder longer than this is a missing `**]`.
  private static let maximumBytes = 160

  /// Where the placeholders stand, in bytes, ascending.
  ///
  /// `___` is one where it is exactly three long; longer runs are rules and blanks of forms.
  package static func places(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var places: [Range<Int>] = []
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "["):
        let end = tagEnd(in: text, from: index)
        if let end { places.append(index..<end) }
        index = end ?? index + 1
      case UInt8(ascii: "_"):
        let end = text[index...].firstIndex { $0 != UInt8(ascii: "_") } ?? text.count
        if end - index == 3 { places.append(index..<end) }
        index = end
      default: index += 1
      }
    }
    return places
  }

  /// The end of the tag that starts at a bracket, or nil when none does.
  private static func tagEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    let bytes = text[start...].prefix(maximumBytes)
    guard bytes.starts(with: "[**".utf8) else { return nil }
    var index = start + 3
    while index + 2 < bytes.endIndex {
      if bytes[index...].starts(with: "**]".utf8) { return index + 3 }
      index += 1
    }
    return nil
  }

  /// The text with every placeholder whose kind is known written as its kind: `[HOSPITAL]`.
  ///
  /// The kind of `___` is known from the label or title before it (`Unit No: ___`, `Dr. ___`).
  package static func typed(_ text: String) -> String {
    var text = text
    return text.withUTF8 { bytes in
      let places = places(in: bytes)
      guard !places.isEmpty else { return nil }
      var typed: [UInt8] = []
      typed.reserveCapacity(bytes.count)
      var done = 0
      for place in places {
        typed.append(contentsOf: bytes[done..<place.lowerBound])
        if let kind = kind(of: place, in: bytes) {
          typed.append(contentsOf: "[\(kind.rawValue.uppercased())]".utf8)
        } else {
          typed.append(contentsOf: bytes[place])
        }
        done = place.upperBound
      }
      typed.append(contentsOf: bytes[done...])
      return String(decoding: typed, as: UTF8.self)
    } ?? text
  }

  private static func kind(of place: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Kind? {
    guard text[place.lowerBound] == UInt8(ascii: "[") else {
      return kind(after: text[max(0, place.lowerBound - 40)..<place.lowerBound])
    }
    let content = text[(place.lowerBound + 3)..<(place.upperBound - 3)]
    return kind(of: String(decoding: content, as: UTF8.self))
  }

  /// The kind that the content of a tag tells; nil for those that tell none.
  static func kind(of content: String) -> Kind? {
    let words = content.lowercased().split { $0.isWhitespace }.joined(separator: " ")
    if isDate(words) { return .date }
    return markers.first { _, markers in markers.contains { words.contains($0) } }?.kind
  }

  /// Digits with `-` or `/`, or a year alone.
  private static func isDate(_ words: String) -> Bool {
    let marks = words.utf8.count { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") }
    let digits = words.utf8.count { (0x30...0x39).contains($0) }
    guard digits + marks == words.utf8.count, digits > 0 else { return false }
    return marks > 0 || digits == 4
  }

  /// Words in the content of tags, those that decide first: a `Hospital Ward Name` is no name.
  private static let markers: [(kind: Kind, words: [String])] = [
    (.age, ["age over", "age "]),
    (.phone, ["telephone", "pager", "fax", "phone"]),
    (.hospital, ["hospital", "ward", "clinic "]),
    (
      .location,
      [
        "location", "address", "state", "country", "po box", "street", "company",
        "university", "college",
      ]
    ),
    (.date, ["month", "date", "year", "holiday"]),
    (.name, ["name", "initials", "attending", "dictator"]),
    (.id, ["number", "identifier"]),
  ]

  /// The kind of a `___` by what stands before it on its line.
  private static func kind(after text: Slice<UnsafeBufferPointer<UInt8>>) -> Kind? {
    let line = text.split(separator: 0x0a, omittingEmptySubsequences: false).last ?? text
    let before = String(decoding: line, as: UTF8.self).lowercased().split { $0.isWhitespace }
      .joined(separator: " ")
    return labels.first { _, labels in labels.contains { before.hasSuffix($0) } }?.kind
  }

  private static let labels: [(kind: Kind, labels: [String])] = [
    (.date, ["date:", "date of birth:", "dob:"]),
    (.id, ["unit no:", "unit number:", "mrn:"]),
    (.phone, ["phone:", "fax:", "pager:"]),
    (.name, ["name:", "attending:", "dr.", "mr.", "mrs.", "ms."]),
  ]
}
