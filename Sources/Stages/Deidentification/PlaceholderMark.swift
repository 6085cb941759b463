import Deidentification
import Records

/// A placeholder that waits for its number: what tells its value from others of the patient.
package struct PlaceholderMark: Sendable, Hashable {
  package var kind: IdentifierClass
  /// A hash of the value; only compared, within a build, and never written.
  package var value: Digest128

  /// What stands in a text for `_7` until numbers are known: a noncharacter, which no text may hold.
  package static let character = String(decoding: [0xEF, 0xB7, 0x90], as: UTF8.self)
}

/// The numbers that a record's texts hold already in placeholders of the tool's form.
package struct EarlierPlaceholder: Sendable, Hashable {
  package var kind: IdentifierClass
  package var number: Int
}

extension Record {
  /// Writes the numbers of placeholders, in the order in which the marks were set.
  ///
  /// - Parameter numbers: the numbers of the record's different values.
  package mutating func numberPlaceholders(_ numbers: [Int]) {
    guard !marks.isEmpty else { return }
    let marks = marks
    var next = 0
    editTexts { text in
      var edits: [TextEdits.Edit] = []
      for place in Self.markPlaces(in: text) {
        // A record that goes has no numbers, and its texts are written nowhere.
        let value = next < marks.count ? marks[next] : numbers.count
        let number = value < numbers.count ? numbers[value] : 0
        edits.append(TextEdits.Edit(place, "_\(number)"))
        next += 1
      }
      return TextEdits(edits)
    }
    self.marks = []
  }

  /// Where marks stand in a text, in bytes.
  static func markPlaces(in text: String) -> [Range<Int>] {
    var text = text
    return text.withUTF8 { bytes in
      var places: [Range<Int>] = []
      var index = 0
      while index + 2 < bytes.count {
        if bytes[index] == 0xEF, bytes[index + 1] == 0xB7, bytes[index + 2] == 0x90 {
          places.append(index..<index + 3)
          index += 3
        } else {
          index += 1
        }
      }
      return places
    }
  }
}
