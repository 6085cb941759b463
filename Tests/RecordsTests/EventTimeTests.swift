import Records
import Testing

struct EventTimeTests {
  @Test(arguments: [
    ("2150", EventTime.Precision.year), ("2150-03", .month), ("2150-03-01", .day),
    ("2150-03-01T10:15", .minute), ("2150-03-01T10:15:00", .second),
    ("2150-03-01T10:15:00.250+02:00", .fraction), ("2024-02-29", .day),
    ("2019-06-30T23:59:60Z", .second), ("2019-06-30T23:59:00-0500", .second),
  ])
  func `reads times as far as they are known, and keeps their text`(
    text: String, precision: EventTime.Precision
  ) throws {
    let time = try #require(EventTime(text))
    #expect(time.text == text && time.precision == precision && time.start < time.end)
  }

  @Test func `a blank between date and time becomes a T`() {
    #expect(EventTime("2196-02-24 14:38:00")?.text == "2196-02-24T14:38:00")
    #expect(EventTime(" 2196-02-24 ")?.text == "2196-02-24")
  }

  @Test(arguments: [
    "", "yesterday", "2150-13", "2150-02-30", "2150-3-1", "2150-03-01T24:00:00", "2150-03-01T10",
    "2150-03-01T10:15:00+25:00", "2150-03-01T10:15:00.", "2150-03-01T10:15:00 PST", "20150301",
    "2023-02-29", "1900-02-29",
  ])
  func `what is no time is none`(text: String) { #expect(EventTime(text) == nil) }

  @Test func `zones are told apart`() throws {
    let east = try #require(EventTime("2020-01-01T09:00:00+09:00"))
    let utc = try #require(EventTime("2020-01-01T00:00:00Z"))
    #expect(east.start == utc.start)
    #expect(EventTime("1970-01-01T00:00:01Z")?.start == 1_000_000)
    #expect(EventTime("1969-12-31")?.end == 0)
    #expect(EventTime("2000-03-01")?.start == 951_868_800_000_000)
  }

  @Test(arguments: [
    ("2150-03-01T10:14:59", "2150-03-01T10:15:00", true),
    ("2150-03-01T10:15:00", "2150-03-01T10:15:00", false),
    ("2150-03-01T10:15", "2150-03-01T10:15:30", false),
    ("2150-03-01", "2150-03-01T10:15:00", false),
    ("2150-02-28", "2150-03-01T10:15:00", true),
    ("2150", "2150-12-31", false),
    ("2150-02", "2150-03-01", true),
    // A day without a zone ends up to 14 hours later than by the clock of Greenwich.
    ("2020-01-01", "2020-01-02T13:59:59Z", false),
    ("2020-01-01", "2020-01-02T14:00:00Z", true),
    ("2020-01-01T12:00:00+02:00", "2020-01-01T12:00:00+01:00", true),
  ])
  func `before is only what surely is`(first: String, second: String, isBefore: Bool) throws {
    let times = try (#require(EventTime(first)), #require(EventTime(second)))
    #expect(times.0.isSurelyBefore(times.1) == isBefore)
  }

  @Test func `events stand in time order, dates before the times of their day`() {
    let times = [
      "2150-03-01T00:00:00", "2150-03-01", "", "2149", "2150-03-01T00:00:00", "unknown", "2150-03",
    ]
    let events = times.enumerated().map { Event(kind: .other, time: $1, display: "\($0)") }
    #expect(events.inTimeOrder().map(\.display) == ["2", "5", "3", "6", "1", "0", "4"])
  }
}
