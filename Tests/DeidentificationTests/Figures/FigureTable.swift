import Foundation

/// A table of recall by type in both halves of a suite.
struct FigureTable {
  var suite: LabelledSuite
  var figures: RecallFigures

  var text: String {
    let formatted = figures.types.intersection(suite.formattedTypes)
    let others = figures.types.intersection(suite.otherTypes)
    let words = figures.types.subtracting(formatted).subtracting(others)
    var lines = [
      "", "\(suite.rawValue): recall; leaked and touched of values; 95 % interval",
      row("type", LabelledText.Half.allCases.map { "\($0.rawValue) half" }),
    ]
    lines += section("formatted", formatted) + section("names and places", words)
    lines += section("not Safe Harbor", others)
    lines.append(row("clean texts changed", LabelledText.Half.allCases.map(changed)))
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ title: String, _ types: Set<String>) -> [String] {
    guard !types.isEmpty else { return [] }
    let rows = types.sorted().map { row("  " + $0, cells(of: [$0])) }
    return [row(title.uppercased(), cells(of: types))] + rows
  }

  private func cells(of types: Set<String>) -> [String] {
    LabelledText.Half.allCases.map { half in
      let tally = figures.total(of: types, in: half)
      guard tally.values > 0 else { return "-" }
      let interval = tally.interval
      return String(
        format: "%.3f  %d, %d of %d  [%.3f, %.3f]", tally.recall, tally.leaked, tally.touched,
        tally.values, interval.lowerBound, interval.upperBound)
    }
  }

  private func changed(in half: LabelledText.Half) -> String {
    guard let clean = figures.clean[half], clean.texts > 0 else { return "-" }
    let share = 100 * Double(clean.changed) / Double(clean.texts)
    return String(format: "%d of %d (%.1f %%)", clean.changed, clean.texts, share)
  }

  private func row(_ title: String, _ cells: [String]) -> String {
    ([title.padding(toLength: 34, withPad: " ", startingAt: 0)]
      + cells.map { $0.padding(toLength: 40, withPad: " ", startingAt: 0) })
      .joined(separator: " ")
  }
}
