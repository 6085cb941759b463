import Formats
import Records

extension Manifest {
  /// How long the rows are, in tokens of the base model.
  package struct Lengths: Sendable, Equatable {
    /// The tokenizer that counted.
    package struct Tokenizer: Sendable, Equatable {
      /// The file's name.
      package var name: String
      /// The kind of its model.
      package var kind: String
      /// The size of its vocabulary.
      package var tokens: Int
      package var sha256: String

      package init(name: String, kind: String, tokens: Int, sha256: String) {
        self.name = name
        self.kind = kind
        self.tokens = tokens
        self.sha256 = sha256
      }
    }

    /// What became of the examples that are longer than the limit.
    package struct OverLong: Sendable, Equatable {
      /// Those that no row was made of.
      package var rejected = 0
      /// Those that were cut.
      package var cut = 0
      /// The rows that these became.
      package var rows = 0
      /// The turns of conversations that none of the rows has.
      package var droppedTurns = 0

      package init() {}

      package static func += (sum: inout OverLong, other: OverLong) {
        sum.rejected += other.rejected
        sum.cut += other.cut
        sum.rows += other.rows
        sum.droppedTurns += other.droppedTurns
      }
    }

    /// What counted; nil when lengths are estimated.
    package var tokenizer: Tokenizer?
    /// The chat template that conversations were counted in.
    package var markup: String
    /// The tokens that the model takes, as the recipe says; nil without a limit.
    package var context: Int?
    /// The tokens that a row may have: the context without virtual tokens.
    package var limit: Int?
    /// What becomes of longer examples: `reject`, `split` or `fail`.
    package var policy: String?
    package var overLong: OverLong
    /// Of the splits that have rows.
    package var splits: [Split: Distribution]

    package init(
      tokenizer: Tokenizer? = nil, markup: String, context: Int? = nil, limit: Int? = nil,
      policy: String? = nil, overLong: OverLong = OverLong(), splits: [Split: Distribution]
    ) {
      self.tokenizer = tokenizer
      self.markup = markup
      self.context = context
      self.limit = limit
      self.policy = policy
      self.overLong = overLong
      self.splits = splits
    }
  }
}

extension Manifest.Lengths {
  package var isExact: Bool { tokenizer != nil }

  /// `exact` or `estimated`, as the manifest and people are told.
  package var certainty: String { isExact ? "exact" : "estimated" }

  /// The sequence length for trainers: the least multiple of 64 that no row of training or validation is
  /// longer than.
  ///
  /// Of estimated lengths it is the limit, as rows may be longer than they are thought; without a limit,
  /// a quarter more than the longest.
  package var sequence: Int {
    let longest = [Split.train, .validation].compactMap { splits[$0]?.maximum }.max() ?? 0
    if !isExact, let limit { return limit }
    let room = isExact ? longest : longest + (longest + 3) / 4
    return min(limit ?? .max, max(64, (room + 63) / 64 * 64))
  }

  /// How the lengths were had, in a sentence's end.
  package var method: String {
    guard let tokenizer else { return "estimated by scripts, as no tokenizer was given" }
    return "counted with \(tokenizer.name) (\(tokenizer.kind), \(tokenizer.tokens) tokens)"
  }

  /// What the limit is and what it did, for people; nil without one.
  package var consequence: String? {
    guard let limit, let policy else { return nil }
    let total = overLong.rejected + overLong.cut
    let start = "A row may have \(limit) tokens"
    guard total > 0 else { return "\(start); no example has more." }
    let verb = isExact ? "have" : "are estimated to have"
    var parts: [String] = []
    if overLong.rejected > 0 { parts.append("\(overLong.rejected) were left out as over-long") }
    if overLong.cut > 0 { parts.append("\(overLong.cut) were cut into \(overLong.rows) rows") }
    if overLong.droppedTurns > 0 {
      parts.append("\(overLong.droppedTurns) earlier turns were dropped")
    }
    return "\(start) (over_long: \(policy)); \(total) examples \(verb) more: "
      + parts.joined(separator: ", ") + "."
  }

  func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("count", certainty)
    if let tokenizer {
      json.key("tokenizer")
      json.beginObject()
      json.member("file", tokenizer.name)
      json.member("kind", tokenizer.kind)
      json.member("tokens", tokenizer.tokens)
      json.member("sha256", tokenizer.sha256)
      json.endObject()
    }
    json.member("template", markup)
    if let context { json.member("context_tokens", context) }
    if let limit { json.member("limit", limit) }
    if let policy {
      json.member("over_long", policy)
      json.member("over_long_rejected", overLong.rejected)
      json.member("over_long_cut", overLong.cut)
      json.member("rows_of_cut", overLong.rows)
      json.member("dropped_turns", overLong.droppedTurns)
    }
    json.member("sequence_tokens", sequence)
    for split in Split.allCases {
      guard let distribution = splits[split] else { continue }
      json.key(split.rawValue)
      distribution.write(into: &json)
    }
    json.endObject()
  }
}
