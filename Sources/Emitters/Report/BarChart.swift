/// A chart of horizontal bars as inline SVG, with its numbers beside the bars.
///
/// Colours come from the page's style sheet, so that the chart follows its scheme and prints.
struct BarChart {
  /// A bar: a label and its parts from the left.
  struct Bar {
    var label: String
    var parts: [Part]

    var total: Int { parts.reduce(0) { $0 + $1.value } }
  }

  /// A part of a bar.
  struct Part {
    /// The place among the colours of the style sheet, from 0.
    var color: Int
    var name: String
    var value: Int
  }

  /// A line across the chart, between bars.
  struct Mark {
    /// The bar that it stands before.
    var row: Int
    var label: String
  }

  var title: String
  var bars: [Bar]
  var mark: Mark?

  /// The heights of a row, of the label in it and of the bar below, in pixels.
  private static let (rowHeight, labelHeight, barHeight) = (42, 20, 14)
  /// The height of a mark with its label.
  private static let markHeight = 24
  /// The longest bar's share of the width, in percent: its number stands behind it.
  private static let longestShare = 84.0

  func write(into html: inout HTMLText) {
    guard let longest = bars.map(\.total).max(), longest > 0 else { return }
    html.element("figure") { figure in
      figure.element("figcaption", title)
      if let legend { figure.raw(legend) }
      figure.raw(
        "<svg width=\"100%\" height=\"\(height)\" role=\"img\" "
          + "aria-label=\"\(HTMLText.escaped("\(title): \(spoken)"))\">\n")
      for (row, bar) in bars.enumerated() {
        write(bar, at: top(of: row), longest: longest, into: &figure)
      }
      if let mark { write(mark, into: &figure) }
      figure.raw("</svg>\n")
    }
  }

  private var height: Int {
    bars.count * Self.rowHeight + (mark == nil ? 0 : Self.markHeight)
  }

  /// Where a bar begins: those behind the mark leave room for it.
  private func top(of row: Int) -> Int {
    row * Self.rowHeight + (mark.map { row >= $0.row } ?? false ? Self.markHeight : 0)
  }

  private func write(_ mark: Mark, into html: inout HTMLText) {
    let top = mark.row * Self.rowHeight + 4
    html.raw(
      "<line x1=\"0\" x2=\"100%\" y1=\"\(top)\" y2=\"\(top)\" class=\"mark\"/>\n"
        + "<text x=\"0\" y=\"\(top + 14)\" class=\"value\">\(HTMLText.escaped(mark.label))</text>\n"
    )
  }

  /// Lengths are shares of the width, so that letters keep their size on any screen.
  private func write(_ bar: Bar, at top: Int, longest: Int, into html: inout HTMLText) {
    html.raw(
      "<text x=\"0\" y=\"\(top + Self.labelHeight / 2)\">\(HTMLText.escaped(bar.label))</text>\n")
    var left = 0.0
    for part in bar.parts where part.value > 0 {
      let length = max(0.2, Self.longestShare * Double(part.value) / Double(longest))
      html.raw(
        "<rect x=\"\(Self.percent(left))\" y=\"\(top + Self.labelHeight)\" "
          + "width=\"\(Self.percent(length))\" height=\"\(Self.barHeight)\" class=\"c\(part.color % 6)\">"
          + "<title>\(HTMLText.escaped("\(part.name): \(part.value)"))</title></rect>\n")
      left += length
    }
    html.raw(
      "<text x=\"\(Self.percent(left))\" dx=\"6\" y=\"\(top + Self.labelHeight + Self.barHeight / 2)\" "
        + "class=\"value\">\(Self.grouped(bar.total))</text>\n")
  }

  /// The names of the parts beside their colours, where bars have several.
  private var legend: String? {
    var names: [(color: Int, name: String)] = []
    for part in bars.flatMap(\.parts) where !names.contains(where: { $0.color == part.color }) {
      names.append((part.color, part.name))
    }
    guard names.count > 1 else { return nil }
    let items = names.sorted { $0.color < $1.color }.map {
      "<li><span class=\"swatch c\($0.color % 6)\"></span>\(HTMLText.escaped($0.name))</li>"
    }
    return "<ul class=\"legend\">\(items.joined())</ul>\n"
  }

  /// What the chart says to those who hear it.
  private var spoken: String {
    (bars.map { "\($0.label) \($0.total)" } + [mark?.label].compactMap { $0 })
      .joined(separator: ", ")
  }

  /// A share of the width with two decimals at most.
  private static func percent(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let fraction = hundredths % 100
    let padded = fraction < 10 ? "0\(fraction)" : "\(fraction)"
    return fraction == 0 ? "\(hundredths / 100)%" : "\(hundredths / 100).\(padded)%"
  }

  /// A whole number with its thousands apart.
  static func grouped(_ value: Int) -> String {
    var digits = Array(String(value))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return String(digits)
  }
}
