import Records

/// Keeps special tokens of chat templates out of texts.
package struct ChatTokenGuard: Sendable, Equatable {
  /// What becomes of a token.
  package enum Policy: String, Sendable {
    /// A blank is put behind its first character: `< |im_start|>`, `[ INST]`, `# ## Human:`.
    ///
    /// No tokenizer knows that for a token, and a reader still sees what stood there. Applying the
    /// rule twice is the same as applying it once.
    case neutralise
    /// Its record is rejected.
    case reject
    case keep
  }

  package var policy: Policy

  package init(policy: Policy = .neutralise) { self.policy = policy }

  /// Whether texts are looked at.
  package var isActive: Bool { policy != .keep }

  /// Counts the tokens of a text, and breaks them unless their records are to be rejected.
  package func take(_ text: inout String, _ counts: inout [String: Int]) {
    guard isActive else { return }
    let places = text.withUTF8 { bytes -> [Int] in
      var places: [Int] = []
      var start = 0
      while let match = ChatTokens.first(in: bytes, from: start) {
        places.append(match.range.lowerBound)
        counts[match.name, default: 0] += 1
        start = match.range.lowerBound + 1
      }
      return places
    }
    if !places.isEmpty, policy == .neutralise { text = Self.broken(text, at: places) }
  }

  /// The rejection of a record whose texts held tokens that were not broken.
  ///
  /// Annotated text is not touched, since a blank would move its spans: it goes when it holds one.
  package func rejection(of record: Record, with tokens: [String: Int]) -> Rejection? {
    guard isActive else { return nil }
    if case .annotatedText(let item) = record.content {
      return Self.token(in: item.text).map { Self.rejection(of: record, $0, stage: "clean") }
    }
    guard policy == .reject, !tokens.isEmpty else { return nil }
    let names = tokens.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return Self.rejection(of: record, names.joined(separator: " "), stage: "clean")
  }

  /// The name of the first token in UTF-8; nil without one.
  package static func token(inUTF8 text: UnsafeRawBufferPointer) -> String? {
    text.withMemoryRebound(to: UInt8.self) { ChatTokens.first(in: $0)?.name }
  }

  /// The name of the first token in a text; nil without one.
  package static func token(in text: String) -> String? {
    var text = text
    return text.withUTF8 { ChatTokens.first(in: $0)?.name }
  }

  /// The rejection of a record for a token; the token is a name of our list, never corpus text.
  package static func rejection(of record: Record, _ token: String, stage: String) -> Rejection {
    Rejection(
      id: record.id, reason: .chatToken, stage: stage, value: token,
      provenance: record.provenance)
  }

  private static func broken(_ text: String, at places: [Int]) -> String {
    let bytes = Array(text.utf8)
    var broken: [UInt8] = []
    broken.reserveCapacity(bytes.count + places.count)
    var copied = 0
    for place in places {
      broken += bytes[copied...place]
      broken.append(0x20)
      copied = place + 1
    }
    broken += bytes[copied...]
    return String(decoding: broken, as: UTF8.self)
  }
}
