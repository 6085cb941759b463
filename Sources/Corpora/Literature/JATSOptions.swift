import Records

/// What of an article is read besides its running text.
struct JATSOptions: Sendable {
  enum Tables: String, CaseIterable { case captions, text, drop }
  enum Formulas: String, CaseIterable { case mark, latex, drop }
  enum Figures: String, CaseIterable { case captions, drop }
  /// For what is either there or not.
  enum Extra: String, CaseIterable { case drop, keep }

  var tables = Tables.captions
  var formulas = Formulas.mark
  var figures = Figures.captions
  /// The list of references, and the marks of citations in the text.
  var keepsReferences = false
  /// Acknowledgements, statements, notes and appendices.
  var keepsBackMatter = false
  /// Decision letters, responses, translations.
  var keepsSubArticles = false

  static let described = [
    ReaderOption("tables", "captions", "what is read of tables: `captions`, `text` or `drop`"),
    ReaderOption("figures", "captions", "what is read of figures: `captions` or `drop`"),
    ReaderOption(
      "formulas", "mark", "`mark` writes `[FORMULA: x²]`, `latex` keeps TeX between `$`, or `drop`"),
    ReaderOption(
      "references", "drop", "whether the references and the marks of citations stay: `keep`"),
    ReaderOption(
      "back_matter", "drop", "whether acknowledgements, statements and appendices stay: `keep`"),
    ReaderOption("sub_articles", "drop", "whether letters and responses stay: `keep`"),
  ]

  init() {}

  /// - Throws: `Diagnostic` when an option has another word.
  init(_ settings: ReaderSettings) throws {
    tables = try settings.choice("tables", default: .captions)
    formulas = try settings.choice("formulas", default: .mark)
    figures = try settings.choice("figures", default: .captions)
    keepsReferences = try settings.choice("references", default: Extra.drop) == .keep
    keepsBackMatter = try settings.choice("back_matter", default: Extra.drop) == .keep
    keepsSubArticles = try settings.choice("sub_articles", default: Extra.drop) == .keep
  }

  /// Elements that no record of these options needs, most of the bytes of an article.
  var unread: Set<String> {
    var names: Set = [
      "aff", "author-notes", "history", "counts", "funding-group",
      "custom-meta-group", "graphic", "media", "object-id", "alt-text", "long-desc", "index-term",
    ]
    if tables != .text { names.formUnion(["table", "table-wrap-foot"]) }
    if !keepsReferences { names.insert("ref-list") }
    if !keepsBackMatter { names.formUnion(["ack", "glossary", "app-group", "bio"]) }
    if !keepsSubArticles { names.formUnion(["sub-article", "response"]) }
    return names
  }
}
