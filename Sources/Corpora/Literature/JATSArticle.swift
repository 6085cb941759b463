import Formats
import Records

/// The parts of one `article` of JATS.
struct JATSArticle {
  let article: Article
  let identifiers: Identifiers
  let language: String?
  let license: ArticleLicense?
  let tags: [Tag]
  private let meta: XMLElement?

  init(_ element: XMLElement, _ options: JATSOptions) {
    let front = element.first("front")
    let meta = front?.first("article-meta")
    self.meta = meta
    identifiers = Identifiers(meta)
    language = element.attribute("xml:lang").flatMap(LanguageCode.subtag)
    license = meta.flatMap(ArticleLicense.init)
    let type = element.attribute("article-type") ?? ""
    let related = meta.map { Array($0.elements(named: "related-article")) } ?? []
    let abstracts = JATSAbstracts(meta, options)
    var article = Article(
      title: Self.title(of: meta), abstract: abstracts.main,
      body: Self.sections(of: element, options), plainSummary: abstracts.plain,
      keywords: Self.keywords(of: meta), publicationTypes: type.isEmpty ? [] : [type],
      journal: Self.journal(of: front), year: Self.year(of: meta))
    let standing = Standing(type: type, related: related, title: article.title)
    article.isRetracted = standing.isRetracted
    self.article = article
    tags = identifiers.tags + standing.tags
  }
}

// MARK: Authors

extension JATSArticle {
  /// The article as its licence asks to name it.
  func work(pmcid: PMCID?, pmid: String?) -> Work {
    Work(
      authors: authors, title: article.title, publication: article.journal, year: article.year,
      address: Work.address(doi: identifiers.doi, pmcid: pmcid?.text, pmid: pmid))
  }

  /// Those who wrote it, given names first, groups by their name, without editors.
  private var authors: [String] {
    let groups = meta.map { Array($0.elements(named: "contrib-group")) } ?? []
    return groups.flatMap { $0.elements(named: "contrib") }
      .filter { ($0.attribute("contrib-type") ?? "author") == "author" }
      .compactMap(Self.author)
  }

  private static func author(_ contributor: XMLElement) -> String? {
    let name = contributor.first("name") ?? contributor.first("name-alternatives", "name")
    guard let name else {
      return (contributor.first("collab") ?? contributor.first("string-name")).flatMap {
        // The members of a group stand inside its name.
        line(MarkupText.flat($0) { $0.isNamed("contrib-group") ? "" : nil })
      }
    }
    let parts: [StaticString] = ["given-names", "surname", "suffix"]
    return line(parts.compactMap { name.first($0)?.text }.joined(separator: " "))
  }

  private static func line(_ text: String) -> String? {
    let line = TidyText.line(text)
    return line.isEmpty ? nil : line
  }
}

// MARK: Front matter

extension JATSArticle {
  /// The title and its subtitle on one line, without the marks of footnotes.
  private static func title(of meta: XMLElement?) -> String {
    guard let group = meta?.first("title-group") else { return "" }
    let line = { (element: XMLElement?) -> String in
      guard let element else { return "" }
      return TidyText.line(MarkupText.flat(element, replacing: titleReplacement))
    }
    let title = line(group.first("article-title"))
    let subtitle = line(group.first("subtitle"))
    guard !subtitle.isEmpty else { return title }
    return title.utf8.last.map { ".:?!".utf8.contains($0) } == true
      ? "\(title) \(subtitle)" : "\(title): \(subtitle)"
  }

  private static func titleReplacement(for element: XMLElement) -> String? {
    switch element.name {
    case "xref", "fn": ""
    case "break": " "
    case "sup" where element.children.contains { $0.isNamed("xref") }: ""
    case "tex-math": TeXFormula.body(of: element.text)
    case "alternatives": element.first("math").map(MathText.line)
    default: nil
    }
  }

  private static func keywords(of meta: XMLElement?) -> [String] {
    let groups = meta.map { Array($0.elements(named: "kwd-group")) } ?? []
    return groups.filter { $0.attribute("kwd-group-type") != "abbreviations" }
      .flatMap { $0.descendants(named: "kwd") }
      .map(MarkupText.line).filter { !$0.isEmpty }
  }

  private static func journal(of front: XMLElement?) -> String {
    let title = front?.first("journal-meta")?.descendants(named: "journal-title").first
    return title.map { TidyText.line($0.text) } ?? ""
  }

  /// The year of the issue, as MEDLINE has it, else of the first publication.
  private static func year(of meta: XMLElement?) -> Int? {
    let dates = meta.map { Array($0.elements(named: "pub-date")) } ?? []
    let years = dates.compactMap { date in
      date.first("year").flatMap { Int(TidyText.line($0.text)) }.map { year in
        (kind: date.attribute("pub-type") ?? date.attribute("date-type") ?? "", year: year)
      }
    }
    for kind in ["ppub", "collection", "epub-ppub", "epub", "pub"] {
      if let year = years.first(where: { $0.kind == kind })?.year { return year }
    }
    return years.first { $0.kind != "pmc-release" && $0.kind != "nihms-submitted" }?.year
      ?? years.first?.year
  }

