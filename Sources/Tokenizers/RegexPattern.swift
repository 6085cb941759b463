import CPCRE2

/// A pattern of a tokenizer's file, compiled by PCRE2 with its just-in-time compiler.
///
/// Hugging Face's library matches with Oniguruma, in Ruby's syntax. PCRE2 gives the same pieces twelve
/// times as fast (64 and 5 MB/s of medical text); `RubyPattern` rewrites or refuses what means something
/// else to it.
final class RegexPattern: @unchecked Sendable {
  let source: String
  private let code: OpaquePointer

  init(_ source: String) throws(TokenizerError) {
    self.source = source
    let translated = Array(try RubyPattern(source).translated.utf8)
    var problem: Int32 = 0
    var place = 0
    let code = translated.withUnsafeBufferPointer {
      pcre2_compile_8(
        $0.baseAddress, $0.count,
        PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C, &problem, &place, nil)
    }
    guard let code else {
      throw .pattern(source, problem: "PCRE2 stops at byte \(place) (error \(problem))")
    }
    pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    self.code = code
  }

  deinit { pcre2_code_free_8(code) }

  /// Calls `body` with the stretches of a text in order: matches, and what lies between them.
  func forEachSpan(
    in text: UnsafeBufferPointer<UInt8>, range: Range<Int>, _ state: RegexState,
    _ body: (Range<Int>, Bool) -> Void
  ) throws(TokenizerError) {
    guard let base = text.baseAddress, !range.isEmpty else { return }
    // A piece is matched as if nothing stood around it.
    let subject = base + range.lowerBound
    var offset = 0
    var end = 0
    while offset <= range.count {
      let found = pcre2_match_8(
        code, subject, range.count, offset, PCRE2_NO_UTF_CHECK, state.data, nil)
      if found == PCRE2_ERROR_NOMATCH { break }
      guard found >= 0 else {
        throw .pattern(source, problem: "PCRE2 gives up on a text (error \(found))")
      }
      let (from, to) = (state.offsets[0], state.offsets[1])
      if end < from { body(range.lowerBound + end..<range.lowerBound + from, false) }
      if from < to { body(range.lowerBound + from..<range.lowerBound + to, true) }
      end = to
      // An empty match must not be found again.
      offset =
        from < to || to == range.count
        ? (from < to ? to : to + 1) : to + UTF8Walk.length(of: subject[to])
    }
    if end < range.count { body(range.lowerBound + end..<range.upperBound, false) }
  }
}

/// The room that matches are written to: one for each thread.
final class RegexState {
  let data: OpaquePointer
  let offsets: UnsafeMutablePointer<Int>

  init() {
    guard let data = pcre2_match_data_create_8(1, nil) else {
      preconditionFailure("there is no memory for a match")
    }
    self.data = data
    offsets = pcre2_get_ovector_pointer_8(data)
  }

  deinit { pcre2_match_data_free_8(data) }
}
