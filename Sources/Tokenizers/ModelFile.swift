import Formats

/// Reads `model` of a `tokenizer.json`.
struct ModelFile {
  let node: JSONNode
  /// Whether the vocabulary is written in GPT-2's alphabet of bytes.
  let isByteLevel: Bool

  /// - Returns: the model and the number of its tokens.
  func model() throws(TokenizerError) -> (model: HuggingFaceTokenizer.Model, size: Int) {
    let size = node["vocab"]?.count ?? 0
    guard size > 0 else { throw .malformed(part: "vocab", problem: "is missing or empty") }
    switch type {
    case "BPE": return (.bpe(try bpe()), size)
    case "Unigram": return (.unigram(try unigram()), size)
    case "WordPiece": return (.wordPiece(try wordPiece()), size)
    case "WordLevel": return (.wordLevel(try wordLevel()), size)
    default: throw .unsupported(part: "model", name: type)
    }
  }

  /// Older files leave the type out; only BPE has merges.
  private var type: String {
    node["type"]?.string ?? (node["merges"] != nil ? "BPE" : "")
  }

  private func vocabulary() throws(TokenizerError) -> [(token: String, id: Int32)] {
    var tokens: [(String, Int32)] = []
    guard let vocabulary = node["vocab"] else { return [] }
    for member in vocabulary.members {
      guard let token = member.key.string, let id = member.value.tokenID else {
        throw .malformed(part: "vocab", problem: "has a token without \(JSONNode.tokenIDs)")
      }
      tokens.append((token, id))
    }
    return tokens
  }

  // MARK: BPE

  private func bpe() throws(TokenizerError) -> BPEModel {
    if let dropout = node["dropout"]?.double, dropout > 0 {
      throw .unsupported(part: "model", name: "BPE with dropout")
    }
    let alphabet = ByteAlphabet()
    var tokens = ByteTable(capacity: node["vocab"]?.count ?? 0)
    for (token, id) in try vocabulary() {
      let bytes = isByteLevel ? alphabet.bytes(of: token) : Array(token.utf8)
      if let bytes { tokens.insert(bytes, id) }
    }
    let fallsBack = node["byte_fallback"]?.bool ?? false
    var model = BPEModel(
      tokens: tokens, merges: try merges(tokens, alphabet),
      byteTokens: isByteLevel
        ? (0...255).map { tokens[[UInt8($0)]] ?? -1 }
        : fallsBack ? ByteTokenNames.tokens { tokens[$0] ?? -1 } : Array(repeating: -1, count: 256),
      isByteLevel: isByteLevel, fallsBackToBytes: fallsBack && !isByteLevel,
      ignoresMerges: node["ignore_merges"]?.bool ?? false, unknown: nil,
      prefix: Array((node["continuing_subword_prefix"]?.string ?? "").utf8),
      suffix: Array((node["end_of_word_suffix"]?.string ?? "").utf8))
    if let name = node["unk_token"]?.string {
      guard let id = tokens[name] else {
        throw .malformed(part: "unk_token", problem: "is not in the vocabulary")
      }
      model.unknown = BPEModel.Unknown(id: id, isFused: node["fuse_unk"]?.bool ?? false)
    }
    model.wordMark = wordMark(of: model)
    return model
  }

  /// The metaspace, where words are told apart by it in every token.
  private func wordMark(of model: BPEModel) -> [UInt8] {
    let mark = Array("\u{2581}".utf8)
    guard !model.isByteLevel, !model.ignoresMerges, model.prefix.isEmpty, model.suffix.isEmpty,
      model.tokens[mark] != nil
    else { return [] }
    var isInside = false
    model.tokens.forEach { token, _ in
      if WordMarks.isInside(token, mark: mark) { isInside = true }
    }
    return isInside ? [] : mark
  }

  private func merges(
    _ tokens: ByteTable, _ alphabet: ByteAlphabet
  ) throws(TokenizerError) -> BPEModel.Merges {
    let prefix = (node["continuing_subword_prefix"]?.string ?? "").utf8.count
    var merges = BPEModel.Merges(capacity: node["merges"]?.count ?? 0)
    var rank: UInt32 = 0
    guard let list = node["merges"] else { return merges }
    for merge in list.elements {
      guard let (left, right) = Self.pair(merge) else {
        throw .malformed(part: "merge \(rank)", problem: "is not a pair")
      }
      defer { rank += 1 }
      let bytes = isByteLevel ? alphabet.bytes(of:) : { Array($0.utf8) }
      guard let first = bytes(left), let second = bytes(right) else { continue }
      guard let a = tokens[first], let b = tokens[second],
        let id = tokens[first + second.dropFirst(prefix)]
      else {
        throw .malformed(part: "merge \(rank)", problem: "makes no token of the vocabulary")
      }
      merges.insert(a, b, rank: rank, id: id)
    }
    return merges
  }

