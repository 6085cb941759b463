import ArgumentParser
import Pipeline
import Records

/// `materia diff`: two builds of a dataset beside each other, down to single records.
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two builds: recipes, inputs, counts, proofs, and record by record.",
    discussion: """
      Reads what 'materia build' published in both folders, compressed and in shards too. Records that \
      went from test to train, or the other way, come first: results of models trained before and \
      after cannot be compared then.

        materia diff Output/old Output/new
        materia diff Output/old Output/new --all --json > changes.json

      Prints ids and counts; texts only with --show-text. Exit codes: 0 nothing differs, 1 something \
      does, 2 usage, 3 a folder cannot be read.
      """)

  @Argument(help: "The folder of the first build.")
  var before: String

  @Argument(help: "The folder of the second build.")
  var after: String

  @Option(help: "How many records, values and files of a kind to list.")
  var limit = 10

  @Flag(help: "List all of them.")
  var all = false

  @Flag(help: "Show the rows of listed records before and after.")
  var showText = false

  @OptionGroup var resources: ReadingOptions

  @Flag(name: .shortAndLong, help: "Print nothing: the exit code says it.")
  var quiet = false

  @Flag(name: .long, help: "Print the result as JSON.")
  var json = false

  func validate() throws {
    if limit < 0 { throw ValidationError("'--limit' takes 0 or more, found \(limit)") }
    if all, showText {
      throw ValidationError("'--show-text' shows rows that are listed one by one: use '--limit'")
    }
  }

  func run() async throws {
    let console = Console(isQuiet: quiet)
    let found = try await DatasetComparison(
      before, after, threads: resources.threadCount,
      memoryBytes: resources.memoryBytes, limit: all ? nil : limit,
      showsText: showText
    ).differences()
    if json {
      console.result(found.json)
    } else if !quiet {
      console.result(text(of: found))
    }
    if !found.isSame { throw ExitCode(1) }
  }

  // MARK: Text

  private func text(of found: DatasetDifferences) -> String {
    guard !found.isSame else { return "the builds are the same" }
    let parts =
      [Self.head(of: found)] + found.records.filter { $0.count > 0 }.map(text)
      + found.values.filter { !$0.changes.isEmpty }.map(text)
    return Printable.text(parts.joined(separator: "\n\n"))
  }

  private static func head(of found: DatasetDifferences) -> String {
    var lines = [("before", found.before), ("after", found.after)].map { name, side in
      "\(name): \(side.path), \(Text.counted(side.kept, "record")), "
        + "\(Text.grouped(side.rejected)) rejected"
    }
    if found.files.isEmpty || found.records.allSatisfy({ $0.count == 0 }) {
      lines.append("no record differs")
    } else if let grave = gravity(of: found) {
      lines.append(grave)
    }
    if found.dialect == nil {
      lines.append("texts were not compared: no dialect in lines of JSON is in both")
    }
    return lines.joined(separator: "\n")
  }

  /// What makes results of models trained on the two builds incomparable.
  private static func gravity(of found: DatasetDifferences) -> String? {
    let count = found.records.filter(\.kind.isGrave).reduce(0) { $0 + $1.count }
    guard count > 0 else { return nil }
    return "WARNING: \(Text.counted(count, "record")) crossed between train and the held-out splits"
  }

  private func text(of records: DatasetDifferences.Records) -> String {
    let kind = records.kind
    var lines = [
      "\(kind.rawValue): \(Text.counted(records.count, "record")), \(Self.meaning(of: kind))"
    ]
    for record in records.listed {
      lines.append("  \(record.id)\(Self.change(record.before, record.after))")
      if let row = record.rowBefore { lines.append("    - \(row)") }
      if let row = record.rowAfter { lines.append("    + \(row)") }
    }
    return (lines + rest(records.count - records.listed.count)).joined(separator: "\n")
  }

  private func text(of values: (name: String, changes: [ValueChange])) -> String {
    let shown = values.changes.prefix(all ? .max : limit)
    let lines = shown.map {
      "  \($0.path)\(Self.change(Self.short($0.before), Self.short($0.after)))"
    }
    let count = values.changes.count
    let head = count == 1 ? "1 value differs" : "\(Text.grouped(count)) values differ"
    return (["\(values.name): \(head)"] + lines + rest(count - shown.count))
      .joined(separator: "\n")
  }

  private func rest(_ count: Int) -> [String] {
    count > 0 ? ["  … and \(Text.grouped(count)) more, with --all"] : []
  }

  private static func change(_ before: String?, _ after: String?) -> String {
    switch (before, after) {
    case (nil, nil): ""
    case (let before?, nil): "  \(before) →"
    case (nil, let after?): "  → \(after)"
    case (let before?, let after?): "  \(before) → \(after)"
    }
  }

  /// Digests by their first digits, other values on one line of bearable length.
  private static func short(_ value: String?) -> String? {
    guard let value else { return nil }
    let isDigest = value.utf8.count == 64 && value.utf8.allSatisfy { $0 < 0x67 && $0 > 0x2F }
    let line = value.split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
    return isDigest
      ? String(value.prefix(12))
      : line.count < value.count || line.count > 60
        ? "\(line.prefix(60))…" : value
  }

  private static func meaning(of kind: DatasetDifferences.Kind) -> String {
    switch kind {
    case .heldOutToTrain: "held out before, trained on now"
    case .trainToHeldOut: "trained on before, held out now"
    case .moved: "from validation to test or back"
    case .added: "new"
    case .removed: "gone"
    case .nowKept: "rejected before, examples now"
    case .nowRejected: "examples before, rejected now"
    case .reason: "rejected for another reason"
    case .license: "under another licence"
    case .text: "with other rows"
    case .examples: "with more or fewer examples"
    case .wording: "with another task or template"
    case .copyOf: "copies of another record than before"
    case .newlyRead: "new, and rejected"
    case .noLongerRead: "rejected before, not read now"
    }
  }
}
