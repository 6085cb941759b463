import Emitters
import Recipes
import Records
import Stages

/// How many of the drawn records each split has, and how many it was to have.
///
/// Records in published splits are left out: nobody drew them.
struct SplitShares: Sendable, Equatable {
  private let counts: [Int]
  private let wanted: [Double]
  /// How far a share may be off; nil when the recipe says nothing of it.
  private let tolerance: Double?
  /// Whether groups were moved to meet the shares.
  private let isBalanced: Bool

  init(_ keys: RecordKeys, _ fates: Fates, _ plan: Recipe.SplitPlan) {
    var counts = Split.allCases.map { _ in 0 }
    for record in 0..<keys.count where fates.isKept(record) && !fates.hasOfficialSplit[record] {
      counts[Int(fates.splits[record])] += 1
    }
    self.init(
      counts: counts, wanted: Split.allCases.map(plan.share),
      tolerance: plan.balancedTolerance ?? plan.tolerance,
      isBalanced: plan.balancedTolerance != nil)
  }

  init(counts: [Int], wanted: [Double], tolerance: Double?, isBalanced: Bool) {
    self.counts = counts
    self.wanted = wanted
    self.tolerance = tolerance
    self.isBalanced = isBalanced
  }

  private var total: Int { counts.reduce(0, +) }

  private func share(_ place: Int) -> Double {
    total == 0 ? wanted[place] : Double(counts[place]) / Double(total)
  }

  /// Whether every share is within the tolerance; without one, no further off than chance would have
  /// it if records were drawn one by one.
  private var isMet: Bool {
    counts.indices.allSatisfy { abs(share($0) - wanted[$0]) <= bound($0) + 1e-9 }
  }

  private func bound(_ place: Int) -> Double {
    if let tolerance { return tolerance }
    let deviation = (wanted[place] * (1 - wanted[place]) / Double(max(1, total))).squareRoot()
    return max(Self.leastSkew, 4 * deviation)
  }

  /// Without a tolerance nobody hears of shares that are off by less.
  private static let leastSkew = 0.05

  /// What the manifest says of it; nil unless the recipe says how far shares may be off.
  var manifest: Manifest.Shares? {
    tolerance.map { tolerance in
      Manifest.Shares(
        tolerance: tolerance, isMet: isMet,
        splits: Split.allCases.indices.map { place in
          Manifest.Shares.Share(
            split: Split.allCases[place], wanted: wanted[place], drawn: share(place))
        })
    }
  }

  /// That a share is far from what was asked for; nil when none is.
  var warning: Diagnostic? {
    guard !isMet else { return nil }
    let shares = Split.allCases.indices.map {
      "\(Split.allCases[$0].rawValue) \(Decimals.four(share($0)))"
        + " for \(Decimals.four(wanted[$0]))"
    }
    let far =
      tolerance.map { "off by more than \(Decimals.four($0))" } ?? "far from those asked for"
    return Diagnostic(
      "the splits' shares are \(far): \(shares.joined(separator: ", "))", severity: .warning,
      hint: isBalanced
        ? "the groups are too large for these fractions; no choice of whole groups was nearer"
        : "groups are drawn whole; 'split: {balance: true}' moves some of them")
  }
}