  /// A merge as one text with a blank, or as a list of two.
  private static func pair(_ node: JSONNode) -> (String, String)? {
    if let text = node.string {
      guard let blank = text.utf8.firstIndex(of: 0x20) else { return nil }
      return (String(text[..<blank]), String(text[text.utf8.index(after: blank)...]))
    }
    guard node.count == 2, let left = node[0]?.string, let right = node[1]?.string else {
      return nil
    }
    return (left, right)
  }

  // MARK: Others

  private func unigram() throws(TokenizerError) -> UnigramModel<Double> {
    var scores: [Double] = []
    var strings: [(key: [UInt8], value: Int32)] = []
    guard let vocabulary = node["vocab"] else {
      throw .malformed(part: "vocab", problem: "is missing")
    }
    for entry in vocabulary.elements {
      guard let token = entry[0]?.string, let score = entry[1]?.double else {
        throw .malformed(part: "vocab", problem: "has a token without a score")
      }
      strings.append((Array(token.utf8), Int32(scores.count)))
      scores.append(score)
    }
    var bytes: [Int32] = []
    if node["byte_fallback"]?.bool ?? false {
      var table = ByteTable(capacity: strings.count)
      for (key, value) in strings { table.insert(key, value) }
      bytes = ByteTokenNames.tokens { table[$0] ?? -1 }
      if bytes.contains(-1) { bytes = [] }
    }
    return UnigramModel(
      trie: ByteTrie(strings), scores: scores, unknown: try unknownID(below: scores.count),
      byteTokens: bytes, unknownScore: (scores.min() ?? 0) - 10)
  }

  private func unknownID(below count: Int) throws(TokenizerError) -> Int32? {
    guard let node = node["unk_id"], !node.isNull else { return nil }
    guard let id = node.tokenID, id < count else {
      throw .malformed(part: "unk_id", problem: "is not in the vocabulary")
    }
    return id
  }

  private func wordPiece() throws(TokenizerError) -> WordPieceModel {
    let prefix = Array((node["continuing_subword_prefix"]?.string ?? "##").utf8)
    let unknownName = node["unk_token"]?.string ?? "[UNK]"
    var starts: [(key: [UInt8], value: Int32)] = []
    var continuations: [(key: [UInt8], value: Int32)] = []
    var unknown: Int32?
    for (token, id) in try vocabulary() {
      let bytes = Array(token.utf8)
      starts.append((bytes, id))
      if bytes.starts(with: prefix) {
        continuations.append((Array(bytes.dropFirst(prefix.count)), id))
      }
      if token == unknownName { unknown = id }
    }
    guard let unknown else {
      throw .malformed(part: "unk_token", problem: "is not in the vocabulary")
    }
    return WordPieceModel(
      starts: ByteTrie(starts), continuations: ByteTrie(continuations), unknown: unknown,
      longestWord: node["max_input_chars_per_word"]?.int ?? 100)
  }

  private func wordLevel() throws(TokenizerError) -> WordLevelModel {
    var tokens = ByteTable(capacity: node["vocab"]?.count ?? 0)
    for (token, id) in try vocabulary() { tokens.insert(Array(token.utf8), id) }
    return WordLevelModel(
      tokens: tokens, unknown: node["unk_token"]?.string.flatMap { tokens[$0] })
  }
}

extension JSONNode {
  /// A token's id; nil for what is none.
  var tokenID: Int32? {
    guard let id = int.flatMap({ Int32(exactly: $0) }), id >= 0 else { return nil }
    return id
  }

  /// What ids may be, for messages.
  static var tokenIDs: String { "an id from 0 to \(Int32.max)" }
}

/// The names of tokens that stand for single bytes: `<0x0A>`.
enum ByteTokenNames {
  static func tokens(_ id: (String) -> Int32) -> [Int32] {
    (0...255).map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return id("<0x\(byte < 16 ? "0" : "")\(digits)>")
    }
  }
}
