import Records

extension Report {
  /// How long the rows are, with the limit marked.
  func writeLengths(into html: inout HTMLText) {
    guard let lengths = manifest.lengths, !lengths.splits.isEmpty else { return }
    let counted = lengths.isExact ? "tokens" : "tokens (estimated)"
    html.element("h2", "Lengths in \(counted)")
    html.element(
      "p",
      "Rows of conversations are measured in the chat template \(lengths.markup), markup and all; "
        + "\(lengths.method).")
    if let consequence = lengths.consequence { html.element("p", consequence) }
    BarChart(
      title: "Rows by \(counted)", bars: bars(of: lengths), mark: mark(of: lengths)
    ).write(into: &html)
    html.table(
      ["split", "rows", "least"]
        + Manifest.Lengths.Distribution.percentiles.map { $0 == 50 ? "median" : "p\($0)" }
        + ["most", "mean", "tokens in all", "of answers"],
      Split.allCases.compactMap { split in
        lengths.splits[split].map { [split.rawValue] + Self.cells(of: $0) }
      }, caption: "Lengths of rows in \(counted), by split")
    html.element("details") { details in
      details.element("summary", "By length")
      details.table(
        [counted] + splits(of: lengths).map(\.rawValue),
        bounds(of: lengths).map { bound in
          ["up to \(BarChart.grouped(bound))"]
            + splits(of: lengths).map {
              BarChart.grouped(rows(of: lengths, $0, upTo: bound))
            }
        }, caption: "Rows of each range of lengths, which begins where the one above it ends")
    }
  }

  private static func cells(of split: Manifest.Lengths.Distribution) -> [String] {
    ([split.rows, split.minimum] + split.ranks + [split.maximum, Int(split.mean.rounded())]
      + [split.total]).map(BarChart.grouped) + ["\(Int((split.answerShare * 100).rounded())) %"]
  }

  private func splits(of lengths: Manifest.Lengths) -> [Split] {
    Split.allCases.filter { lengths.splits[$0] != nil }
  }

  /// The ends of the ranges that any split has rows of, and of those between.
  private func bounds(of lengths: Manifest.Lengths) -> [Int] {
    Set(splits(of: lengths).flatMap { lengths.splits[$0]?.bins.map(\.upTo) ?? [] }).sorted()
  }

  private func rows(of lengths: Manifest.Lengths, _ split: Split, upTo bound: Int) -> Int {
    lengths.splits[split]?.bins.first { $0.upTo == bound }?.rows ?? 0
  }

  private func bars(of lengths: Manifest.Lengths) -> [BarChart.Bar] {
    bounds(of: lengths).map { bound in
      BarChart.Bar(
        label: "up to \(BarChart.grouped(bound))",
        parts: splits(of: lengths).map { split in
          BarChart.Part(
            color: Split.allCases.firstIndex(of: split) ?? 0, name: split.rawValue,
            value: rows(of: lengths, split, upTo: bound))
        })
    }
  }

  /// The limit, in front of the first range that is beyond it; behind all where none is.
  private func mark(of lengths: Manifest.Lengths) -> BarChart.Mark? {
    guard let limit = lengths.limit else { return nil }
    let bounds = bounds(of: lengths)
    let row = bounds.firstIndex { $0 >= limit }.map { $0 + 1 } ?? bounds.count
    return BarChart.Mark(row: row, label: "limit: \(BarChart.grouped(limit))")
  }
}
