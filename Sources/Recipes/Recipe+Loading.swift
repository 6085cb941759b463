import Records

extension Recipe {
  /// The recipe of a YAML tree, with defaults for what is missing or is not what the schema asks for.
  ///
  /// `findings(in:)` and the schema's problems tell whether it may be used.
  init(draft root: YAMLNode) {
    name = root["name"]?.string ?? ""
    description = root["description"]?.string ?? ""
    seed = UInt64(max(0, root["seed"]?.int ?? 0))
    use = root["use"]?.string.flatMap(Use.init(rawValue:)) ?? .research
    allowsUnknownLicense = root["allow_unknown_license"]?.bool ?? false
    sources = (root["sources"]?.elements ?? []).map(Source.init)
      .sorted { $0.name.text.utf8.lexicographicallyPrecedes($1.name.text.utf8) }
    let stages = root["stages"]?.elements.flatMap(\.members) ?? []
    cleaning = Cleaning(stages.first { $0.key == "clean" }?.value)
    deidentification = stages.first { $0.key == "deidentify" }.map { Deidentification($0.value) }
    filters = stages.filter { $0.key == "filter" }.map { Filter($0.value) }
    deduplication = stages.first { $0.key == "deduplicate" }.map { Deduplication($0.value) }
    decontamination = stages.first { $0.key == "decontaminate" }.map { Decontamination($0.value) }
    split = SplitPlan(root["split"])
    mix = Dictionary(
      (root["mix"]?.members ?? []).map { ($0.key, MixRule($0.value)) }, uniquingKeysWith: { $1 })
    total = MixTotal(root["total"])
    tasks = (root["tasks"]?.elements ?? []).map(TaskUse.init)
    emissions = (root["emit"]?.elements ?? []).map(Emission.init)
    training = root["training"].map(Training.init)
    publication = Publication(root["publication"])
    report = ReportPlan(root["report"])
    expectations = Expectations(root["expect"])
    limits = Limits(root["limits"])
  }
}

extension Recipe.Source {
  fileprivate init(_ node: YAMLNode) {
    let place = node.position
    name = Recipe.Name(node["name"]) ?? Recipe.Name("", at: place)
    corpus = Recipe.Name(node["corpus"]) ?? Recipe.Name("", at: place)
    paths = Recipe.Name.list(node["path"])
      .sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    license = Recipe.Name(node["license"])
    licenseEvidence = node["license_evidence"]?.string
    acceptedTerms = Recipe.Name.list(node["accept_terms"])
    unnamedAcceptance =
      node["accept_terms"]?.bool == true ? node["accept_terms"]?.position : nil
    language = node["language"]?.string
    priority = node["priority"]?.int ?? 0
    isSensitive = node["sensitive"]?.bool
    rejectsDamage = node["damaged"]?.string == "reject"
    includedMembers = node["members"]?["include"]?.strings ?? []
    excludedMembers = node["members"]?["exclude"]?.strings ?? []
    filter = node["filter"].map(Recipe.Filter.init)
    shape = node["shape"]?.string.flatMap(Content.Shape.init(rawValue:))
    fields = node["fields"].textsByKey
    identifiers = node["identifiers"].columnsByKind
    options = node["options"].textsByKey
    position = place
  }
}

extension Recipe.TaskUse {
  fileprivate init(_ node: YAMLNode) {
    sources = Recipe.Name.list(node["for"])
    task = Recipe.Name(node["task"]) ?? Recipe.Name("", at: node.position)
    let sets = node["templates"]?.elements ?? []
    templates = sets.compactMap { Recipe.Name($0) }
    let taskName = task.text
    inlineTemplates = sets.filter { $0.string == nil }.map { TemplateSet($0, task: taskName) }
    profile = Recipe.Name(node["profile"])
    prompting = node["prompting"].map(Recipe.Prompting.init)
    options = node["options"].textsByKey
    position = node.position
  }
}

extension Recipe.Prompting {
  fileprivate init(_ node: YAMLNode) {
    shots = node["shots"]?.int ?? 0
    isOneText = node["as"]?.string == "text"
    isChainOfThought = node["chain_of_thought"]?.bool ?? false
    if let shuffle = node["shuffle_options"], shuffle.bool != false {
      shuffledCopies = shuffle["copies"]?.int ?? 1
    }
    selfConsistency = node["self_consistency"].map(SelfConsistency.init)
    position = node.position
  }
}

