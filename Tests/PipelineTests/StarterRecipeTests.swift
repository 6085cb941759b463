import Pipeline
import Recipes
import Records
import Testing

struct StarterRecipeTests {
  /// The recipe for some paths, loaded from a file as a user would.
  private func recipe(
    for paths: [String], name: String? = nil, in folder: InspectionFolder
  ) throws -> (recipe: Recipe, text: String) {
    let inspections = try paths.map { try Inspector().inspect(path: $0) }
    let text = try StarterRecipe(of: inspections, name: name, folder: folder.path).text
    try folder.write(Array(text.utf8), to: "recipe.yaml")
    return (try Recipe.load(from: folder("recipe.yaml")), text)
  }

  @Test(arguments: [
    ("questions.zip", "medquad", "question-answering"),
    ("abstracts.xml.gz", "pubmed", "conclusion-generation"),
    ("notes.tar.gz", "text-notes", "note-summarisation"),
    ("dialogues.zip", "mts-dialog", "section-generation"),
  ])
  func `loads for a sample archive`(name: String, corpus: String, task: String) throws {
    let folder = try InspectionFolder()
    let made = try recipe(for: [samplePath(name)], in: folder).recipe
    #expect(made.sources.map(\.corpus.text) == [corpus])
    #expect(made.tasks.map(\.task.text) == [task])
    #expect(made.deduplication?.isExact == true)
    #expect(made.split.isByGroup)
    #expect(made.emissions.map(\.dialect.text) == ["messages"])
  }

  @Test(arguments: ["questions.zip", "abstracts.xml.gz", "notes.tar.gz", "dialogues.zip"])
  func `builds for a sample archive`(name: String) async throws {
    let folder = try InspectionFolder()
    let made = try recipe(for: [samplePath(name)], in: folder).recipe
    var options = BuildOptions(threads: 2)
    options.output = folder("out")
    let pipeline = BuildPipeline(
      recipe: made, recipePath: folder("recipe.yaml"), options: options)
    let report = try await pipeline.run()
    #expect(!report.isFoundWanting)
  }

  @Test func `puts several archives into one recipe under different names`() throws {
    let folder = try InspectionFolder()
    let paths = ["questions.zip", "dialogues.zip", "questions.zip"].map(samplePath)
    let made = try recipe(for: paths, name: "mixed", in: folder).recipe
    #expect(made.name == "mixed")
    #expect(Set(made.sources.map(\.name.text)) == ["medquad", "medquad-2", "mts-dialog"])
  }

  @Test func `maps the columns of a table and says which it does not use`() throws {
    let folder = try InspectionFolder(["my table.csv": "qid,Question,Answer,x y\n1,a,b,c\n"])
    let made = try recipe(for: [folder("my table.csv")], in: folder)
    let source = try #require(made.recipe.sources.first)
    #expect(source.name.text == "my-table")
    #expect(source.shape == .questionAnswer)
    #expect(source.fields == ["question": "Question", "answer": "Answer", "id": "qid"])
    #expect(source.paths.map(\.text) == ["my table.csv"])
    #expect(made.text.contains("# Not used: x y"))
  }

  @Test func `asserts the one licence found, and lets the unknown be set`() throws {
    let known = try InspectionFolder([
      "a.csv": "question,answer\na,b\n", "LICENSE": "CC0 1.0 Universal",
    ])
    let asserted = try recipe(for: [known("a.csv")], in: known).recipe
    #expect(asserted.sources.first?.license?.text == "CC0-1.0")
    #expect(!asserted.allowsUnknownLicense)
    let unknown = try InspectionFolder(["a.csv": "question,answer\na,b\n"])
    let made = try recipe(for: [unknown("a.csv")], in: unknown)
    #expect(made.recipe.sources.first?.license == nil)
    #expect(made.recipe.allowsUnknownLicense)
    #expect(made.text.contains("# license: "))
  }

  @Test func `never accepts an agreement for the user`() throws {
    let header =
      "ROW_ID,SUBJECT_ID,HADM_ID,CHARTDATE,CHARTTIME,STORETIME,CATEGORY,DESCRIPTION,CGID,ISERROR,TEXT"
    let row = "1,10,100,2150-01-01,,,Nursing,Report,,,A note that was invented."
    let folder = try InspectionFolder(["NOTEEVENTS.csv": "\(header)\n\(row)\n"])
    let made = try recipe(for: [folder("NOTEEVENTS.csv")], in: folder).recipe
    #expect(made.sources.first?.corpus.text == "mimic-iii-notes")
    #expect(made.sources.first?.license?.text == "LicenseRef-PhysioNet-Credentialed-1.5.0")
    #expect(made.sources.first?.acceptedTerms.isEmpty == true)
    #expect(made.sources.first?.isSensitive == true)
  }

  @Test func `reads files of one folder by their kinds`() throws {
    let folder = try InspectionFolder([
      "in/a.csv": "question,answer\na,b\n", "in/b.csv": "sentence1,sentence2,label\nx,y,z\n",
      "in/c.jsonl": "{\"instruction\": \"a\", \"output\": \"b\"}\n",
    ])
    let made = try recipe(for: [folder("in")], in: folder).recipe
    let paths = Dictionary(
      made.sources.map { ($0.shape, $0.paths.map(\.text)) }, uniquingKeysWith: { $1 })
    // The reader of instructions takes no tables, so that the folder may stay whole for it.
    #expect(
      paths == [
        .questionAnswer: ["in/a.csv"], .textPair: ["in/b.csv"], nil: ["in"],
      ])
  }

  @Test func `starts paths from the recipe's folder`() throws {
    let folder = try InspectionFolder(["data/a.csv": "question,answer\na,b\n"])
    let inspection = try Inspector().inspect(path: folder("data/a.csv"))
    let text = try StarterRecipe(of: [inspection], folder: folder("recipes/mine")).text
    #expect(
      text.contains("path: \"../../data/a.csv\"\n") || text.contains("path: ../../data/a.csv\n"))
  }

  @Test func `cannot be led out of a comment or a quote by names`() throws {
    let folder = try InspectionFolder(["a.csv": "question,answer,\"x\nseed: 1\"\na,b,c\n"])
    let made = try recipe(for: [folder("a.csv")], in: folder).recipe
    #expect(made.seed == 17)
  }

  @Test func `says what to do when no column can be guessed`() throws {
    let folder = try InspectionFolder(["a.csv": "alpha,beta\n1,2\n"])
    let inspection = try Inspector().inspect(path: folder("a.csv"))
    #expect(throws: Diagnostic.self) { try StarterRecipe(of: [inspection]) }
  }

  @Test func `does not write over a file`() throws {
    let folder = try InspectionFolder(["recipe.yaml": "mine"])
    #expect(throws: PipelineError.self) {
      try StarterRecipe.write("other", to: folder("recipe.yaml"))
    }
    try StarterRecipe.write("new", to: folder("new.yaml"))
  }

  @Test(arguments: [("a-1", true), ("A", false), ("", false), ("-a", false)])
  func `knows which names a recipe may have`(name: String, isName: Bool) {
    #expect(StarterRecipe.isName(name) == isName)
  }
}
