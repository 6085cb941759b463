import Records

/// The YAML at the head of a dataset card, by which the Hugging Face hub and `datasets` know a folder
/// (hub documentation of 2026).
///
/// Each dialect is a configuration of its own: its columns differ from the others'.
struct CardFrontMatter {
  private let dataset: DatasetDescription

  init(_ dataset: DatasetDescription) { self.dataset = dataset }

  /// The YAML between its lines of dashes.
  var text: String {
    var yaml = YAMLWriter()
    yaml.member("pretty_name", dataset.title)
    writeLicenses(to: &yaml)
    if !dataset.languages.isEmpty { yaml.member("language", dataset.languages) }
    yaml.member("size_categories", [Self.sizeCategory(of: dataset.examples)])
    if !dataset.taskCategories.isEmpty {
      yaml.member("task_categories", dataset.taskCategories)
    }
    yaml.member("tags", ["medical"])
    writeConfigurations(to: &yaml)
    writeInformation(to: &yaml)
    return "---\n\(yaml.text)---"
  }

  /// The hub's ids where it has one for each licence; else `other`, which the notice explains.
  private func writeLicenses(to yaml: inout YAMLWriter) {
    let licenses = dataset.licenses.map(\.license)
    let ids = licenses.compactMap(\.hubID)
    guard ids.count == licenses.count, !ids.isEmpty else {
      yaml.member("license", "other")
      yaml.member("license_name", licenses.count == 1 ? licenses[0].rawValue : "several")
      yaml.member("license_link", "NOTICE.md")
      return
    }
    var seen: Set<String> = []
    yaml.member("license", ids.filter { seen.insert($0).inserted })
  }

  private func writeConfigurations(to yaml: inout YAMLWriter) {
    yaml.begin("configs")
    for (place, configuration) in dataset.configurations.enumerated() {
      yaml.item("config_name", configuration.name, indent: 0)
      if place == 0 { yaml.member("default", true, indent: 2) }
      yaml.begin("data_files", indent: 2)
      for (split, files) in configuration.splits {
        yaml.item("split", split.rawValue, indent: 2)
        yaml.member("path", files.map(\.path), indent: 4)
      }
    }
  }

  private func writeInformation(to yaml: inout YAMLWriter) {
    yaml.begin("dataset_info")
    for configuration in dataset.configurations {
      yaml.item("config_name", configuration.name, indent: 0)
      yaml.begin("features", indent: 2)
      write(configuration.features, to: &yaml, indent: 2)
      yaml.begin("splits", indent: 2)
      for (split, files) in configuration.splits {
        yaml.item("name", split.rawValue, indent: 2)
        yaml.member("num_bytes", files.reduce(0) { $0 + $1.bytes }, indent: 4)
        yaml.member("num_examples", files.reduce(0) { $0 + $1.rows }, indent: 4)
      }
      let bytes = configuration.files.reduce(0) { $0 + $1.bytes }
      yaml.member("download_size", bytes, indent: 2)
      yaml.member("dataset_size", bytes, indent: 2)
    }
  }

  private func write(_ features: [Feature], to yaml: inout YAMLWriter, indent: Int) {
    for feature in features {
      yaml.item("name", feature.name, indent: indent)
      switch feature.kind {
      case .text: yaml.member("dtype", "string", indent: indent + 2)
      case .number: yaml.member("dtype", "int64", indent: indent + 2)
      case .texts: yaml.member("list", "string", indent: indent + 2)
      case .textPairs:
        yaml.begin("list", indent: indent + 2)
        yaml.member("list", "string", indent: indent + 4)
      case .object(let members):
        yaml.begin("struct", indent: indent + 2)
        write(members, to: &yaml, indent: indent + 2)
      case .objects(let members):
        yaml.begin("list", indent: indent + 2)
        write(members, to: &yaml, indent: indent + 2)
      }
    }
  }

  private static func sizeCategory(of examples: Int) -> String {
    let names = [
      "n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B",
    ]
    var (place, bound) = (0, 1000)
    while examples >= bound, place < names.count - 1 { (place, bound) = (place + 1, bound * 10) }
    return names[place]
  }
}

extension License {
  /// The hub's id, which is lower case and no SPDX id; nil where the hub has none.
  fileprivate var hubID: String? {
    switch self {
    case .cc0, .ccBy2, .ccBy25, .ccBy3, .ccBy4, .ccBySA3, .ccBySA4, .ccByNC2, .ccByNC3, .ccByNC4,
      .ccByNCSA2, .ccByNCSA3, .ccByNCSA4, .ccByND4, .ccByNCND3, .ccByNCND4, .cdlaPermissive2, .mit,
      .apache2, .bsd2, .bsd3, .etalab2:
      rawValue.lowercased()
    case .pddl: "pddl"
    case .odcBy: "odc-by"
    case .odbl: "odbl"
    case .gpl3: "gpl-3.0"
    default: nil
    }
  }
}