extension Recipe.Prompting.SelfConsistency {
  fileprivate init(_ node: YAMLNode) {
    samples = Recipe.Name(node["samples"]) ?? Recipe.Name("", at: node.position)
    keep = node["keep"]?.string.flatMap(Recipe.Prompting.Keep.init(rawValue:)) ?? .first
  }
}

extension Recipe.Emission {
  fileprivate init(_ node: YAMLNode) {
    dialect = Recipe.Name(node["dialect"]) ?? Recipe.Name("", at: node.position)
    form = node["form"]?.string
    loss = node["loss"]?.string
    format = node["format"]?.string
    shardRows = node["shard_rows"]?.int
    isPartedByLicense = node["shards"]?.string == "license"
    compression = node["compression"]?.string
  }
}

extension Recipe.Expectations {
  fileprivate init(_ node: YAMLNode?) {
    for split in Split.allCases {
      minimumExamples[split] = node?[split.rawValue]?["min_examples"]?.int
      maximumExamples[split] = node?[split.rawValue]?["max_examples"]?.int
    }
    maximumRejectedShare = node?["rejected"]?["max_share"]?.double
  }
}

extension Recipe.Limits {
  fileprivate init(_ node: YAMLNode?) {
    ratio = node?["max_ratio"]?.int
    entryBytes = node?["max_entry_bytes"]?.int
    archiveBytes = node?["max_archive_bytes"]?.int
    entries = node?["max_entries"]?.int
    nesting = node?["max_nesting"]?.int
  }
}

extension TemplateSet {
  /// The template set of a validated node; inline sets take their task from where they stand.
  init(_ node: YAMLNode, task: String) {
    self.init(
      name: node["name"]?.string ?? "", task: task, language: node["language"]?.string ?? "en",
      system: node["system"]?.string ?? "",
      wordings: (node["wordings"]?.elements ?? []).map {
        Wording(
          instruction: $0["instruction"]?.string ?? "", input: $0["input"]?.string ?? "")
      }, output: node["output"]?.string ?? "")
  }
}

extension Recipe.Name {
  init?(_ node: YAMLNode?) {
    guard let node, let text = node.string else { return nil }
    self.init(text, at: node.position)
  }

  /// One name or a sequence of them.
  static func list(_ node: YAMLNode?) -> [Recipe.Name] {
    if let single = Recipe.Name(node) { return [single] }
    return node?.elements.compactMap { Recipe.Name($0) } ?? []
  }
}

extension YAMLNode? {
  /// A mapping of scalars by key.
  var textsByKey: [String: String] {
    Dictionary(
      (self?.members ?? []).compactMap { member in
        member.value.scalarText.map { (member.key, $0) }
      }, uniquingKeysWith: { $1 })
  }

  /// A mapping of tag names to one or several values, one tag each.
  var tags: [Tag] {
    (self?.members ?? []).flatMap { member in
      (member.value.strings ?? []).map { Tag(member.key, $0) }
    }
  }
}

// MARK: What the schema cannot say

extension Recipe {
  /// What a schema cannot say: fractions that do not add up, names used twice or nowhere, minimums
  /// above maximums.
  func findings(in root: YAMLNode) -> [Diagnostic] {
    Self.repeatedNames(of: self) + Self.repeatedStages(in: root)
      + Self.splitProblems(of: self, in: root) + Self.unknownSources(of: self, in: root)
      + Self.benchmarkProblems(of: self) + Self.emissionProblems(of: self)
      + Deidentification.findings(of: self, in: root)
      + Self.trainingProblems(of: self, in: root) + Self.rangeProblems(in: root)
      + Self.mixProblems(of: self, in: root)
  }

  /// Stages that have one setting for the whole build, given more than once.
  private static func repeatedStages(in root: YAMLNode) -> [Diagnostic] {
    var seen: Set<String> = []
    let stages = (root["stages"]?.elements ?? []).flatMap(\.members)
    return stages.filter { $0.key != "filter" && !seen.insert($0.key).inserted }.map {
      Diagnostic(
        at: $0.keyPosition, "stage '\($0.key)' stands twice",
        hint: "a build has one '\($0.key)'; only 'filter' may be repeated")
    }
  }

