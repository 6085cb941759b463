import Formats
import Records

extension Recipe {
  /// A source's cap, weight and share.
  package struct MixRule: Sendable, Equatable {
    package var maximumExamples: Int?
    package var weight = 1.0
    /// The share of the training examples that the source makes up after all.
    package var share: Double?
    /// The field or tag whose values the cap is spread over.
    package var stratum: Name?
    /// Whether every stratum gives as much, and not in proportion to its size.
    package var isEven = true
  }

  /// Bounds on the training examples of all sources together.
  package struct MixTotal: Sendable, Equatable {
    package var maximumExamples: Int
    package var sizeExponent = 1.0
  }
}

extension Recipe.MixRule {
  init(_ node: YAMLNode) {
    maximumExamples = node["max_examples"]?.int
    weight = node["weight"]?.double ?? 1
    share = node["share"]?.double
    stratum = Recipe.Name(node["stratify"])
    isEven = node["strata"]?.string != "proportional"
  }

  var resolved: JSON {
    var members = maximumExamples.member("max_examples")
    members.append(JSON.Member("weight", .decimal(weight)))
    if let share { members.append(JSON.Member("share", .decimal(share))) }
    if let stratum {
      members.append(JSON.Member("stratify", .string(stratum.text)))
      members.append(JSON.Member("strata", .string(isEven ? "even" : "proportional")))
    }
    return .object(members)
  }
}

extension Recipe.MixTotal {
  init?(_ node: YAMLNode?) {
    guard let most = node?["max_examples"]?.int else { return nil }
    self.init(maximumExamples: most, sizeExponent: node?["size_exponent"]?.double ?? 1)
  }

  var resolved: JSON {
    .object([
      JSON.Member("max_examples", .number(String(maximumExamples))),
      JSON.Member("size_exponent", .decimal(sizeExponent)),
    ])
  }
}

extension Recipe {
  /// Shares that leave nothing to the others, and keys under `mix` that need another one.
  static func mixProblems(of recipe: Recipe, in root: YAMLNode) -> [Diagnostic] {
    let members = root["mix"]?.members ?? []
    let asked = recipe.mix.values.reduce(0) { $0 + ($1.share ?? 0) }
    let hasFree = recipe.sources.contains { recipe.mix[$0.name.text]?.share == nil }
    var problems = members.filter {
      $0.value["stratify"] != nil && $0.value["max_examples"] == nil
    }.map {
      Diagnostic(at: $0.keyPosition, "'stratify' spreads 'max_examples', which is missing")
    }
    if let place = root["mix"]?.position, asked > (hasFree ? 0.999 : 1.000_001) {
      problems.append(
        Diagnostic(
          at: place,
          hasFree
            ? "the shares add up to \(asked) and leave nothing to the other sources"
            : "the shares add up to \(asked), more than 1"))
    }
    return problems
  }
}
