import Recipes
import Records
import Testing

struct RecipeProblemsTests {
  @Test func `three mistakes are three messages, each with line, column and a guess`() {
    let text = """
      version: 1
      name: clinical-qa
      sources:
        - name: medquad
          corpus: medquad
          path: a.zip
          licence: CC0-1.0
      tasks:
        - {for: medquad, task: question-answering}
      emit:
        - dialect: messages
          shard_rows: 0
      spilt: {train: 1}
      """
    #expect(
      RecipeText.problems(text) == [
        """
        r.yaml:7:5: error: 'licence' is not a known key
        hint: did you mean 'license'?
        """,
        "r.yaml:12:17: error: 'shard_rows' must be at least 1, not 0",
        """
        r.yaml:13:1: error: 'spilt' is not a known key
        hint: did you mean 'split'?
        """,
      ])
  }

  @Test(arguments: [
    ("seed: yes", "'seed' must be a whole number, not a text"),
    ("seed: -1", "'seed' must be at least 0"),
    ("use: fun", "'use' must be one of 'research', 'commercial', 'redistribution'"),
    ("allow_unknown_license: no", "'allow_unknown_license' must be true or false, not a text"),
    ("description: 5", "'description' must be a text, not a number"),
    ("stages: {filter: {}}", "'stages' must be a list, not a mapping"),
    ("stages: [{deduplicate: {near: {threshold: 0.3}}}]", "'threshold' must be at least 0.5"),
    ("stages: [{deduplicate: {near: {threshold: 1.5}}}]", "'threshold' must be at most 1"),
    ("stages: [{decontaminate: {against: []}}]", "'against' must not be empty"),
    ("stages: [{decontaminate: {ngram: 8}}]", "'decontaminate' lacks 'against'"),
    ("stages: [{decontaminate: {against: [b.csv], overlap: 0}}]", "'overlap' must be at least 0.1"),
    ("limits: {max_nesting: 5}", "'max_nesting' must be at most 4"),
    ("training: {adapters: [lora]}", "'training' lacks 'base_model'"),
    (
      "training: {base_model: m, context_tokens: 512}",
      "'context_tokens' does not say what becomes of longer examples"
    ),
    ("training: {base_model: m, over_long: fail}", "'over_long' needs 'context_tokens'"),
    (
      "training: {base_model: m, over_long: fail, context_tokens: 64, adapters: [p-tuning], "
        + "p_tuning: {virtual_tokens: 60}}", "60 virtual tokens leave 4 of the context's tokens"
    ),
    ("version: 2", "key 'version' occurs twice; it stands on line 1 already"),
  ])
  func `a value that cannot be is told with what may be`(line: String, message: String) {
    let problems = RecipeText.problems(RecipeText.minimal(line))
    #expect(problems.count == 1)
    #expect(problems.first?.contains("r.yaml:3:") == true)
    #expect(problems.first?.contains(": error: \(message)") == true, "\(problems)")
  }

  @Test(arguments: [
    ("{shot: 3}", "error: 'shot' is not a known key\nhint: did you mean 'shots'?"),
    ("{shots: 33}", "error: 'shots' must be at most 32"),
    ("{as: turn}", "error: 'as' must be one of 'turns', 'text'"),
    ("{shuffle_options: {copies: 0}}", "error: 'copies' must be at least 1"),
    ("{self_consistency: {keep: all}}", "error: 'self_consistency' lacks 'samples'"),
    ("{self_consistency: {samples: s.jsonl, keep: most}}", "error: 'keep' must be one of"),
  ])
  func `a prompting that cannot be is told at its place`(settings: String, message: String) {
    let text = RecipeText.minimal().replacing(
      "question-answering}", with: "question-answering, prompting: \(settings)}")
    let problems = RecipeText.problems(text)
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("r.yaml:10:") == true)
    #expect(problems.first?.contains(message) == true, "\(problems)")
  }

  @Test func `an empty recipe lacks what every recipe has`() {
    #expect(
      RecipeText.problems("{}") == [
        "r.yaml:1:1: error: 'version' is missing", "r.yaml:1:1: error: 'name' is missing",
        "r.yaml:1:1: error: 'sources' is missing", "r.yaml:1:1: error: 'tasks' is missing",
        "r.yaml:1:1: error: 'emit' is missing",
      ])
  }

  @Test func `fractions that do not add up are added up for the reader`() {
    #expect(
      RecipeText.problems(
        RecipeText.minimal("split: {train: 0.9, validation: 0.1, test: 0.05}")) == [
          "r.yaml:3:8: error: split fractions add up to 1.05 (train 0.9 + validation 0.1 + test "
            + "0.05); they must add up to 1"
        ])
  }

  @Test func `a task and a mix for no source are told with the nearest name`() {
    let text = RecipeText.minimal("mix: {aa: {weight: 2}}").replacing("for: a,", with: "for: [b],")
    #expect(
      RecipeText.problems(text) == [
        """
        r.yaml:3:7: error: there is no source 'aa'
        hint: did you mean 'a'?
        """,
        """
        r.yaml:10:12: error: there is no source 'b'
        hint: did you mean 'a'?
        """,
      ])
  }

  @Test func `a source's name is taken once`() {
    let text = RecipeText.minimal().replacing(
      "tasks:", with: "  - {name: a, corpus: pubmed, path: b.xml}\ntasks:")
    #expect(
      RecipeText.problems(text) == ["r.yaml:9:12: error: source name 'a' is taken already"])
  }

  @Test func `a dialect is emitted once`() {
    #expect(
      RecipeText.problems(RecipeText.minimal() + "\n  - {dialect: messages, shard_rows: 5}") == [
        """
        r.yaml:13:15: error: dialect 'messages' is emitted twice
        hint: each dialect has one folder in the output
        """
      ])
  }

  // Regression: the second was dropped without a word.
  @Test func `duplicates are sought once`() {
    let text = RecipeText.minimal(
      "stages: [deduplicate: {exact: true}, filter: {}, filter: {}, deduplicate: {near: true}]")
    #expect(
      RecipeText.problems(text) == [
        """
        r.yaml:3:62: error: stage 'deduplicate' stands twice
        hint: a build has one 'deduplicate'; only 'filter' may be repeated
        """
      ])
  }

  @Test(arguments: [
    (
      "stages: [filter: {min_words: 9, max_words: 5}]",
      "3:19: error: 'min_words' is above 'max_words'"
    ),
    (
      "expect: {test: {min_examples: 2, max_examples: 1}}",
      "3:17: error: 'min_examples' is above 'max_examples'"
    ),
  ])
  func `a range that nothing passes is told`(line: String, message: String) {
    #expect(
      RecipeText.problems(RecipeText.minimal(line)) == ["r.yaml:\(message): nothing can pass"])
  }
}
