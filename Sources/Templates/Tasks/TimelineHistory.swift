import Records

/// What was known of a patient before an encounter, and what was diagnosed in it.
///
/// Nothing of the history is from the encounter's beginning or later:
///
/// - An event counts only if all of its time lies before the encounter begins, in any zone it may have
///   been meant in (`EventTime.isSurelyBefore`). Events without a time, or with one that cannot be
///   read, do not count, nor do those of the same moment.
/// - An event of the encounter itself, or of one that does not begin surely before it, does not count
///   whatever its own date: a disease found today may have begun years ago.
/// - An event that was not surely over before the encounter keeps neither end, value, unit, flag,
///   range nor status: how long it went on and what came of it was not known yet.
/// - Of the facts only those count that hold for life; a date of death does not.
struct TimelineHistory {
  /// What is known of the patient apart from time.
  let facts: [Tag]
  /// The events before the encounter, in their order.
  let events: [Event]
  /// The encounter's diagnoses, each once.
  let diagnoses: [Event]

  /// The history before the last encounter that has diagnoses; nil when no encounter has.
  init?(of timeline: Timeline) {
    let visits = timeline.events.compactMap(Visit.init)
    for visit in visits.reversed() {
      let diagnoses = visit.diagnoses(in: timeline.events)
      guard !diagnoses.isEmpty else { continue }
      self.diagnoses = diagnoses
      facts = timeline.lastingFacts
      events = Self.events(of: timeline, before: visit, visits)
      return
    }
    return nil
  }

  private static func events(
    of timeline: Timeline, before visit: Visit, _ visits: [Visit]
  ) -> [Event] {
    let laterVisits = Set(
      visits.filter { !$0.start.isSurelyBefore(visit.start) }.map(\.event.encounter)
    ).union([visit.event.encounter]).subtracting([""])
    return timeline.events.compactMap { event in
      guard let time = EventTime(event.time), time.isSurelyBefore(visit.start),
        !laterVisits.contains(event.encounter)
      else { return nil }
      return isOver(event, before: visit.start) ? event : event.asOfItsStart
    }
  }

  private static func isOver(_ event: Event, before moment: EventTime) -> Bool {
    event.end.isEmpty || EventTime(event.end)?.isSurelyBefore(moment) == true
  }
}

/// An encounter whose beginning is known.
private struct Visit {
  let event: Event
  let start: EventTime

  init?(_ event: Event) {
    guard event.kind == .encounter, let start = EventTime(event.time) else { return nil }
    self.event = event
    self.start = start
  }

  /// The diagnoses made in it, each once: those that name it; where the corpus names no encounters,
  /// those between its beginning and end.
  func diagnoses(in events: [Event]) -> [Event] {
    var seen: Set<String> = []
    return events.filter { event in
      event.kind == .diagnosis && holds(event) && seen.insert(event.conceptKey).inserted
    }
  }

  private func holds(_ diagnosis: Event) -> Bool {
    guard event.encounter.isEmpty || diagnosis.encounter.isEmpty else {
      return diagnosis.encounter == event.encounter
    }
    guard let time = EventTime(diagnosis.time), !time.isSurelyBefore(start) else { return false }
    guard let end = EventTime(event.end) else { return time.start < start.end }
    return !end.isSurelyBefore(time)
  }
}

extension Event {
  /// What tells two events' subjects apart: code and system, else the words.
  var conceptKey: String { code.isEmpty ? display.lowercased() : "\(system)|\(code)" }

  /// The words, else the code.
  var name: String { display.isEmpty ? code : display }

  /// The event as it was known when it began.
  fileprivate var asOfItsStart: Event {
    var event = self
    (event.end, event.value, event.unit) = ("", "", "")
    (event.flag, event.range, event.status) = ("", "", "")
    return event
  }
}

extension Timeline {
  /// The facts that hold for life and so tell nothing of what is to come.
  var lastingFacts: [Tag] { facts.filter { Self.lastingNames.contains($0.name) } }

  private static let lastingNames: Set = ["sex", "birth_date", "birth_year", "race", "ethnicity"]
}

extension [Event] {
  /// The events as one text, one a line.
  var text: String { map(\.line).joined(separator: "\n") }
}

extension [Tag] {
  /// The facts as one text: `sex: female; birth_year: 2104`.
  var text: String { map { "\($0.name): \($0.value)" }.joined(separator: "; ") }
}
