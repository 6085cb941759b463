import Records

// The tasks over patients' timelines.

extension TrainingTask {
  /// Record → a summary under headings.
  ///
  /// The summary is computed from the same events by rule, so that it says nothing that the request
  /// does not show; no clinician wrote it.
  static let ehrSummarisation = TrainingTask(
    "ehr-summarisation", title: "Summarise a patient's record (the summary is made by rule)",
    shapes: [.timeline], material: ["patient", "history"], targets: ["summary"],
    templates: "ehr-summary", options: [.events]
  ) { settings throws(Diagnostic) in
    let most = try settings.number("events", default: TaskOption.presetEvents, atLeast: 1)
    return { content in
      guard case .timeline(let timeline) = content else { return .doesNotFit("shape") }
      let events = Array(timeline.events.suffix(most))
      guard !events.isEmpty else { return .emptyText("history") }
      let summary = TimelineSummary(of: events).text
      guard !summary.isEmpty else { return .noTarget("summary") }
      return .slots([timeline.facts.text, events.text, summary])
    }
  }

  /// The record before an encounter → whether a disease is among the encounter's diagnoses.
  static let ehrPrediction = TrainingTask(
    "ehr-prediction", title: "Predict whether the next encounter finds a disease",
    shapes: [.timeline], material: ["patient", "history", "disease"], targets: ["answer"],
    templates: "ehr-prediction",
    options: [
      TaskOption(
        "target", "required",
        "the codes that count as the disease, separated by commas, with or without dots; `I50` stands for all codes that begin so"
      ),
      TaskOption("disease", "the codes", "what the request calls the disease"), .events,
      .leastEvents,
    ]
  ) { settings throws(Diagnostic) in
    let codes = try settings.requiredText(
      "target", hint: "name the codes of a disease, such as 'target: I50, 428'")
    let target = CodeTarget(codes)
    let disease = settings.text("disease") ?? codes
    let window = try HistoryWindow(settings)
    return { content in
      window.filling(of: content) { history in
        let isFound = history.diagnoses.contains { target.includes($0.code) }
        return [disease, isFound ? "yes" : "no"]
      }
    }
  }

  /// The record before an encounter → the encounter's diagnoses, as a JSON list of their names.
  static let nextDiagnoses = TrainingTask(
    "next-diagnoses", title: "Predict the diagnoses of the next encounter", shapes: [.timeline],
    material: ["patient", "history"], targets: ["diagnoses"], templates: "next-diagnoses",
    options: [.events, .leastEvents]
  ) { settings throws(Diagnostic) in
    let window = try HistoryWindow(settings)
    return { content in
      window.filling(of: content) { history in [jsonList(history.diagnoses.map(\.name))]
      }
    }
  }
}

extension TaskOption {
  static let presetEvents = 200

  fileprivate static let events = TaskOption(
    "events", "200", "how many events the request shows, the latest")
  fileprivate static let leastEvents = TaskOption(
    "least_events", "3", "how many events must lie before the encounter")
}

/// How much of a history a request shows, and how much there must be.
private struct HistoryWindow {
  private let most: Int
  private let least: Int

  init(_ settings: TaskSettings) throws(Diagnostic) {
    most = try settings.number("events", default: TaskOption.presetEvents, atLeast: 1)
    least = try settings.number("least_events", default: 3, atLeast: 1)
  }

  /// Patient and history, then what `rest` makes of them.
  func filling(of content: Content, _ rest: (TimelineHistory) -> [String]) -> Filling {
    guard case .timeline(let timeline) = content else { return .doesNotFit("shape") }
    guard let history = TimelineHistory(of: timeline) else {
      return .noTarget("no encounter with diagnoses")
    }
    guard history.events.count >= least else {
      return .refused(
        .futureEvent, value: "\(history.events.count) of at least \(least) events come before")
    }
    let events = Array(history.events.suffix(most))
    return .slots([history.facts.text, events.text] + rest(history))
  }
}

/// Codes that count as one disease.
struct CodeTarget: Equatable {
  private let prefixes: [String]

  init(_ codes: String) {
    prefixes = codes.split(separator: ",").map { Self.plain(String($0)) }.filter { !$0.isEmpty }
  }

  /// Whether a code is one of them, or one below it.
  func includes(_ code: String) -> Bool {
    let code = Self.plain(code)
    return prefixes.contains { code.hasPrefix($0) }
  }

  /// The code in capitals, without dots and blanks.
  private static func plain(_ code: String) -> String {
    code.uppercased().filter { $0 != "." && $0 != " " }
  }
}
