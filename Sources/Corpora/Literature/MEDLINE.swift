import Formats
import Records

/// Citations in the tagged MEDLINE format: what PubMed's "Save as … PubMed" and EFetch's
/// `rettype=medline` write.
///
///     PMID- 90000001
///     TI  - Water at dawn: a title that
///           goes on.
///     AB  - BACKGROUND: Water was drunk. RESULTS: It helped.
///     MH  - Water/*administration & dosage
///
/// A record starts at `PMID`. An abstract that starts with a label in capitals is cut at its labels. Of
/// a citation that several files have, the latest stays. Names of authors are read where a
/// licence asks for them; their addresses, other abstracts and copyright lines are not.
///
/// Format: NLM, MEDLINE/PubMed data element descriptions, 2024.
struct MEDLINE: CorpusReader {
  static let facts = CorpusFacts(
    name: "medline", title: "Citations in the tagged MEDLINE format", shape: .article,
    license: .nlmTerms, language: nil, forms: ".txt, .nbib, .medline",
    tasks: [
      "conclusion-generation", "title-generation", "mesh-indexing", "publication-typing",
      "keyword-extraction", "pre-training-text",
    ],
    reference: "https://www.nlm.nih.gov/bsd/mms/medlineelements.html",
    options: [
      ReaderOption("require_abstract", "true", "rejects citations without an abstract"),
      ReaderOption(
        "strip_title_brackets", "true",
        "takes away the brackets of translated titles, which the tag `translated-title` tells too"),
    ], signatures: [.ending(".nbib"), .ending(".medline.txt")])

  private let settings: ReaderSettings
  private let requiresAbstract: Bool
  private let stripsTitleBrackets: Bool

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    requiresAbstract = try settings.flag("require_abstract", default: true)
    stripsTitleBrackets = try settings.flag("strip_title_brackets", default: true)
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ["txt", "nbib", "medline"].contains(name.kind) && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var lines = JSONLines()
    var outlet = ReadingOutlet()
    var citation: TaggedCitation?
    let path = entry.path
    try EnoughReadings.ends {
      func take(_ line: JSONLine) throws {
        guard line.bytes.starts(with: "PMID-".utf8) else {
          guard citation?.take(line) == nil else { return }
          throw Diagnostic(
            at: Position(entry: path, line: line.number, byteOffset: line.byteOffset),
            "not the tagged MEDLINE format: a record starts with 'PMID-'",
            hint: "export the citations in the format PubMed or MEDLINE; for XML, use corpus pubmed"
          )
        }
        try finish(citation, &outlet, into: sink)
        citation = TaggedCitation(byteOffset: line.byteOffset)
        citation?.take(line)
      }
      try entry.forEachChunk { try lines.feed($0, take) }
      try lines.finish(take)
      try finish(citation, &outlet, into: sink)
    }
  }

  private func finish(
    _ citation: TaggedCitation?, _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    guard let citation else { return }
    let offset = citation.byteOffset
    let pmid = citation["PMID"] ?? ""
    if let fault = citation.fault {
      return try outlet.reject(pmid, fault.reason, value: fault.place, at: offset, to: sink)
    }
    guard !pmid.isEmpty else {
      return try outlet.reject("", .missingField, value: "PMID", at: offset, to: sink)
    }
    var article = citation.article
    let isTranslated = PubMedCitation.stripTitleBrackets(
      of: &article, keeping: !stripsTitleBrackets)
    guard !article.abstract.isEmpty || !requiresAbstract else {
      return try outlet.reject(pmid, .noAbstract, at: offset, to: sink)
    }
    guard !article.abstract.isEmpty || !article.title.isEmpty else {
      return try outlet.reject(pmid, .emptyText, at: offset, to: sink)
    }
    var record = settings.record(
      id: pmid, language: citation["LA"].flatMap(LanguageCode.subtag),
      groups: [GroupKey(.pmid, pmid)], revision: 1,
      tags: citation.tags + (isTranslated ? [Tag("translated-title", "true")] : []),
      content: .article(article))
    if settings.licenses.asksToNameAuthors { record.works = [citation.work(article)] }
    try outlet.pass(record, at: offset, to: sink)
  }
}

/// The fields of one citation.
private struct TaggedCitation {
  let byteOffset: Int
  private var fields: [(tag: String, value: String)] = []
  /// The first line that is no field, or not UTF-8.
  private(set) var fault: (reason: Rejection.Reason, place: String)?

  init(byteOffset: Int) { self.byteOffset = byteOffset }

  /// Takes a field's line, or one that goes on with the field before.
  mutating func take(_ line: JSONLine) {
    guard let text = String(validating: line.bytes, as: UTF8.self) else {
      fault = fault ?? (.invalidEncoding, "line \(line.number)")
      return
    }
    let bytes = Array(text.utf8.prefix(5))
    if bytes.first == 0x20, !fields.isEmpty {
      fields[fields.count - 1].value += " " + TidyText.line(text)
    } else if bytes.count == 5, bytes[4] == UInt8(ascii: "-") {
      fields.append((TidyText.line(bytes[..<4]), TidyText.line(String(text.dropFirst(5)))))
    } else {
      fault = fault ?? (.malformed, "line \(line.number)")
    }
  }

