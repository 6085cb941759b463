import Formats
import Records

extension Recipe {
  /// Which benchmarks no training record may repeat, and when it does.
  package struct Decontamination: Sendable, Equatable {
    /// Sorted by path, so that the order in the file decides nothing.
    package var benchmarks: [Benchmark] = []
    package var ngramWords = 8
    package var ngramCharacters = 13
    package var overlap = 0.8
    package var targetWords = 8
    package var targetCharacters = 30

    /// A benchmark to hold records against.
    package struct Benchmark: Sendable, Equatable {
      /// What reports call it.
      package var name: String
      /// A file, folder or glob as written: a relative one is meant from the recipe's folder.
      package var path: Name
      /// The reader; nil for that which the content speaks for.
      package var corpus: Name?
      package var includedMembers: [String] = []
      package var excludedMembers: [String] = []
      package var shape: Content.Shape?
      package var fields: [String: String] = [:]
      package var options: [String: String] = [:]
      /// The field that is compared; by shape when nil.
      package var field: String?
      /// The sources whose ids are the benchmark's, such as translations of it.
      package var twins: [Name] = []

      /// A benchmark that is named by its path alone.
      package init(path: String) {
        name = Self.name(ofPath: path)
        self.path = Name(path)
      }
    }
  }
}

extension Recipe.Decontamination {
  init(_ node: YAMLNode) {
    benchmarks = (node["against"]?.elements ?? []).map(Benchmark.init)
      .sorted { $0.path.text.utf8.lexicographicallyPrecedes($1.path.text.utf8) }
    ngramWords = node["ngram"]?.int ?? ngramWords
    ngramCharacters = node["ngram_chars"]?.int ?? ngramCharacters
    overlap = node["overlap"]?.double ?? overlap
    targetWords = node["target_words"]?.int ?? targetWords
    targetCharacters = node["target_chars"]?.int ?? targetCharacters
  }
}

extension Recipe.Decontamination.Benchmark {
  /// A benchmark written as its path, or as a mapping.
  init(_ node: YAMLNode) {
    path = Recipe.Name(node) ?? Recipe.Name(node["path"]) ?? Recipe.Name("", at: node.position)
    name = node["name"]?.string ?? Self.name(ofPath: path.text)
    corpus = Recipe.Name(node["corpus"])
    includedMembers = node["members"]?["include"]?.strings ?? []
    excludedMembers = node["members"]?["exclude"]?.strings ?? []
    shape = node["shape"]?.string.flatMap(Content.Shape.init(rawValue:))
    fields = node["fields"].textsByKey
    options = node["options"].textsByKey
    field = node["field"]?.string
    twins = Recipe.Name.list(node["twins"])
  }
}

extension Recipe.Decontamination.Benchmark {
  /// The file's name up to its first dot: `medqa-test` of `benchmarks/medqa-test.jsonl.xz`; of a
  /// pattern that of the last folder without a wildcard: `mmlu` of `mmlu/*_test.csv`.
  package static func name(ofPath path: String) -> String {
    let parts = path.split(separator: "/")
    let file = parts.last { part in !part.contains { "*?[".contains($0) } } ?? parts.last ?? ""
    let stem = file.prefix { $0 != "." }
    return String(stem.isEmpty ? file : stem)
  }
}

extension Recipe.Decontamination {
  var resolved: JSON {
    .object([
      JSON.Member("against", .array(benchmarks.map(\.resolved))),
      JSON.Member("ngram", .number(String(ngramWords))),
      JSON.Member("ngram_chars", .number(String(ngramCharacters))),
      JSON.Member("overlap", .decimal(overlap)),
      JSON.Member("target_words", .number(String(targetWords))),
      JSON.Member("target_chars", .number(String(targetCharacters))),
    ])
  }
}

extension Recipe.Decontamination.Benchmark {
  var resolved: JSON {
    var members = [
      JSON.Member("name", .string(name)), JSON.Member("path", .string(path.text)),
    ]
    if let corpus { members.append(JSON.Member("corpus", .string(corpus.text))) }
    members.append(
      JSON.Member(
        "members",
        .object(includedMembers.member("include") + excludedMembers.member("exclude"))))
    if let shape { members.append(JSON.Member("shape", .string(shape.rawValue))) }
    members.append(JSON.Member("fields", .texts(fields)))
    members.append(JSON.Member("options", .texts(options)))
    if let field { members.append(JSON.Member("field", .string(field))) }
    members += twins.map(\.text).sorted().member("twins")
    return .object(members)
  }
}
