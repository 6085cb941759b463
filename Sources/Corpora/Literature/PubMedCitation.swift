import Formats
import Records

/// The parts of one `PubmedArticle`, `MedlineCitation` or `PubmedBookArticle`.
struct PubMedCitation {
  let pmid: String
  let version: Int
  /// The citation, as far as it comes from the XML alone.
  let article: Article
  let language: String?
  let tags: [Tag]

  /// Nil when the element has no citation in it.
  init?(_ element: XMLElement) {
    if let citation = element.isNamed("MedlineCitation")
      ? element : element.first("MedlineCitation")
    {
      self.init(citation: citation, data: element.first("PubmedData"))
    } else if let book = element.first("BookDocument") {
      self.init(book: book)
    } else {
      return nil
    }
  }

  private init(citation: XMLElement, data: XMLElement?) {
    let body = citation.first("Article")
    let journal = body?.first("Journal")
    var article = Article(
      title: body?.first("ArticleTitle").map(MarkupText.line) ?? "",
      abstract: Self.abstract(of: body),
      meshTerms: Self.meshTerms(of: citation), keywords: Self.keywords(of: citation),
      publicationTypes: Self.publicationTypes(of: body?.first("PublicationTypeList")),
      journal: Self.text(
        journal?.first("Title") ?? citation.first("MedlineJournalInfo", "MedlineTA")),
      year: Self.year(of: journal?.first("JournalIssue", "PubDate"))
        ?? Self.year(of: body?.first("ArticleDate")))
    article.isRetracted = Self.isRetracted(article, in: citation)
    self.article = article
    (pmid, version) = Self.identifier(of: citation)
    let languages = Self.languages(of: body)
    language = languages.first.flatMap(LanguageCode.subtag)
    tags = Self.tags(pmid: pmid, ids: data?.first("ArticleIdList"), article, languages, body)
  }

  private init(book: XMLElement) {
    let title = book.first("ArticleTitle").map(MarkupText.line) ?? ""
    let bookTitle = book.first("Book", "BookTitle").map(MarkupText.line) ?? ""
    article = Article(
      title: title.isEmpty ? bookTitle : title, abstract: Self.abstract(of: book),
      keywords: Self.keywords(of: book), publicationTypes: Self.publicationTypes(of: book),
      journal: title.isEmpty ? "" : bookTitle,
      year: Self.year(of: book.first("Book", "PubDate"))
        ?? Self.year(of: book.first("ContributionDate")))
    (pmid, version) = Self.identifier(of: book)
    let languages = Self.languages(of: book)
    language = languages.first.flatMap(LanguageCode.subtag)
    tags =
      Self.tags(pmid: pmid, ids: book.first("ArticleIdList"), article, languages, book)
      + [Tag("book", "true")]
  }
}

// MARK: Authors

extension PubMedCitation {
  /// The article as its licence asks to name it.
  ///
  /// - Parameter element: What the citation was read from, its authors included.
  func work(_ element: XMLElement) -> Work {
    let number = { (name: String) in tags.first { $0.name == name }?.value }
    return Work(
      authors: Self.authors(of: element), title: article.title, publication: article.journal,
      year: article.year,
      address: Work.address(doi: number("doi"), pmcid: number("pmcid"), pmid: pmid))
  }

  /// Those who wrote it, given names first, groups by their name, without editors of books.
  private static func authors(of element: XMLElement) -> [String] {
    element.descendants(named: "AuthorList").filter { $0.attribute("Type") != "editors" }
      .flatMap { $0.elements(named: "Author") }
      .compactMap { author in
        let group = text(author.first("CollectiveName"))
        let parts: [StaticString] = ["ForeName", "LastName", "Suffix"]
        let name = parts.map { text(author.first($0)) }.filter { !$0.isEmpty }
        let line = group.isEmpty ? name.joined(separator: " ") : group
        return line.isEmpty ? nil : line
      }
  }
}

// MARK: Titles

extension PubMedCitation {
  /// Takes the brackets of a translated title away, unless they are kept, and the whole of
  /// a placeholder (`[Not Available].`); gives whether the title is a translation.
  static func stripTitleBrackets(of article: inout Article, keeping isKept: Bool) -> Bool {
    guard let inner = bracketed(article.title) else { return false }
    guard !placeholders.contains(inner.lowercased()) else {
      article.title = ""
      return false
    }
    if !isKept { article.title = inner }
    return true
  }

  private static let placeholders: Set = [
    "not available", "in process citation", "untitled", "no title available",
  ]

  /// What stands between the brackets that enclose a whole title, its full stop aside.
  private static func bracketed(_ title: String) -> String? {
    guard title.utf8.first == UInt8(ascii: "[") else { return nil }
    var bytes = Array(title.utf8)[...]
    if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
    guard bytes.popFirst() == UInt8(ascii: "["), bytes.popLast() == UInt8(ascii: "]") else {
      return nil
    }
    var depth = 0
    for byte in bytes {
      if byte == UInt8(ascii: "[") { depth += 1 }
      if byte == UInt8(ascii: "]") { depth -= 1 }
      guard depth >= 0 else { return nil }
    }
    return TidyText.line(String(decoding: bytes, as: UTF8.self))
  }
}

