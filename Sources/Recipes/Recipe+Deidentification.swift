import Formats
import Records

extension Recipe {
  /// What is done about identifiers of persons in the texts.
  package struct Deidentification: Sendable, Equatable {
    package var mode = Mode.redact
    /// The names of the classes that are looked for; nil for all.
    package var classes: [String]?
    /// The names of classes that are left alone.
    package var kept: [String] = []
    /// The file of the secret key as written: a relative path is meant from the recipe's folder.
    package var key: Name?
    package var hiddenIDs = HiddenIDs.automatic
    package var patients: [Patients] = []

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

    /// Whose ids, group keys and paths are hidden in the output.
    package enum HiddenIDs: String, Sendable, CaseIterable {
      /// Those of all sources but published corpora, whose ids are everybody's.
      case automatic = "auto"
      case all
      case none = "keep"
    }

    /// Where patients' own identifiers stand: a table, or a source whose reader knows them.
    package struct Patients: Sendable, Equatable {
      package var path: Name?
      /// The column of the patient's key.
      package var patient: String
      /// The columns by kind of identifier.
      package var columns: [String: [String]]
      package var source: Name?
      package var position: Position

      package static func == (first: Patients, second: Patients) -> Bool {
        first.path == second.path && first.patient == second.patient
          && first.columns == second.columns && first.source == second.source
      }
    }
  }
}

extension Recipe.Deidentification {
  init(_ node: YAMLNode) {
    mode = node["mode"]?.string.flatMap(Mode.init(rawValue:)) ?? mode
    classes = node["classes"]?.strings
    kept = node["keep"]?.strings ?? []
    key = Recipe.Name(node["key"])
    hiddenIDs = node["ids"]?.string.flatMap(HiddenIDs.init(rawValue:)) ?? hiddenIDs
    patients = (node["patients"]?.elements ?? []).map(Patients.init)
  }

  /// Whether output differs from what was read.
  package var isRewriting: Bool { mode == .redact || mode == .surrogate }

  /// What the schema cannot say of the stage.
  static func findings(of recipe: Recipe, in root: YAMLNode) -> [Diagnostic] {
    guard let stage = recipe.deidentification else { return [] }
    let place =
      (root["stages"]?.elements ?? []).flatMap(\.members)
      .first { $0.key == "deidentify" }?.keyPosition ?? Position()
    var problems: [Diagnostic] = []
    if stage.mode == .surrogate, stage.key == nil {
      problems.append(
        Diagnostic(
          at: place, "mode 'surrogate' needs a 'key': without a secret, surrogates can be undone",
          hint: SecretKeyHint.text))
    }
    let sources = recipe.sources.map(\.name.text)
    for patients in stage.patients {
      if let source = patients.source, !sources.contains(source.text) {
        problems.append(
          Diagnostic(
            at: source.position, "there is no source '\(source.text)'",
            hint: NearestName.hint(for: source.text, among: sources)))
      }
      guard patients.source == nil else { continue }
      if patients.path == nil || patients.patient.isEmpty || patients.columns.isEmpty {
        problems.append(
          Diagnostic(
            at: patients.position,
            "patients are a 'source', or a 'path' with 'patient' and 'identifiers'"
          ))
      }
    }
    return problems
  }

  var resolved: JSON {
    var members = [JSON.Member("mode", .string(mode.rawValue))]
    if let classes { members.append(JSON.Member("classes", .strings(classes.sorted()))) }
    if !kept.isEmpty { members.append(JSON.Member("keep", .strings(kept.sorted()))) }
    if let key { members.append(JSON.Member("key", .string(key.text))) }
    members.append(JSON.Member("ids", .string(hiddenIDs.rawValue)))
    if !patients.isEmpty {
      members.append(JSON.Member("patients", .array(patients.map(\.resolved))))
    }
    return .object(members)
  }
}

/// How to make a key, as every message about a missing one says it.
package enum SecretKeyHint {
  package static let text =
    "make one with 'head -c 32 /dev/urandom | base64 > deidentify.key', keep it to yourself, and name "
    + "it as 'key'"
}

extension Recipe.Deidentification.Patients {
  init(_ node: YAMLNode) {
    path = Recipe.Name(node["path"])
    patient = node["patient"]?.string ?? ""
    columns = node["identifiers"].columnsByKind
    source = Recipe.Name(node["source"])
    position = node.position
  }

  var resolved: JSON {
    var members: [JSON.Member] = []
    if let path { members.append(JSON.Member("path", .string(path.text))) }
    if !patient.isEmpty { members.append(JSON.Member("patient", .string(patient))) }
    if !columns.isEmpty { members.append(JSON.Member("identifiers", .columns(columns))) }
    if let source { members.append(JSON.Member("source", .string(source.text))) }
    return .object(members)
  }
}

extension YAMLNode? {
  /// A mapping of kinds of identifier to one or several columns.
  var columnsByKind: [String: [String]] {
    Dictionary(
      (self?.members ?? []).map { ($0.key, $0.value.strings ?? []) }, uniquingKeysWith: { $1 })
  }
}

extension JSON {
  /// Lists of columns by kind, sorted by kind.
  static func columns(_ columns: [String: [String]]) -> JSON {
    .object(
      columns.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { Member($0.key, .strings($0.value)) })
  }
}
