import Formats
import Records

/// Citations of MEDLINE and PubMed, one record each: baseline and update files, and what EFetch
/// exports.
///
///     <PubmedArticleSet>
///       <PubmedArticle><MedlineCitation><PMID Version="1">…</PMID><Article>…
///       <PubmedBookArticle><BookDocument><PMID Version="1">…
///       <DeleteCitation><PMID Version="1">…</PMID>…
///
/// Text is flattened by `MarkupText`, so that `10<sup>5</sup>` stays a power. A citation whose
/// version is higher replaces the lower one; `DeleteCitation` withdraws each PMID it lists.
/// `OtherAbstract` and copyright lines are not read, and authors only where a licence asks for them.
///
/// Format: NLM, MEDLINE/PubMed DTD pubmed_250101.
struct PubMed: CorpusReader {
  static let facts = CorpusFacts(
    name: "pubmed", title: "MEDLINE and PubMed citations", shape: .article, license: .nlmTerms,
    language: nil, forms: ".xml, .xml.gz",
    tasks: [
      "conclusion-generation", "title-generation", "mesh-indexing", "publication-typing",
      "keyword-extraction", "pre-training-text",
    ],
    reference: "https://www.nlm.nih.gov/bsd/licensee/data_elements_doc.html",
    options: [
      ReaderOption("require_abstract", "true", "rejects citations without an abstract"),
      ReaderOption(
        "strip_title_brackets", "true",
        "takes away the brackets of translated titles, which the tag `translated-title` tells too"),
    ], signatures: [.xml(roots: Self.roots)])

  private let settings: ReaderSettings
  private let requiresAbstract: Bool
  private let stripsTitleBrackets: Bool
  /// The elements that are left unread.
  private let unread: Set<String>

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    requiresAbstract = try settings.flag("require_abstract", default: true)
    stripsTitleBrackets = try settings.flag("strip_title_brackets", default: true)
    unread =
      settings.licenses.asksToNameAuthors ? Self.unread.subtracting([Self.authors]) : Self.unread
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "xml" && !name.isLitter
  }

  /// Update files, which lie in NLM's folder `updatefiles`, come after the baseline, whatever their
  /// names.
  func rank(ofFile file: String) -> Int {
    EntryName(file).folders.last?.lowercased().hasPrefix("update") == true ? 1 : 0
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let parser = XMLRecordParser(records: .named(Self.records), skipping: unread)
    let path = entry.path
    var root: XMLRootName? = XMLRootName()
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try entry.forEachChunk { chunk in
        try Self.require(&root, in: chunk, of: path)
        try parser.feed(chunk) { element in
          try read(element, &outlet, into: sink)
          return true
        }
      }
      try parser.finish { element in
        try read(element, &outlet, into: sink)
        return true
      }
    }
  }

  private func read(
    _ element: XMLElement, _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    if element.isNamed("DeleteCitation") {
      for pmid in element.elements(named: "PMID") {
        try outlet.withdraw(TidyText.line(pmid.text), to: sink)
      }
      return
    }
    let offset = element.byteOffset
    guard let citation = PubMedCitation(element), !citation.pmid.isEmpty else {
      return try outlet.reject("", .missingField, value: "PMID", at: offset, to: sink)
    }
    var article = citation.article
    let isTranslated = PubMedCitation.stripTitleBrackets(
      of: &article, keeping: !stripsTitleBrackets)
    guard !article.abstract.isEmpty || !requiresAbstract else {
      return try outlet.reject(citation.pmid, .noAbstract, at: offset, to: sink)
    }
    guard !article.abstract.isEmpty || !article.title.isEmpty else {
      return try outlet.reject(citation.pmid, .emptyText, at: offset, to: sink)
    }
    var record = settings.record(
      id: citation.pmid, language: citation.language,
      groups: [GroupKey(.pmid, citation.pmid)], revision: citation.version,
      tags: citation.tags + (isTranslated ? [Tag("translated-title", "true")] : []),
      content: .article(article))
    if settings.licenses.asksToNameAuthors { record.works = [citation.work(element)] }
    try outlet.pass(record, at: offset, to: sink)
  }

  /// The elements that are read one at a time; `MedlineCitation` only where it stands alone.
  private static let records: Set = [
    "PubmedArticle", "PubmedBookArticle", "MedlineCitation", "DeleteCitation",
  ]

  private static let roots: Set = [
    "PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet", "PubmedArticle",
    "PubmedBookArticle", "MedlineCitation", "DeleteCitation",
  ]

  private static let authors = "AuthorList"

  /// Elements that no record needs, most of the bytes of a citation; authors are read where the
  /// recipe's licence asks to name them, which NLM's terms do not.
  private static let unread: Set = [
    authors, "InvestigatorList", "ReferenceList", "ChemicalList", "GrantList", "History",
    "DataBankList", "OtherAbstract", "OtherID", "CopyrightInformation",
    "SupplMeshList", "GeneSymbolList", "PersonalNameSubjectList", "GeneralNote",
    "SpaceFlightMission",
    "CoiStatement", "ObjectList", "Pagination", "Sections", "VernacularTitle",
  ]

  private static func require(
    _ root: inout XMLRootName?, in chunk: UnsafeRawBufferPointer, of path: String
  ) throws {
    guard let finding = root?.take(chunk), finding != .needsMore else { return }
    root = nil
    guard case .found(let name) = finding, !roots.contains(name) else { return }
    throw Diagnostic(
      at: Position(entry: path, line: 1),
      "not PubMed XML: the root element is none of PubmedArticleSet, PubmedBookArticleSet and "
        + "MedlineCitationSet",
      hint: name.lowercased() == "html"
        ? "this is a saved web page; export the citations again in the format XML" : nil)
  }
}
