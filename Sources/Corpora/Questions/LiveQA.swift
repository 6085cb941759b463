import Formats
import Records

/// Questions that people sent to the National Library of Medicine, with answers by its librarians.
///
///     <NLM-QUESTION questionid="Q1"><SUBJECT/><MESSAGE>…</MESSAGE>
///       <SUB-QUESTIONS><SUB-QUESTION><ANNOTATIONS><FOCUS>…</FOCUS><TYPE>…</TYPE></ANNOTATIONS>
///         <ANSWERS><ANSWER answerid="Q1-S1-A1">…</ANSWER>…
///     <NLM-QUESTION qid="TQ1"><Original-Question><SUBJECT>…</SUBJECT><MESSAGE>…</MESSAGE>
///       <ANNOTATIONS>…</ANNOTATIONS>
///       <ReferenceAnswers><RefAnswer aid="TQ1A1"><ANSWER>…</ANSWER><AnswerURL>…</AnswerURL>…
///
/// The first is the form of the two training files, the second that of the test files, which write
/// `Subject`, `Answer`, `Q-Focus` and `ReferenceAnswer` in places. Each answer becomes a record; those of
/// one question share a group. A question is its subject and its message; the subject `No`, which stands
/// for none, is left out.
///
/// Format: github.com/abachaa/LiveQA_MedicalTask_TREC2017, 2017.
struct LiveQA: CorpusReader {
  static let facts = CorpusFacts(
    name: "liveqa", title: "LiveQA 2017: questions to the National Library of Medicine",
    shape: .questionAnswer, license: nil, language: "en", forms: ".xml, .zip of .xml",
    tasks: ["question-answering"],
    reference: "https://github.com/abachaa/LiveQA_MedicalTask_TREC2017",
    signatures: [
      .xml(
        roots: ["NLM-QUESTIONS", "LiveQA2017-Medical-Test-Set-Full"], elements: ["NLM-QUESTION"])
    ])

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "xml" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let set = QuestionSet(stem: EntryName(entry.path).stem)
    let path = entry.path
    var isOfCorpus = false
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try XMLRecordParser(records: .named(["NLM-QUESTION"])).parse(&entry) { element in
        isOfCorpus = true
        try read(element, set, &outlet, into: sink)
        return true
      }
      guard isOfCorpus else {
        throw Diagnostic(at: Position(entry: path), "not LiveQA: there is no NLM-QUESTION")
      }
    }
  }

  private func read(
    _ element: XMLElement, _ set: QuestionSet, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink
  ) throws {
    let number = element.attribute("qid") ?? element.attribute("questionid") ?? ""
    let name = "\(set.name)/\(number)"
    let original = element.part("original-question") ?? element
    let text = question(of: original)
    guard !text.isEmpty else {
      return try outlet.reject(
        name, .missingField, value: "MESSAGE", at: element.byteOffset, to: sink)
    }
    let parts = element.part("sub-questions").map { $0.parts("sub-question") } ?? [element]
    var count = 0
    for part in parts {
      let topic = Topic(part.part("annotations"))
      for answer in answers(of: part) {
        count += 1
        let id = answer.id.map { "\(set.name)/\($0)" } ?? "\(name)#\(count)"
        try read(answer, id: id, text, topic, set, at: element.byteOffset, &outlet, into: sink)
      }
    }
    if count == 0 {
      try outlet.reject(name, .emptyAnswer, value: "ANSWER", at: element.byteOffset, to: sink)
    }
  }

  private func read(
    _ answer: Answer, id: String, _ question: String, _ topic: Topic, _ set: QuestionSet,
    at offset: Int?, _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    guard !answer.text.isEmpty else {
      return try outlet.reject(id, .emptyAnswer, value: "ANSWER", at: offset, to: sink)
    }
    let content = QuestionAnswer(
      question: question, answer: answer.text, focus: topic.focuses.joined(separator: ", "),
      questionType: topic.types.first ?? "")
    let tags = topic.types.map { Tag("qtype", $0) } + [Tag("url", answer.url)]
    try outlet.pass(
      settings.record(
        id: id, groups: [QuestionKey.group(question)], officialSplit: set.split,
        tags: tags.filter { !$0.value.isEmpty }, content: .questionAnswer(content)),
      at: offset, to: sink)
  }

  /// Subject and message, a blank line between them.
  private func question(of element: XMLElement) -> String {
    let subject = TidyText.line(element.part("subject")?.text ?? "")
    let message = TidyText.paragraphs(element.part("message")?.text ?? "")
    let isSubject = !["", "no", "none"].contains(subject.lowercased())
    return [isSubject ? subject : "", message].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private func answers(of part: XMLElement) -> [Answer] {
    let plain = part.part("answers").map { $0.parts("answer") } ?? []
    let references = part.part("referenceanswers").map { list in
      list.parts("refanswer") + list.parts("referenceanswer")
    }
    return plain.map { Answer($0, text: $0, url: nil) }
      + (references ?? []).map { Answer($0, text: $0.part("answer"), url: $0.part("answerurl")) }
  }

  /// An answer with what is known about it.
  private struct Answer {
    let id: String?
    let text: String
    let url: String

    init(_ element: XMLElement, text: XMLElement?, url: XMLElement?) {
      id = element.attribute("answerid") ?? element.attribute("aid")
      self.text = TidyText.paragraphs(text?.text ?? "")
      self.url = TidyText.line(url?.text ?? "")
    }
  }

  /// What a question is about, and what it asks.
  private struct Topic {
    let focuses: [String]
    let types: [String]

    init(_ annotations: XMLElement?) {
      func texts(_ names: [String]) -> [String] {
        names.flatMap { annotations?.parts($0) ?? [] }.map { TidyText.line($0.text) }
          .filter { !$0.isEmpty }
      }
      focuses = texts(["focus", "q-focus"])
      types = texts(["type", "q-type"])
    }
  }
}

/// A file of the corpus, by its name.
private struct QuestionSet {
  /// `train-1`, `train-2`, `test`, `test-summaries`; else the file's own name.
  let name: String
  let split: Split?

  init(stem: String) {
    let words = stem.lowercased()
    (name, split) =
      if words.contains("train-1") { ("train-1", .train) } else if words.contains("train-2") {
        ("train-2", .train)
      } else if words.contains("summaries") {
        ("test-summaries", .test)
      } else if words.contains(
        "test")
      { ("test", .test) } else { (words, nil) }
  }
}

extension XMLElement {
  /// The first child of a name in lower case, however the file spells it.
  fileprivate func part(_ name: String) -> XMLElement? { parts(name).first }

  /// The children of a name in lower case, in order.
  fileprivate func parts(_ name: String) -> [XMLElement] {
    children.filter { $0.name.lowercased() == name }
  }
}
