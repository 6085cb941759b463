import Records

/// A summary of a patient's events under headings, by rule.
///
///     Period: 2020-01-27 to 2021-05-15, 2 encounters
///     Active problems: Essential hypertension (since 2021-05-15)
///     Resolved problems: Acute viral pharyngitis (2020-01-27 to 2020-02-09)
///     Medications: lisinopril 10 MG Oral Tablet (since 2021-05-15)
///     Allergies: Latex
///     Procedures: Throat culture (2020-01-27)
///     Latest observations: Body Height 162.5 cm (2021-05-15)
///
/// What is the same by code stands once. A problem or medication is a present one unless its end lies
/// before the last moment of the events; admissions' codes and orders without an end thus stay. Each
/// list holds the 20 latest; what was not done or was refuted is in none. Headings with nothing under
/// them are left out.
struct TimelineSummary {
  private let events: [Event]
  /// The last beginning among the events: what the summary counts as now.
  private let now: EventTime?

  init(of events: [Event]) {
    self.events = events
    now = events.compactMap { EventTime($0.time) }.max { $0.start < $1.start }
  }

  private static let longestList = 20
  /// Values that say that the event was not.
  private static let denials: Set = ["not done", "not to be given", "refuted"]
  /// The longest value that is repeated; texts of notes and reports are longer.
  private static let longestValue = 120

  /// The summary; empty when there is nothing to say but the period.
  var text: String {
    let problems = latest(of: [.diagnosis])
    let lines = [
      ("Active problems", list(problems.filter { !isOver($0) }, since)),
      ("Resolved problems", list(problems.filter(isOver), span)),
      ("Medications", list(latest(of: [.medication]).filter { !isOver($0) }, since)),
      ("Allergies", list(latest(of: [.allergy])) { _ in "" }),
      ("Immunizations", list(latest(of: [.immunization]), on)),
      ("Procedures", list(latest(of: [.procedure, .imaging, .device]), on)),
      ("Latest observations", list(latest(of: [.observation]).filter(hasShortValue), on)),
    ]
    let told = lines.filter { !$0.1.isEmpty }
    guard !told.isEmpty else { return "" }
    return ([("Period", period)] + told).filter { !$0.1.isEmpty }
      .map { "\($0.0): \($0.1)" }.joined(separator: "\n")
  }

  private var period: String {
    let dates = events.filter { EventTime($0.time) != nil }.map { date($0.time) }
    guard let first = dates.first, let last = dates.last else { return "" }
    let visits = events.count { $0.kind == .encounter }
    let span = first == last ? first : "\(first) to \(last)"
    return visits == 0 ? span : "\(span), \(visits) \(visits == 1 ? "encounter" : "encounters")"
  }

  /// The last event of each concept of the kinds, the latest last.
  private func latest(of kinds: Set<Event.Kind>) -> [Event] {
    var seen: Set<String> = []
    return events.reversed().filter { event in
      kinds.contains(event.kind) && !event.name.isBlank && !Self.denials.contains(event.value)
        && (event.kind != .observation || !event.value.isBlank)
        && seen.insert(event.conceptKey).inserted
    }.reversed()
  }

  private func isOver(_ event: Event) -> Bool {
    guard let end = EventTime(event.end), let now else { return false }
    return end.end <= now.start
  }

  private func hasShortValue(_ event: Event) -> Bool {
    event.value.utf8.count <= Self.longestValue
  }

  private func list(_ events: [Event], _ remark: (Event) -> String) -> String {
    events.suffix(Self.longestList).map { event in
      let value = event.kind == .observation ? " \(event.value) \(event.unit)" : ""
      let remark = remark(event)
      let words = event.name + (value.hasSuffix(" ") ? String(value.dropLast()) : value)
      return remark.isEmpty ? words : "\(words) (\(remark))"
    }.joined(separator: "; ")
  }

  private func since(_ event: Event) -> String {
    event.time.isEmpty ? "" : "since \(date(event.time))"
  }

  private func on(_ event: Event) -> String { date(event.time) }

  private func span(_ event: Event) -> String {
    event.time.isEmpty
      ? "until \(date(event.end))" : "\(date(event.time)) to \(date(event.end))"
  }

  /// The day of a time.
  private func date(_ time: String) -> String { String(time.prefix(10)) }
}
