import Formats
import Records

/// Questions and answers from 12 NIH websites, one XML file per topic page.
///
///     <Document id="0000001" source="GHR" url="…">
///       <Focus>…</Focus>
///       <FocusAnnotations><UMLS><CUIs><CUI>C0175701</CUI>…
///       <QAPairs><QAPair pid="1"><Question qid="0000001-1" qtype="information">…</Question>
///         <Answer>…</Answer></QAPair>…
///
/// Five files have roots `doc` (with `qaPairs/pair/question`, `answer`) and `DiseaseFile`. Each pair
/// becomes a record; the pairs of three MedlinePlus collections, whose answers were withdrawn for
/// copyright, are rejected as `empty-answer`. Ids are `folder/file#n`, as the files' own are not
/// unique across folders. The group is the focus.
///
/// Format: github.com/abachaa/MedQuAD, 2019.
struct MedQuAD: CorpusReader {
  static let facts = CorpusFacts(
    name: "medquad", title: "MedQuAD: questions and answers from NIH websites",
    shape: .questionAnswer, license: .ccBy4, language: "en", forms: ".zip of .xml",
    tasks: ["question-answering"], reference: "https://github.com/abachaa/MedQuAD",
    signatures: [
      .xml(roots: ["Document", "DiseaseFile"], elements: ["QAPairs"]),
      .xml(roots: ["doc"], elements: ["qaPairs"]),
    ])

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "xml" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let page = pageName(of: entry.path)
    var position = Position(entry: entry.path)
    var isPage = false
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try XMLRecordParser(records: .root).parse(&entry) { root in
        position.line = root.line
        isPage = Self.roots.contains(root.name)
        guard isPage else { return true }
        try read(root, page, &outlet, into: sink)
        return true
      }
    }
    guard isPage else {
      throw Diagnostic(
        at: position, "not a MedQuAD page: the root element is none of Document, doc, DiseaseFile")
    }
  }

  private func read(
    _ root: XMLElement, _ page: String, _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    let focus = focus(of: root)
    let pageTags = tags(of: root)
    let works = settings.licenses.asksToNameAuthors ? [work(root, about: focus)] : []
    for (index, pair) in pairs(of: root).enumerated() {
      let id = "\(page)#\(index + 1)"
      let question = pair.first("Question") ?? pair.first("question")
      let questionText = question.map { TidyText.line($0.text) } ?? ""
      guard !questionText.isEmpty else {
        try outlet.reject(id, .missingField, value: "Question", to: sink)
        continue
      }
      let answer = answer(of: pair)
      guard !answer.isEmpty else {
        try outlet.reject(id, .emptyAnswer, to: sink)
        continue
      }
      let type = question?.attribute("qtype") ?? ""
      let item = QuestionAnswer(
        question: questionText, answer: answer, focus: focus, questionType: type)
      let tags = [Tag("qtype", type)].filter { !$0.value.isEmpty } + pageTags
      var record = settings.record(
        id: id, groups: groups(focus), tags: tags, content: .questionAnswer(item))
      record.works = works
      try outlet.pass(record, to: sink)
    }
  }

  private static let roots: Set = ["Document", "doc", "DiseaseFile"]

  /// `1_CancerGov_QA/0000001_1` for the file of that name in that folder.
  private func pageName(of path: String) -> String {
    let name = EntryName(path)
    return (name.folders.suffix(1) + [name.stem]).joined(separator: "/")
  }

  private func pairs(of root: XMLElement) -> [XMLElement] {
    root.descendants(named: "QAPair") + root.descendants(named: "pair")
  }

  private func answer(of pair: XMLElement) -> String {
    TidyText.paragraphs((pair.first("Answer") ?? pair.first("answer"))?.text ?? "")
  }

  private func focus(of root: XMLElement) -> String {
    TidyText.line((root.first("Focus") ?? root.first("doctitle-focus"))?.text ?? "")
  }

  private func groups(_ focus: String) -> [GroupKey] {
    focus.isEmpty ? [] : [GroupKey(.focus, focus.lowercased())]
  }

  /// The page that the answers were taken from; its authors are not named.
  private func work(_ root: XMLElement, about focus: String) -> Work {
    Work(
      authors: [], title: focus, publication: website(of: root),
      address: root.attribute("url").flatMap { $0.isEmpty ? nil : TidyText.line($0) })
  }

  private func website(of root: XMLElement) -> String {
    root.attribute("source") ?? root.attribute("corpus") ?? ""
  }

  /// The website and the UMLS concepts of the focus.
  private func tags(of root: XMLElement) -> [Tag] {
    let annotations = root.first("FocusAnnotations") ?? root
    let concepts = ["CUI", "cui"].flatMap { annotations.descendants(named: $0) }
      .map { Tag("cui", TidyText.line($0.text)) }
    return ([Tag("website", website(of: root))] + concepts).filter { !$0.value.isEmpty }
  }
}
