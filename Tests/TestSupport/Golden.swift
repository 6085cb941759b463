import Foundation
import Testing

/// A file of a test target's folder, found beside its sources.
package struct Fixture {
  package let path: String

  /// - Parameter name: the path below the test target's folder: `Fixtures/alpaca/expected.jsonl`.
  package init(_ name: String, file: String = #filePath) {
    path = URL(filePath: file).deletingLastPathComponent().appending(path: name).path
  }

  /// The text of the file; nil when there is none.
  package var text: String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  package func write(_ text: String) throws {
    let folder = URL(filePath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: path))
  }
}

/// Holds text to the golden file `name` of the test target.
///
/// `RECORD_GOLDEN=1 swift test` rewrites the file; the test then fails once, so that a recording
/// never passes for a test.
package func expectGolden(
  _ text: String, matches name: String, file: String = #filePath,
  at location: SourceLocation = #_sourceLocation
) throws {
  let golden = Fixture(name, file: file)
  if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
    try golden.write(text)
    Issue.record("recorded \(name): look at the change, then test again", sourceLocation: location)
    return
  }
  guard let expected = golden.text else {
    Issue.record("no \(name): record it with RECORD_GOLDEN=1", sourceLocation: location)
    return
  }
  guard expected != text else { return }
  Issue.record(
    "differs from \(name):\n\(lineDifference(from: expected, to: text))", sourceLocation: location)
}

/// The lines that were removed (`-`) and inserted (`+`), with their numbers, in order.
package func lineDifference(from old: String, to new: String) -> String {
  let oldLines = old.split(separator: "\n", omittingEmptySubsequences: false)
  let newLines = new.split(separator: "\n", omittingEmptySubsequences: false)
  var lines: [(number: Int, text: String)] = []
  for change in newLines.difference(from: oldLines) {
    switch change {
    case .remove(let offset, let line, _): lines.append((offset, "-\(offset + 1): \(line)"))
    case .insert(let offset, let line, _): lines.append((offset, "+\(offset + 1): \(line)"))
    }
  }
  return lines.sorted { $0.number < $1.number }.map(\.text).joined(separator: "\n")
}
