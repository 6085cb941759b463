import Records

extension Content {
  /// Calls `body` with every text of the content, in place.
  ///
  /// Codes, identifiers and dates are left alone.
  package mutating func forEachText(_ body: (inout String) -> Void) {
    switch self {
    case .article(var article):
      article.forEachText(body)
      self = .article(article)
    case .note(var note):
      note.sections.forEachText(body)
      self = .note(note)
    case .dialogue(var dialogue):
      dialogue.turns.forEachText(body)
      dialogue.target.forEachText(body)
      self = .dialogue(dialogue)
    case .questionAnswer(var item):
      item.forEachText(body)
      self = .questionAnswer(item)
    case .multipleChoice(var item):
      item.forEachText(body)
      self = .multipleChoice(item)
    case .labelledText(var item):
      body(&item.text)
      self = .labelledText(item)
    case .textPair(var pair):
      body(&pair.first)
      body(&pair.second)
      self = .textPair(pair)
    case .pairedText(var pair):
      body(&pair.sourceText)
      body(&pair.targetText)
      self = .pairedText(pair)
    case .instruction(var item):
      body(&item.system)
      item.turns.forEachText(body)
      self = .instruction(item)
    case .retrieval(var item):
      body(&item.query)
      body(&item.title)
      body(&item.passage)
      self = .retrieval(item)
    case .timeline(var timeline):
      for index in timeline.events.indices {
        body(&timeline.events[index].display)
        body(&timeline.events[index].value)
      }
      self = .timeline(timeline)
    case .annotatedText, .sequence:
      // A change of length would move the spans; residues are no prose.
      break
    }
  }
}

extension Article {
  fileprivate mutating func forEachText(_ body: (inout String) -> Void) {
    body(&title)
    abstract.forEachText(body)
    self.body.forEachText(body)
    body(&plainSummary)
  }
}

extension QuestionAnswer {
  fileprivate mutating func forEachText(_ body: (inout String) -> Void) {
    body(&question)
    context.forEachText(body)
    body(&answer)
    body(&longAnswer)
    body(&focus)
  }
}

extension MultipleChoice {
  fileprivate mutating func forEachText(_ body: (inout String) -> Void) {
    body(&stem)
    for index in options.indices { body(&options[index]) }
    body(&explanation)
  }
}

extension [AbstractSection] {
  fileprivate mutating func forEachText(_ body: (inout String) -> Void) {
    for index in indices {
      body(&self[index].label)
      body(&self[index].text)
    }
  }
}

extension [NoteSection] {
  fileprivate mutating func forEachText(_ body: (inout String) -> Void) {
    for index in indices {
      body(&self[index].header)
      body(&self[index].text)
    }
  }
}

extension [Turn] {
  fileprivate mutating func forEachText(_ body: (inout String) -> Void) {
    for index in indices {
      body(&self[index].speaker)
      body(&self[index].text)
    }
  }
}
