import Formats
import Records

extension Recipe {
  /// The recipe with every default written out, as a tree whose keys are those of the recipe language.
  ///
  /// Sources stand in the order of their names and nothing in it depends on the machine, so equal
  /// trees mean equal builds.
  package var resolved: JSON {
    .object(
      [
        JSON.Member("version", .number("1")),
        JSON.Member("name", .string(name)),
        JSON.Member("description", .string(description)),
        JSON.Member("seed", .number(String(seed))),
        JSON.Member("use", .string(use.rawValue)),
        JSON.Member("allow_unknown_license", .bool(allowsUnknownLicense)),
        JSON.Member("sources", .array(sources.map(\.resolved))),
        JSON.Member("stages", .array(resolvedStages)),
        JSON.Member("split", split.resolved),
        JSON.Member("mix", .object(resolvedMix)),
        JSON.Member("tasks", .array(tasks.map(\.resolved))),
        JSON.Member("emit", .array(emissions.map(\.resolved))),
        JSON.Member("report", report.resolved),
      ] + (total.map { [JSON.Member("total", $0.resolved)] } ?? [])
        + (training.map { [JSON.Member("training", $0.resolved)] } ?? [])
        + (publication.resolved.map { [JSON.Member("publication", $0)] } ?? []))
  }

  private var resolvedStages: [JSON] {
    var stages: [JSON] = [
      stage("clean", cleaning.resolved)
    ]
    if let deidentification { stages.append(stage("deidentify", deidentification.resolved)) }
    stages += filters.map { stage("filter", $0.resolved) }
    if let deduplication { stages.append(stage("deduplicate", deduplication.resolved)) }
    if let decontamination { stages.append(stage("decontaminate", decontamination.resolved)) }
    return stages
  }

  private func stage(_ name: String, _ settings: JSON) -> JSON {
    .object([JSON.Member(name, settings)])
  }

  private var resolvedMix: [JSON.Member] {
    mix.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { name in
      return JSON.Member(name, (mix[name] ?? MixRule()).resolved)
    }
  }
}

extension Recipe.Source {
  fileprivate var resolved: JSON {
    var members = [
      JSON.Member("name", .string(name.text)),
      JSON.Member("corpus", .string(corpus.text)),
      JSON.Member("path", .strings(paths.map(\.text))),
    ]
    if let license { members.append(JSON.Member("license", .string(license.text))) }
    if let licenseEvidence {
      members.append(JSON.Member("license_evidence", .string(licenseEvidence)))
    }
    members.append(JSON.Member("accept_terms", .strings(acceptedTerms.map(\.text).sorted())))
    if let language { members.append(JSON.Member("language", .string(language))) }
    members.append(JSON.Member("priority", .number(String(priority))))
    if let isSensitive { members.append(JSON.Member("sensitive", .bool(isSensitive))) }
    members.append(JSON.Member("damaged", .string(rejectsDamage ? "reject" : "fail")))
    members.append(
      JSON.Member(
        "members",
        .object(
          includedMembers.member("include") + excludedMembers.member("exclude"))))
    if let filter { members.append(JSON.Member("filter", filter.resolved)) }
    if let shape { members.append(JSON.Member("shape", .string(shape.rawValue))) }
    members.append(JSON.Member("fields", .texts(fields)))
    if !identifiers.isEmpty { members.append(JSON.Member("identifiers", .columns(identifiers))) }
    members.append(JSON.Member("options", .texts(options)))
    return .object(members)
  }
}

extension Recipe.TaskUse {
  fileprivate var resolved: JSON {
    let sets = templates.map { JSON.string($0.text) } + inlineTemplates.map(\.resolved)
    return .object(
      [
        JSON.Member("for", .strings(sources.map(\.text).sorted())),
        JSON.Member("task", .string(task.text)),
      ] + (sets.isEmpty ? [] : [JSON.Member("templates", .array(sets))])
        + (profile.map { [JSON.Member("profile", .string($0.text))] } ?? [])
        + (prompting.map { [JSON.Member("prompting", $0.resolved)] } ?? [])
        + (options.isEmpty ? [] : [JSON.Member("options", .texts(options))]))
  }
}

extension Recipe.Prompting {
  fileprivate var resolved: JSON {
    var members = [
      JSON.Member("shots", .number(String(shots))),
      JSON.Member("as", .string(isOneText ? "text" : "turns")),
      JSON.Member("chain_of_thought", .bool(isChainOfThought)),
      JSON.Member(
        "shuffle_options",
        shuffledCopies.map { .object([JSON.Member("copies", .number(String($0)))]) } ?? .bool(false)
      ),
    ]
    if let selfConsistency {
      members.append(
        JSON.Member(
          "self_consistency",
          .object([
            JSON.Member("samples", .string(selfConsistency.samples.text)),
            JSON.Member("keep", .string(selfConsistency.keep.rawValue)),
          ])))
    }
    return .object(members)
  }
}

extension TemplateSet {
  fileprivate var resolved: JSON {
    .object([
      JSON.Member("name", .string(name)),
      JSON.Member("language", .string(language)),
      JSON.Member("system", .string(system)),
      JSON.Member(
        "wordings",
        .array(
          wordings.map {
            .object([
              JSON.Member("instruction", .string($0.instruction)),
              JSON.Member("input", .string($0.input)),
            ])
          })),
      JSON.Member("output", .string(output)),
    ])
  }
}

extension Recipe.Emission {
  fileprivate var resolved: JSON {
    var members = [JSON.Member("dialect", .string(dialect.text))]
    if let form { members.append(JSON.Member("form", .string(form))) }
    if let loss { members.append(JSON.Member("loss", .string(loss))) }
    if let format { members.append(JSON.Member("format", .string(format))) }
    members += shardRows.member("shard_rows")
    if isPartedByLicense { members.append(JSON.Member("shards", .string("license"))) }
    let packing = compression ?? (format == "parquet" ? "zstd" : "none")
    members.append(JSON.Member("compression", .string(packing)))
    return .object(members)
  }
}
