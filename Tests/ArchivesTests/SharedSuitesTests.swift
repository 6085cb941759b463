import Glibc
import Records
import Testing

@testable import Archives

/// The public and hand-made suites of hostile archives, where they are at hand.
@Suite(.enabled(if: SharedSuites.isPresent, "the shared suites are not here; set MATERIA_SHARED"))
struct SharedSuitesTests {
  @Test(arguments: [
    "bomb-ratio.zip", "bomb-nested.zip", "bomb-multistream.bz2", "bomb-double.json.gz.gz",
    "bomb-overlap.zip", "many-entries.tar.gz", "claims-1-PiB.tar", "truncated.zip", "crc.zip",
    "truncated.txt.gz", "flipped.txt.gz", "trailing.txt.gz", "text-named.zip", "encrypted-flag.zip",
  ])
  func `refuses what is hostile, and soon`(name: String) throws {
    let start = ContinuousClock.now
    let outcome = SharedSuites.read("hostile-made-here/\(name)")
    #expect(!outcome.problems.isEmpty)
    // The bar is 5 s for a release build on a quiet machine; this only catches hangs.
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test(arguments: ["paths.zip", "paths.tar", "links.tar", "encrypted-flag.zip"])
  func `reads the good entry beside the bad ones`(name: String) throws {
    let outcome = SharedSuites.read("hostile-made-here/\(name)")
    #expect(outcome.contents.texts["good.txt"] != nil || name == "encrypted-flag.zip")
    #expect(outcome.contents.texts.count >= 1)
    let shown = outcome.contents.paths.joined()
    #expect(!shown.utf8.contains { $0 < 0x20 })
  }

  @Test func `reads every archive with hostile paths as streams`() throws {
    for file in SharedSuites.files(below: "hostile-paths") {
      let outcome = SharedSuites.read(file)
      #expect(outcome.problems.isEmpty, "\(file): \(outcome.problems)")
    }
  }

  @Test func `finds the entries that libarchive's own tools find`() throws {
    for row in try SharedSuites.libarchiveRows() where row.folder == "core" && row.outcome == "ok" {
      let outcome = SharedSuites.read("libarchive-archives/\(row.file)")
      if !outcome.problems.isEmpty || Self.isBareStream(row) { continue }
      let found = outcome.contents.paths.count + outcome.contents.skippedCount
      #expect(found == row.entries, "\(row.file)")
    }
  }

  @Test func `refuses formats that are not enabled`() throws {
    for row in try SharedSuites.libarchiveRows() where row.folder == "other-format" {
      // Without a magic they are plain files to us, which no reader takes for a corpus.
      if row.file.hasSuffix(".bin") || row.file.contains("nomagic") { continue }
      let outcome = SharedSuites.read("libarchive-archives/\(row.file)")
      guard case .formatNotEnabled = outcome.problems.first else {
        Issue.record("\(row.file): \(outcome.problems)")
        continue
      }
    }
  }

  @Test func `says so when an archive of the suite is damaged, and never hangs`() throws {
    for row in try SharedSuites.libarchiveRows() where row.folder == "core" {
      let start = ContinuousClock.now
      let outcome = SharedSuites.read("libarchive-archives/\(row.file)")
      #expect(ContinuousClock.now - start < .seconds(5), "\(row.file)")
      guard row.outcome == "data-error" else { continue }
      let isSkipped = outcome.contents.skipped.contains { $0.reason == .ignoredName }
      #expect(!outcome.problems.isEmpty || isSkipped, "\(row.file)")
    }
  }

  /// libarchive's tools count an empty stream as no entry; to us it is one empty file.
  private static func isBareStream(_ row: SharedSuites.Row) -> Bool { row.entries == 0 }
}

/// Where the suites are, and how they are read.
enum SharedSuites {
  struct Row {
    var file: String
    var entries: Int
    var outcome: String
    var folder: String { file.split(separator: "/").first.map(String.init) ?? "" }
  }

  struct Outcome {
    var contents = Contents()
    var problems: [ArchiveError.Problem] = []
  }

  static var isPresent: Bool { access(root, R_OK) == 0 }

  static func read(_ file: String) -> Outcome {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    do {
      let contents = try contents(ofFile: "\(root)/\(file)", named: name)
      return Outcome(contents: contents, problems: contents.problems)
    } catch let error as ArchiveError {
      return Outcome(problems: [error.problem])
    } catch {
      Issue.record(error)
      return Outcome()
    }
  }

  static func files(below folder: String) -> [String] {
    var walk = FolderWalk("\(root)/\(folder)", maximumDepth: nil)
    let items = (try? walk.items()) ?? []
    return items.map { "\(folder)/\($0.relativePath)" }
      .filter { !$0.hasSuffix(".md") && !$0.hasSuffix("LICENSE") }
  }

  /// The manifest's rows, of which three fields are needed.
  static func libarchiveRows() throws -> [Row] {
    let path = "\(root)/libarchive-archives/manifest.jsonl"
    let archive = try Archive.open(path: path, displayPath: "manifest.jsonl")
    guard var entry = try archive.nextEntry() else { return [] }
    let text = try String(decoding: entry.allBytes(), as: UTF8.self)
    return text.split(separator: "\n").map { line in
      Row(
        file: field("file", in: line), entries: Int(field("entries", in: line)) ?? 0,
        outcome: field("class", in: line))
    }
  }

  private static func field(_ name: String, in line: Substring) -> String {
    guard let key = line.firstRange(of: "\"\(name)\": ") else { return "" }
    return String(line[key.upperBound...].drop { $0 == "\"" }.prefix { !"\",}".contains($0) })
  }

  private static let root: String = {
    if let shared = getenv("MATERIA_SHARED") { return String(cString: shared) + "/conformance" }
    let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(package)/../shared/conformance"
  }()
}
