import Formats

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
    honoursOfficial = node["official"]?.string != "ignore"
    stopsAtLeaks = node["leaks"]?.string != "report"
  }
}

extension Recipe.SplitPlan {
  var resolved: JSON {
    .object(
      [
        JSON.Member("train", .decimal(train)),
        JSON.Member("validation", .decimal(validation)),
        JSON.Member("test", .decimal(test)),
        JSON.Member("by", .string(isByGroup ? "group" : "record")),
        JSON.Member("official", .string(honoursOfficial ? "honour" : "ignore")),
      ] + (stopsAtLeaks ? [] : [JSON.Member("leaks", .string("report"))]))
  }
}
