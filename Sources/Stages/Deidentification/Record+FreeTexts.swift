import Deidentification
import Records

extension Record {
  /// Calls `body` with every free text of the record, in one order, and makes the replacements that it
  /// returns.
  ///
  /// Spans of annotated texts move along. Codes, dates and ids in fields of their own are not texts.
  ///
  /// - Returns: how many annotated mentions grew since a replacement cut them.
  @discardableResult
  package mutating func editTexts(_ body: (String) -> TextEdits) -> Int {
    for index in tags.indices { Self.edit(&tags[index].value, body) }
    switch content {
    case .annotatedText(var item):
      let widened = body(item.text).apply(to: &item)
      content = .annotatedText(item)
      return widened
    case .note(var note):
      Self.edit(&note.category, body)
      content = .note(note)
    case .timeline(var timeline):
      for index in timeline.facts.indices where !timeline.facts[index].isDate {
        Self.edit(&timeline.facts[index].value, body)
      }
      content = .timeline(timeline)
    default: break
    }
    content.forEachText { Self.edit(&$0, body) }
    return 0
  }

  private static func edit(_ text: inout String, _ body: (String) -> TextEdits) {
    guard !text.isEmpty else { return }
    let edits = body(text)
    if !edits.isEmpty { text = edits.applied(to: text) }
  }

  /// Calls `body` with every date that has a field of its own, in ISO 8601.
  package mutating func editDates(_ body: (String) -> String) {
    switch content {
    case .note(var note):
      if !note.time.isEmpty { note.time = body(note.time) }
      content = .note(note)
    case .timeline(var timeline):
      for index in timeline.events.indices {
        let event = timeline.events[index]
        if !event.time.isEmpty { timeline.events[index].time = body(event.time) }
        if !event.end.isEmpty { timeline.events[index].end = body(event.end) }
      }
      for index in timeline.facts.indices where timeline.facts[index].isDate {
        timeline.facts[index].value = body(timeline.facts[index].value)
      }
      content = .timeline(timeline)
    default: break
    }
  }

  /// Calls `body` with every identifier that has a field of its own, and with what it names.
  package mutating func editIDs(_ body: (_ kind: String, _ id: String) -> String) {
    func edit(_ id: inout String, _ kind: String) {
      if !id.isEmpty { id = body(kind, id) }
    }
    switch content {
    case .note(var note):
      edit(&note.patient, "patient")
      edit(&note.admission, "encounter")
      content = .note(note)
    case .timeline(var timeline):
      edit(&timeline.patient, "patient")
      for index in timeline.events.indices { edit(&timeline.events[index].encounter, "encounter") }
      content = .timeline(timeline)
    default: break
    }
  }

  /// The key of the record's patient; nil when none is known.
  package var patient: String? { groups.first { $0.kind == .patient }?.value }
}

extension Tag {
  /// Whether the fact is a date.
  fileprivate var isDate: Bool { name.hasSuffix("_date") }
}
