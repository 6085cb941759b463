import Formats
import Records

extension Recipe {
  /// How records are split.
  package struct SplitPlan: Sendable, Equatable {
    package var train = 1.0
    package var validation = 0.0
    package var test = 0.0
    package var isByGroup = true
    package var honoursOfficial = true
    /// Whether examples that are alike in two splits stop publishing, where a stage was to see to it.
    package var stopsAtLeaks = true
    /// How far a split's share may be off; nil when nobody asked.
    package var tolerance: Double?
    /// Whether groups are moved until the shares are met.
    package var isBalanced = false
    /// What the shares are met within each of: `source`, `label`, a field or a tag.
    package var stratum: Name?
    package var folds: Int?
    /// The fold that is the test split.
    package var fold = 0

    /// How far shares may be off before groups are moved; nil where chance alone decides.
    package var balancedTolerance: Double? {
      isBalanced || stratum != nil ? tolerance ?? 0.02 : nil
    }

    /// The share that a split is to have.
    package func share(of split: Split) -> Double {
      let test = folds.map { 1 / Double($0) } ?? test
      let rest = folds == nil ? 1 : 1 - test
      return switch split {
      case .train: train * rest
      case .validation: validation * rest
      case .test: test
      }
    }
  }
}

extension Recipe.SplitPlan {
  init(_ node: YAMLNode?) {
    guard let node else { return }
    let validation = node["validation"]?.double ?? 0
    let test = node["test"]?.double ?? 0
    self.validation = validation
    self.test = test
    train = node["train"]?.double ?? max(0, 1 - validation - test)
    isByGroup = node["by"]?.string != "record"
    folds = node["folds"]?.int
    fold = node["fold"]?.int ?? 0
    // In folds every record is of test once, unless its authors' split is asked for.
    let official = node["official"]?.string ?? (folds == nil ? "honour" : "ignore")
    honoursOfficial = official != "ignore"
    stopsAtLeaks = node["leaks"]?.string != "report"
    tolerance = node["tolerance"]?.double
    isBalanced = node["balance"]?.bool ?? false
    stratum = Recipe.Name(node["stratify"])
  }

  /// What a schema cannot say of a split.
  func problems(in node: YAMLNode?) -> [Diagnostic] {
    guard let node else { return [] }
    guard let folds else {
      return node["fold"].map {
        [Diagnostic(at: $0.position, "'fold' needs 'folds', their number")]
      } ?? []
    }
    var problems: [Diagnostic] = []
    if let test = node["test"], self.test > 0 {
      problems.append(
        Diagnostic(
          at: test.position, "'test' does not go with 'folds'",
          hint: "the fold is the test split; 'validation' is a share of the others"))
    }
    if let place = node["fold"]?.position, fold >= folds {
      problems.append(
        Diagnostic(
          at: place, "there is no fold \(fold) of \(folds)",
          hint: "folds are counted from 0 to \(folds - 1)"))
    }
    return problems
  }
}

extension Recipe.SplitPlan {
  /// The keys that are given only are left out otherwise, so that older recipes stay the same.
  var resolved: JSON {
    var members = [
      JSON.Member("train", .decimal(train)),
      JSON.Member("validation", .decimal(validation)),
      JSON.Member("test", .decimal(test)),
      JSON.Member("by", .string(isByGroup ? "group" : "record")),
      JSON.Member("official", .string(honoursOfficial ? "honour" : "ignore")),
    ]
    if !stopsAtLeaks { members.append(JSON.Member("leaks", .string("report"))) }
    if let tolerance { members.append(JSON.Member("tolerance", .decimal(tolerance))) }
    if isBalanced { members.append(JSON.Member("balance", .bool(true))) }
    if let stratum { members.append(JSON.Member("stratify", .string(stratum.text))) }
    if let folds {
      members.append(JSON.Member("folds", .number(String(folds))))
      members.append(JSON.Member("fold", .number(String(fold))))
    }
    return .object(members)
  }
}
