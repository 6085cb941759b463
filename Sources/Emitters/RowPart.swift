import Formats
import Records

/// The part of a split that rows are kept apart in: those of one licence, say.
///
/// Its name stands in the names of its files: `train.cc-by-4.0.jsonl`.
package struct RowPart: Sendable, Hashable {
  /// What parts a dialect's rows beside their split.
  package enum Rule: Sendable, CaseIterable {
    case none
    case license
    case taskAndLicense
  }

  package let name: String
  package let source: String
  package let task: String
  package let license: String

  /// The part that a row belongs to.
  package init(_ rule: Rule, source: String, task: String, license: String) {
    self.source = rule == .taskAndLicense ? source : ""
    self.task = rule == .taskAndLicense ? task : ""
    self.license = rule == .none ? "" : license
    let words = [self.source, self.task, self.license].filter { !$0.isEmpty }
    name = words.map(Self.fileName).joined(separator: ".")
  }

  /// The part of a row by what its provenance says.
  package init(_ rule: Rule, provenance: JSONNode) {
    self.init(
      rule, source: provenance["source"]?.string ?? "", task: provenance["task"]?.string ?? "",
      license: provenance["license"]?.string ?? "")
  }

  /// What goes between the name of a split and the ending of a file.
  package var suffix: String { name.isEmpty ? "" : ".\(name)" }

  /// The name of a part by the name of its file in the dialect's folder; nil for other files.
  ///
  /// - Parameter stem: how the files of the split begin.
  package static func name(inFile file: String, stem: String) -> String? {
    guard let format = RowFileFormat(ofFile: file), file.hasPrefix(stem) else { return nil }
    var rest = file.dropFirst(stem.count)
    if rest.hasSuffix(".gz") { rest = rest.dropLast(3) }
    rest = rest.dropLast(format.suffix.count)
    if let shard = rest.firstRange(of: /-[0-9]{5,}-of-[0-9]{5,}$/) {
      rest = rest[..<shard.lowerBound]
    }
    if rest.isEmpty { return "" }
    return rest.first == "." ? String(rest.dropFirst()) : nil
  }

  /// A name in small letters, digits, `.`, `-` and `_`, all of which file systems and globs take.
  private static func fileName(_ name: String) -> String {
    String(
      name.lowercased().map { character in
        character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
          ? character : "-"
      })
  }
}
