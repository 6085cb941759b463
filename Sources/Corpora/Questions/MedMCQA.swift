import Formats
import Records

/// Questions of Indian medical entrance examinations, with explanations.
///
///     {"id": "…", "question": "…", "opa": "…", "opb": "…", "opc": "…", "opd": "…", "cop": 1,
///       "choice_type": "single", "exp": "…", "subject_name": "Physiology", "topic_name": null}
///
/// One object a line, also where the file is called `.json`; `train`, `dev` (or `validation`) and
/// `test` are official splits, made by exam. `choice_type` is `multi` for a third of the questions,
/// all of which have one right option all the same. An explanation that is null, blank or `None` is
/// none.
///
/// `cop` counts the options from 1 in the authors' files and from 0 in the copies of the model hub, and
/// most records cannot tell. A file with a 0 counts from 0, one with a 4 from 1: its lines are held back
/// until one of them stands there, which takes a few. A file with both, or with neither, is an error
/// that the option `answer_base` (`auto`, `0`, `1`) settles. A `cop` that is absent or −1, as in the
/// test set, is no answer.
///
/// Format: github.com/medmcqa/medmcqa, 2022; huggingface/datasets#4064 on the two bases.
struct MedMCQA: CorpusReader {
  static let facts = CorpusFacts(
    name: "medmcqa", title: "MedMCQA: Indian medical entrance examinations",
    shape: .multipleChoice, license: .mit, language: "en", forms: ".zip of .json, .jsonl",
    tasks: ["multiple-choice-qa"], reference: "https://github.com/medmcqa/medmcqa",
    options: [
      ReaderOption(
        "answer_base", "auto", "what `cop` counts the options from: `0`, `1`, or as the file tells")
    ], signatures: [.json(keys: ["question", "opa", "opb", "opc", "opd"])])

  private let settings: ReaderSettings
  private let answerBase: AnswerBase.Choice

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    answerBase = try settings.choice("answer_base", default: .automatic)
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ["json", "jsonl"].contains(name.kind) && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let path = entry.path
    let split = Split(corpusName: EntryName(path).stem)
    var base = AnswerBase(answerBase, path: path)
    var outlet = ReadingOutlet()
    var held: [Result<JSONObjectLines.Line, JSONObjectLines.Flaw>] = []
    func handOn() throws {
      for line in held {
        try JSONObjectLines.take(line, of: path, &outlet, into: sink) { line, outlet in
          try read(line, of: path, split, base.value, &outlet, into: sink)
        }
      }
      held.removeAll()
    }
    try EnoughReadings.ends {
      try JSONObjectLines.forEach(in: &entry) { line in
        held.append(line)
        if case .success(let line) = line { try base.take(line) }
        if !base.isOpen { try handOn() }
      }
      try base.finish()
      try handOn()
    }
  }

  private func read(
    _ line: JSONObjectLines.Line, of path: String, _ split: Split?, _ base: Int?,
    _ outlet: inout ReadingOutlet, into sink: ReadingSink
  ) throws {
    let id = line.object["id"]?.string ?? "\(path)#\(outlet.ordinal)"
    do {
      let record = try record(of: line.object, id: id, split, base)
      try outlet.pass(record, at: line.byteOffset, to: sink)
    } catch let problem as RowProblem {
      try outlet.reject(id, problem.reason, value: problem.value, at: line.byteOffset, to: sink)
    }
  }

  private func record(
    of item: JSONNode, id: String, _ split: Split?, _ base: Int?
  ) throws -> Record {
    let letters = ["a", "b", "c", "d"]
    let question = ExamQuestion(
      stem: item["question"]?.string ?? "",
      options: letters.map { ($0, item["op\($0)"]?.string ?? "") })
    let content = try question.content(
      answers: try answer(of: item, base).map { [letters[$0]] } ?? [],
      explanation: explanation(of: item), subject: item["subject_name"]?.string ?? "")
    let tags = ["choice_type", "subject_name", "topic_name"].compactMap { name in
      item[name]?.string.map { Tag(name, $0) }
    }
    return settings.record(
      id: id, groups: [question.group], officialSplit: split,
      tags: tags.filter { !TidyText.isBlank($0.value) } + question.tags,
      content: .multipleChoice(content))
  }

  /// The place of the right option; nil when the question has no answer.
  private func answer(of item: JSONNode, _ base: Int?) throws -> Int? {
    guard let node = item["cop"], !node.isNull, node.int != -1 else { return nil }
    guard let number = node.int, let base, (0...3).contains(number - base) else {
      throw RowProblem(reason: .unknownLabel, value: "cop")
    }
    return number - base
  }

  private func explanation(of item: JSONNode) -> String {
    let text = item["exp"]?.string ?? ""
    return TidyText.isBlank(text) || TidyText.line(text) == "None" ? "" : text
  }
}

/// What the answers of one file count from, as far as its lines tell.
private struct AnswerBase {
  /// What the recipe says.
  enum Choice: String, CaseIterable {
    case automatic = "auto"
    case zero = "0"
    case one = "1"
  }

  /// The number of the first option; nil while no line has told.
  private(set) var value: Int?
  private let path: String
  private let isGiven: Bool
  /// Answers that came before one told.
  private var open = 0

  private static let maximumOpen = 10_000

  init(_ choice: Choice, path: String) {
    self.path = path
    isGiven = choice != .automatic
    value =
      switch choice {
      case .automatic: nil
      case .zero: 0
      case .one: 1
      }
  }

  /// Whether answers came that cannot be understood yet.
  var isOpen: Bool { value == nil && open > 0 }

  /// Learns from a line.
  ///
  /// - Throws: `Diagnostic` when the line contradicts an earlier one, or too many tell nothing.
  mutating func take(_ line: JSONObjectLines.Line) throws {
    guard !isGiven, let answer = line.object["cop"]?.int, (0...4).contains(answer) else { return }
    if let told = [0: 0, 4: 1][answer] {
      guard value == nil || value == told else {
        throw problem("'cop' is 0 in some lines and 4 in others", line: line.number)
      }
      value = told
    }
    guard value == nil else { return }
    open += 1
    guard open <= Self.maximumOpen else {
      throw problem("'cop' is neither 0 nor 4 in the first \(open) answers", line: line.number)
    }
  }

  /// Tells the end of the file.
  ///
  /// - Throws: `Diagnostic` when there are answers that cannot be understood.
  func finish() throws {
    guard isOpen else { return }
    throw problem("'cop' is neither 0 nor 4 in any line", line: nil)
  }

  private func problem(_ message: String, line: Int?) -> Diagnostic {
    Diagnostic(
      at: Position(entry: path, line: line),
      "\(message), so it may count the options from 0 or from 1",
      hint: "set option 'answer_base' to 1 for the authors' files, to 0 for copies of the model hub"
    )
  }
}
