import Recipes

/// The lock file of a published dataset: its recipe with every default, and its inputs.
struct PublishedLock {
  let root: YAMLNode
  /// Where messages say the lock is.
  let path: String

  /// - Throws: `PipelineError.recipe` when there is none to read.
  init(in folder: String) throws {
    path = "\(folder)/\(RecipeLock.fileName)"
    do {
      root = try YAMLFile.tree(of: path, maximumBytes: RecipeLock.maximumBytes)
    } catch {
      throw PipelineError.recipe(error.problems)
    }
  }

  var recipe: YAMLNode? { root["recipe"] }

  /// The recipe, key by key, and which secret key it was built with.
  var recipeValues: FlatValues {
    var values = recipe.map(FlatValues.init) ?? FlatValues()
    if let check = root["key_check"]?.string { values["key_check"] = check }
    return values
  }

  /// The digest of every input, by source and path.
  var inputDigests: FlatValues {
    var values = FlatValues()
    for input in root["inputs"]?.elements ?? [] {
      let place = "\(input["source"]?.string ?? "")/\(input["path"]?.string ?? "")"
      values[place] = input["sha256"]?.string
    }
    return values
  }
}