  private static func splitProblems(of recipe: Recipe, in root: YAMLNode) -> [Diagnostic] {
    let split = recipe.split
    let problems = split.problems(in: root["split"])
    guard problems.isEmpty else { return problems }
    let sum = split.train + split.validation + split.test
    guard abs(sum - 1) > 1e-9, let place = root["split"]?.position else { return [] }
    let shown = (sum * 1_000_000).rounded() / 1_000_000
    return [
      Diagnostic(
        at: place,
        "split fractions add up to \(shown) (train \(split.train) + validation "
          + "\(split.validation) + test \(split.test)); they must add up to 1")
    ]
  }

  private static func repeatedNames(of recipe: Recipe) -> [Diagnostic] {
    var seen: Set<String> = []
    let inFileOrder = recipe.sources.sorted {
      ($0.position.line ?? 0) < ($1.position.line ?? 0)
    }
    return inFileOrder.filter { !seen.insert($0.name.text).inserted }.map {
      Diagnostic(at: $0.name.position, "source name '\($0.name.text)' is taken already")
    }
  }

  /// Names under `mix` and `for` that are no source's.
  private static func unknownSources(of recipe: Recipe, in root: YAMLNode) -> [Diagnostic] {
    let names = recipe.sources.map(\.name.text)
    let mixed = (root["mix"]?.members ?? []).map { Name($0.key, at: $0.keyPosition) }
    return (mixed + recipe.tasks.flatMap(\.sources)).filter { !names.contains($0.text) }.map {
      Diagnostic(
        at: $0.position, "there is no source '\($0.text)'",
        hint: NearestName.hint(for: $0.text, among: names))
    }
  }

  /// Benchmarks that reports could not tell apart, and twins that are no source's.
  private static func benchmarkProblems(of recipe: Recipe) -> [Diagnostic] {
    let benchmarks = recipe.decontamination?.benchmarks ?? []
    let sources = recipe.sources.map(\.name.text)
    var seen: Set<String> = []
    let repeated = benchmarks.filter { !seen.insert($0.name).inserted }.map {
      Diagnostic(
        at: $0.path.position, "benchmark name '\($0.name)' is taken already",
        hint: "give one of them another 'name'")
    }
    return repeated
      + benchmarks.flatMap(\.twins).filter { !sources.contains($0.text) }.map {
        Diagnostic(
          at: $0.position, "there is no source '\($0.text)'",
          hint: NearestName.hint(for: $0.text, among: sources))
      }
  }

  private static func emissionProblems(of recipe: Recipe) -> [Diagnostic] {
    var seen: Set<String> = []
    return recipe.emissions.filter { !seen.insert($0.dialect.text).inserted }.map {
      Diagnostic(
        at: $0.dialect.position, "dialect '\($0.dialect.text)' is emitted twice",
        hint: "each dialect has one folder in the output")
    }
  }

  /// Settings of adapters that peft would refuse.
  private static func trainingProblems(of recipe: Recipe, in root: YAMLNode) -> [Diagnostic] {
    guard let training = recipe.training, let node = root["training"] else { return [] }
    var problems = training.lengthProblems(in: node)
    if let place = node["prompt_tuning"]?.position {
      let hasText = !training.promptTuning.text.isEmpty
      if (training.promptTuning.initialisation == "text") != hasText {
        problems.append(
          Diagnostic(at: place, "'init: text' and 'init_text' go together, and only together"))
      }
    }
    let ia3 = training.ia3
    if let place = node["ia3"]?.position,
      !ia3.feedForwardModules.allSatisfy(ia3.targetModules.contains)
    {
      problems.append(
        Diagnostic(at: place, "'feedforward_modules' must be some of 'target_modules'"))
    }
    return problems
  }

  /// Every `min_x` above the `max_x` beside it, wherever they stand.
  private static func rangeProblems(in node: YAMLNode) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for member in node.members {
      problems += rangeProblems(in: member.value)
      guard member.key.hasPrefix("min_"), let least = member.value.double else { continue }
      let twin = "max_" + member.key.dropFirst(4)
      guard let most = node[twin]?.double, least > most else { continue }
      problems.append(
        Diagnostic(at: member.keyPosition, "'\(member.key)' is above '\(twin)': nothing can pass"))
    }
    return problems + node.elements.flatMap(rangeProblems(in:))
  }
}
