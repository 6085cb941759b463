import Pipeline
import Records

/// What a person reads after a build: the funnel by source, the splits, where the dataset is.
struct BuildSummary {
  let report: BuildReport

  var text: String {
    var parts = [sources, rejections, splits, report.lengths ?? ""]
    parts.append(
      report.isDryRun
        ? "dry run: nothing was written"
        : "wrote \(report.output): \(Text.counted(report.examples, "example"))")
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private var sources: String {
    Text.table(
      report.ledger.sources.map { name in
        let account = report.ledger[name]
        return [
          name, Text.grouped(account.read), Text.grouped(account.rejectedTotal),
          Text.grouped(account.written),
        ]
      }, header: ["source", "read", "rejected", "written"])
  }

  private var rejections: String {
    let rows = report.ledger.sources.flatMap { name in
      report.ledger[name].reasons.map { [name, $0.reason.rawValue, Text.grouped($0.count)] }
    }
    return rows.isEmpty ? "" : Text.table(rows, header: ["rejected of", "reason", "records"])
  }

  private var splits: String {
    Text.table(
      report.splits.map { split in
        [
          split.name, Text.grouped(split.records), Text.grouped(split.examples),
          Text.grouped(split.groups),
        ]
      }, header: ["split", "records", "examples", "groups"])
  }
}
