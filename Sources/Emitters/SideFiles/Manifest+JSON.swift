import Formats
import Records

extension Manifest {
  /// The bytes of `manifest.json`: keys in a fixed order, maps and lists of unordered things sorted.
  package var file: [UInt8] {
    var json = JSONWriter(layout: .pretty)
    json.beginObject()
    json.member("version", 1)
    json.member("tool", tool)
    json.member("name", name)
    json.member("recipe_sha256", recipeSHA256)
    json.member("use", use.rawValue)
    json.key("seed")
    json.number(text: String(seed))
    if let limit { json.member("limit", limit) }
    json.member("redistributable", isRedistributable)
    if !licenseConflicts.isEmpty {
      json.members("license_conflicts", licenseConflicts) { $1.write(into: &$0) }
    }
    json.members("sources", sources) { $1.write(into: &$0) }
    writeSplits(into: &json)
    shares?.write(into: &json)
    if let lengths {
      json.key("lengths")
      lengths.write(into: &json)
    }
    if let deduplication {
      json.key("deduplication")
      deduplication.write(into: &json)
    }
    if !benchmarks.isEmpty { json.members("benchmarks", benchmarks) { $1.write(into: &$0) } }
    if let deidentification {
      json.key("deidentification")
      deidentification.write(sources: sources, into: &json)
    }
    json.members("files", files.sorted { $0.path.precedes($1.path) }) { $1.write(into: &$0) }
    json.key("proof")
    proof.write(into: &json)
    json.endObject()
    json.newline()
    return json.take()
  }

  private func writeSplits(into json: inout JSONWriter) {
    json.key("splits")
    json.beginObject()
    for split in Split.allCases {
      json.key(split.rawValue)
      (splits[split] ?? SplitCounts()).write(into: &json)
    }
    json.endObject()
  }
}

extension Manifest.Source {
  /// The licences by expression, in byte order, with their counts.
  var sortedLicenses: [(licenses: Licenses, count: Int)] { Self.sorted(licenses) }

  private static func sorted(_ counts: [Licenses: Int]) -> [(licenses: Licenses, count: Int)] {
    counts.map { ($0.key, $0.value) }.sorted { $0.licenses < $1.licenses }
  }

  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("name", name)
    json.member("corpus", corpus)
    json.counts("licenses", sortedLicenses.map { ($0.licenses.expression, $0.count) })
    json.counts(
      "example_licenses",
      Self.sorted(exampleLicenses).map { ($0.licenses.expression, $0.count) })
    json.member("offered_license", optional: offeredLicense)
    if !acceptedTerms.isEmpty { json.member("accepted_terms", acceptedTerms.map(\.rawValue)) }
    json.counts(
      "languages", languages.sorted { $0.key.precedes($1.key) }.map { ($0.key, $0.value) })
    json.counts("tasks", tasks.sorted { $0.key.precedes($1.key) }.map { ($0.key, $0.value) })
    json.members("inputs", inputs.sorted { $0.path.precedes($1.path) }) { $1.write(into: &$0) }
    let skipped = skipped.sorted {
      $0.entry == $1.entry ? $0.reason.precedes($1.reason) : $0.entry.precedes($1.entry)
    }
    json.members("skipped", skipped) { $1.write(into: &$0) }
    json.member("read", account.read)
    json.member("written", account.written)
    json.member("words", account.words)
    let reasons = account.reasons.map { ($0.reason.rawValue, $0.count) }
    json.counts("rejected", reasons.sorted { $0.0.precedes($1.0) })
    json.member("withdrawals", account.withdrawals)
    let contents = account.contents.map { ($0.key, $0.value) }
    json.counts("contents", contents.sorted { $0.0.precedes($1.0) })
    if let mix {
      json.key("mix")
      json.beginObject()
      if let requested = mix.requested { json.member("requested_share", requested) }
      json.key("achieved_share")
      json.number(text: DecimalText.fourDecimals(mix.achieved))
      json.member("training_examples", account.trainingExamples)
      json.endObject()
    }
    let tokens = account.chatTokens.map { ($0.key, $0.value) }
    if !tokens.isEmpty { json.counts("chat_tokens", tokens.sorted { $0.0.precedes($1.0) }) }
    json.endObject()
  }
}

extension Manifest.Shares {
  fileprivate func write(into json: inout JSONWriter) {
    json.key("shares")
    json.beginObject()
    json.member("tolerance", tolerance)
    json.member("met", isMet)
    for share in splits {
      json.key(share.split.rawValue)
      json.beginObject()
      json.key("wanted")
      json.number(text: DecimalText.fourDecimals(share.wanted))
      json.key("drawn")
      json.number(text: DecimalText.fourDecimals(share.drawn))
      json.endObject()
    }
    json.endObject()
  }
}

extension Manifest.Benchmark {
  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("name", name)
    json.member("sha256", sha256)
    json.member("items", items)
    json.member("hits", hits)
    json.member("removed", removed)
    json.endObject()
  }
}

extension Manifest.Input {
  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("path", path)
    json.member("sha256", sha256)
    json.member("bytes", bytes)
    json.endObject()
  }
}

extension Manifest.Skipped {
  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("entry", entry)
    json.member("reason", reason)
    json.endObject()
  }
}

extension Manifest.SplitCounts {
  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("records", records)
    json.member("examples", examples)
    json.member("groups", groups)
    json.endObject()
  }
}

extension Manifest.File {
  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("path", path)
    json.member("sha256", sha256)
    json.member("bytes", bytes)
    if let rows { json.member("rows", rows) }
    json.endObject()
  }
}

extension Manifest.Proof {
  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("rows_read", rowsRead)
    json.member("rows_valid", rowsValid)
    json.member("groups_checked", groupsChecked)
    json.member("groups_in_two_splits", groupsInTwoSplits)
    json.endObject()
  }
}

extension String {
  /// Byte order, which no locale changes.
  func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

extension JSONWriter {
  /// Writes a member that holds an array.
  mutating func counts(_ name: String, _ counts: [(String, Int)]) {
    key(name)
    beginObject()
    for (name, count) in counts { member(name, count) }
    endObject()
  }
}
