import ArgumentParser
import Pipeline
import Records

/// `materia explain`: a record's whole way, from the published dataset alone.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract:
      "Tell a record's whole way: where it was read, what the stages said, where it stands.",
    discussion: """
      Needs nothing but the folder that 'materia build' published; without one, the only dataset of \
      the current folder or of Output.

        materia explain medquad:0000001-1 Output/questions
        materia explain Output/questions/messages/train.jsonl:17

      An id is that of a record (SOURCE:ID, or ID where only one source has it), of an example, or \
      FILE:LINE of a row. Texts are shown with --show-text only. Exit codes: 0 found, 2 not found or \
      usage, 3 the folder cannot be read.
      """)

  @Argument(help: "A record's or an example's id, or FILE:LINE.")
  var id: String

  @Argument(help: "The dataset's folder.")
  var dataset: String?

  @Flag(help: "Show the record's rows.")
  var showText = false

  @Flag(name: .long, help: "Print one JSON object.")
  var json = false

  func run() throws {
    let folder = try dataset ?? DatasetExplanation.folder(for: id)
    let found = try DatasetExplanation(folder, showsText: showText).explanation(of: id)
    Console().result(json ? found.json : Printable.text(Self.text(of: found)))
  }

  // MARK: Text

  private static func text(of found: RecordExplanation) -> String {
    var lines = [found.id]
    lines += field("source", "\(found.source), corpus \(found.corpus)")
    if let place = found.place { lines += field("read from", text(of: place)) }
    if let license = found.license { lines += field("licence", "\(license.id): \(license.why)") }
    if let language = found.language { lines += field("language", language) }
    for group in found.groups { lines += field("group", text(of: group)) }
    if let split = found.split {
      lines += field("split", "\(split.name): \(split.why)")
    }
    for rejection in found.rejections { lines += text(of: rejection) }
    for copy in found.copies.prefix(listed) { lines += field("copy", text(of: copy, found.id)) }
    if found.copies.count > listed {
      lines += field("copy", "… and \(found.copies.count - listed) more, with --json")
    }
    for hit in found.contamination { lines += field("benchmark", text(of: hit)) }
    for setting in found.mix { lines += field("mix", "\(setting.path) = \(setting.value)") }
    for example in found.examples { lines += text(of: example) }
    if let identifiers = found.identifiers { lines += field("identifiers", text(of: identifiers)) }
    return lines.joined(separator: "\n")
  }

  private static let listed = 20

  private static func field(_ name: String, _ value: String) -> [String] {
    ["  \(name)\(String(repeating: " ", count: max(1, 13 - name.count)))\(value)"]
  }

  private static func text(of place: RecordExplanation.Place) -> String {
    let path = [place.archive, place.entry].filter { !$0.isEmpty }.joined(separator: ", ")
    let offset = place.byteOffset.map { ", at byte \(Text.grouped($0))" } ?? ""
    return "\(path), reading \(place.ordinal)\(offset)"
  }

  private static func text(of group: RecordExplanation.Group) -> String {
    let counts = group.examples.map { "\(Text.counted($0.count, "example")) in \($0.split)" }
    return counts.isEmpty ? group.key : "\(group.key): \(counts.joined(separator: ", "))"
  }

  private static func text(of rejection: RecordExplanation.Rejection) -> [String] {
    let value = rejection.value.map { ", \($0)" } ?? ""
    let why = "by \(rejection.stage): \(rejection.reason)\(value)"
    let rejected =
      rejection.otherReading.map {
        "another reading of this id was rejected \(why) (\(text(of: $0)))"
      } ?? why
    return field("rejected", rejected)
      + rejection.limits.flatMap { field("", "\($0.path) = \($0.value)") }
  }

  private static func text(of copy: RecordExplanation.Copy, _ id: String) -> String {
    let size = "cluster \(copy.cluster), \(copy.clusterSize) dropped"
    return copy.dropped == id
      ? "dropped for \(copy.kept), \(copy.kind), similarity \(copy.similarity) (\(size))"
      : "stays for \(copy.dropped), \(copy.kind), similarity \(copy.similarity) (\(size))"
  }

  private static func text(of hit: RecordExplanation.Contamination) -> String {
    "like \(hit.benchmark)#\(hit.item) by \(hit.rule), \(hit.score); "
      + (hit.isRemoved ? "removed" : "stays")
  }

  private static func text(of example: RecordExplanation.Example) -> [String] {
    let template = example.template.isEmpty ? "" : ", template \(example.template)"
    var lines = field("example", "\(example.id): task \(example.task)\(template)")
    if !example.exemplars.isEmpty {
      lines += field("", "worked examples of \(example.exemplars.joined(separator: ", "))")
    }
    for row in example.rows {
      lines += field("", "\(row.file):\(row.line)")
      if let text = row.text { lines += field("", text) }
    }
    return lines
  }

  private static func text(of identifiers: RecordExplanation.Identifiers) -> String {
    let counts = identifiers.counts.map { "\($0.name) \($0.count)" }
    return "mode \(identifiers.mode); placeholders in the rows: "
      + (counts.isEmpty ? "none" : counts.joined(separator: ", "))
  }
}
