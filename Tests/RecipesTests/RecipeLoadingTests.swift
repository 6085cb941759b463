import Records
import TestSupport
import Testing

@testable import Recipes

struct RecipeLoadingTests {
  @Test func `the smallest recipe has every default`() throws {
    let recipe = try RecipeText.recipe(RecipeText.minimal())
    #expect(recipe.name == "tiny")
    #expect(recipe.description == "")
    #expect(recipe.seed == 0)
    #expect(recipe.use == .research)
    #expect(!recipe.allowsUnknownLicense)
    #expect(recipe.filters.isEmpty)
    #expect(recipe.deduplication == nil)
    #expect(recipe.split == Recipe.SplitPlan())
    #expect(recipe.split.train == 1)
    #expect(recipe.mix.isEmpty)
    #expect(recipe.training == nil)
    #expect(recipe.expectations == Recipe.Expectations())
    #expect(recipe.limits == Recipe.Limits())
    let source = try #require(recipe.sources.first)
    #expect(source.license == nil)
    #expect(source.acceptedTerms.isEmpty)
    #expect(source.priority == 0)
    #expect(source.isSensitive == nil)
    #expect(!source.rejectsDamage)
    #expect(source.filter == nil)
  }

  @Test func `every key of the top level is read`() throws {
    let recipe = try RecipeText.recipe(
      RecipeText.minimal(
        """
        description: A few.
        seed: 17
        use: commercial
        allow_unknown_license: true
        stages:
          - clean: {fold_spaces: true}
          - filter: {field: answer, min_words: 2, max_words: 9}
          - filter: {min_chars: 3, max_chars: 99, min_year: 1990, max_year: 2020}
          - deduplicate: {exact: [question], near: {threshold: 0.7, field: answer}, keep: first}
        split: {train: 0.5, validation: 0.25, test: 0.25, by: record, official: ignore}
        mix: {a: {max_examples: 5, weight: 0.5}}
        training:
          base_model: some/model
          context_tokens: 2048
          over_long: split
          adapters: [lora, prefix-tuning]
          epochs: 2
          lora: {rank: 8, alpha: 16, dropout: 0, target_modules: [q_proj], learning_rate: 0.001}
          prefix_tuning: {virtual_tokens: 9, projection: true, encoder_hidden_size: 64}
        expect: {train: {min_examples: 1, max_examples: 9}, rejected: {max_share: 0.5}}
        limits: {max_ratio: 50, max_entry_bytes: 9, max_archive_bytes: 99, max_entries: 3, max_nesting: 0}
        """))
    #expect(recipe.description == "A few.")
    #expect(recipe.seed == 17)
    #expect(recipe.use == .commercial)
    #expect(recipe.allowsUnknownLicense)
    #expect(recipe.cleaning.foldsSpaces)
    #expect(
      recipe.filters == [
        Recipe.Filter(field: Recipe.Name("answer"), minimumWords: 2, maximumWords: 9),
        Recipe.Filter(
          minimumCharacters: 3, maximumCharacters: 99, minimumYear: 1990, maximumYear: 2020),
      ])
    #expect(
      recipe.deduplication
        == Recipe.Deduplication(
          isExact: true, exactFields: [Recipe.Name("question")],
          near: Recipe.Deduplication.Near(threshold: 0.7, fields: [Recipe.Name("answer")]),
          keep: .first))
    #expect(
      recipe.split
        == Recipe.SplitPlan(
          train: 0.5, validation: 0.25, test: 0.25, isByGroup: false, honoursOfficial: false))
    #expect(recipe.mix == ["a": Recipe.MixRule(maximumExamples: 5, weight: 0.5)])
    let training = try #require(recipe.training)
    #expect(training.baseModel == "some/model")
    #expect(training.contextTokens == 2048)
    #expect(training.epochs == 2)
    #expect(training.adapters.map(\.text) == ["lora", "prefix-tuning"])
    #expect(
      training.lora
        == Recipe.Training.LoRA(
          rank: 8, alpha: 16, dropout: 0, targetModules: ["q_proj"], learningRate: 0.001))
    #expect(
      training.prefixTuning
        == Recipe.Training.PrefixTuning(
          virtualTokens: 9, hasProjection: true, encoderHiddenSize: 64))
    #expect(recipe.expectations.minimumExamples == [.train: 1])
    #expect(recipe.expectations.maximumExamples == [.train: 9])
    #expect(recipe.expectations.maximumRejectedShare == 0.5)
    #expect(
      recipe.limits
        == Recipe.Limits(ratio: 50, entryBytes: 9, archiveBytes: 99, entries: 3, nesting: 0))
  }

  @Test func `every key of a source is read`() throws {
    let recipe = try RecipeText.recipe(
      RecipeText.minimal(
        source: """
              license: CC0-1.0
              license_evidence: written for this very test
              accept_terms: [LicenseRef-UMLS, LicenseRef-n2c2-DUA]
              language: no
              priority: -3
              sensitive: true
              damaged: reject
              members: {include: "*.xml", exclude: [a, b]}
              filter:
                languages: [en, no]
                retracted: keep
                include_tags: {qtype: [cause, treatment], site: x}
                exclude_tags: {qtype: news}
              shape: question-answer
              fields: {question: q, answer: "a.b[*]"}
              options: {patient: "n/{patient}/*", depth: 0777, header: true, ratio: 1.50}
          """))
    let source = try #require(recipe.sources.first)
    #expect(source.license?.text == "CC0-1.0")
    #expect(source.licenseEvidence == "written for this very test")
    #expect(source.acceptedTerms.map(\.text) == ["LicenseRef-UMLS", "LicenseRef-n2c2-DUA"])
    #expect(source.language == "no")
    #expect(source.priority == -3)
    #expect(source.isSensitive == true)
    #expect(source.rejectsDamage)
    #expect(source.includedMembers == ["*.xml"])
    #expect(source.excludedMembers == ["a", "b"])
    #expect(source.shape == .questionAnswer)
    #expect(source.fields == ["question": "q", "answer": "a.b[*]"])
    #expect(
      source.options
        == ["patient": "n/{patient}/*", "depth": "0777", "header": "true", "ratio": "1.50"])
    let filter = try #require(source.filter)
    #expect(filter.languages == ["en", "no"])
    #expect(filter.keepsRetracted)
    #expect(
      filter.includedTags == [Tag("qtype", "cause"), Tag("qtype", "treatment"), Tag("site", "x")])
    #expect(filter.excludedTags == [Tag("qtype", "news")])
  }

  @Test func `inline templates take their task from where they stand`() throws {
    let text = RecipeText.minimal().replacing(
      "task: question-answering}",
      with: """
        task: question-answering, templates: [consumer-qa, {name: mine, output: "{answer}",
              wordings: [{instruction: "Say {question}"}]}]}
        """)
    let use = try #require(try RecipeText.recipe(text).tasks.first)
    #expect(use.templates.map(\.text) == ["consumer-qa"])
    #expect(
      use.inlineTemplates == [
        TemplateSet(
          name: "mine", task: "question-answering",
          wordings: [TemplateSet.Wording(instruction: "Say {question}")], output: "{answer}")
      ])
  }

  @Test func `near duplicates may be asked for without settings`() throws {
    let recipe = try RecipeText.recipe(
      RecipeText.minimal("stages: [{deduplicate: {exact: false, near: true}}]"))
    #expect(
      recipe.deduplication
        == Recipe.Deduplication(isExact: false, near: Recipe.Deduplication.Near()))
  }

  // Regression: `1e3` passed the schema as a whole number and was then taken for the default.
  @Test func `whole numbers count in any notation`() throws {
    let recipe = try RecipeText.recipe(RecipeText.minimal("seed: 1e3"))
    #expect(recipe.seed == 1000)
  }

  @Test func `a share that is left to train is what the others leave`() throws {
    let recipe = try RecipeText.recipe(RecipeText.minimal("split: {validation: 0.25}"))
    #expect(recipe.split.train == 0.75)
    #expect(recipe.split.test == 0)
  }

  @Test func `fractions of three decimal thirds add up`() {
    #expect(
      RecipeText.problems(
        RecipeText.minimal(
          "split: {train: 0.333333333333, validation: 0.333333333333, test: 0.333333333334}")
      ).isEmpty)
  }

  @Test(arguments: PackageFolder.recipes)
  func `a recipe of the package loads`(path: String) throws {
    let recipe = try Recipe.load(from: "\(PackageFolder.path)/\(path)")
    let name = path.split(separator: "/").last.map(String.init)
    #expect(name == "\(recipe.name).yaml")
  }

  @Test func `every template set of the package loads, by its file's name`() throws {
    let shelf = TemplateShelf(folder: "/nowhere")
    #expect(shelf.names.count >= 13)
    for name in shelf.names {
      #expect(try shelf.set(named: name)?.name == name)
    }
    #expect(try shelf.set(named: "no-such-set") == nil)
  }

  @Test func `prompting has defaults, and a shuffle may be asked for without settings`() throws {
    func prompting(_ settings: String) throws -> Recipe.Prompting? {
      let text = RecipeText.minimal().replacing(
        "question-answering}", with: "question-answering, prompting: \(settings)}")
      return try RecipeText.recipe(text).tasks.first?.prompting
    }

    let plain = try #require(try prompting("{shots: 5}"))
    #expect(plain.shots == 5)
    #expect(!plain.isOneText && !plain.isChainOfThought)
    #expect(plain.shuffledCopies == nil && plain.selfConsistency == nil)
    #expect(try prompting("{shuffle_options: true}")?.shuffledCopies == 1)
    #expect(try prompting("{shuffle_options: false}")?.shuffledCopies == nil)
    #expect(try prompting("{shuffle_options: {copies: 3}}")?.shuffledCopies == 3)
    #expect(
      try prompting("{self_consistency: {samples: s.jsonl}}")?.selfConsistency?.keep == .first)
  }

  @Test func `a family is a set and its twins in other languages`() throws {
    let shelf = TemplateShelf(folder: "/nowhere")

    let family = try shelf.family(of: "exam-qa")

    #expect(family.map(\.language).sorted() == ["en", "es", "fr", "ja", "zh"])
    #expect(Set(family.map(\.task)) == ["multiple-choice-qa"])
    #expect(try shelf.family(of: "title").map(\.name) == ["title"])
  }

  @Test func `a template set beside the recipe goes before one of the tool`() throws {
    let folder = try TemporaryFolder([
      "templates/consumer-qa.yaml": """
      version: 1
      name: consumer-qa
      task: question-answering
      wordings: [{instruction: "Mine: {question}"}]
      output: "{answer}"
      """
    ])
    let set = try #require(try TemplateShelf(folder: folder.path).set(named: "consumer-qa"))
    #expect(set.wordings.map(\.instruction) == ["Mine: {question}"])
  }

  @Test func `a recipe that is not there is told by its path`() {
    let error = #expect(throws: RecipeProblems.self) { try Recipe.load(from: "/no/such.yaml") }
    #expect(
      error?.description == "error: cannot open '/no/such.yaml': no such file or directory")
  }

  @Test func `a benchmark is a path or a mapping, and has its file's name`() throws {
    let recipe = try RecipeText.recipe(
      RecipeText.minimal(
        """
        stages:
          - decontaminate:
              against:
                - marks/medqa-test.jsonl.xz
                - {path: "marks/mmlu/*_test.csv", corpus: mmlu, field: question, twins: a}
                - {path: marks/a.index, name: shipped}
              ngram: 13
        """))
    let rule = try #require(recipe.decontamination)
    #expect(rule.benchmarks.map(\.name) == ["shipped", "medqa-test", "mmlu"])
    #expect(rule.benchmarks.map(\.corpus?.text) == [nil, nil, "mmlu"])
    #expect(rule.benchmarks[2].field == "question")
    #expect(rule.benchmarks[2].twins.map(\.text) == ["a"])
    #expect([rule.ngramWords, rule.ngramCharacters] == [13, 13])
    #expect([rule.targetWords, rule.targetCharacters] == [8, 30])
    #expect(rule.overlap == 0.8)
  }
}
