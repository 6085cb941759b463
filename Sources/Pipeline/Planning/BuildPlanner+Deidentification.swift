import Archives
import Deidentification
import Emitters
import Recipes
import Records
import Schemas
import Stages

/// What is known of patients, and the key of pseudonyms.
extension BuildPlanner {
  /// Reads the key and makes the stage.
  mutating func planDeidentification() {
    guard let settings = recipe.deidentification else { return }
    if let name = settings.key {
      let path = inFolder(name.text)
      key = made(at: name.position, { try SecretKeyFile.key(at: path, named: name.text) })
      guard key != nil else { return }
    }
    guard settings.mode != .surrogate || key != nil else { return }
    stages.deidentifier = RecordDeidentifier(settings, key: key)
  }

  /// A table of patients with its file, or a source that knows them.
  mutating func planned(_ patients: Recipe.Deidentification.Patients) -> PlannedPatients? {
    if let source = patients.source { return .source(source.text) }
    guard let path = patients.path else { return nil }
    let folder = folder
    let files = made(
      at: path.position, { try SourceFiles([path.text], relativeTo: folder).files })
    return files.map {
      .table($0, patient: patients.patient, columns: KnownIdentifier.Kind.columns(patients.columns))
    }
  }

  func pseudonyms(
    of source: Recipe.Source, _ facts: CorpusFacts, _ files: [InputFile]
  ) -> SourcePseudonyms? {
    guard let settings = recipe.deidentification, settings.hidesIDs(of: source, facts) else {
      return nil
    }
    return SourcePseudonyms(
      key: key, source: source.name.text, files: files,
      named: source.paths.map(\.text) + (sourcePaths[source.name.text] ?? []))
  }
}
