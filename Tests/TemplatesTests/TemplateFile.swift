import Foundation
import Records

/// Reads the template sets that ship, for tests.
///
/// It knows a strict subset of YAML, one value a line, so that this target needs no YAML library.
/// `RecipesTests` read the same files with the real one.
struct TemplateFile {
  let name: String
  let set: TemplateSet

  /// Every file of `Recipes/templates`, by name.
  static let all: [TemplateFile] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "Recipes/templates").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { name in
      FileManager.default.contents(atPath: "\(folder)/\(name)").map {
        TemplateFile(name: name, text: String(decoding: $0, as: UTF8.self))
      }
    }
  }()

  static func set(named name: String) -> TemplateSet? {
    all.first { $0.name == "\(name).yaml" }?.set
  }

  private init(name: String, text: String) {
    self.name = name
    var fields: [String: String] = [:]
    var wordings: [TemplateSet.Wording] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let key = parts[0].trimmingCharacters(in: .whitespaces)
      let value = Self.unquoted(parts[1].trimmingCharacters(in: .whitespaces))
      switch key {
      case "- instruction": wordings.append(.init(instruction: value))
      case "input": wordings[wordings.count - 1].input = value
      default: fields[key] = value
      }
    }
    set = TemplateSet(
      name: fields["name"] ?? "", task: fields["task"] ?? "", language: fields["language"] ?? "",
      system: fields["system"] ?? "", wordings: wordings, output: fields["output"] ?? "")
  }

  private static func unquoted(_ text: String) -> String {
    if text.hasPrefix("'") { return String(text.dropFirst().dropLast()) }
    guard text.hasPrefix("\"") else { return text }
    return text.dropFirst().dropLast()
      .replacingOccurrences(of: "\\n", with: "\n").replacingOccurrences(of: "\\\"", with: "\"")
  }
}