  /// The first value of a tag.
  subscript(tag: String) -> String? { fields.first { $0.tag == tag }?.value }

  private func values(_ tag: String) -> [String] {
    fields.filter { $0.tag == tag && !$0.value.isEmpty }.map(\.value)
  }
}

extension TaggedCitation {
  var article: Article {
    var article = Article(
      title: self["TI"] ?? self["BTI"] ?? "",
      abstract: self["AB"].map(LabelledAbstract.sections) ?? [],
      meshTerms: values("MH").map(Self.meshTerm), keywords: values("OT").map(Self.unstarred),
      publicationTypes: values("PT"), journal: self["JT"] ?? self["TA"] ?? "",
      year: self["DP"].flatMap(Self.year))
    article.isRetracted =
      article.publicationTypes.contains("Retracted Publication") || self["RIN"] != nil
    return article
  }

  /// The article as its licence asks to name it.
  func work(_ article: Article) -> Work {
    Work(
      authors: authors, title: article.title, publication: article.journal, year: article.year,
      address: Work.address(doi: doi, pmcid: self["PMC"], pmid: self["PMID"]))
  }

  /// Given names first, of `Doe, Jane A`; then groups.
  private var authors: [String] {
    let full = values("FAU")
    let names = full.isEmpty ? values("AU") : full
    return names.map { name in
      name.split(separator: ",").reversed().map { TidyText.line(String($0)) }
        .joined(separator: " ")
    } + values("CN")
  }

  private var doi: String? {
    let id = (values("LID") + values("AID")).first { $0.hasSuffix(" [doi]") }
    return id.map { String($0.dropLast(6)) }
  }

  var tags: [Tag] {
    var tags = [Tag("pmid", self["PMID"] ?? "")]
    if let doi { tags.append(Tag("doi", doi)) }
    if let pmcid = self["PMC"] { tags.append(Tag("pmcid", pmcid)) }
    let languages = values("LA")
    if languages.count > 1 { tags.append(Tag("languages", languages.joined(separator: " "))) }
    if article.isRetracted { tags.append(Tag("retraction", "retracted")) }
    if values("PT").contains("Retraction of Publication") {
      tags.append(Tag("retraction", "notice"))
    }
    return tags
  }

  /// `Sequence Analysis, Protein/*methods/trends`; a star marks a major topic.
  private static func meshTerm(_ heading: String) -> MeSHTerm {
    let parts = heading.split(separator: "/").map(String.init)
    return MeSHTerm(
      descriptor: unstarred(parts.first ?? ""), identifier: "",
      isMajorTopic: heading.utf8.contains(UInt8(ascii: "*")),
      qualifiers: parts.dropFirst().map(unstarred))
  }

  private static func unstarred(_ text: String) -> String {
    text.hasPrefix("*") ? String(text.dropFirst()) : text
  }

  /// The first four digits in a row of `2002 Sep` or `Winter 2003`.
  private static func year(of date: String) -> Int? {
    date.split { !$0.isNumber }.first { $0.count == 4 }.flatMap { Int($0) }
  }
}

/// An abstract whose labels stand in its text: `BACKGROUND: … METHODS: …`.
private enum LabelledAbstract {
  static func sections(of text: String) -> [AbstractSection] {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { return [] }
    guard let first = label(in: bytes, at: 0) else { return [AbstractSection(text: text)] }
    var sections: [AbstractSection] = []
    var open = first
    var place = first.end
    while place < bytes.count {
      defer { place += 1 }
      guard ".?!;)".utf8.contains(bytes[place]), let next = label(in: bytes, at: place + 2),
        bytes[place + 1] == 0x20
      else { continue }
      sections.append(section(open, bytes[open.end...place]))
      open = next
      place = next.end - 1
    }
    sections.append(section(open, bytes[min(open.end, bytes.count)...]))
    return sections.filter { !$0.text.isEmpty }
  }

  private static func section(
    _ label: (name: String, end: Int), _ text: ArraySlice<UInt8>
  ) -> AbstractSection {
    AbstractSection(
      label: label.name, category: ArticleSection.category(of: label.name),
      text: TidyText.line(text))
  }

  /// A label at a place and where its text begins: words in capitals, a colon and a blank.
  private static func label(in bytes: [UInt8], at place: Int) -> (name: String, end: Int)? {
    guard place < bytes.count else { return nil }
    let run = bytes[place...].prefix(80).prefix(while: isOfLabel)
    guard run.count(where: { (0x41...0x5a).contains($0) }) > 2 else { return nil }
    guard bytes[run.endIndex...].starts(with: ": ".utf8) else { return nil }
    return (String(decoding: run, as: UTF8.self), run.endIndex + 2)
  }

  private static func isOfLabel(_ byte: UInt8) -> Bool {
    (0x41...0x5a).contains(byte) || " /&,-()'".utf8.contains(byte)
  }
}
