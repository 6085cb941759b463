import Formats

/// Reads a `tokenizer.json`; every part that is not known is an error.
struct HuggingFaceFile {
  let root: JSONNode

  /// - Returns: the tokenizer and the number of its tokens.
  func tokenizer() throws(TokenizerError) -> (tokenizer: HuggingFaceTokenizer, size: Int) {
    guard let node = root["model"] else { throw .unknownForm }
    let normalizer = try optional("normalizer").map(normalizer)
    let preTokenizer = try optional("pre_tokenizer").map(preTokenizer)
    let vocabulary = try ModelFile(
      node: node, isByteLevel: preTokenizer?.isByteLevel ?? false
    ).model()
    let added = try addedTokens(normalizer)
    return (
      HuggingFaceTokenizer(
        rawTokens: AddedTokens(added.raw), normalizedTokens: AddedTokens(added.normalized),
        normalizer: normalizer, preTokenizer: preTokenizer, model: vocabulary.model,
        surroundingTokens: try optional("post_processor").map(surroundingTokens) ?? 0),
      vocabulary.size
    )
  }

  private func optional(_ key: String) -> JSONNode? {
    root[key].flatMap { $0.isNull ? nil : $0 }
  }

  // MARK: Added tokens

  private func addedTokens(
    _ normalizer: TextNormalizer?
  ) throws(TokenizerError) -> (raw: [AddedTokens.Token], normalized: [AddedTokens.Token]) {
    var raw: [AddedTokens.Token] = []
    var normalized: [AddedTokens.Token] = []
    let state = RegexState()
    for node in elements(of: root, "added_tokens") {
      guard let id = node["id"]?.tokenID, let content = node["content"]?.string else {
        throw .malformed(part: "added token", problem: "has no content or not \(JSONNode.tokenIDs)")
      }
      var token = AddedTokens.Token(
        id: id, content: Array(content.utf8), takesLeft: node["lstrip"]?.bool ?? false,
        takesRight: node["rstrip"]?.bool ?? false,
        isSingleWord: node["single_word"]?.bool ?? false)
      guard node["normalized"]?.bool ?? false else {
        raw.append(token)
        continue
      }
      try normalizer?.apply(to: &token.content, state)
      normalized.append(token)
    }
    return (raw, normalized)
  }

  // MARK: Normalizer

  private func normalizer(_ node: JSONNode) throws(TokenizerError) -> TextNormalizer {
    let type = node["type"]?.string ?? ""
    if let form = TextNormalizer.UnicodeForm(rawValue: type) { return .form(form) }
    switch type {
    case "Sequence":
      var steps: [TextNormalizer] = []
      for step in elements(of: node, "normalizers") { steps.append(try normalizer(step)) }
      return .sequence(steps)
    case "Lowercase": return .lowercase
    case "StripAccents": return .stripAccents
    case "Strip":
      return .strip(
        left: node["strip_left"]?.bool ?? true, right: node["strip_right"]?.bool ?? true)
    case "Nmt": return .nmt
    case "Prepend": return .prepend(Array((node["prepend"]?.string ?? "").utf8))
    case "Replace":
      let new = Array((node["content"]?.string ?? "").utf8)
      if let text = node["pattern"]?["String"]?.string {
        return .replace(what: Array(text.utf8), with: new)
      }
      return .replacePattern(try pattern(of: node), with: new)
    case "BertNormalizer":
      let lowercases = node["lowercase"]?.bool ?? true
      return .bert(
        TextNormalizer.BertCleaning(
          cleans: node["clean_text"]?.bool ?? true,
          separatesIdeographs: node["handle_chinese_chars"]?.bool ?? true,
          stripsAccents: node["strip_accents"]?.bool ?? lowercases, lowercases: lowercases))
    case "Precompiled":
      guard let blob = Base64.decoded((node["precompiled_charsmap"]?.string ?? "").utf8) else {
        throw .malformed(part: "charsmap", problem: "is not Base64")
      }
      return .precompiled(try PrecompiledCharacterMap(blob))
    default: throw .unsupported(part: "normalizer", name: type)
    }
  }

  private func pattern(of node: JSONNode) throws(TokenizerError) -> RegexPattern {
    guard let source = node["pattern"]?["Regex"]?.string else {
      throw .malformed(part: "pattern", problem: "is neither 'String' nor 'Regex'")
    }
    return try RegexPattern(source)
  }

