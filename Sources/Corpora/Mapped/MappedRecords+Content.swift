import Formats
import Records

/// Rows → content, one function for each shape.
extension MappedRecords {
  func content(of row: some MappedRow) throws -> Content {
    switch mapping.shape {
    case .article: .article(try article(of: row))
    case .note: .note(try note(of: row))
    case .dialogue: .dialogue(try dialogue(of: row))
    case .questionAnswer: .questionAnswer(try questionAnswer(of: row))
    case .multipleChoice: .multipleChoice(try multipleChoice(of: row))
    case .labelledText:
      .labelledText(
        LabelledText(
          text: try required("text", row), labels: try known(labels(of: row), "labels"),
          labelSet: labelSet))
    case .textPair:
      .textPair(
        TextPair(
          first: try required("first", row), second: try required("second", row),
          label: try known([try required("label", row, ifBlank: .unknownLabel)], "label")[0],
          labelSet: labelSet))
    case .pairedText:
      .pairedText(
        PairedText(
          kind: pairKind, sourceText: try required("source_text", row),
          targetText: try required("target_text", row, ifBlank: .emptyAnswer),
          targetLanguage: text("target_language", row).flatMap(LanguageCode.subtag)
            ?? targetLanguage))
    case .instruction: .instruction(try instruction(of: row))
    case .retrieval: .retrieval(try retrieval(of: row))
    case .sequence: .sequence(try sequence(of: row))
    case .annotatedText, .timeline:
      throw Diagnostic(
        "shape \(mapping.shape.rawValue) cannot be mapped from rows; it has readers of its own")
    }
  }

  private func article(of row: some MappedRow) throws -> Article {
    let abstract = list("abstract", row).map { AbstractSection(text: $0) }
    let body = list("body", row).map { NoteSection(text: $0) }
    guard !abstract.isEmpty || !body.isEmpty else {
      throw mapping.has("abstract") ? problem(.noAbstract, "abstract") : problem(.emptyText, "body")
    }
    return Article(
      title: text("title", row) ?? "", abstract: abstract, body: body,
      meshTerms: list("mesh", row).map { MeSHTerm(descriptor: $0, identifier: "") },
      keywords: list("keywords", row),
      publicationTypes: list("publication_types", row), journal: text("journal", row) ?? "",
      year: text("year", row).flatMap { Int($0) })
  }

  private func note(of row: some MappedRow) throws -> Note {
    Note(
      sections: NoteSections.sections(of: try required("text", row)),
      category: text("category", row) ?? "", patient: text("patient", row) ?? "",
      admission: text("admission", row) ?? "", time: text("time", row) ?? "")
  }

  private func questionAnswer(of row: some MappedRow) throws -> QuestionAnswer {
    let question = try required("question", row)
    let longAnswer = text("long_answer", row) ?? ""
    var answer = longAnswer
    if mapping.has("answer") {
      answer = try required("answer", row, ifBlank: .emptyAnswer)
    } else if longAnswer.isEmpty {
      throw problem(.emptyAnswer, "long_answer")
    }
    if kind == .yesNoMaybe {
      answer = answer.lowercased()
      guard ["yes", "no", "maybe"].contains(answer) else { throw problem(.unknownLabel, "answer") }
    }
    return QuestionAnswer(
      kind: kind, question: question,
      context: list("context", row).map { AbstractSection(text: $0) },
      answer: answer, longAnswer: longAnswer, focus: text("focus", row) ?? "",
      questionType: text("question_type", row) ?? "")
  }

  private func retrieval(of row: some MappedRow) throws -> Retrieval {
    let relevance = text("relevance", row) ?? "1"
    guard let relevance = Int(relevance) else { throw problem(.unknownLabel, "relevance") }
    return Retrieval(
      query: try required("query", row), title: text("title", row) ?? "",
      passage: try required("passage", row), relevance: relevance)
  }

