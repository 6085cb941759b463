import Formats
import Records

/// Articles of PubMed Central, PLOS and others in JATS or its forerunner, the NLM DTD.
///
///     <article article-type="research-article"><front>…</front><body><sec>…</sec></body></article>
///
/// They come one file each (`.nxml`, `.xml`), in PMC's bulk archives, in its packages (a `.tar.gz` an
/// article) and in its cloud's layout of 2026 (`PMC13901.1/PMC13901.1.xml`); several in one file, as
/// EFetch exports them, are read too. PMC's file lists fill in the PMID and the licence where an
/// article lacks them; what the article says wins, and a disagreement is the tag `license_conflict`.
/// See `PMCFileList`, `ArticleLicense`, `JATSAbstracts`, `JATSBody`.
///
/// Format: JATS 1.3, jats.nlm.nih.gov; PMC Article Datasets, pmc.ncbi.nlm.nih.gov/tools/pmcaws.
struct PMCJATS: IndexingReader {
  static let facts = CorpusFacts(
    name: "pmc-jats", title: "Full articles in JATS: PubMed Central, PLOS", shape: .article,
    license: nil, isLicensedByRecord: true, language: nil,
    forms: ".nxml, .xml, .tar.gz of them, .tar of .tar.gz, with file lists .csv, .json",
    tasks: [
      "abstract-generation", "results-summarisation", "simplification", "title-generation",
      "conclusion-generation", "keyword-extraction", "publication-typing", "summarisation",
      "pre-training-text",
    ],
    reference: "https://pmc.ncbi.nlm.nih.gov/tools/textmining",
    options: JATSOptions.described + [
      ReaderOption("require_abstract", "false", "rejects articles without an abstract"),
      ReaderOption("require_body", "false", "rejects articles without a body"),
      ReaderOption(
        "list_inside", "false",
        "looks for the file list in compressed archives too, which are then decompressed twice"),
    ],
    signatures: [
      .xml(roots: ["article"], elements: ["front"]), .xml(roots: ["pmc-articleset"]),
    ])

  private let settings: ReaderSettings
  private let options: JATSOptions
  private let requiresAbstract: Bool
  private let requiresBody: Bool
  private let hasListInside: Bool
  private var list = PMCFileList()

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    self.options = try JATSOptions(settings)
    requiresAbstract = try settings.flag("require_abstract", default: false)
    requiresBody = try settings.flag("require_body", default: false)
    hasListInside = try settings.flag("list_inside", default: false)
  }

  /// Articles, but not the XML among an article's own supplements, which stands in a folder that is
  /// named after the article.
  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    guard !name.isLitter else { return false }
    guard name.kind == "xml" else { return name.kind == "nxml" }
    guard let folder = name.folders.last, PMCVersion(folder) != nil else { return true }
    return name.stem == folder
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let parser = XMLRecordParser(
      records: .named(["article"]), skipping: options.unread, entities: XMLEntityNames.isoHTML)
    let version = PMCVersion(EntryName(entry.path).stem)
    var root: XMLRootName? = XMLRootName()
    var rootName = ""
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try entry.forEachChunk { chunk in
        if let finding = root?.take(chunk), finding != .needsMore {
          root = nil
          if case .found(let name) = finding { rootName = name }
        }
        try parser.feed(chunk) { element in
          try read(element, version, &outlet, into: sink)
          return true
        }
      }
      try parser.finish { element in
        try read(element, version, &outlet, into: sink)
        return true
      }
      guard parser.recordCount == 0 else { return }
      try outlet.reject("", .unsupportedRecord, value: "root element '\(rootName)'", to: sink)
    }
  }

  private func read(
    _ element: XMLElement, _ version: PMCVersion?, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink
  ) throws {
    let parts = JATSArticle(element, options)
    let ids = parts.identifiers
    let offset = element.byteOffset
    let pmcid = ids.pmcid ?? version?.pmcid
    guard let id = pmcid?.text ?? ids.doi ?? ids.pmid.map({ "PMID\($0)" }) ?? ids.other else {
      return try outlet.reject("", .missingField, value: "article-id", at: offset, to: sink)
    }
    var article = parts.article
    guard !article.abstract.isEmpty || !requiresAbstract else {
      return try outlet.reject(id, .noAbstract, at: offset, to: sink)
    }
    guard !article.body.isEmpty || !requiresBody && !article.abstract.isEmpty else {
      return try outlet.reject(id, .emptyText, value: "body", at: offset, to: sink)
    }
    let listed = pmcid.flatMap { list[$0] }
    var tags = parts.tags
    if ids.pmid == nil, let pmid = listed?.pmid { tags.insert(Tag("pmid", pmid), at: 0) }
    if ids.pmcid == nil, let pmcid { tags.append(Tag("pmcid", pmcid.text)) }
    if listed?.isRetracted == true, !article.isRetracted {
      article.isRetracted = true
      tags.append(Tag("retraction", "retracted"))
    }
    let ruling = LicenseRuling(parts.license, listed: listed?.license, asserted: settings.licenses)
    var record = settings.record(
      id: id, language: parts.language ?? settings.language ?? "en",
      groups: Self.groups(pmid: ids.pmid ?? listed?.pmid, doi: ids.doi, id: id),
      revision: ids.version ?? version?.number, tags: tags + ruling.tags, content: .article(article)
    )
    record.licenses = ruling.licenses
    if record.licenses.asksToNameAuthors {
      record.works = [parts.work(pmcid: pmcid, pmid: ids.pmid ?? listed?.pmid)]
    }
    try outlet.pass(record, at: offset, to: sink)
  }

  /// The PMID, which the citation in PubMed has too, and the DOI, which other copies have.
  private static func groups(pmid: String?, doi: String?, id: String) -> [GroupKey] {
    let document = doi.map { "doi:\($0.lowercased())" } ?? id
    return (pmid.map { [GroupKey(.pmid, $0)] } ?? []) + [GroupKey(.document, document)]
  }
}

