import Corpora
import Records

/// Which corpus an entry's content speaks for, and how a mapped reader is to read it.
package struct InspectionEvidence: Sendable, Hashable {
  /// The reader's name.
  package var corpus: String
  /// What is guessed for the mapped readers; nil for the others, and where names say nothing.
  package var mapping: InspectionMapping?
  /// The reader's options that the content calls for: an encoding, a base of answers.
  package var options: [InspectionMapping.Pair] = []

  /// The evidence of a sniffed entry; nil when no reader suits it.
  ///
  /// Content decides: a root element, a header's columns, the keys of records.
  init?(_ sniff: InspectionSniff, path: String) {
    if let own = Self.corpusOfItsOwn(sniff, path: path) {
      corpus = own
    } else if sniff.format.isMappable {
      guard let mapped = Self.mappedCorpus(sniff) else { return nil }
      corpus = mapped
      mapping = InspectionMapping(of: sniff)
    } else if case .text = sniff.format {
      corpus = "text-notes"
    } else {
      return nil
    }
    options = Self.options(of: sniff, corpus: corpus, mapping: mapping)
  }

  /// A reader that the user names, whatever the content says.
  init(corpus: String, of sniff: InspectionSniff) {
    self.corpus = corpus
    let isMapped = Self.mappedCorpora.contains(corpus)
    mapping = isMapped && sniff.format.isMappable ? InspectionMapping(of: sniff) : nil
    options = Self.options(of: sniff, corpus: corpus, mapping: mapping)
  }

  /// The options as readers take them.
  package var readerOptions: ReaderOptions {
    ReaderOptions(
      fields: mapping?.fieldsByTarget ?? [:], shape: mapping?.shape,
      options: Dictionary(
        options.map { ($0.target, $0.column) }, uniquingKeysWith: { first, _ in first }))
  }

  /// Whether the recipe must say which columns hold what.
  package var isMapped: Bool { Self.mappedCorpora.contains(corpus) }

  private static func options(
    of sniff: InspectionSniff, corpus: String, mapping: InspectionMapping?
  ) -> [InspectionMapping.Pair] {
    var options = mapping?.options ?? []
    if corpus == "json", sniff.format == .jsonObject {
      options.append(InspectionMapping.Pair("records", "."))
    }
    // Notes tell the other encodings by themselves; tables are read as UTF-8 unless told.
    let encoding = sniff.encoding ?? ""
    let isTable =
      corpus == "table" && ["windows-1252", "macintosh", "ISO-8859-1"].contains(encoding)
    if isTable || (encoding == "GB18030" && ["table", "text-notes"].contains(corpus)) {
      options.append(InspectionMapping.Pair("encoding", encoding))
    }
    return options
  }

  private static let mappedCorpora: Set = ["table", "json", "jsonl", "parquet"]

  /// The corpus whose signature fits and asks for most; of equals the one listed first.
  private static func corpusOfItsOwn(_ sniff: InspectionSniff, path: String) -> String? {
    var best: (name: String, weight: Int)?
    for facts in CorpusRegistry.all {
      let weights = facts.signatures.filter { sniff.fits($0, path: path) }.map(\.weight)
      guard let weight = weights.max(), weight > best?.weight ?? 0 else { continue }
      best = (facts.name, weight)
    }
    return best?.name
  }

  /// The ending by which a path shows its corpus; nil when its content has to.
  static func tellingEnding(of path: String) -> String? {
    let path = path.lowercased()
    return endings.first { path.hasSuffix($0) }
  }

  private static let endings: [String] = CorpusRegistry.all.flatMap(\.signatures).compactMap {
    if case .ending(let ending) = $0 { ending } else { nil }
  }

  private static func mappedCorpus(_ sniff: InspectionSniff) -> String? {
    switch sniff.format {
    // A mapping needs names, which a table without a header does not have.
    case .table: sniff.columns.isEmpty ? nil : "table"
    case .parquet: "parquet"
    case .jsonLines: "jsonl"
    case .jsonArray, .jsonByKey, .jsonObject: "json"
    default: nil
    }
  }
}

extension InspectionSniff {
  /// Whether the entry shows a corpus' signature.
  fileprivate func fits(_ signature: CorpusSignature, path: String) -> Bool {
    switch (signature, format) {
    case (.xml(let roots, let elements), .xml(let root)):
      let locals = Set(fields.names.map(Self.local))
      return roots.contains(Self.local(root)) && elements.allSatisfy(locals.contains)
    case (.table(let columns), .table):
      let header = Set(self.columns.map { $0.lowercased() })
      return columns.allSatisfy { header.contains($0.lowercased()) }
    case (.parquet(let columns), .parquet):
      return columns.allSatisfy(self.columns.contains)
    case (.json(let keys), .jsonArray), (.json(let keys), .jsonByKey),
      (.json(let keys), .jsonLines), (.json(let keys), .jsonObject):
      return keys.allSatisfy(fields.contains)
    case (.format(let name), .named(let found)): return name == found
    case (.format(let name), .binary(let found)): return name == found
    case (.ending(let ending), _): return path.lowercased().hasSuffix(ending)
    default: return false
    }
  }

  private static func local(_ name: String) -> String {
    name.split(separator: ":").last.map(String.init) ?? name
  }
}