  private func elements(of node: JSONNode, _ key: String) -> [JSONNode] {
    (node[key]?.elements).map { Array($0) } ?? []
  }

  // MARK: Cuts

  private func preTokenizer(_ node: JSONNode) throws(TokenizerError) -> PreTokenizer {
    let type = node["type"]?.string ?? ""
    switch type {
    case "Sequence": return try sequence(of: node)
    case "ByteLevel":
      let usesPattern = node["use_regex"]?.bool ?? true
      return .byteLevel(
        addsSpace: node["add_prefix_space"]?.bool ?? true,
        pattern: usesPattern ? try RegexPattern(Self.gpt2) : nil)
    case "Split":
      let behavior = try behavior(of: node)
      let isInverted = node["invert"]?.bool ?? false
      if let text = node["pattern"]?["String"]?.string {
        guard !text.isEmpty else { throw .malformed(part: "pattern", problem: "is empty") }
        return .splitText(Array(text.utf8), behavior, isInverted: isInverted)
      }
      return .split(try pattern(of: node), behavior, isInverted: isInverted)
    case "Metaspace": return try metaspace(node)
    case "Whitespace": return .words
    case "WhitespaceSplit": return .scalars(.whitespace, .removed)
    case "Digits":
      let isEach = node["individual_digits"]?.bool ?? false
      return .scalars(.numeric, isEach ? .isolated : .contiguous)
    case "Punctuation": return .scalars(.punctuation, try behavior(of: node))
    case "BertPreTokenizer":
      return .sequence([.scalars(.whitespace, .removed), .scalars(.punctuation, .isolated)])
    case "CharDelimiterSplit":
      guard let delimiter = node["delimiter"]?.string?.unicodeScalars.first else {
        throw .malformed(part: "delimiter", problem: "is empty")
      }
      return .scalars(.one(delimiter.value), .removed)
    default: throw .unsupported(part: "pre-tokenizer", name: type)
    }
  }

  /// The pattern of GPT-2, which `ByteLevel` cuts by.
  private static let gpt2 =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

  private func sequence(of node: JSONNode) throws(TokenizerError) -> PreTokenizer {
    var steps: [PreTokenizer] = []
    for step in elements(of: node, "pretokenizers") { steps.append(try preTokenizer(step)) }
    guard !steps.dropLast().contains(where: \.isByteLevel) else {
      throw .unsupported(part: "pre-tokenizer", name: "ByteLevel before others")
    }
    return .sequence(steps)
  }

  private func behavior(of node: JSONNode) throws(TokenizerError) -> SplitBehavior {
    guard let name = node["behavior"]?.string else { return .isolated }
    guard let behavior = SplitBehavior(rawValue: name) else {
      throw .unsupported(part: "behavior", name: name)
    }
    return behavior
  }

  private func metaspace(_ node: JSONNode) throws(TokenizerError) -> PreTokenizer {
    let mark = Array((node["replacement"]?.string ?? "\u{2581}").utf8)
    // Older files say `add_prefix_space`.
    let isOld = node["prepend_scheme"] == nil && node["add_prefix_space"]?.bool == false
    let name = isOld ? "never" : node["prepend_scheme"]?.string ?? "always"
    guard let prefix = PreTokenizer.MetaspacePrefix(rawValue: name), !mark.isEmpty else {
      throw .unsupported(part: "prepend_scheme", name: name)
    }
    return .metaspace(mark, prefix, splits: node["split"]?.bool ?? true)
  }

  // MARK: Surroundings

  /// The tokens that are put around a single text.
  private func surroundingTokens(_ node: JSONNode) throws(TokenizerError) -> Int {
    let type = node["type"]?.string ?? ""
    switch type {
    case "ByteLevel": return 0
    case "BertProcessing", "RobertaProcessing": return 2
    case "Sequence":
      var count = 0
      for step in elements(of: node, "processors") { count += try surroundingTokens(step) }
      return count
    case "TemplateProcessing":
      var count = 0
      for piece in elements(of: node, "single") {
        guard let id = piece["SpecialToken"]?["id"]?.string else { continue }
        count += node["special_tokens"]?[id]?["ids"]?.count ?? 1
      }
      return count
    default: throw .unsupported(part: "post-processor", name: type)
    }
  }
}
