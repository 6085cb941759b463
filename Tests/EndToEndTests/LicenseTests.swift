import Formats
import Foundation
import Pipeline
import Records
import TestSupport
import Testing

/// CC-BY, CC-BY-NC and an agreement in one recipe: refused, or built with one voice about licences.
struct LicenseTests {
  private static let recipe = "\(PackageFolder.path)/Recipes/instruction/mixed-licenses.yaml"
  private static let agreement = "LicenseRef-PhysioNet-Credentialed-1.5.0"

  private static let sources = [
    "questions": PackageFolder.sample("questions.zip"),
    "instructions": "\(PackageFolder.path)/Tests/CorporaTests/Fixtures/medinstruct",
    "notes": "\(PackageFolder.path)/Tests/CorporaTests/Fixtures/mimic-iii-notes/NOTEEVENTS.csv",
  ]

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The shipped recipe with lines of it changed.
  private func written(_ changes: [String: String]) throws -> String {
    var text = try String(contentsOfFile: Self.recipe, encoding: .utf8)
    for (old, new) in changes {
      #expect(text.contains(old))
      text = text.replacing(old, with: new)
    }
    return try folder.write(text, to: "r.yaml")
  }

  private func build(_ recipe: String) throws -> MateriaRun {
    let arguments = Self.sources.sorted { $0.key < $1.key }.flatMap { ["--source", "\($0)=\($1)"] }
    return try MateriaRun(["build", recipe, "--output", folder("out"), "--quiet"] + arguments)
  }

  @Test(.enabled(if: Binary.tested != nil, "\(Binary.absence)"))
  func `commercial use refuses both sources at once, and says why and what to change`() throws {
    let run = try build(try written(["use: research": "use: commercial"]))
    #expect(run.exitCode == 2)
    #expect(
      run.messages.contains(
        "error: source 'instructions' is under CC-BY-NC-4.0, which forbids commercial use\n"
          + "hint: remove the source, or set 'use: research'"))
    #expect(
      run.messages.contains(
        "error: source 'notes' is under \(Self.agreement), which forbids commercial use\n"
          + "hint: remove the source, or set 'use: research' and keep the output to yourself"))
    #expect(!run.messages.contains("'questions'"))
    #expect(!FileManager.default.fileExists(atPath: folder("out")))
  }

  @Test(.enabled(if: Binary.tested != nil, "\(Binary.absence)"))
  func `an agreement that is not named is refused with the line to write`() throws {
    let line = "    accept_terms: \(Self.agreement)\n"
    let none = try build(try written([line: ""]))
    #expect(none.exitCode == 2)
    #expect(none.messages.contains("hint: write 'accept_terms: \(Self.agreement)' on the source"))

    let unnamed = try build(try written([line: "    accept_terms: true\n"]))
    #expect(unnamed.exitCode == 2)
    #expect(
      unnamed.messages.contains(
        "error: 'accept_terms: true' does not say which agreement is accepted\n"
          + "hint: write 'accept_terms: \(Self.agreement)'"))
  }

  @Test func `card, notice, rows and Croissant name the same licences`() async throws {
    _ = try await BuiltDataset.build(Self.recipe, to: folder("out")) {
      $0.sourcePaths = Self.sources.mapValues { [$0] }
    }
    let expected: Set = ["CC-BY-4.0", "CC-BY-NC-4.0", Self.agreement]
    #expect(try idsOfRows() == expected)
    #expect(try idsOfCard() == expected)
    #expect(idsOfNotice() == expected)
    #expect(try idsOfCroissant() == expected)
    #expect(try idsOfManifest() == expected)

    let sentence =
      "**DO-NOT-REDISTRIBUTE: this dataset holds records under \(Self.agreement); it must not be "
      + "passed on, in whole or in part.**"
    #expect(text("README.md").contains("\n\n# mixed-licenses\n\n\(sentence)\n\n"))
    #expect(text("NOTICE.md").hasPrefix("# Notice\n\n\(sentence)\n\n"))
    #expect(try BuiltDataset(path: folder("out")).manifest["redistributable"]?.bool == false)
  }

  // MARK: Each document, read by its own means

  private func text(_ name: String) -> String {
    String(decoding: FolderContent.bytes(of: folder("out/\(name)")), as: UTF8.self)
  }

  private func idsOfRows() throws -> Set<String> {
    let dataset = try BuiltDataset(path: folder("out"))
    let rows = try Split.allCases.flatMap { try dataset.rows("provenance/\($0.rawValue).jsonl") }
    return Set(rows.flatMap { ($0["license"]?.string ?? "").components(separatedBy: " AND ") })
  }

  /// The ids of the card's table, once its front matter was seen to have the hub's.
  private func idsOfCard() throws -> Set<String> {
    let card = text("README.md")
    #expect(card.contains("\nlicense: [cc-by-4.0, cc-by-nc-4.0, other]\n"))
    #expect(card.contains("\nlicense_name: \(Self.agreement)\nlicense_link: NOTICE.md\n"))
    #expect(card.contains("\n  I am a party to \(Self.agreement): checkbox\n"))
    let table = try #require(
      card.components(separatedBy: "\n## Licences\n").last?.components(separatedBy: "\n## ").first)
    let rows = table.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst(2)
    return Set(
      rows.map { $0.split(separator: "|")[0].trimmingCharacters(in: .whitespaces) })
  }

  private func idsOfNotice() -> Set<String> {
    let lines = text("NOTICE.md").split(separator: "\n").filter {
      $0.hasPrefix("- Licence: ") || $0.hasPrefix("- Terms: ")
    }
    return Set(
      lines.map { line in
        let id = line.split(separator: " ")[2].drop { $0 == "[" }
        return String(id.prefix { $0 != "]" && $0 != "," })
      })
  }

  private func idsOfCroissant() throws -> Set<String> {
    let croissant = try JSON(parsing: text("croissant.json"))
    let terms = (croissant["usageInfo"]?.array ?? []).compactMap { $0["termCode"]?.string }
    #expect(terms == ["DUO_0000042", "DUO_0000046", "DUO_0000026"])
    return Set(
      (croissant["license"]?.array ?? []).compactMap(\.string).map { address in
        LicenseFacts.all.first { $0.address == address }?.license.rawValue ?? address
      })
  }

  private func idsOfManifest() throws -> Set<String> {
    let dataset = try BuiltDataset(path: folder("out"))
    #expect(dataset.source("notes")?["accepted_terms"]?.array?.map(\.string) == [Self.agreement])
    return Set(
      dataset.sourceNames.flatMap { name in
        ["licenses", "example_licenses"].flatMap {
          dataset.source(name)?[$0]?.members?.map(\.key) ?? []
        }
      })
  }
}
