import Formats
import Records

/// Reads questions that a span of a passage answers, in the JSON of SQuAD: what `squad` and
/// `covid-qa` share.
///
///     {"data": [{"title": "…", "paragraphs": [{"context": "…", "document_id": 630,
///       "qas": [{"question": "…?", "id": 262, "is_impossible": false,
///         "answers": [{"text": "…", "answer_start": 370}]}]}]}]}
///
/// `answer_start` counts code points. An answer that does not stand there is looked for within
/// `searchDistance` code points around: where it stands exactly once it is taken from there and tagged
/// `offset=repaired`, else the question is rejected as `offset-mismatch`. Of several annotators'
/// answers the first counts. Questions that the passage does not answer (`is_impossible`) are rejected
/// as `empty-answer`. Passages longer than the option `window` are cut around the answer
/// (`PassageWindow`).
struct SpanQuestions {
  static let options = [
    ReaderOption(
      "window", "2000",
      "the most characters of a passage, cut around the answer at sentence bounds; `all` cuts none")
  ]

  /// How far from its stated place an answer is looked for.
  private static let searchDistance = 50

  let settings: ReaderSettings
  private let window: PassageWindow

  init(_ settings: ReaderSettings) throws {
    self.settings = settings
    let isWhole = settings.text("window") == "all"
    window = PassageWindow(
      length: isWhole ? nil : try settings.number("window", in: 100...1_000_000) ?? 2000)
  }

  static func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "json" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let path = entry.path
    let split = Self.split(ofFile: EntryName(path).stem)
    let document = try JSONDocument(parsing: try entry.allBytes())
    guard let data = document.root["data"], data.kind == .array else {
      throw Diagnostic(
        at: Position(entry: path), "not in the form of SQuAD: the root has no list 'data'")
    }
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      for (number, article) in data.elements.enumerated() {
        let title = article["title"]?.string ?? ""
        for paragraph in article["paragraphs"].map({ Array($0.elements) }) ?? [] {
          let passage = Passage(
            paragraph, article: title.isEmpty ? "\(path)#\(number)" : title, split: split)
          for question in paragraph["qas"].map({ Array($0.elements) }) ?? [] {
            try read(question, of: passage, path, &outlet, into: sink)
          }
        }
      }
    }
  }

  private func read(
    _ item: JSONNode, of passage: Passage, _ path: String, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink
  ) throws {
    let id = item["id"]?.scalarText ?? "\(path)#\(outlet.ordinal)"
    do {
      let record = try record(of: item, id: id, passage)
      try outlet.pass(record, at: item.byteOffset, to: sink)
    } catch let problem as RowProblem {
      try outlet.reject(id, problem.reason, value: problem.value, at: item.byteOffset, to: sink)
    }
  }

  private func record(of item: JSONNode, id: String, _ passage: Passage) throws -> Record {
    let question = item["question"]?.string ?? ""
    guard !TidyText.isBlank(question) else {
      throw RowProblem(reason: .missingField, value: "question")
    }
    guard item["is_impossible"]?.bool != true else {
      throw RowProblem(reason: .emptyAnswer, value: "is_impossible")
    }
    guard let answer = item["answers"]?[0], let text = answer["text"]?.string,
      !TidyText.isBlank(text)
    else { throw RowProblem(reason: .emptyAnswer, value: "answers") }
    guard let stated = answer["answer_start"]?.int else {
      throw RowProblem(reason: .missingField, value: "answer_start")
    }
    let (place, isRepaired) = try place(of: Array(text.unicodeScalars), at: stated, in: passage)
    let shown = window.range(of: passage.text, around: place, id: id)
    var context = String.UnicodeScalarView()
    context.append(contentsOf: passage.text[shown])
    let content = QuestionAnswer(
      question: question, context: [AbstractSection(text: String(context))], answer: text)
    return settings.record(
      id: id, groups: [GroupKey(.document, passage.document), QuestionKey.group(question)],
      officialSplit: passage.split, tags: isRepaired ? [Tag("offset", "repaired")] : [],
      content: .questionAnswer(content))
  }

  /// Where an answer stands: where it is said to, or else at the only place near by.
  private func place(
    of answer: [Unicode.Scalar], at stated: Int, in passage: Passage
  ) throws -> (Range<Int>, isRepaired: Bool) {
    func stands(at start: Int) -> Bool {
      start >= 0 && start + answer.count <= passage.text.count
        && passage.text[start..<start + answer.count].elementsEqual(answer)
    }
    if stands(at: stated) { return (stated..<stated + answer.count, false) }
    let near = stated.clamped(to: 0...passage.text.count)
    let places = (near - Self.searchDistance...near + Self.searchDistance).filter(stands)
    guard places.count == 1 else {
      throw RowProblem(
        reason: .offsetMismatch,
        value: "character \(stated): found at \(places.count) places near by")
    }
    return (places[0]..<places[0] + answer.count, true)
  }

  /// The split of a file such as `train-v2.0` or `dev`.
  private static func split(ofFile stem: String) -> Split? {
    stem.split { !$0.isLetter }.first.flatMap { Split(corpusName: String($0)) }
  }
}

/// A passage and what is true of all its questions.
private struct Passage {
  let text: [Unicode.Scalar]
  /// What its questions must not be split from.
  let document: String
  let split: Split?

  init(_ node: JSONNode, article: String, split: Split?) {
    text = Array((node["context"]?.string ?? "").unicodeScalars)
    document = node["document_id"]?.scalarText ?? article
    self.split = split
  }
}

extension Int {
  fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
