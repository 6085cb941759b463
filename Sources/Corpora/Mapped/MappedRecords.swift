import Formats
import Records

/// Why a row makes no record.
struct RowProblem: Error {
  var reason: Rejection.Reason
  /// The column or path that is at fault.
  var value: String
}

/// Makes records of rows by a mapping: what the readers `table`, `json` and `jsonl` share.
struct MappedRecords: Sendable {
  /// How exam answers are written: 0- or 1-based numbers, letters, the options' own text, or
  /// whatever it is as long as it is no number.
  enum AnswerBase: String, CaseIterable {
    case zero = "0"
    case one = "1"
    case letter
    case text
    case automatic = "auto"
  }

  /// The options that all mapped readers have.
  static let options = [
    ReaderOption(
      "kind", "free, summary",
      "what answers are: `free`, `yes-no-maybe`, `list`, `factoid`; what the target of a pair is: "
        + "`summary`, `simplification`, `translation`, `generation`"),
    ReaderOption(
      "answer_base", "auto",
      "how right options are named: `0` or `1` for numbers from there, `letter`, `text`"),
    ReaderOption("label_separator", "none", "what divides the labels of one cell"),
    ReaderOption(
      "label_set", "open", "every label that there is, divided by `|`; another one is rejected"),
    ReaderOption(
      "target_language", "none", "the language of all targets of pairs, where it is another one"),
  ]

  let settings: ReaderSettings
  let mapping: FieldMapping
  let kind: QuestionAnswer.Kind
  let answerBase: AnswerBase
  let labelSeparator: String?
  let pairKind: PairedText.Kind
  /// Every label in the corpus' order; empty when the set is open.
  let labelSet: [String]
  let targetLanguage: String

  init(_ facts: CorpusFacts, _ options: ReaderOptions) throws {
    settings = try ReaderSettings(facts, options)
    mapping = try FieldMapping(options, corpus: facts.name)
    let isPair = mapping.shape == .pairedText
    kind = isPair ? .free : try settings.choice("kind", default: .free)
    pairKind = isPair ? try settings.choice("kind", default: .summary) : .summary
    answerBase = try settings.choice("answer_base", default: .automatic)
    labelSeparator = settings.text("label_separator")
    labelSet = (settings.text("label_set") ?? "").split(separator: "|").map { String($0).trimmed }
    targetLanguage = try settings.text("target_language").map(Self.language) ?? ""
  }

  private static func language(_ text: String) throws -> String {
    if let subtag = LanguageCode.subtag(of: text) { return subtag }
    throw Diagnostic(
      "option 'target_language' is '\(text)', which is no language code",
      hint: "write a code such as en, ja or zh")
  }

  /// Makes the record of a row and hands it on, or the reason why there is none.
  ///
  /// - Parameter unnamed: the record's id when none is mapped.
  func read(
    _ row: some MappedRow, unnamed: String, at offset: Int?, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink
  ) throws {
    let mapped = mapping.value(of: "id", in: row)?.text ?? ""
    let id = mapped.isEmpty ? unnamed : mapped
    do {
      if mapping.has("id"), mapped.isEmpty { throw problem(.missingField, "id") }
      try outlet.pass(try record(of: row, id: id), at: offset, to: sink)
    } catch let problem as RowProblem {
      try outlet.reject(id, problem.reason, value: problem.value, at: offset, to: sink)
    }
  }

  private func record(of row: some MappedRow, id: String) throws -> Record {
    var record = settings.record(
      id: id, language: text("language", row).flatMap(LanguageCode.subtag), groups: groups(of: row),
      officialSplit: try split(of: row), tags: mapping.tags(of: row), content: try content(of: row))
    record.identifiers = mapping.identifiers(of: row)
    if let license = text("license", row) {
      record.licenses = (try? LicenseExpression(parsing: license))?.choice ?? .unknown
    }
    return record
  }

  private func groups(of row: some MappedRow) -> [GroupKey] {
    let kinds: [(String, GroupKey.Kind)] = [
      ("group", .group), ("patient", .patient), ("pmid", .pmid), ("document", .document),
    ]
    return kinds.compactMap { field, kind in text(field, row).map { GroupKey(kind, $0) } }
  }

  private func split(of row: some MappedRow) throws -> Split? {
    guard let name = text("split", row) else { return nil }
    guard let split = Split(corpusName: name) else { throw problem(.unknownLabel, "split") }
    return split
  }
}

// MARK: Fields

extension MappedRecords {
  func problem(_ reason: Rejection.Reason, _ field: String) -> RowProblem {
    RowProblem(reason: reason, value: mapping.place(of: field))
  }

  /// The text of a field; nil when it is not there or blank.
  func text(_ field: String, _ row: some MappedRow) -> String? {
    guard let text = mapping.value(of: field, in: row)?.text, !text.isEmpty else { return nil }
    return text
  }

  /// The text of a field that a record needs.
  ///
  /// - Throws: `RowProblem`: the field is missing, or blank, which is `reason`.
  func required(
    _ field: String, _ row: some MappedRow, ifBlank reason: Rejection.Reason = .emptyText
  ) throws -> String {
    guard let text = mapping.value(of: field, in: row)?.text else {
      throw problem(.missingField, field)
    }
    guard !text.isEmpty else { throw problem(reason, field) }
    return text
  }

  /// The list of a field, blank elements left out.
  func list(_ field: String, _ row: some MappedRow) -> [String] {
    (mapping.value(of: field, in: row)?.texts ?? []).filter { !$0.isEmpty }
  }
}
