import Formats
import Records

extension Recipe {
  /// What is done about identifiers of persons in the texts.
  package struct Deidentification: Sendable, Equatable {
    package var mode = Mode.redact

    /// What becomes of an identifier that was found.
    package enum Mode: String, Sendable, CaseIterable {
      /// It is counted and stays.
      case report
      /// A typed placeholder takes its place: `[NAME_1]`.
      case redact
      /// An invented value of its kind takes its place, the same for all of a patient's texts.
      case surrogate
      /// The record that holds it is rejected.
      case fail
    }
  }
}

extension Recipe.Deidentification {
  init(_ node: YAMLNode) {
    mode = node["mode"]?.string.flatMap(Mode.init(rawValue:)) ?? mode
  }

  var resolved: JSON { .object([JSON.Member("mode", .string(mode.rawValue))]) }
}
