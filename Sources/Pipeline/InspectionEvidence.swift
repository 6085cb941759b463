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
  init?(_ sniff: InspectionSniff) {
    if let own = Self.corpusOfItsOwn(sniff) {
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

  private static let mappedCorpora: Set = ["table", "json", "jsonl"]

  private static func corpusOfItsOwn(_ sniff: InspectionSniff) -> String? {
    switch sniff.format {
    case .xml(let root):
      let name = root.split(separator: ":").last.map(String.init) ?? root
      if pubMedRoots.contains(name) { return "pubmed" }
      guard let element = medQuADElements[name] else { return nil }
      return sniff.fields.contains(element) ? "medquad" : nil
    case .table:
      let columns = Set(sniff.columns.map { $0.uppercased() })
      if columns.isSuperset(of: ["SUBJECT_ID", "HADM_ID", "CATEGORY", "TEXT"]) {
        return "mimic-iii-notes"
      }
      let isDialog = columns.isSuperset(of: ["SECTION_HEADER", "SECTION_TEXT", "DIALOGUE"])
      return isDialog ? "mts-dialog" : nil
    case .jsonByKey:
      let isPubMedQA = sniff.fields.contains("QUESTION") && sniff.fields.contains("CONTEXTS")
      return isPubMedQA ? "pubmedqa" : nil
    default: return nil
    }
  }

  /// The roots of the DTDs of 2019 and before, and of single citations.
  private static let pubMedRoots: Set = [
    "PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet", "PubmedArticle",
    "PubmedBookArticle", "MedlineCitation", "DeleteCitation",
  ]

  /// The roots of MedQuAD's pages, with an element that only its pages have.
  private static let medQuADElements = [
    "Document": "QAPairs", "doc": "qaPairs", "DiseaseFile": "QAPairs",
  ]

  private static func mappedCorpus(_ sniff: InspectionSniff) -> String? {
    switch sniff.format {
    // A mapping needs names, which a table without a header does not have.
    case .table: sniff.columns.isEmpty ? nil : "table"
    case .jsonLines: "jsonl"
    case .jsonArray, .jsonByKey, .jsonObject: "json"
    default: nil
    }
  }
}
