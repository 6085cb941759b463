/// The likeliest tokens of a text by a unigram model, found by Viterbi's algorithm.
///
/// `Score` is the type that the original keeps sums in, as rounding decides near ties: `Double` in Hugging
/// Face's library, `Float` in SentencePiece.
struct UnigramModel<Score: BinaryFloatingPoint & Sendable>: Sendable {
  var trie: ByteTrie
  /// By id.
  var scores: [Score]
  var unknown: Int32?
  /// Tokens of single bytes for what is unknown; empty when there are none.
  var byteTokens: [Int32]
  var unknownScore: Score

  struct Node {
    var score: Score = 0
    var start = -1
    var id: Int32 = 0
  }

  func encode(
    _ text: UnsafeBufferPointer<UInt8>, _ nodes: inout [Node], into sink: inout TokenSink
  ) throws(TokenizerError) {
    guard !text.isEmpty else { return }
    nodes.removeAll(keepingCapacity: true)
    nodes.append(contentsOf: repeatElement(Node(), count: text.count + 1))
    try findPaths(of: text, &nodes)
    var path: [(id: Int32, range: Range<Int>)] = []
    var end = text.count
    while end > 0 {
      path.append((nodes[end].id, nodes[end].start..<end))
      end = nodes[end].start
    }
    append(path, of: text, to: &sink)
  }

  private func findPaths(
    of text: UnsafeBufferPointer<UInt8>, _ nodes: inout [Node]
  ) throws(TokenizerError) {
    var start = 0
    while start < text.count {
      let length = min(UTF8Walk.length(of: text[start]), text.count - start)
      let before = nodes[start].score
      var hasCharacter = false
      trie.forEachPrefix(of: text, from: start) { tokenLength, id in
        Self.offer(before + scores[Int(id)], id, from: start, to: &nodes[start + tokenLength])
        if tokenLength == length { hasCharacter = true }
      }
      if !hasCharacter {
        guard let unknown else { throw .unknownCharacter }
        Self.offer(before + unknownScore, unknown, from: start, to: &nodes[start + length])
      }
      start += length
    }
  }

  @inline(__always)
  private static func offer(_ score: Score, _ id: Int32, from start: Int, to node: inout Node) {
    guard node.start < 0 || score > node.score else { return }
    node = Node(score: score, start: start, id: id)
  }

  /// - Parameter path: the tokens, the last first.
  private func append(
    _ path: [(id: Int32, range: Range<Int>)], of text: UnsafeBufferPointer<UInt8>,
    to sink: inout TokenSink
  ) {
    var wasUnknown = false
    for (id, range) in path.reversed() {
      let isUnknown = id == unknown
      if isUnknown, !byteTokens.isEmpty {
        for byte in text[range] { sink.append(byteTokens[Int(byte)]) }
      } else if !isUnknown || !wasUnknown {
        sink.append(id)
      }
      wasUnknown = isUnknown
    }
  }
}
