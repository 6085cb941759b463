import Deidentification
import Foundation

/// What the scanner finds of the marks of some notes, and what it finds besides.
struct NoteFigures {
  struct Tally {
    var marks = 0
    /// Marks of which every letter and digit was found, under whatever class.
    var whole = 0
    /// Marks of which some letter or digit was found.
    var touched = 0

    var recall: Double { marks == 0 ? 1 : Double(whole) / Double(marks) }
  }

  private(set) var tallies: [IdentifierClass: Tally] = [:]
  /// Findings in which nothing is marked: note, rule and words.
  private(set) var excesses: [String] = []
  /// Marks that are not whole: note, class and words.
  private(set) var misses: [String] = []
  private(set) var words = 0

  init(of notes: [MarkedNote], with scanner: IdentifierScanner = IdentifierScanner()) {
    for note in notes { add(note, scanner.identifiers(in: note.text)) }
  }

  var total: Tally {
    tallies.values.reduce(into: Tally()) { sum, tally in
      sum.marks += tally.marks
      sum.whole += tally.whole
      sum.touched += tally.touched
    }
  }

  private mutating func add(_ note: MarkedNote, _ found: [Identifier]) {
    let bytes = Array(note.text.utf8)
    words += note.text.split(whereSeparator: \.isWhitespace).count
    for mark in note.marks {
      let letters = mark.range.filter { Self.counts(bytes[$0]) }
      let covered = letters.filter { place in found.contains { $0.range.contains(place) } }
      tallies[mark.kind, default: Tally()].marks += 1
      if !covered.isEmpty { tallies[mark.kind]?.touched += 1 }
      if covered.count == letters.count {
        tallies[mark.kind]?.whole += 1
      } else {
        misses.append("\(note.title) \(mark.kind.rawValue) |\(words(bytes, mark.range))|")
      }
    }
    for identifier in found
    where !note.marks.contains(where: { $0.range.overlaps(identifier.range) }) {
      excesses.append("\(note.title) \(identifier.rule) |\(words(bytes, identifier.range))|")
    }
  }

  private func words(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private static func counts(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    default: false
    }
  }

  /// A line for each class: marks found whole, in part, and all of them.
  func table(_ title: String) -> String {
    var lines = ["", "\(title): \(words) words, \(excesses.count) findings beside the marks"]
    for kind in IdentifierClass.allCases {
      guard let tally = tallies[kind] else { continue }
      lines.append(
        kind.rawValue.padding(toLength: 14, withPad: " ", startingAt: 0)
          + "\(tally.whole) whole, \(tally.touched) touched of \(tally.marks)")
    }
    return lines.joined(separator: "\n")
  }
}
