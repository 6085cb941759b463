import Records

/// Replacements in a text, in the order of their places and apart from each other.
package struct TextEdits: Sendable {
  /// A stretch of the text, in UTF-8 bytes, and what takes its place.
  package struct Edit: Sendable, Equatable {
    package var range: Range<Int>
    package var replacement: String

    package init(_ range: Range<Int>, _ replacement: String) {
      self.range = range
      self.replacement = replacement
    }
  }

  private let edits: [Edit]

  package init(_ edits: [Edit]) { self.edits = edits }

  package var isEmpty: Bool { edits.isEmpty }

  /// The text with every replacement made.
  package func applied(to text: String) -> String {
    guard !edits.isEmpty else { return text }
    let source = Array(text.utf8)
    var output: [UInt8] = []
    output.reserveCapacity(source.count)
    var done = 0
    for edit in edits {
      output += source[done..<edit.range.lowerBound]
      output += edit.replacement.utf8
      done = edit.range.upperBound
    }
    output += source[done...]
    return String(decoding: output, as: UTF8.self)
  }

  /// An annotated text with every replacement made and its spans moved along.
  ///
  /// A span that begins or ends inside a replaced stretch takes the whole of what stands there then.
  ///
  /// - Returns: how many mentions were widened so.
  package func apply(to item: inout AnnotatedText) -> Int {
    guard !edits.isEmpty else { return 0 }
    let moves = Moves(edits, in: item.text)
    item.text = applied(to: item.text)
    let scalars = Array(item.text.unicodeScalars)
    var widened = 0
    for index in item.entities.indices {
      var isWidened = false
      item.entities[index].spans = Self.joined(
        item.entities[index].spans.map { moves.moved($0, &isWidened) })
      widened += isWidened ? 1 : 0
      item.entities[index].text = item.entities[index].spans.map { span in
        var words = String.UnicodeScalarView()
        words.append(
          contentsOf: scalars[max(0, span.start)..<min(scalars.count, max(span.start, span.end))])
        return String(words)
      }.joined(separator: " ")
    }
    return widened
  }

  /// The spans without a second one of what is one placeholder now.
  private static func joined(_ spans: [TextSpan]) -> [TextSpan] {
    var joined: [TextSpan] = []
    for span in spans {
      if let last = joined.last, span.start < last.end {
        joined[joined.count - 1].end = max(last.end, span.end)
      } else {
        joined.append(span)
      }
    }
    return joined
  }

  /// Where the replaced stretches were and are, in code points.
  private struct Moves {
    private var places: [(old: Range<Int>, new: Range<Int>)] = []

    init(_ edits: [Edit], in text: String) {
      var byte = 0
      var scalar = 0
      var shift = 0
      var next = 0
      var start: Int?
      for character in text.unicodeScalars {
        while next < edits.count {
          if start == nil, byte >= edits[next].range.lowerBound { start = scalar }
          guard let first = start, byte >= edits[next].range.upperBound else { break }
          add(first..<scalar, edits[next].replacement, &shift)
          (start, next) = (nil, next + 1)
        }
        byte += UTF8.width(character)
        scalar += 1
      }
      while next < edits.count {
        add((start ?? scalar)..<scalar, edits[next].replacement, &shift)
        (start, next) = (nil, next + 1)
      }
    }

    private mutating func add(_ old: Range<Int>, _ replacement: String, _ shift: inout Int) {
      let count = replacement.unicodeScalars.count
      let first = old.lowerBound + shift
      places.append((old, first..<first + count))
      shift += count - old.count
    }

    func moved(_ span: TextSpan, _ isWidened: inout Bool) -> TextSpan {
      var moved = span
      let first = firstPlace(endingAfter: span.start)
      var start =
        first == 0 ? 0 : places[first - 1].new.upperBound - places[first - 1].old.upperBound
      var end = start
      for (old, new) in places[first...] {
        guard old.lowerBound < max(span.start, span.end) else { break }
        if old.upperBound <= span.start {
          start = new.upperBound - old.upperBound
        } else if old.lowerBound < span.start {
          isWidened = true
          start = new.lowerBound - span.start
        }
        if old.upperBound <= span.end {
          end = new.upperBound - old.upperBound
        } else if old.lowerBound < span.end {
          isWidened = true
          end = new.upperBound - span.end
        }
      }
      moved.start += start
      moved.end += end
      return moved
    }

    /// The index of the first stretch that ends after a place; the stretches are in order.
    private func firstPlace(endingAfter place: Int) -> Int {
      var (low, high) = (0, places.count)
      while low < high {
        let middle = (low + high) / 2
        if places[middle].old.upperBound <= place { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }
}
