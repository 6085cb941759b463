import Formats

extension Manifest.Lengths {
  /// The lengths of a split's rows.
  package struct Distribution: Sendable, Equatable {
    /// The rows of a range of lengths.
    package struct Bin: Sendable, Equatable {
      /// The largest length that belongs to it.
      package var upTo: Int
      package var rows: Int
    }

    package let rows: Int
    package let minimum: Int
    /// By nearest rank, in the order of `percentiles`.
    package let ranks: [Int]
    package let maximum: Int
    package let total: Int
    /// The tokens that the loss falls on.
    package let answerTokens: Int
    /// Each a half longer than the one before it, by the square root of 2; from the first with rows to
    /// the last.
    package let bins: [Bin]

    package static let percentiles = [5, 25, 50, 75, 95, 99]

    /// - Precondition: `lengths` is not empty.
    package init(of lengths: [UInt32], answerTokens: Int) {
      let sorted = lengths.sorted()
      rows = sorted.count
      minimum = Int(sorted[0])
      maximum = Int(sorted[sorted.count - 1])
      ranks = Self.percentiles.map { percent in
        Int(sorted[max(0, (percent * sorted.count + 99) / 100 - 1)])
      }
      total = sorted.reduce(0) { $0 + Int($1) }
      self.answerTokens = answerTokens
      bins = Self.bins(of: sorted)
    }

    /// The mean, and the share of the answers, with four decimals.
    package var mean: Double { Double(total) / Double(rows) }
    package var answerShare: Double { total == 0 ? 0 : Double(answerTokens) / Double(total) }

    /// The value of a percentile.
    package func rank(_ percent: Int) -> Int {
      Self.percentiles.firstIndex(of: percent).map { ranks[$0] } ?? maximum
    }

    private static func bins(of sorted: [UInt32]) -> [Bin] {
      var bins: [Bin] = []
      var place = 0
      var step = 6
      while place < sorted.count {
        let end = bound(of: step)
        let first = place
        step += 1
        while place < sorted.count, Int(sorted[place]) <= end { place += 1 }
        if place > first || !bins.isEmpty { bins.append(Bin(upTo: end, rows: place - first)) }
      }
      return bins
    }

    /// A power of the square root of 2, rounded, such as 8, 11, 16, 23 and 32.
    private static func bound(of step: Int) -> Int {
      guard !step.isMultiple(of: 2) else { return 1 << (step / 2) }
      return Int(Double(1 << step).squareRoot().rounded())
    }

    package func write(into json: inout JSONWriter) {
      json.beginObject()
      json.member("rows", rows)
      json.member("min", minimum)
      for (percent, value) in zip(Self.percentiles, ranks) { json.member("p\(percent)", value) }
      json.member("max", maximum)
      json.key("mean")
      json.number(text: DecimalText.fourDecimals(mean))
      json.member("tokens", total)
      json.member("answer_tokens", answerTokens)
      json.key("answer_share")
      json.number(text: DecimalText.fourDecimals(answerShare))
      json.members("bins", bins) { json, bin in
        json.beginObject()
        json.member("up_to", bin.upTo)
        json.member("rows", bin.rows)
        json.endObject()
      }
      json.endObject()
    }
  }
}
