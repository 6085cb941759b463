import Records

/// A dataset as its card, its Croissant file and its report describe it: all from the manifest and the
/// plan, nothing by hand.
package struct DatasetDescription: Sendable {
  package var manifest: Manifest
  /// One sentence, or empty.
  package var sentence: String
  package var publication: Publication
  /// One for each dialect, in the order of the recipe.
  package var configurations: [Configuration]
  /// The hub's ids of what the examples train, sorted.
  package var taskCategories: [String]
  /// What the splits share.
  package var leaks: LeakReport
  /// The examples that the report shows with their text; none unless the recipe asks for them.
  package var samples: [ExampleSample.Member]

  package init(
    manifest: Manifest, sentence: String, publication: Publication = Publication(),
    configurations: [Configuration], taskCategories: [String],
    leaks: LeakReport = LeakReport(), samples: [ExampleSample.Member] = []
  ) {
    self.manifest = manifest
    self.sentence = sentence
    self.publication = publication
    self.configurations = configurations
    self.taskCategories = taskCategories
    self.leaks = leaks
    self.samples = samples
  }

  /// What only the people who publish a dataset know.
  package struct Publication: Sendable, Equatable {
    package var title: String?
    package var creator: String?
    package var url: String?
    /// The day of publication, as `2026-11-26`.
    package var date: String?
    package var version: String?
    package var citation: String?

    package init(
      title: String? = nil, creator: String? = nil, url: String? = nil, date: String? = nil,
      version: String? = nil, citation: String? = nil
    ) {
      self.title = title
      self.creator = creator
      self.url = url
      self.date = date
      self.version = version
      self.citation = citation
    }
  }

  /// The rows of a dialect, which load together.
  package struct Configuration: Sendable, Equatable {
    /// The dialect's name, and its folder.
    package var name: String
    package var features: [Feature]
    package var format: RowFileFormat
    package var files: [File]

    package init(
      name: String, features: [Feature], format: RowFileFormat = .jsonl, files: [File]
    ) {
      self.name = name
      self.features = features
      self.format = format
      self.files = files
    }
  }

  /// A file of rows.
  package struct File: Sendable, Equatable {
    package var split: Split
    /// The path from the dataset's folder.
    package var path: String
    package var sha256: String
    package var bytes: Int
    package var rows: Int

    package init(split: Split, path: String, sha256: String, bytes: Int, rows: Int) {
      self.split = split
      self.path = path
      self.sha256 = sha256
      self.bytes = bytes
      self.rows = rows
    }
  }
}

extension DatasetDescription {
  var title: String { publication.title ?? manifest.name }

  /// The recipe's sentence, or one that says what can be said of any build.
  var summary: String {
    sentence.isEmpty
      ? "Medical training examples built by \(manifest.tool) for \(manifest.use.rawValue) use."
      : sentence
  }

  /// The dialects that `load_dataset` finds by the card: rows in the format of the first of them that
  /// is rows, for `datasets` takes one kind of file in all configurations of a folder.
  var loadable: [Configuration] {
    let rows = configurations.filter { $0.format == .jsonl || $0.format == .parquet }
    return rows.filter { $0.format == rows.first?.format }
  }

  /// The other dialects, which are to be loaded by the paths of their files.
  var loadedByPath: [Configuration] {
    configurations.filter { !loadable.contains($0) && !$0.files.isEmpty }
  }

  /// The examples of all splits.
  var examples: Int { manifest.splits.values.reduce(0) { $0 + $1.examples } }

  /// The languages that are known, sorted.
  var languages: [String] {
    Set(manifest.sources.flatMap(\.languages.keys)).subtracting(["und"]).sorted()
  }

  /// The licences of the records, by id in byte order, with the number of their records.
  var licenses: [(license: License, records: Int)] { manifest.licenseCounts }
}

extension DatasetDescription.Configuration {
  /// The splits that have files, with these.
  var splits: [(split: Split, files: [DatasetDescription.File])] {
    Split.allCases.compactMap { split in
      let files = files.filter { $0.split == split }
      return files.isEmpty ? nil : (split, files)
    }
  }
}
