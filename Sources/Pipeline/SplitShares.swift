import Emitters
import Recipes
import Records
import Stages

/// How many of the drawn records each split has, where the recipe says how many it is to have.
///
/// Records in published splits are left out: nobody drew them.
struct SplitShares: Sendable, Equatable {
  private let counts: [Int]
  private let wanted: [Double]
  private let tolerance: Double

  /// Nil when the recipe says nothing of a tolerance.
  init?(_ keys: RecordKeys, _ fates: Fates, _ plan: Recipe.SplitPlan) {
    guard let tolerance = plan.balancedTolerance ?? plan.tolerance else { return nil }
    var counts = Split.allCases.map { _ in 0 }
    for record in 0..<keys.count where fates.isKept(record) && !fates.hasOfficialSplit[record] {
      counts[Int(fates.splits[record])] += 1
    }
    self.counts = counts
    self.tolerance = tolerance
    wanted = Split.allCases.map(plan.share)
  }

  private func share(_ place: Int) -> Double {
    let total = counts.reduce(0, +)
    return total == 0 ? wanted[place] : Double(counts[place]) / Double(total)
  }

  /// Whether every share is within the tolerance.
  private var isMet: Bool {
    counts.indices.allSatisfy { abs(share($0) - wanted[$0]) <= tolerance + 1e-9 }
  }

  /// What the manifest says of it.
  var manifest: Manifest.Shares {
    Manifest.Shares(
      tolerance: tolerance, isMet: isMet,
      splits: Split.allCases.indices.map { place in
        Manifest.Shares.Share(
          split: Split.allCases[place], wanted: wanted[place], drawn: share(place))
      })
  }

  /// That a share is off by more than the tolerance; nil when none is.
  func warning(isBalanced: Bool) -> Diagnostic? {
    guard !isMet else { return nil }
    let shares = Split.allCases.indices.map {
      "\(Split.allCases[$0].rawValue) \(Decimals.four(share($0)))"
        + " for \(Decimals.four(wanted[$0]))"
    }
    return Diagnostic(
      "the splits' shares are off by more than \(Decimals.four(tolerance)): "
        + shares.joined(separator: ", "), severity: .warning,
      hint: isBalanced
        ? "the groups are too large for these fractions; no choice of whole groups was nearer"
        : "groups are drawn whole; 'split: {balance: true}' moves some of them")
  }
}
