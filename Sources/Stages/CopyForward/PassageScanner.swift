import Formats

/// Divides a text into the words and headings of a `PassageText`, in one pass.
struct PassageScanner {
  private let text: UnsafeBufferPointer<UInt8>
  private var placeholders: ArraySlice<Range<Int>>
  private var result = PassageText()
  private var index = 0
  /// Where marks begin that belong to the next word.
  private var marks: Range<Int>?
  private var isLineStart = true
  /// Whether the last item is a word of the line under way.
  private var lineHasWord = false
  private var isLastHeading = false
  /// Whether the last piece ends a sentence unless a small letter follows.
  private var mayEndSentence = false
  private var hasher = PassageHasher()

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    placeholders = Placeholders.places(in: text)[...]
  }

  mutating func scan() -> PassageText {
    while true {
      let newlines = skipBlanks()
      guard index < text.count else { break }
      if newlines > 0 { beginLine(isParagraph: newlines > 1) }
      if isLineStart, takeLineStart() { continue }
      closeSentence(if: mayEndSentence && !PassageBytes.isLower(text[index]))
      takePiece()
    }
    if let marks { attach(marks) }
    return result
  }

  /// Skips blanks; returns the number of line feeds among them.
  private mutating func skipBlanks() -> Int {
    var newlines = 0
    while index < text.count {
      let width = PassageBytes.blankWidth(text, at: index)
      guard width > 0 else { break }
      if text[index] == 0x0a { newlines += 1 }
      index += width
    }
    return newlines
  }

  private mutating func beginLine(isParagraph: Bool) {
    if lineHasWord, let marks {
      attach(marks)
      self.marks = nil
    }
    closeSentence(if: isParagraph || !PassageBytes.isLower(text[index]))
    isLineStart = true
    lineHasWord = false
  }

  /// Gives marks that no word follows to the item before them.
  private mutating func attach(_ marks: Range<Int>) {
    if isLastHeading {
      let last = result.headings.count - 1
      result.headings[last].place = result.headings[last].place.lowerBound..<marks.upperBound
    } else if let last = result.words.indices.last {
      result.words[last].place = result.words[last].place.lowerBound..<marks.upperBound
    }
  }

  private mutating func closeSentence(if isEnd: Bool) {
    mayEndSentence = false
    guard isEnd, let last = result.words.indices.last else { return }
    result.words[last].endsSentence = true
  }

  /// Takes the heading or the list's number that a line starts with.
  private mutating func takeLineStart() -> Bool {
    if let end = PassageBytes.headingEnd(text, at: index) {
      closeSentence(if: true)
      result.headings.append(
        PassageText.Heading(
          place: (marks?.lowerBound ?? index)..<end, firstWord: result.words.count))
      marks = nil
      index = end
      isLineStart = false
      isLastHeading = true
      return true
    }
    guard let end = PassageBytes.listNumberEnd(text, at: index) else { return false }
    closeSentence(if: true)
    addMarks(index..<end)
    index = end
    return true
  }

  private mutating func addMarks(_ place: Range<Int>) {
    marks = (marks?.lowerBound ?? place.lowerBound)..<place.upperBound
  }

  /// Takes what stands before the next blank.
  private mutating func takePiece() {
    let start = index
    var run = index
    placeholders = placeholders.drop { $0.upperBound <= start }
    while index < text.count, PassageBytes.blankWidth(text, at: index) == 0 {
      if text[index] < 0x80 {
        index = placeholderEnd(at: index) ?? index + 1
      } else {
        takeWide(&run)
      }
    }
    close(run..<index)
    mayEndSentence = lineHasWord && PassageBytes.endsSentence(text[start..<index])
  }

  /// Takes a scalar above ASCII: part of the run, the end of a sentence, or a word of its own.
  private mutating func takeWide(_ run: inout Int) {
    let stop = PassageBytes.wideStopWidth(text, at: index)
    let (scalar, width) = UTF8Scalar.decode(text, at: index)
    let place = index..<index + width
    guard stop > 0 || ScalarClass.of(scalar) == .unspaced else {
      index = place.upperBound
      return
    }
    close(run..<index)
    index = place.upperBound
    run = index
    if stop > 0 {
      if lineHasWord, marks == nil { attach(place) } else { addMarks(place) }
      closeSentence(if: true)
    } else if let hash = hasher.hash(of: place, in: text, []) {
      append(place, hash)
    }
  }

  /// The end of the placeholder that starts here.
  private func placeholderEnd(at index: Int) -> Int? {
    guard let place = placeholders.first(where: { $0.lowerBound >= index }),
      place.lowerBound == index
    else { return nil }
    return place.upperBound
  }

  /// Ends a run of characters: a word, or marks beside one.
  private mutating func close(_ run: Range<Int>) {
    guard !run.isEmpty else { return }
    if let hash = hasher.hash(of: run, in: text, placeholders) {
      append(run, hash)
    } else if lineHasWord, marks == nil,
      result.words.last?.place.upperBound == run.lowerBound
    {
      attach(run)
    } else {
      addMarks(run)
    }
  }

  private mutating func append(_ place: Range<Int>, _ hash: UInt64) {
    result.words.append(
      PassageText.Word(
        place: (marks?.lowerBound ?? place.lowerBound)..<place.upperBound, hash: hash))
    marks = nil
    isLineStart = false
    lineHasWord = true
    isLastHeading = false
  }
}
