import Formats
import Records

/// What all records of one source have in common, and the reader's options, checked.
struct ReaderSettings: Sendable {
  let corpus: String
  let licenses: Licenses
  /// The records' language where a record does not say.
  let language: String?
  private let options: [String: String]

  /// - Throws: `Diagnostic` for an option that the corpus' facts do not declare.
  init(_ facts: CorpusFacts, _ options: ReaderOptions) throws {
    corpus = facts.name
    licenses = options.licenses ?? facts.license.map(Licenses.init) ?? .unknown
    language = facts.language ?? options.language
    self.options = options.options
    let known = facts.options.map(\.name)
    for name in options.options.keys.sorted() where !known.contains(name) {
      throw Self.unknown(option: name, of: facts.name, known: known)
    }
  }

  /// The same for a corpus whose fields are settled.
  ///
  /// - Throws: `Diagnostic` also when the recipe maps fields or asks for another shape.
  static func unmapped(_ facts: CorpusFacts, _ options: ReaderOptions) throws -> ReaderSettings {
    guard options.fields.isEmpty else {
      throw Diagnostic(
        "corpus '\(facts.name)' has fields of its own; 'fields' cannot map them",
        hint: "use corpus table, json or jsonl to map fields")
    }
    guard options.shape == nil || options.shape == facts.shape else {
      throw Diagnostic("corpus '\(facts.name)' makes \(facts.shape.rawValue) records only")
    }
    return try ReaderSettings(facts, options)
  }

  /// The text of an option, or nil.
  func text(_ name: String) -> String? { options[name] }

  /// A yes-or-no option.
  func flag(_ name: String, default preset: Bool) throws -> Bool {
    guard let text = options[name] else { return preset }
    switch text {
    case "true": return true
    case "false": return false
    default:
      throw Diagnostic("option '\(name)' is '\(text)'; it must be true or false")
    }
  }

  /// An option that is one of a few words.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, default preset: Choice
  ) throws -> Choice where Choice.RawValue == String {
    guard let text = options[name] else { return preset }
    if let choice = Choice(rawValue: text) { return choice }
    let words = Choice.allCases.map(\.rawValue)
    throw Diagnostic(
      "option '\(name)' is '\(text)'; it must be one of \(words.joined(separator: ", "))",
      hint: NearestName.hint(for: text, among: words))
  }

  /// A record with what the settings know filled in.
  func record(
    id: String, language: String? = nil, groups: [GroupKey] = [], officialSplit: Split? = nil,
    revision: Int? = nil, tags: [Tag] = [], content: Content
  ) -> Record {
    Record(
      id: id, corpus: corpus, licenses: licenses, language: language ?? self.language,
      groups: groups, officialSplit: officialSplit, revision: revision, tags: tags,
      content: content)
  }

  private static func unknown(option: String, of corpus: String, known: [String]) -> Diagnostic {
    let list = known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))"
    return Diagnostic(
      "corpus '\(corpus)' has no option '\(option)'; \(list)",
      hint: NearestName.hint(for: option, among: known))
  }
}

extension ReaderSettings {
  /// The encoding that the option `encoding` names; nil when there is none.
  func encoding() throws -> TextEncoding? {
    guard let name = text("encoding") else { return nil }
    if let encoding = TextEncoding(name: name) { return encoding }
    throw Diagnostic(
      "encoding '\(name)' is not known; it must be one of "
        + TextEncoding.names.joined(separator: ", "),
      hint: NearestName.hint(for: name, among: TextEncoding.names))
  }
}

extension ReaderOption {
  /// What the text of all entries is encoded in.
  static func encoding(_ preset: String) -> ReaderOption {
    ReaderOption("encoding", preset, "the encoding of all files, such as `gb18030`")
  }
}
