/// Hashes what stands between two blanks so that case and punctuation make no difference.
struct PassageHasher: Sendable {
  private var folding = WordText()

  private static let blank = UInt64(UInt8(ascii: "_"))

  /// The hash of a run of characters; nil when it holds only marks.
  ///
  /// - Parameter placeholders: where placeholders of corpora stand, from the run's on.
  mutating func hash(
    of run: Range<Int>, in text: UnsafeBufferPointer<UInt8>, _ placeholders: ArraySlice<Range<Int>>
  ) -> UInt64? {
    var state = Mix.first
    var words = 0
    var isPlain = true
    var start = run.lowerBound
    var index = run.lowerBound
    while index < run.upperBound {
      let byte = text[index]
      if byte >= 0x80 { isPlain = false }
      if byte == UInt8(ascii: "["), let own = PassageBytes.ownPlaceholder(text, at: index) {
        words += combine(text[start..<index], isPlain, &state)
        words += combine(text[own.letters], true, &state)
        (start, index, isPlain) = (own.end, own.end, true)
        continue
      }
      if byte == UInt8(ascii: "_"),
        placeholders.contains(index, before: run.upperBound)
      {
        words += combine(text[start..<index], isPlain, &state)
        state = Mix.fold(state ^ Self.blank, Mix.third)
        words += 1
        (start, index, isPlain) = (index + 3, index + 3, true)
        continue
      }
      index += 1
    }
    words += combine(text[start..<run.upperBound], isPlain, &state)
    words += combineSigns(run, in: text, isAlone: words == 0, &state)
    return words > 0 ? state : nil
  }

  /// Mixes in the words of some characters; returns how many they are.
  private mutating func combine(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ isPlain: Bool, _ state: inout UInt64
  ) -> Int {
    var words = 0
    var mixed = state
    func take(_ text: UnsafeBufferPointer<UInt8>) {
      WordScanner.forEachWord(in: text) { word in
        mixed = Mix.fold(mixed ^ word.hash, Mix.second)
        words += 1
      }
    }
    if isPlain {
      take(UnsafeBufferPointer(rebasing: bytes))
    } else {
      folding.withFolded(String(decoding: bytes, as: UTF8.self), take)
    }
    state = mixed
    return words
  }

  /// Mixes in the signs of a run; long rows of them alone are rules.
  private func combineSigns(
    _ run: Range<Int>, in text: UnsafeBufferPointer<UInt8>, isAlone: Bool, _ state: inout UInt64
  ) -> Int {
    guard !isAlone || run.count <= 3 else { return 0 }
    var signs = 0
    for index in run {
      let width = PassageBytes.signWidth(text, at: index)
      for offset in 0..<width {
        state = Mix.fold(state ^ UInt64(text[index + offset]), Mix.third)
      }
      signs += width > 0 ? 1 : 0
    }
    return signs
  }
}

extension ArraySlice<Range<Int>> {
  /// Whether one of the ranges, which ascend, begins at `index`.
  fileprivate func contains(_ index: Int, before end: Int) -> Bool {
    prefix { $0.lowerBound < end }.contains { $0.lowerBound == index }
  }
}
