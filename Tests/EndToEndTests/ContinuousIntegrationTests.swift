import Foundation
import Recipes
import TestSupport
import Testing

/// Whether the workflows that the documentation hands out are YAML, and their commands run.
@Suite(.enabled(if: Binary.tested != nil, "\(Binary.absence)"))
struct ContinuousIntegrationTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      "{\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"},"
        + "{\"role\":\"assistant\",\"content\":\"So.\"}]}\n", to: "data/train.jsonl")
  }

  /// The commands that say yes or no.
  private static let names: Set = ["validate", "verify", "diff"]

  /// The blocks of a language in the document.
  private func blocks(_ language: String) throws -> [String] {
    let text = try #require(Fixture("../../Documentation/ci.md").text)
    return text.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
  }

  /// The lines of a tree's texts that call the tool, wherever they stand.
  private func commands(in node: YAMLNode) -> [String] {
    node.members.flatMap { commands(in: $0.value) } + node.elements.flatMap(commands)
      + (node.string ?? "").split(separator: "\n").map(String.init)
      .filter { line in Self.names.contains { line.contains("release/materia \($0) ") } }
  }

  @Test func `every workflow is YAML, and its commands say yes to good data`() async throws {
    let recipe = "\(PackageFolder.path)/Recipes/quickstart.yaml"
    for output in ["Output/questions", "base/Output/questions"] {
      let run = try MateriaRun(["build", recipe, "--output", folder(output), "--quiet"])
      #expect(run.exitCode == 0)
    }
    var names: Set<String> = []
    for (number, block) in try blocks("yaml").enumerated() {
      try folder.write(block, to: "\(number).yaml")
      let tree = try YAMLFile.tree(of: folder("\(number).yaml"), maximumBytes: 1 << 16)
      for command in commands(in: tree) {
        names.formUnion(Self.names.filter { command.contains(" \($0) ") })
        #expect(try exitCode(of: command) == 0, "\(command)")
      }
    }
    #expect(names == Self.names)
  }

  @Test func `the lines for a shell run too`() throws {
    let recipe = "\(PackageFolder.path)/Recipes/quickstart.yaml"
    for output in ["Output/questions", "Output/before", "base/Output/questions"] {
      let run = try MateriaRun(["build", recipe, "--output", folder(output), "--quiet"])
      #expect(run.exitCode == 0)
    }
    for block in try blocks("sh") {
      for line in block.replacing("\\\n", with: "").split(separator: "\n") {
        // Ten rows are wanted by OpenAI: a warning, which passes.
        #expect(try exitCode(of: String(line)) == 0, "\(line)")
      }
    }
  }

  private func exitCode(of command: String) throws -> Int32 {
    let words = command.replacing("/tmp/base", with: folder("base")).split(separator: " ").map {
      $0.hasSuffix("release/materia") || $0 == "materia" ? "\"$MATERIA\"" : String($0)
    }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", words.joined(separator: " ")]
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.environment = ProcessInfo.processInfo.environment.merging([
      "MATERIA": Binary.tested ?? "", "GITHUB_STEP_SUMMARY": folder("summary"),
    ]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
