import Records
import Testing

@testable import Templates

struct TimelineTaskTests {
  @Test func `the summary says what the events say, by heading`() throws {
    let values = try slots("ehr-summarisation", of: sampleTimeline)
    #expect(values[0] == "sex: female; birth_year: 2088; death_date: 2142-01-01")
    #expect(
      values[2] == """
        Period: 2139-11-05 to 2141-02-01, 2 encounters
        Active problems: Essential hypertension (since 2140-06-01)
        Resolved problems: Acute bronchitis (2140-03-05 to 2141-01-01)
        Medications: Furosemide (since 2140-03-02)
        Allergies: Latex
        Latest observations: Body Height 162 cm (2141-02-01)
        """)
  }

  @Test func `the summary of the latest events knows no others`() throws {
    let values = try slots("ehr-summarisation", of: sampleTimeline, ["events": "1"])
    #expect(values[1] == "2141-02-01T09:10:00 observation: Body Height 162 cm")
    #expect(
      values[2]
        == "Period: 2141-02-01\nLatest observations: Body Height 162 cm (2141-02-01)")
  }

  @Test func `what was not done is in no summary, and a period alone is none`() throws {
    let timeline = Timeline(
      patient: "7",
      events: [
        Event(kind: .immunization, time: "2020-01-01", display: "DTP", value: "not done"),
        Event(kind: .note, time: "2020-01-02", display: "Note", value: "Well."),
      ])
    #expect(
      try filling("ehr-summarisation", of: timeline) == .refused(.noTarget, value: "summary"))
  }

  @Test func `the history ends before the encounter, and its own finding is not in it`() throws {
    let values = try slots("ehr-prediction", of: sampleTimeline, ["target": "i10"])
    #expect(values[0] == "sex: female; birth_year: 2088")
    #expect(
      values[1] == """
        2139-11-05 observation: Body Height 162.5 cm
        2140-03-01T10:15:00 encounter: Emergency
        2140-03-02T08:00:00 medication: Furosemide 40 mg
        2140-03-05T14:00:00 diagnosis: Acute bronchitis
        """)
    #expect(values.suffix(2) == ["i10", "yes"])
  }

  @Test func `only the latest events are shown`() throws {
    let values = try slots(
      "ehr-prediction", of: sampleTimeline,
      ["target": "E11, 250", "disease": "type 2 diabetes", "events": "1"])
    #expect(values[1] == "2140-03-05T14:00:00 diagnosis: Acute bronchitis")
    #expect(values.suffix(2) == ["type 2 diabetes", "no"])
  }

  @Test func `the next diagnoses are a JSON list, each once`() throws {
    var timeline = sampleTimeline
    timeline.events.insert(timeline.events[5], at: 5)
    #expect(try slots("next-diagnoses", of: timeline).last == "[\"Essential hypertension\"]")
  }

  @Test func `an encounter that goes on keeps neither its end nor what came of it`() throws {
    var timeline = sampleTimeline
    timeline.events[2].end = "2141-02-03"
    timeline.events[2].value = "survived"
    timeline.events[3].end = "some day"
    let history = try #require(TimelineHistory(of: timeline))
    #expect(history.events[1].line == "2140-03-01T10:15:00 encounter: Emergency")
    #expect(history.events[1].end.isEmpty)
    #expect(history.events[2].line == "2140-03-02T08:00:00 medication: Furosemide")
  }

  @Test func `without encounters' names the encounter's time tells its diagnoses`() throws {
    let timeline = Timeline(
      patient: "7",
      events: [
        Event(kind: .diagnosis, time: "2020-01-01", display: "Before"),
        Event(
          kind: .encounter, time: "2020-02-01T09:00:00", end: "2020-02-01T10:00:00",
          display: "Visit"),
        Event(kind: .diagnosis, time: "2020-02-01T09:30:00", display: "Within"),
        Event(kind: .diagnosis, time: "2020-03-01", display: "After"),
      ])
    let history = try #require(TimelineHistory(of: timeline))
    #expect(history.events.map(\.display) == ["Before"])
    #expect(history.diagnoses.map(\.display) == ["Within"])
  }

  @Test func `a patient with too little before the encounter is refused`() throws {
    var timeline = sampleTimeline
    timeline.events.removeSubrange(1...3)
    #expect(
      try filling("next-diagnoses", of: timeline)
        == .refused(.futureEvent, value: "1 of at least 3 events come before"))
  }

  @Test func `a patient without a diagnosed encounter is refused`() throws {
    var timeline = sampleTimeline
    timeline.events.removeAll { $0.kind == .diagnosis }
    #expect(
      try filling("next-diagnoses", of: timeline)
        == .refused(.noTarget, value: "no encounter with diagnoses"))
  }

  @Test(arguments: [
    ("I50", "I50.21", true), ("I50.2", "I5021", true), ("i50.21", "I50.2", false),
    ("428, I50", "428.0", true), ("428", "42", false), ("428", "", false), (" , ", "I10", false),
  ])
  func `codes count with and without dots, and those below them`(
    target: String, code: String, isIncluded: Bool
  ) {
    #expect(CodeTarget(target).includes(code) == isIncluded)
  }

  private func filling(
    _ task: String, of timeline: Timeline, _ options: [String: String] = [:]
  ) throws -> Filling {
    try #require(TaskRegistry.task(named: task)).configured(with: options)
      .filling(of: .sample(.timeline(timeline)))
  }

  private func slots(
    _ task: String, of timeline: Timeline, _ options: [String: String] = [:]
  ) throws -> [String] {
    guard case .slots(let values) = try filling(task, of: timeline, options) else {
      Issue.record("refused")
      return []
    }
    return values
  }
}

