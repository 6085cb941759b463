import Formats
import Pipeline
import Records
import TestSupport
import Testing

/// Notes, abstracts and questions of three archives in one build.
struct MixedRecipeTests {
  @Test func `is split by patient, PMID and focus at once`() async throws {
    let folder = try TemporaryFolder()
    let recipe = "\(PackageFolder.path)/Recipes/instruction/mixed.yaml"
    _ = try await BuiltDataset.build(recipe, to: folder("out")) {
      $0.sourcePaths = [
        "notes": [PackageFolder.sample("notes.tar.gz")],
        "abstracts": [PackageFolder.sample("abstracts.xml.gz")],
        "questions": [PackageFolder.sample("questions.zip")],
      ]
    }
    let dataset = try BuiltDataset(path: folder("out"))
    #expect(dataset.unbalanced == [])
    #expect(try dataset.sharedGroups() == [])
    #expect(try dataset.groupKinds().isSuperset(of: ["patient", "pmid", "focus"]))
    for split in Split.allCases {
      let sources = try dataset.rows("provenance/\(split.rawValue).jsonl").map {
        $0["source"]?.string
      }
      #expect(Set(sources).count >= (split == .train ? 3 : 1))
    }
  }
}
