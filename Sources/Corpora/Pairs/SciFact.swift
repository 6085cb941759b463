import Formats
import Records

/// Scientific claims and abstracts that support or contradict them, as premise and hypothesis.
///
///     claims_train.csv    id,claim,evidence_doc_id,evidence_label,evidence_sentences,cited_doc_ids
///                         2,1 in 5 million in UK …,13734012,CONTRADICT,[4],[13734012]
///     corpus_train.csv    doc_id,title,abstract,structured
///                         4983,Microstructural development …,"['Alterations of …'
///                          'A line scan …']",False
///
/// or as their authors publish them:
///
///     claims_train.jsonl  {"id": 2, "claim": "…", "evidence": {"13734012": [{"sentences": [4],
///                           "label": "CONTRADICT"}]}, "cited_doc_ids": [13734012]}
///     corpus.jsonl        {"doc_id": 4983, "title": "…", "abstract": ["…"], "structured": false}
///
/// A record for each claim and abstract with evidence; a claim without evidence is `NOT_ENOUGH_INFO` on the
/// first abstract that it cites. Claims of the test set are unlabelled and rejected as
/// `missing-field`; an abstract that the corpus lacks makes `missing-counterpart`. The split is the
/// claims file's; the group is the claim. Claims are CC-BY-4.0; the abstracts are ODC-By-1.0, as the
/// tag `abstract_license` says.
///
/// Format: github.com/allenai/scifact, 2020.
struct SciFact: IndexingReader {
  static let facts = CorpusFacts(
    name: "scifact", title: "SciFact: claims and the abstracts that bear on them",
    shape: .textPair, license: .ccBy4, language: "en", forms: ".zip of .csv, .jsonl",
    tasks: ["natural-language-inference", "text-pair"],
    reference: "https://github.com/allenai/scifact",
    signatures: [
      .table(columns: ["claim", "evidence_doc_id", "evidence_label"]),
      .json(keys: ["claim", "evidence", "cited_doc_ids"]),
    ])

  private let settings: ReaderSettings
  private var abstracts = SciFactAbstracts()

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    SciFactClaim.isFile(path) && EntryName(path).stem.hasPrefix("claims")
  }

  func indexes(path: String) -> Bool { SciFactAbstracts.holds(path: path) }

  mutating func index(_ entry: inout some EntryBytes) throws { try abstracts.take(&entry) }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    try abstracts.read(&entry, settings, into: sink) { claim, abstract in
      .textPair(
        TextPair(
          first: "\(abstract.title)\n\(abstract.text)", second: claim.claim, label: claim.label,
          labelSet: SciFactClaim.labels))
    }
  }
}

/// The same claims as queries, and the abstracts with evidence on them as relevant passages; cited abstracts
/// without evidence have relevance 0.
///
/// Files, splits, groups and rejections as `SciFact`.
struct SciFactRetrieval: IndexingReader {
  static let facts = CorpusFacts(
    name: "scifact-retrieval", title: "SciFact: claims as queries for abstracts",
    shape: .retrieval, license: .ccBy4, language: "en", forms: ".zip of .csv, .jsonl",
    tasks: ["passage-relevance", "passage-retrieval"],
    reference: "https://github.com/allenai/scifact")

  private let settings: ReaderSettings
  private var abstracts = SciFactAbstracts()

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    SciFactClaim.isFile(path) && EntryName(path).stem.hasPrefix("claims")
  }

  func indexes(path: String) -> Bool { SciFactAbstracts.holds(path: path) }

  mutating func index(_ entry: inout some EntryBytes) throws { try abstracts.take(&entry) }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    try abstracts.read(&entry, settings, into: sink) { claim, abstract in
      .retrieval(
        Retrieval(
          query: claim.claim, title: abstract.title, passage: abstract.text,
          relevance: claim.label == "NOT_ENOUGH_INFO" ? 0 : 1))
    }
  }
}

extension SciFactClaim {
  fileprivate static let tags = [Tag("abstract_license", License.odcBy.rawValue)]
}

extension SciFactAbstracts {
  /// Reads the claims of an entry, each with its abstract as the content that `content` makes of them.
  fileprivate func read(
    _ entry: inout some EntryBytes, _ settings: ReaderSettings, into sink: ReadingSink,
    content: (SciFactClaim, Abstract) -> Content
  ) throws {
    let split = Split(of: entry)
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try SciFactClaim.forEach(in: &entry, &outlet, into: sink) { claim, outlet in
        guard let abstract = try abstract(for: claim, &outlet, into: sink) else { return }
        let record = settings.record(
          id: "\(claim.id)-\(claim.abstract)", groups: [QuestionKey.group(claim.claim)],
          officialSplit: split, tags: SciFactClaim.tags, content: content(claim, abstract))
        try outlet.pass(record, at: claim.byteOffset, to: sink)
      }
    }
  }

  /// The abstract of a claim that can be used; else the claim is rejected.
  fileprivate func abstract(
    for claim: SciFactClaim, _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws -> Abstract? {
    let id = claim.abstract.isEmpty ? claim.id : "\(claim.id)-\(claim.abstract)"
    func reject(_ reason: Rejection.Reason, _ value: String) throws -> Abstract? {
      try outlet.reject(id, reason, value: value, at: claim.byteOffset, to: sink)
      return nil
    }
    guard !claim.id.isEmpty, !claim.claim.isEmpty else {
      return try reject(.missingField, claim.id.isEmpty ? "id" : "claim")
    }
    guard !claim.label.isEmpty else { return try reject(.missingField, "label") }
    guard SciFactClaim.labels.contains(claim.label) else {
      return try reject(.unknownLabel, "label")
    }
    guard let abstract = self[claim.abstract] else {
      return try reject(.missingCounterpart, "no abstract \(claim.abstract)")
    }
    return abstract
  }
}