// MARK: File lists

extension PMCJATS {
  /// Lists lie beside the archives; a compressed archive is not decompressed a second time for one.
  func mayHoldIndex(file: String) -> Bool {
    if hasListInside { return true }
    let name = file.lowercased()
    return PMCFileList.isList(path: file)
      || !Self.compressedArchives.contains(where: name.hasSuffix)
  }

  func indexes(path: String) -> Bool { PMCFileList.isList(path: path) }

  mutating func index(_ entry: inout some EntryBytes) throws { try list.read(&entry) }

  private static let compressedArchives = [
    ".tar.gz", ".tgz", ".tar.zst", ".tzst", ".tar.xz", ".txz", ".tar.bz2", ".tbz2", ".7z",
    ".xml.gz", ".nxml.gz", ".xml", ".nxml",
  ]
}

/// An article version of PMC's cloud, as its folder and files are named: `PMC13901.1`.
struct PMCVersion {
  let pmcid: PMCID
  /// Nil in the packages, which have a folder without a version.
  let number: Int?

  init?(_ name: String) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, name.hasPrefix("PMC"), let pmcid = PMCID(String(parts[0])) else {
      return nil
    }
    self.pmcid = pmcid
    number = parts.count == 2 ? Int(parts[1]) : nil
    if parts.count == 2, number == nil { return nil }
  }
}

/// The licence that an article is read under, and the tags that say why.
private struct LicenseRuling {
  let licenses: Licenses
  private(set) var tags: [Tag] = []

  init(_ stated: ArticleLicense?, listed: License?, asserted: Licenses) {
    if let stated {
      licenses = Licenses(stated.license)
      tags.append(Tag("license_evidence", stated.evidence.rawValue))
      if let other = stated.contradiction {
        tags.append(Record.conflict(other, in: "prose"))
      }
      if let listed, !listed.agrees(with: stated.license) {
        tags.append(Record.conflict(listed, in: "list"))
      }
    } else if let listed {
      licenses = Licenses(listed)
      tags.append(Tag("license_evidence", "list"))
    } else {
      licenses = asserted
      tags.append(Tag("license_evidence", asserted == .unknown ? "none" : "recipe"))
    }
  }
}
