import Deidentification
import Foundation

/// An invented clinical note in which identifiers are marked as `[[NAME:Grace Parkinson]]`.
struct MarkedNote {
  enum Part: String, CaseIterable {
    /// Rules may be tuned on these.
    case tuning
    /// These were written before the rules were tuned, and only report.
    case reporting
  }

  struct Mark {
    var kind: IdentifierClass
    var range: Range<Int>
  }

  var title: String
  var text = ""
  var marks: [Mark] = []

  /// The notes of a part; notes begin with a line `=== title`.
  static func notes(of part: Part) throws -> [MarkedNote] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = folder.appending(path: "Fixtures/notes-\(part.rawValue).txt")
    let text = try String(contentsOf: file, encoding: .utf8)
    return try ("\n" + text).components(separatedBy: "\n=== ").dropFirst().map { block in
      let lines = block.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      return try MarkedNote(title: String(lines[0]), marked: String(lines[1]))
    }
  }

  private init(title: String, marked: String) throws {
    self.title = title
    var rest = Substring(marked)
    while let open = rest.range(of: "[["), let close = rest.range(of: "]]") {
      text += rest[..<open.lowerBound]
      let mark = rest[open.upperBound..<close.lowerBound].split(separator: ":", maxSplits: 1)
      guard mark.count == 2, let kind = IdentifierClass(rawValue: String(mark[0])) else {
        throw CocoaError(.formatting)
      }
      let start = text.utf8.count
      text += mark[1]
      marks.append(Mark(kind: kind, range: start..<text.utf8.count))
      rest = rest[close.upperBound...]
    }
    text += rest
  }
}