  private static func sections(of element: XMLElement, _ options: JATSOptions) -> [NoteSection] {
    var body = JATSBody(options)
    if let main = element.first("body") { body.readBlocks(of: main) }
    if let back = element.first("back"), options.keepsBackMatter { body.readBlocks(of: back) }
    if options.keepsReferences {
      for list in element.first("back")?.descendants(named: "ref-list") ?? [] {
        body.readReferences(list)
      }
    }
    if options.keepsSubArticles {
      for part in element.elements(named: "sub-article") { body.readSubArticle(part) }
      for part in element.elements(named: "response") { body.readSubArticle(part) }
    }
    return body.sections
  }
}

extension JATSBody {
  /// Reads a list of references under its heading, one a line.
  fileprivate mutating func readReferences(_ list: XMLElement) {
    let references = list.elements(named: "ref").map { reference in
      let label = reference.first("label").map { TidyText.line($0.text) } ?? ""
      let citations = reference.children.filter { !$0.isNamed("label") }.map(Self.citation)
      return ([label] + citations).filter { !$0.isEmpty }.joined(separator: " ")
    }
    let title = list.first("title").map { TidyText.line($0.text) } ?? "References"
    addSection(
      title: title, text: references.filter { !$0.isEmpty }.joined(separator: "\n"))
  }

  /// A citation as its authors set it, or its parts with blanks between them.
  private static func citation(_ element: XMLElement) -> String {
    guard element.isNamed("element-citation") || element.isNamed("nlm-citation") else {
      return MarkupText.line(element)
    }
    return parts(of: element).joined(separator: " ")
  }

  private static func parts(of element: XMLElement) -> [String] {
    let children = Array(element.children)
    guard !children.isEmpty, !element.isNamed("article-title") else {
      return [MarkupText.line(element)].filter { !$0.isEmpty }
    }
    return children.flatMap(parts)
  }

  /// Reads a sub-article's body under its title.
  fileprivate mutating func readSubArticle(_ element: XMLElement) {
    let stub = element.first("front-stub") ?? element.first("front", "article-meta")
    let title = stub?.first("title-group", "article-title").map(MarkupText.line) ?? ""
    guard let body = element.first("body") else { return }
    readSection(body, title: title)
  }
}

// MARK: Identifiers

extension JATSArticle {
  /// The numbers that an article is known by.
  struct Identifiers {
    var pmcid: PMCID?
    var pmid: String?
    var doi: String?
    /// The publisher's own.
    var other: String?
    /// The version, where PMC states it: `PMC13901.2`.
    var version: Int?

    init(_ meta: XMLElement?) {
      for id in meta.map({ Array($0.elements(named: "article-id")) }) ?? [] {
        let text = TidyText.line(id.text)
        guard !text.isEmpty else { continue }
        switch id.attribute("pub-id-type") {
        case "pmc", "pmcid": pmcid = pmcid ?? PMCID(text)
        case "pmcid-ver": version = version ?? PMCVersion(text)?.number
        case "pmid": pmid = pmid ?? text
        case "doi": doi = doi ?? text
        default: other = other ?? text
        }
      }
    }

    var tags: [Tag] {
      [("pmid", pmid), ("pmcid", pmcid?.text), ("doi", doi)].compactMap { name, value in
        value.map { Tag(name, $0) }
      }
    }
  }
}

// MARK: Retractions and corrections

extension JATSArticle {
  /// Whether an article was retracted, or speaks of one that was.
  private struct Standing {
    var isRetracted = false
    var tags: [Tag] = []

    init(type: String, related: [XMLElement], title: String) {
      let relations = Set(related.compactMap { $0.attribute("related-article-type") })
      let isNotice =
        type == "retraction" || type == "partial-retraction"
        || relations.contains("retracted-article")
      isRetracted =
        type == "retracted-article" || relations.contains("retraction-forward")
        || Self.isMarked(title) && !isNotice
      if isRetracted { tags.append(Tag("retraction", "retracted")) }
      if isNotice { tags.append(Tag("retraction", "notice")) }
      if type == "correction" || relations.contains("corrected-article") {
        tags.append(Tag("correction", "notice"))
      }
      if relations.contains("correction-forward") { tags.append(Tag("correction", "corrected")) }
      if type == "expression-of-concern" || relations.contains("object-of-concern") {
        tags.append(Tag("expression_of_concern", "notice"))
      }
      if relations.contains("concern-forward") {
        tags.append(Tag("expression_of_concern", "concerned"))
      }
    }

    /// Whether a title says so, as in `RETRACTED: …`, `Retracted Article: …` and `[Retracted] …`.
    private static func isMarked(_ title: String) -> Bool {
      let words = title.lowercased().drop { !$0.isLetter }
      return words.hasPrefix("retracted:") || words.hasPrefix("retracted article")
        || words.hasPrefix("retracted]")
    }
  }
}
