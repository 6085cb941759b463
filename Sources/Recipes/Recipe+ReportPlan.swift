import Formats

extension Recipe {
  /// What `report.html` shows beside counts.
  package struct ReportPlan: Sendable, Equatable {
    /// How many training examples of each task it shows with their text.
    package var samples: Int

    package init(samples: Int = 0) { self.samples = samples }
  }
}

extension Recipe.ReportPlan {
  init(_ node: YAMLNode?) { samples = node?["samples"]?.int ?? 0 }

  var resolved: JSON { .object([JSON.Member("samples", .number(String(samples)))]) }
}
