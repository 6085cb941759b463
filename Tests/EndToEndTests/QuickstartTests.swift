import Formats
import Pipeline
import Records
import Schemas
import TestSupport
import Testing

/// `Recipes/quickstart.yaml` over the samples, held to what `samples/README.md` says of them.
struct QuickstartTests {
  /// The one build that all tests look at.
  private static let build = Task {
    let folder = try TemporaryFolder()
    let report = try await BuiltDataset.build(PackageFolder.quickstart, to: folder("out")).report
    return (folder: folder, report: report)
  }

  private let folder: TemporaryFolder
  private let dataset: BuiltDataset
  private let report: BuildReport

  init() async throws {
    (folder, report) = try await Self.build.value
    dataset = try BuiltDataset(path: folder("out"))
  }

  @Test func `counts what is planted in the samples, and nothing else`() throws {
    let planted = try SampleCounts.published.get()
    #expect(dataset.sourceNames.sorted() == planted.columns.keys.sorted())
    for (name, counts) in planted.columns {
      let source = try #require(dataset.source(name))
      #expect(source["read"]?.int == counts["read"], "\(name)")
      // The samples' counts are without filters on language; the recipe asks for English.
      let foreign = name == "abstracts" ? ["other-language": 4 + 3 + 1] : [:]
      let kept = (counts["kept"] ?? 0) - foreign.values.reduce(0, +)
      #expect(source["written"]?.int == kept, "\(name)")
      #expect(source["skipped"]?.array?.count ?? 0 == counts["entries skipped"], "\(name)")
      #expect(dataset.rejected(in: name) == planted.rejected(in: name).merging(foreign) { $1 })
    }
    #expect(!report.isFoundWanting)
  }

  @Test func `what was read was written or rejected, in every source`() throws {
    #expect(dataset.unbalanced == [])
    let rejected = try dataset.rows("rejected.jsonl")
    for name in dataset.sourceNames {
      let rows = rejected.filter { $0["source"]?.string == name }
      let reasons = Dictionary(grouping: rows) { $0["reason"]?.string ?? "" }.mapValues(\.count)
      #expect(reasons == dataset.rejected(in: name), "\(name)")
    }
  }

  @Test func `no group is in two splits`() throws {
    #expect(try dataset.sharedGroups() == [])
    #expect(try dataset.groupKinds().isSuperset(of: ["patient", "pmid", "focus"]))
  }

  @Test func `no copy is in another split than what it is a copy of`() throws {
    var splits: [String: String] = [:]
    for split in Split.allCases {
      for row in try dataset.rows("provenance/\(split.rawValue).jsonl") {
        let source = row["source"]?.string ?? ""
        for record in row["records"]?.array ?? [] {
          splits["\(source):\(record.string ?? "")"] = split.rawValue
        }
      }
    }
    let copies = try dataset.rows("duplicates.jsonl")
    #expect(copies.count == 3 + 4 + 1 + 3 + 1 + 1 + 1)
    for copy in copies {
      #expect(splits[copy["kept"]?.string ?? ""] != nil)
      #expect(splits[copy["dropped"]?.string ?? ""] == nil)
    }
  }

  @Test(arguments: [
    ("messages", "messages"), ("prompt-completion", "prompt-completion-conversational"),
    ("alpaca", "alpaca"), ("sharegpt", "sharegpt"), ("provenance", "provenance"),
  ])
  func `every row fits its schema`(name: String, schema: String) async throws {
    let validation = try FileValidation(ValidationSettings(schemaName: schema))
    let result = try await validation.run([folder("out/\(name)")]) {
      Issue.record("\($0.diagnostic)")
    }
    #expect(result.isValid)
    #expect(result.files.count == 3)
    #expect(result.rows == report.examples)
  }

  @Test(arguments: [
    ("manifest.json", "manifest", true), ("rejected.jsonl", "rejection", false),
    ("duplicates.jsonl", "duplicate", false),
  ])
  func `every side file fits its schema`(name: String, schema: String, isWhole: Bool) async throws {
    var settings = ValidationSettings(schemaName: schema)
    settings.isWhole = isWhole
    let result = try await FileValidation(settings).run([folder("out/\(name)")]) {
      Issue.record("\($0.diagnostic)")
    }
    #expect(result.isValid)
  }

  @Test func `the whole dataset is found valid without being told what it is`() async throws {
    let result = try await FileValidation(ValidationSettings()).run([folder("out")]) {
      if $0.severity == .error { Issue.record("\($0.diagnostic)") }
    }
    #expect(result.isValid)
    let formats = Set(result.files.map { $0.format ?? "none" })
    #expect(formats.isSuperset(of: ["messages", "alpaca", "sharegpt", "provenance", "manifest"]))
    #expect(!formats.contains("none"))
  }

  @Test func `the manifest lists every file with its digest and its rows`() throws {
    let files = FolderContent.files(in: folder("out"))
    let listed = try #require(dataset.manifest["files"]?.array)
    #expect(
      Set(listed.compactMap { $0["path"]?.string })
        == Set(files.keys).subtracting(["manifest.json"]))
    for file in listed {
      let bytes = try #require(files[file["path"]?.string ?? ""])
      #expect(file["bytes"]?.int == bytes.count)
      if let rows = file["rows"]?.int { #expect(bytes.count { $0 == 0x0A } == rows) }
    }
  }

  @Test func `a record's dialects hold the same examples in the same order`() throws {
    for split in Split.allCases {
      let ids = try dataset.rows("provenance/\(split.rawValue).jsonl").map { $0["id"]?.string }
      #expect(Set(ids).count == ids.count)
      for dialect in ["messages", "alpaca", "sharegpt", "prompt-completion"] {
        #expect(try dataset.rows("\(dialect)/\(split.rawValue).jsonl").count == ids.count)
      }
    }
  }

  @Test func `an adapter config and a launcher come with the data`() {
    #expect(folder.has("out/training/lora/adapter_config.json"))
    #expect(folder.has("out/training/prefix-tuning/adapter_config.json"))
    #expect(folder.text(of: "out/training/train.py").contains("/train.jsonl\"]"))
  }

  @Test func `nothing but the dataset is left behind`() {
    #expect(folder.names() == ["out"])
  }
}
