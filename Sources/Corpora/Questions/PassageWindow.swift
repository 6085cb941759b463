import Records

/// Cuts a window around an answer out of a long text, at the bounds of sentences and lines.
///
/// Where in the window the answer stands is drawn by the question's id: a window that always had it in
/// its middle would give it away.
struct PassageWindow {
  /// The most code points of a window; nil leaves every text whole.
  let length: Int?

  /// The part of a text that is shown with an answer.
  ///
  /// - Parameters:
  ///   - text: The code points of the text.
  ///   - answer: The place of the answer in it.
  ///   - id: What draws the answer's place in the window.
  func range(of text: [Unicode.Scalar], around answer: Range<Int>, id: String) -> Range<Int> {
    guard let length, text.count > length else { return 0..<text.count }
    let room = max(0, length - answer.count)
    let share = StableHash.fraction(seed: 0, purpose: "passage-window", id)
    let before = Int(Double(room) * share)
    let start = min(max(0, answer.lowerBound - before), max(0, text.count - length))
    let end = min(text.count, max(start + length, answer.upperBound))
    return bounded(min(start, answer.lowerBound)..<end, in: text, around: answer)
  }

  /// The range without the pieces of sentences at its ends, else without the pieces of words.
  private func bounded(
    _ range: Range<Int>, in text: [Unicode.Scalar], around answer: Range<Int>
  ) -> Range<Int> {
    let first = range.lowerBound...answer.lowerBound
    let start =
      first.first { Self.startsSentence(at: $0, in: text) }
      ?? first.first { Self.startsWord(at: $0, in: text) } ?? answer.lowerBound
    let last = answer.upperBound...range.upperBound
    let end =
      last.last { Self.startsSentence(at: $0, in: text) }
      ?? last.last { Self.startsWord(at: $0, in: text) } ?? answer.upperBound
    return start..<end
  }

  /// Whether a sentence may start at a place: at either end of the text, on a new line, and behind
  /// white space or nothing after a full stop.
  private static func startsSentence(at place: Int, in text: [Unicode.Scalar]) -> Bool {
    guard place > 0, place < text.count else { return true }
    let previous = text[place - 1]
    if previous == "\n" || fullWidthStops.contains(previous) { return true }
    guard previous.properties.isWhitespace, place > 1 else { return false }
    return stops.contains(text[place - 2])
  }

  private static func startsWord(at place: Int, in text: [Unicode.Scalar]) -> Bool {
    place == 0 || place == text.count || text[place - 1].properties.isWhitespace
  }

  private static let stops: Set<Unicode.Scalar> = [".", "?", "!"]
  private static let fullWidthStops: Set<Unicode.Scalar> = ["。", "？", "！"]
}
