import Corpora
import Formats
import Records

/// Tells the whole way of a record from a published dataset alone.
package struct DatasetExplanation {
  private let dataset: PublishedDataset
  private let recipe: FlatValues
  private let showsText: Bool

  /// - Throws: `PipelineError.recipe` when the folder is no dataset.
  package init(_ folder: String, showsText: Bool) throws {
    dataset = try PublishedDataset(folder)
    recipe = try PublishedLock(in: dataset.root).recipeValues
    self.showsText = showsText
  }

  /// The folder of the dataset that a text speaks of: that of its file, or the only one there is.
  ///
  /// - Throws: `PipelineError.recipe` when there is none, or several.
  package static func folder(for text: String) throws -> String {
    if let file = FileLine(text)?.file, let folder = folder(above: file) { return folder }
    if FileSize.isFile(PublishedManifest.fileName) { return "." }
    let published = FolderTree.names(in: "Output").map { "Output/\($0)" }
      .filter { FileSize.isFile("\($0)/\(PublishedManifest.fileName)") }
    guard let only = published.first, published.count == 1 else {
      throw PipelineError.recipe([
        Diagnostic(
          published.isEmpty
            ? "there is no dataset here" : "there are several datasets in Output",
          hint: "name its folder: materia explain ID FOLDER")
      ])
    }
    return only
  }

  /// The nearest folder above a file that is a dataset.
  static func folder(above file: String) -> String? {
    var folder = FolderTree.parentAndName(of: file).parent
    while true {
      if FileSize.isFile("\(folder)/\(PublishedManifest.fileName)") { return folder }
      guard folder.contains("/"), folder != "/" else { return nil }
      folder = FolderTree.parentAndName(of: folder).parent
    }
  }

  /// The way of the record that a text names: an id of a record or an example, or `FILE:LINE`.
  ///
  /// - Throws: `PipelineError.recipe` when nothing has that name; the message has the nearest ids.
  package func explanation(of text: String) throws -> RecordExplanation {
    do {
      return try read(text)
    } catch {
      throw PublishedDataset.failure(error)
    }
  }

  private func read(_ text: String) throws -> RecordExplanation {
    let id = try RecordTarget(dataset: dataset).record(of: text)
    let source = dataset.manifest.sourceNames.first { id.hasPrefix("\($0):") } ?? ""
    var found = RecordExplanation(id: id, source: source, corpus: corpus(of: source))
    try addExamples(to: &found)
    try addRejections(to: &found)
    try addCopies(to: &found)
    try addContamination(to: &found)
    found.mix = settings(below: "mix.\(source)") + settings(below: "total")
    try addTexts(to: &found)
    return found
  }

  private func corpus(of source: String) -> String { recipe["sources.\(source).corpus"] ?? "" }

  private func settings(below path: String) -> [RecordExplanation.Setting] {
    recipe.values.filter { $0.key.hasPrefix("\(path).") }
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { RecordExplanation.Setting(path: $0.key, value: $0.value) }
  }

  // MARK: Examples

  private func addExamples(to found: inout RecordExplanation) throws {
    let search = LineSearch(string: String(found.id.dropFirst(found.source.count + 1)))
    for split in Split.allCases {
      try search.forEachLine(in: dataset.column(of: split, in: "provenance").paths) { place, row in
        guard PublishedID.record(of: row) == found.id else { return }
        if found.examples.isEmpty { addOrigin(row, split, to: &found) }
        found.examples.append(
          RecordExplanation.Example(
            id: row["id"]?.string ?? "", task: row["task"]?.string ?? "",
            template: row["template"]?.string ?? "",
            exemplars: row["exemplars"]?.elements.compactMap(\.string) ?? [],
            rows: try dataset.comparableDialects.map { dialect in
              let (file, line) = try dataset.place(ofRow: place, of: split, in: dialect)
              return RecordExplanation.Row(dialect: dialect, file: file, line: line)
            }))
      }
    }
    for group in found.groups.indices.prefix(Self.countedGroups) {
      try count(&found.groups[group])
    }
  }

  /// For so many of a record's groups the others of the group are counted.
  private static let countedGroups = 4

  private func addOrigin(_ row: JSONNode, _ split: Split, to found: inout RecordExplanation) {
    addPlace(row, to: &found)
    found.language = row["language"]?.string
    found.groups = (row["groups"]?.elements.compactMap(\.string) ?? []).map {
      RecordExplanation.Group(key: $0, examples: [])
    }
    let license = row["license"]?.string ?? ""
    let isOfParents = row["exemplars"] != nil && license.contains(" AND ")
    found.license = RecordExplanation.License(
      id: license,
      why: isOfParents ? "its own and those of its worked examples" : why(license, found))
    let reason = row["split_reason"]?.string ?? ""
    found.split = RecordExplanation.SplitChoice(
      name: split.rawValue, reason: reason, why: Self.why(splitReason: reason, recipe))
  }

  private func addPlace(_ row: JSONNode, to found: inout RecordExplanation) {
    if found.place == nil { found.place = Self.place(in: row) }
  }

  private static func place(in row: JSONNode) -> RecordExplanation.Place {
    RecordExplanation.Place(
      archive: row["archive"]?.string ?? "", entry: row["entry"]?.string ?? "",
      ordinal: row["ordinal"]?.int ?? 0, byteOffset: row["byte_offset"]?.int)
  }

  private func why(_ license: String, _ found: RecordExplanation) -> String {
    let place = "sources.\(found.source)"
    let asserted = recipe["\(place).license"].flatMap { try? LicenseExpression(parsing: $0) }
    if asserted?.choice.expression == license {
      return recipe["\(place).license_evidence"].map {
        "the recipe asserts it, with evidence: \($0)"
      } ?? "the recipe asserts it for the source"
    }
    guard let facts = CorpusRegistry.facts(named: found.corpus) else {
      return "stated by the record"
    }
    return facts.license?.rawValue == license
      ? "corpus '\(facts.name)' declares it" : "stated by the record or what stands beside it"
  }

  private static func why(splitReason: String, _ recipe: FlatValues) -> String {
    let seed = recipe["seed"] ?? ""
    return switch splitReason {
    case "official": "the corpus published it, or what it belongs to, in this split"
    case "group-hash":
      "drawn by seed \(seed) for all records that share its groups or a copied text"
    case "record-hash": "drawn by seed \(seed) for the record alone"
    case "group-balanced", "record-balanced":
      "drawn by seed \(seed), and moved where the shares asked for it"
    case "group-fold", "record-fold":
      "of fold \(recipe["split.fold"] ?? "") or not, drawn by seed \(seed)"
    default: splitReason
    }
  }

  private func count(_ group: inout RecordExplanation.Group) throws {
    let key = group.key
    for split in Split.allCases {
      var count = 0
      try LineSearch(string: key).forEachLine(
        in: dataset.column(of: split, in: "provenance").paths
      ) { _, row in
        if row["groups"]?.elements.contains(where: { $0.isText(key) }) == true { count += 1 }
      }
      if count > 0 { group.examples.append((split.rawValue, count)) }
    }
  }

  // MARK: What the stages said

  private func addRejections(to found: inout RecordExplanation) throws {
    let id = String(found.id.dropFirst(found.source.count + 1))
    let searches =
      [LineSearch(string: id)]
      + (id.lastIndex(of: "@").map {
        [LineSearch(member: "ordinal", number: String(id[id.index(after: $0)...]))]
      } ?? [])
    for search in searches where found.rejections.isEmpty {
      try search.forEachLine(in: dataset.paths(of: PublishedDataset.rejections)) { _, row in
        guard PublishedID.rejected(row) == found.id else { return }
        addPlace(row, to: &found)
        let place = Self.place(in: row)
        let reason = row["reason"]?.string ?? ""
        let value = row["value"]?.string
        found.rejections.append(
          RecordExplanation.Rejection(
            stage: row["stage"]?.string ?? "", reason: reason, value: value,
            limits: RejectionLimits.settings(
              of: reason, by: row["stage"]?.string ?? "", value: value, source: found.source,
              in: recipe),
            otherReading: found.place?.isSameReading(as: place) == false ? place : nil))
      }
    }
  }

  private func addCopies(to found: inout RecordExplanation) throws {
    let paths = dataset.paths(of: PublishedDataset.duplicates)
    try LineSearch(string: found.id).forEachLine(in: paths) { _, row in
      let pair = ["kept", "dropped"].map { row[$0]?.string ?? "" }
      guard pair.contains(found.id) else { return }
      found.copies.append(
        RecordExplanation.Copy(
          cluster: row["cluster"]?.string ?? "", kept: pair[0], dropped: pair[1],
          similarity: row["similarity"]?.numberText ?? "", kind: row["kind"]?.string ?? "",
          clusterSize: 0))
    }
    for cluster in Set(found.copies.map(\.cluster)) {
      var size = 0
      try LineSearch(string: cluster).forEachLine(in: paths) { _, row in
        if row["cluster"]?.isText(cluster) == true { size += 1 }
      }
      for place in found.copies.indices where found.copies[place].cluster == cluster {
        found.copies[place].clusterSize = size
      }
    }
  }

  private func addContamination(to found: inout RecordExplanation) throws {
    let id = found.id
    try LineSearch(string: id).forEachLine(
      in: dataset.paths(of: PublishedDataset.contamination)
    ) { _, row in
      guard row["id"]?.isText(id) == true else { return }
      found.contamination.append(
        RecordExplanation.Contamination(
          benchmark: row["benchmark"]?.string ?? "", item: row["item"]?.string ?? "",
          rule: row["rule"]?.string ?? "", score: row["score"]?.numberText ?? "",
          isRemoved: row["removed"]?.bool ?? false))
    }
  }

  // MARK: Texts

  /// Reads the rows: for the placeholders in them, and to be shown.
  private func addTexts(to found: inout RecordExplanation) throws {
    let mode = dataset.manifest.deidentification?.mode
    guard showsText || mode != nil else { return }
    var placeholders = PlaceholderCount(dataset.manifest.deidentification?.classes ?? [])
    for example in found.examples.indices {
      // Every dialect says the same: placeholders are counted in one.
      let rows = found.examples[example].rows.indices
      for row in rows.prefix(showsText ? .max : 1) {
        let place = found.examples[example].rows[row]
        let file = LineStream([place.file])
        try PublishedDataset.forEachLine(at: [place.line - 1], in: file) { _, line in
          if showsText {
            found.examples[example].rows[row].text = String(decoding: line, as: UTF8.self)
          }
          if row == rows.lowerBound { placeholders.add(line) }
        }
      }
    }
    if let mode, !found.examples.isEmpty {
      found.identifiers = RecordExplanation.Identifiers(mode: mode, counts: placeholders.counts)
    }
  }
}

/// Counts numbered placeholders such as `[NAME_1]` by class.
private struct PlaceholderCount {
  private(set) var counts: [(name: String, count: Int)] = []
  private let classes: [String]

  init(_ classes: [String]) { self.classes = classes }

  mutating func add(_ row: UnsafeRawBufferPointer) {
    let text = String(decoding: row, as: UTF8.self)
    for name in classes {
      let count = text.ranges(of: "[\(name)_").count
      guard count > 0 else { continue }
      if let place = counts.firstIndex(where: { $0.name == name }) {
        counts[place].count += count
      } else {
        counts.append((name, count))
      }
    }
  }
}