  private func sequence(of row: some MappedRow) throws -> BiologicalSequence {
    BiologicalSequence(
      residues: try required("residues", row).uppercased(), name: text("name", row) ?? "",
      label: text("label", row) ?? "")
  }

  /// The labels, all of them of the set where it is closed.
  private func known(_ labels: [String], _ field: String) throws -> [String] {
    guard labelSet.isEmpty || labels.allSatisfy(labelSet.contains) else {
      throw problem(.unknownLabel, field)
    }
    return labels
  }

  private func labels(of row: some MappedRow) -> [String] {
    let labels = list("labels", row)
    guard let separator = labelSeparator, !separator.isEmpty else { return labels }
    return labels.flatMap { $0.split(separator: separator).map { String($0).trimmed } }
      .filter { !$0.isEmpty }
  }
}

// MARK: Multiple choice

extension MappedRecords {
  private func multipleChoice(of row: some MappedRow) throws -> MultipleChoice {
    let stem = try required("question", row)
    let (keys, options) = try options(of: row)
    guard let value = mapping.value(of: "answer", in: row) else {
      throw problem(.missingField, "answer")
    }
    let words = value.texts.filter { !$0.isEmpty }
    guard !words.isEmpty else { throw problem(.emptyAnswer, "answer") }
    var answers: Set<Int> = []
    for word in words {
      guard let places = try places(of: word, among: options, keys) else {
        throw problem(.unknownLabel, "answer")
      }
      answers.formUnion(places)
    }
    return MultipleChoice(
      stem: stem, options: options, answers: answers.sorted(),
      explanation: text("explanation", row) ?? "", subject: text("subject", row) ?? "")
  }

  /// The options, and their letters when they come as an object; blank ones at the end left out.
  private func options(of row: some MappedRow) throws -> (keys: [String], options: [String]) {
    guard let value = mapping.value(of: "options", in: row) else {
      throw problem(.missingField, "options")
    }
    var options = value.texts
    while options.last?.isEmpty == true { options.removeLast() }
    guard options.count > 1 else { throw problem(.emptyText, "options") }
    guard !options.contains("") else { throw problem(.malformed, "options") }
    return (value.members?.map(\.key) ?? [], options)
  }

  /// The options that an answer names; nil when it names none.
  private func places(
    of answer: String, among options: [String], _ keys: [String]
  ) throws -> [Int]? {
    switch answerBase {
    case .zero: numbered(answer, from: 0, among: options)
    case .one: numbered(answer, from: 1, among: options)
    case .letter: lettered(answer, among: options)
    case .text: options.firstIndex(of: answer).map { [$0] }
    case .automatic:
      if let place = keys.firstIndex(of: answer) {
        [place]
      } else if Int(answer) != nil {
        throw Diagnostic(
          "'answer' is a number; it may count the options from 0 or from 1",
          hint: "set option 'answer_base' to 0, 1 or text")
      } else if let place = options.firstIndex(of: answer) {
        [place]
      } else {
        lettered(answer, among: options)
      }
    }
  }

  private func numbered(_ answer: String, from base: Int, among options: [String]) -> [Int]? {
    let numbers = answer.split { $0 == "," || $0 == " " || $0 == ";" }.map { Int($0) }
    let places = numbers.compactMap { $0 }.map { $0 - base }
    guard !places.isEmpty, places.count == numbers.count else { return nil }
    return places.allSatisfy(options.indices.contains) ? places : nil
  }

  /// `b`, `B.`, `(C)`, `ABD`, `A, C`: letters in ascending order.
  private func lettered(_ answer: String, among options: [String]) -> [Int]? {
    let bytes = answer.uppercased().utf8.filter { !" ,;/.()".utf8.contains($0) }
    let places = bytes.map { Int($0) - 65 }
    guard !places.isEmpty, places.allSatisfy(options.indices.contains) else { return nil }
    return zip(places, places.dropFirst()).allSatisfy { $0 < $1 } ? places : nil
  }
}
