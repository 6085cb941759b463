import Formats
import Records

/// `proof.json`: what the published files say of their splits, read again after writing, and how it
/// was found out, so that it can be repeated from the files alone.
package struct ProofDocument: Sendable, Equatable {
  /// How rows were compared.
  package struct Method: Sendable, Equatable {
    package var dialect: String
    package var threshold: Double
    /// The similarity from which on pairs were looked for.
    package var floor: Double
    package var shingleWords: Int
    package var shingleCharacters: Int
    package var longOutputWords: Int
    package var longOutputCharacters: Int
    /// The requests of the wordings, whose fixed words are not compared.
    package var requests: [Request]

    package init(
      dialect: String, threshold: Double, floor: Double, shingleWords: Int,
      shingleCharacters: Int, longOutputWords: Int, longOutputCharacters: Int, requests: [Request]
    ) {
      self.dialect = dialect
      self.threshold = threshold
      self.floor = floor
      self.shingleWords = shingleWords
      self.shingleCharacters = shingleCharacters
      self.longOutputWords = longOutputWords
      self.longOutputCharacters = longOutputCharacters
      self.requests = requests
    }
  }

  /// The request of a wording: literals, and the names of slots.
  package struct Request: Sendable, Equatable {
    package var name: String
    package var pieces: [(isSlot: Bool, text: String)]

    package init(name: String, pieces: [(isSlot: Bool, text: String)]) {
      self.name = name
      self.pieces = pieces
    }

    package static func == (first: Request, second: Request) -> Bool {
      first.name == second.name && first.pieces.elementsEqual(second.pieces, by: ==)
    }
  }

  /// What stops publishing when it is in two splits.
  package struct Required: Sendable, Equatable {
    package var groups: Bool
    package var copies: Bool
    package var near: Bool

    package init(groups: Bool, copies: Bool, near: Bool) {
      self.groups = groups
      self.copies = copies
      self.near = near
    }
  }

  package var method: Method
  package var required: Required
  package var rows: [Split: Int]
  /// A digest of each split's rows: their words, ids and groups.
  package var contents: [Split: String]
  package var groupsChecked: Int
  package var groupsInTwoSplits: Int
  /// Records that were like items of benchmarks: those met, and those removed; nil without that
  /// stage.
  package var benchmarks: (hits: Int, removed: Int)?
  package var leaks: LeakReport

  package init(
    method: Method, required: Required, rows: [Split: Int], contents: [Split: String],
    groupsChecked: Int, groupsInTwoSplits: Int, benchmarks: (hits: Int, removed: Int)?,
    leaks: LeakReport
  ) {
    self.method = method
    self.required = required
    self.rows = rows
    self.contents = contents
    self.groupsChecked = groupsChecked
    self.groupsInTwoSplits = groupsInTwoSplits
    self.benchmarks = benchmarks
    self.leaks = leaks
  }

  package static func == (first: ProofDocument, second: ProofDocument) -> Bool {
    first.file == second.file
  }

  /// Whether groups, copies and near-duplicates are each in one split only.
  package var isDisjoint: Bool {
    groupsInTwoSplits == 0 && leaks.total(.copies) == 0 && leaks.total(.near) == 0
  }

  /// What must be in one split only and is not, in words for people; empty when all is well.
  package var violations: [String] {
    var violations: [String] = []
    if required.groups, groupsInTwoSplits > 0 {
      violations.append(
        groupsInTwoSplits == 1
          ? "1 group is in two splits" : "\(groupsInTwoSplits) groups are in two splits")
    }
    if required.copies, leaks.total(.copies) > 0 {
      violations.append(
        Self.heldOut(leaks.total(.copies), "is a copy", "are copies") + " of rows of another split")
    }
    if required.near, leaks.total(.near) > 0 {
      violations.append(
        Self.heldOut(leaks.total(.near), "is", "are") + " like rows of another split "
          + "(similarity \(DecimalText.of(method.threshold)) or more)")
    }
    return violations
  }

  private static func heldOut(_ count: Int, _ one: String, _ many: String) -> String {
    count == 1 ? "1 held-out row \(one)" : "\(count) held-out rows \(many)"
  }
}

// MARK: JSON

extension ProofDocument {
  /// The bytes of `proof.json`.
  package var file: [UInt8] {
    var json = JSONWriter(layout: .pretty)
    json.beginObject()
    json.member("version", 1)
    json.member("disjoint", isDisjoint)
    json.key("stops_at")
    json.beginObject()
    json.member("groups", required.groups)
    json.member("copies", required.copies)
    json.member("near", required.near)
    json.endObject()
    writeRows(into: &json)
    json.key("groups")
    json.beginObject()
    json.member("checked", groupsChecked)
    json.member("in_two_splits", groupsInTwoSplits)
    json.endObject()
    if let benchmarks {
      json.key("benchmarks")
      json.beginObject()
      json.member("hits", benchmarks.hits)
      json.member("removed", benchmarks.removed)
      json.endObject()
    }
    json.key("pairs")
    json.beginArray()
    for pair in leaks.pairs { pair.write(into: &json) }
    json.endArray()
    json.key("highest")
    if let highest = leaks.highest { highest.write(into: &json) } else { json.null() }
    json.key("compared")
    method.write(into: &json)
    json.endObject()
    json.newline()
    return json.take()
  }

  private func writeRows(into json: inout JSONWriter) {
    json.key("splits")
    json.beginObject()
    for split in Split.allCases {
      json.key(split.rawValue)
      json.beginObject()
      json.member("rows", rows[split] ?? 0)
      json.member("content", contents[split] ?? "")
      json.endObject()
    }
    json.endObject()
  }
}

extension ProofDocument.Method {
  private static let normalisation =
    "words: compatibility forms and case folded, spaces and punctuation left out; "
    + "letters in scripts without spaces"

  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("dialect", dialect)
    json.member("normalisation", Self.normalisation)
    json.member("input", "what fills the slots of a request, without the wording's own words")
    json.member("passage", "the longest text of the input")
    json.member("near", "Jaccard similarity of the shingle sets of input and output together")
    json.member("join", "exact: every pair that reaches the floor is found and verified")
    json.member("recall", 1)
    json.member("threshold", threshold)
    json.member("floor", floor)
    json.member("shingle_words", shingleWords)
    json.member("shingle_characters", shingleCharacters)
    json.member("long_output_words", longOutputWords)
    json.member("long_output_characters", longOutputCharacters)
    json.key("requests")
    json.beginArray()
    for request in requests { request.write(into: &json) }
    json.endArray()
    json.endObject()
  }
}

extension ProofDocument.Request {
  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("name", name)
    json.key("pieces")
    json.beginArray()
    for piece in pieces {
      json.beginObject()
      json.member(piece.isSlot ? "slot" : "text", piece.text)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }
}