/// No history holds anything of the encounter that it is to foretell, whatever the times are like.
struct TimelineLeakTests {
  @Test(arguments: 0..<400)
  func `nothing of a history is from the encounter's beginning or later`(seed: Int) throws {
    var draw = Draw(seed: UInt64(seed))
    let timeline = draw.timeline()
    guard let history = TimelineHistory(of: timeline) else { return }
    // The clock of the test: each event's moments are in its code, in seconds, apart from its text.
    let label = try #require(history.diagnoses.first).encounter
    let start = try #require(
      timeline.events.first { $0.kind == .encounter && $0.encounter == label }
    ).moments.start
    let starts = Dictionary(
      timeline.events.filter { $0.kind == .encounter }.map { ($0.encounter, $0.moments.start) },
      uniquingKeysWith: { first, _ in first })
    for event in history.events {
      #expect(event.moments.start < start)
      #expect(event.encounter != label)
      #expect(starts[event.encounter].map { $0 < start } ?? true)
      guard event.moments.end >= start else { continue }
      #expect(event == event.withoutOutcome)
    }
  }

  @Test func `the draws have histories`() {
    let histories = (0..<400).compactMap { seed in
      var draw = Draw(seed: UInt64(seed))
      return TimelineHistory(of: draw.timeline())
    }
    #expect(histories.count > 300)
    #expect(histories.count { $0.events.count >= 3 } > 150)
  }
}

extension Event {
  /// The event with nothing of how it ended.
  fileprivate var withoutOutcome: Event {
    Event(
      kind: kind, time: time, code: code, system: system, display: display, encounter: encounter)
  }

  /// The seconds of the first and the last moment that the event can be from.
  fileprivate var moments: (start: Int, end: Int) {
    let parts = code.split(separator: "-").compactMap { Int($0) }
    return (parts[0], parts[1])
  }
}

/// Random timelines: times as dates, with seconds, in zones or missing; ends early, late or absent.
private struct Draw {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

  private mutating func below(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(count))
  }

  mutating func timeline() -> Timeline {
    let hasZones = below(2) == 0
    var events: [Event] = []
    for visit in 0..<(1 + below(4)) {
      let start = below(4 * 86_400)
      var encounter = event(.encounter, at: start, hasZones, isExact: true)
      encounter.encounter = "v\(visit)"
      events.append(encounter)
      for _ in 0..<below(4) {
        var diagnosis = event(.diagnosis, at: start + below(7200), hasZones, isExact: false)
        diagnosis.encounter = "v\(visit)"
        events.append(diagnosis)
      }
    }
    for _ in 0..<below(20) {
      var other = event(.observation, at: below(4 * 86_400), hasZones, isExact: false)
      if below(3) == 0 { other.encounter = "v\(below(5))" }
      events.append(other)
    }
    return Timeline(patient: "p", events: events.inTimeOrder())
  }

  private mutating func event(
    _ kind: Event.Kind, at second: Int, _ hasZones: Bool, isExact: Bool
  ) -> Event {
    let length = below(3) == 0 ? below(2 * 86_400) : 0
    var made = Event(
      kind: kind, time: text(of: second, hasZones, isExact: isExact), display: "event",
      value: "value", unit: "unit", flag: "flag", range: "range", status: "status")
    if length > 0 { made.end = text(of: second + length, hasZones, isExact: false) }
    let last = made.end.isEmpty ? second : second + length
    made.code = "\(second)-\(last)"
    return made
  }

  /// A moment from 2020-01-01 on, in UTC: as its date, or with a zone up to two hours off.
  private mutating func text(of second: Int, _ hasZones: Bool, isExact: Bool) -> String {
    if !isExact, below(8) == 0 { return below(2) == 0 ? "" : "unknown" }
    let isDate = !isExact && below(4) == 0
    let shift = hasZones && !isDate ? below(5) - 2 : 0
    let local = second + shift * 3600 + 86_400
    let day = "2020-01-0\(local / 86_400 + 1)"
    if isDate { return day }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(two(local / 3600 % 24)):\(two(local / 60 % 60)):\(two(local % 60))"
    guard hasZones else { return "\(day)T\(clock)" }
    return "\(day)T\(clock)\(shift < 0 ? "-" : "+")\(two(abs(shift))):00"
  }
}
