/// WordPiece: the longest token first, from the left; a word that cannot be had so is unknown.
struct WordPieceModel: Sendable {
  /// Tokens that words begin with, and, without their prefix, those that words go on with.
  var starts: ByteTrie
  var continuations: ByteTrie
  var unknown: Int32
  /// A word of more characters is unknown.
  var longestWord: Int

  func encode(_ word: UnsafeBufferPointer<UInt8>, into sink: inout TokenSink) {
    guard word.count(where: { $0 & 0xC0 != 0x80 }) <= longestWord else {
      return sink.append(unknown)
    }
    var found: [Int32] = []
    var place = 0
    while place < word.count {
      let trie = place == 0 ? starts : continuations
      guard let token = trie.longestPrefix(of: word, from: place) else {
        return sink.append(unknown)
      }
      found.append(token.value)
      place += token.length
    }
    sink.append(found[...])
  }
}

/// One token for each known word.
struct WordLevelModel: Sendable {
  var tokens: ByteTable
  var unknown: Int32?

  func encode(
    _ word: UnsafeBufferPointer<UInt8>, into sink: inout TokenSink
  ) throws(TokenizerError) {
    guard let id = tokens[word] ?? unknown else { throw .unknownCharacter }
    sink.append(id)
  }
}
