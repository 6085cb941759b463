import Formats
import Records

/// Questions of biomedical experts, with passages of PubMed abstracts that answer them.
///
///     {"questions": [{"id": "…", "body": "…?", "type": "factoid",
///       "documents": ["http://www.ncbi.nlm.nih.gov/pubmed/23041354"],
///       "snippets": [{"text": "…", "document": "…", "beginSection": "abstract", …}],
///       "exact_answer": [["TP53", "tumor protein p53"]], "ideal_answer": ["…"]}]}
///
/// The four types become kinds of question: `yesno` is answered by yes or no, `list` by its items, one a
/// line, each by the first of its synonyms, `factoid` by its synonyms, one a line, the preferred first,
/// and `summary` by the ideal answer, which the others have as their long answer; of several ideal
/// answers the first counts. Exact answers are nested lists, flat ones or a text, by year. The PMIDs of
/// the documents are groups. Files named `golden` are the test batches of a year; the training set of
/// the next year holds them as well, under the same ids.
///
/// Format: participants-area.bioasq.org, Task b of 2013 to 2025.
struct BioASQ: CorpusReader {
  static let facts = CorpusFacts(
    name: "bioasq", title: "BioASQ Task b: questions on the biomedical literature",
    shape: .questionAnswer, license: .bioASQ, language: "en", forms: ".json, .zip of .json",
    tasks: ["yes-no-maybe-qa", "factoid-qa", "list-qa", "long-form-qa", "question-answering"],
    reference: "https://participants-area.bioasq.org/general_information/Task13b")

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "json" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let path = entry.path
    let split: Split? = EntryName(path).stem.lowercased().contains("golden") ? .test : nil
    let document = try JSONDocument(parsing: try entry.allBytes())
    guard let questions = document.root["questions"], questions.kind == .array else {
      throw Diagnostic(at: Position(entry: path), "not BioASQ: the root has no list 'questions'")
    }
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      for item in questions.elements {
        let id = item["id"]?.string ?? "\(path)#\(outlet.ordinal)"
        do {
          let record = try record(of: item, id: id, split)
          try outlet.pass(record, at: item.byteOffset, to: sink)
        } catch let problem as RowProblem {
          try outlet.reject(
            id, problem.reason, value: problem.value, at: item.byteOffset, to: sink)
        }
      }
    }
  }

  private func record(of item: JSONNode, id: String, _ split: Split?) throws -> Record {
    let question = item["body"]?.string ?? ""
    guard !TidyText.isBlank(question) else {
      throw RowProblem(reason: .missingField, value: "body")
    }
    let type = item["type"]?.string ?? ""
    let longAnswer = texts(of: item["ideal_answer"]).first ?? ""
    let (kind, answer) = try answer(of: item, type, longAnswer)
    let content = QuestionAnswer(
      kind: kind, question: question, context: passages(of: item), answer: answer,
      longAnswer: longAnswer, questionType: type)
    let pmids = pmids(of: item)
    return settings.record(
      id: id, groups: pmids.map { GroupKey(.pmid, $0) } + [QuestionKey.group(question)],
      officialSplit: split, tags: [Tag("type", type)] + pmids.map { Tag("pmid", $0) },
      content: .questionAnswer(content))
  }

  private func answer(
    of item: JSONNode, _ type: String, _ longAnswer: String
  ) throws -> (QuestionAnswer.Kind, String) {
    switch type {
    case "yesno":
      let answer = try required(texts(of: item["exact_answer"]), "exact_answer")[0].lowercased()
      guard ["yes", "no"].contains(answer) else {
        throw RowProblem(reason: .unknownLabel, value: "exact_answer")
      }
      return (.yesNoMaybe, answer)
    case "factoid":
      let spellings = try required(texts(of: item["exact_answer"]), "exact_answer")
      return (.factoid, spellings.joined(separator: "\n"))
    case "list":
      let entries = item["exact_answer"].map { Array($0.elements) } ?? []
      let items = try required(entries.compactMap { texts(of: $0).first }, "exact_answer")
      return (.list, items.joined(separator: "\n"))
    case "summary":
      return (.free, try required([longAnswer].filter { !$0.isEmpty }, "ideal_answer")[0])
    default: throw RowProblem(reason: .unknownLabel, value: "type")
    }
  }

  private func required(_ texts: [String], _ field: String) throws -> [String] {
    guard !texts.isEmpty else { throw RowProblem(reason: .emptyAnswer, value: field) }
    return texts
  }

  /// The texts of a text or of a list of lists, one line each, blank ones and repeats left out.
  private func texts(of node: JSONNode?) -> [String] {
    guard let node else { return [] }
    guard node.kind == .array else {
      let text = TidyText.line(node.scalarText ?? "")
      return text.isEmpty ? [] : [text]
    }
    var seen: Set<String> = []
    return node.elements.flatMap { texts(of: $0) }.filter { seen.insert($0).inserted }
  }

  /// The snippets, each once.
  private func passages(of item: JSONNode) -> [AbstractSection] {
    var seen: Set<String> = []
    return (item["snippets"].map { Array($0.elements) } ?? []).compactMap { snippet in
      let text = snippet["text"]?.string ?? ""
      guard !TidyText.isBlank(text), seen.insert(text).inserted else { return nil }
      return AbstractSection(text: text)
    }
  }

  /// The PMIDs of the documents, which their addresses end in.
  private func pmids(of item: JSONNode) -> [String] {
    var seen: Set<String> = []
    return (item["documents"].map { Array($0.elements) } ?? []).compactMap { document in
      let last = document.string?.split(separator: "/").last.map(String.init) ?? ""
      let isNumber = !last.isEmpty && last.utf8.allSatisfy { (0x30...0x39).contains($0) }
      return isNumber && seen.insert(last).inserted ? last : nil
    }
  }
}
