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
    writeGate(to: &yaml)
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

  /// The hub's ids, with `other` for the licences that it has none for; the notice explains those.
  private func writeLicenses(to yaml: inout YAMLWriter) {
    let licenses = dataset.licenses.map(\.license)
    let others = licenses.filter { $0.facts.hubID == nil }
    var seen: Set<String> = []
    let ids = licenses.compactMap(\.facts.hubID).filter { seen.insert($0).inserted }
    guard !others.isEmpty || ids.isEmpty else { return yaml.member("license", ids) }
    if ids.isEmpty {
      yaml.member("license", "other")
    } else {
      yaml.member("license", ids + ["other"])
    }
    yaml.member("license_name", others.count == 1 ? others[0].rawValue : "several")
    yaml.member("license_link", "NOTICE.md")
  }

  /// What the hub asks before it shows the files, should the folder be pushed in spite of all.
  private func writeGate(to yaml: inout YAMLWriter) {
    let agreements = dataset.licenses.map(\.license).filter(\.needsAcceptance)
    guard let prohibition = dataset.manifest.prohibition, !agreements.isEmpty else { return }
    yaml.member("extra_gated_heading", "Under an agreement that you must be a party to")
    yaml.member("extra_gated_prompt", prohibition)
    yaml.begin("extra_gated_fields")
    for agreement in agreements {
      yaml.member("I am a party to \(agreement.rawValue)", "checkbox", indent: 2)
    }
  }

  private func writeConfigurations(to yaml: inout YAMLWriter) {
    guard !dataset.loadable.isEmpty else { return }
    yaml.begin("configs")
    for (place, configuration) in dataset.loadable.enumerated() {
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
    guard !dataset.loadable.isEmpty else { return }
    yaml.begin("dataset_info")
    for configuration in dataset.loadable {
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