// MARK: Fields

extension PubMedCitation {
  private static func text(_ element: XMLElement?) -> String {
    element.map { $0.withTextBytes { TidyText.line($0) } } ?? ""
  }

  private static func identifier(of citation: XMLElement) -> (pmid: String, version: Int) {
    guard let pmid = citation.first("PMID") else { return ("", 1) }
    return (text(pmid), pmid.attribute("Version").flatMap { Int($0) } ?? 1)
  }

  private static func abstract(of element: XMLElement?) -> [AbstractSection] {
    guard let abstract = element?.first("Abstract") else { return [] }
    return abstract.elements(named: "AbstractText").compactMap { part in
      let text = MarkupText.line(part)
      guard !text.isEmpty else { return nil }
      return AbstractSection(
        label: label(part.attribute("Label")), category: part.attribute("NlmCategory") ?? "",
        text: text)
    }
  }

  /// A section's heading without its colon; NLM's `UNLABELLED` says that there is none.
  private static func label(_ label: String?) -> String {
    var label = TidyText.line(label ?? "")
    while label.utf8.last == UInt8(ascii: ":") { label.removeLast() }
    return label == "UNLABELLED" || label == "UNLABELED" ? "" : label
  }

  private static func meshTerms(of citation: XMLElement) -> [MeSHTerm] {
    guard let list = citation.first("MeshHeadingList") else { return [] }
    return list.elements(named: "MeshHeading").compactMap { heading in
      guard let descriptor = heading.first("DescriptorName") else { return nil }
      let qualifiers = Array(heading.elements(named: "QualifierName"))
      let isMajor = { (element: XMLElement) in element.attribute("MajorTopicYN") == "Y" }
      return MeSHTerm(
        descriptor: text(descriptor), identifier: descriptor.attribute("UI") ?? "",
        isMajorTopic: isMajor(descriptor) || qualifiers.contains(where: isMajor),
        qualifiers: qualifiers.map { text($0) })
    }
  }

  private static func keywords(of citation: XMLElement) -> [String] {
    citation.elements(named: "KeywordList").flatMap { $0.elements(named: "Keyword") }
      .map(MarkupText.line).filter { !$0.isEmpty }
  }

  private static func publicationTypes(of element: XMLElement?) -> [String] {
    element?.elements(named: "PublicationType").map { text($0) } ?? []
  }

  private static func languages(of element: XMLElement?) -> [String] {
    element?.elements(named: "Language").map { text($0) } ?? []
  }

  /// The year of a date: `Year`, or the first four digits in a row of `MedlineDate`, which may be
  /// `1998 Dec-1999 Jan` or `Winter 2003`.
  private static func year(of date: XMLElement?) -> Int? {
    guard let date else { return nil }
    if let year = Int(text(date.first("Year"))) { return year }
    let words = text(date.first("MedlineDate")).utf8.split { !(0x30...0x39).contains($0) }
    return words.first { $0.count == 4 }.flatMap { Int(String($0) ?? "") }
  }

  private static func isRetracted(_ article: Article, in citation: XMLElement) -> Bool {
    if article.publicationTypes.contains("Retracted Publication") { return true }
    guard let comments = citation.first("CommentsCorrectionsList") else { return false }
    return comments.elements(named: "CommentsCorrections").contains {
      $0.attribute("RefType") == "RetractionIn"
    }
  }

  private static func tags(
    pmid: String, ids: XMLElement?, _ article: Article, _ languages: [String], _ body: XMLElement?
  ) -> [Tag] {
    var tags = [Tag("pmid", pmid)]
    let doi =
      identifier("doi", in: ids?.elements(named: "ArticleId"), type: "IdType")
      ?? identifier("doi", in: body?.elements(named: "ELocationID"), type: "EIdType")
    if let doi { tags.append(Tag("doi", doi)) }
    if let pmcid = identifier("pmc", in: ids?.elements(named: "ArticleId"), type: "IdType") {
      tags.append(Tag("pmcid", pmcid))
    }
    if languages.count > 1 { tags.append(Tag("languages", languages.joined(separator: " "))) }
    if article.isRetracted { tags.append(Tag("retraction", "retracted")) }
    if article.publicationTypes.contains("Retraction of Publication") {
      tags.append(Tag("retraction", "notice"))
    }
    return tags
  }

  private static func identifier(
    _ kind: String, in elements: XMLChildren?, type attribute: StaticString
  ) -> String? {
    let match = elements?.first { $0.attribute(attribute) == kind }
    return match.map { text($0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
