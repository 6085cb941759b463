import Archives
import Corpora
import Deidentification
import Emitters
import Recipes
import Records
import Schemas
import Stages

/// The sources of a recipe: their readers, files and licences.
extension BuildPlanner {
  mutating func checkReplacedPaths() {
    checkNames(
      sourcePaths.keys, givenWith: "--source", kind: "sources",
      among: recipe.sources.map(\.name.text))
    checkNames(
      benchmarkPaths.keys, givenWith: "--benchmark", kind: "benchmarks",
      among: ((recipe.decontamination?.benchmarks ?? []) + (recipe.deduplication?.references ?? []))
        .map(\.name))
  }

  mutating func checkNames(
    _ given: some Sequence<String>, givenWith flag: String, kind: String, among names: [String]
  ) {
    let list = names.isEmpty ? "none" : names.joined(separator: ", ")
    for name in given.sorted() where !names.contains(name) {
      problems.append(
        Diagnostic(
          "'\(flag)' names '\(name)', which the recipe does not have",
          hint: NearestName.hint(for: name, among: names) ?? "the recipe's \(kind) are \(list)"))
    }
  }

  mutating func planned(_ source: Recipe.Source, number: Int) -> PlannedSource? {
    guard let facts = CorpusRegistry.facts(named: source.corpus.text) else {
      unknown(source.corpus, kind: "corpus", among: CorpusRegistry.all.map(\.name), list: "corpora")
      return nil
    }
    let licensing = PlannedLicensing(of: source, facts, stages.gate)
    problems += licensing.problems
    var options = ReaderOptions(
      language: source.language, fields: source.fields,
      shape: source.shape, options: source.options)
    options.licenses = licensing.licenses
    options.identifiers = KnownIdentifier.Kind.columns(source.identifiers)
    guard
      let reader = made(
        at: source.position, { try CorpusRegistry.reader(named: facts.name, options: options) }),
      let files = files(of: source)
    else { return nil }
    return PlannedSource(
      number: number, name: source.name.text, facts: facts, reader: reader,
      files: Self.inReadingOrder(files.files, of: reader),
      skipped: files.skipped.listed.map {
        UnitReading.Skipped(entry: $0.path, reason: $0.reason.rawValue)
      }, limits: limits,
      members: MemberFilter(include: source.includedMembers, exclude: source.excludedMembers),
      language: source.language ?? facts.language, priority: source.priority,
      rejectsDamage: source.rejectsDamage, licensing: licensing,
      isSensitive: source.isSensitive ?? facts.isSensitive,
      filter: source.filter.map(RecordFilter.init)
        ?? RecordFilter(keepsRetracted: recipe.filters.contains(where: \.keepsRetracted)),
      pseudonyms: pseudonyms(of: source, facts, files.files),
      stratum: recipe.mix[source.name.text]?.stratum?.text)
  }

  mutating func files(of source: Recipe.Source) -> SourceFiles? {
    let replaced = sourcePaths[source.name.text]?.sorted(by: Self.precedes)
    do {
      return try SourceFiles(
        replaced ?? source.paths.map(\.text), relativeTo: replaced == nil ? folder : ".")
    } catch {
      var diagnostic = error.diagnostic
      var path = source.paths.first
      if case .notFound(let missing, _) = error.problem {
        path = source.paths.first { $0.text == missing } ?? path
      }
      let place = path?.position ?? source.position
      if replaced == nil {
        diagnostic.hint =
          diagnostic.hint ?? "give its place with '--source \(source.name.text)=PATH'"
        diagnostic.position = place
      }
      problems.append(diagnostic)
      return nil
    }
  }

  /// By rank and by name, so that neither the order of the recipe nor the folders of a machine decide.
  static func inReadingOrder(
    _ files: [InputFile], of reader: any CorpusReader
  ) -> [InputFile] {
    files.sorted { first, second in
      let ranks = (reader.rank(ofFile: first.path), reader.rank(ofFile: second.path))
      guard ranks.0 == ranks.1 else { return ranks.0 < ranks.1 }
      return precedes(first.displayPath, second.displayPath)
    }
  }

  static func precedes(_ first: String, _ second: String) -> Bool {
    first.utf8.lexicographicallyPrecedes(second.utf8)
  }

  var limits: ArchiveLimits {
    var limits = ArchiveLimits()
    limits.ratio = recipe.limits.ratio ?? limits.ratio
    limits.entryBytes = recipe.limits.entryBytes ?? limits.entryBytes
    limits.streamBytes = recipe.limits.entryBytes ?? limits.streamBytes
    limits.runBytes = recipe.limits.archiveBytes ?? limits.runBytes
    limits.entries = recipe.limits.entries ?? limits.entries
    limits.nesting = recipe.limits.nesting ?? limits.nesting
    return limits
  }
}
