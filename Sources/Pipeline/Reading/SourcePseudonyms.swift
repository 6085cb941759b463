import Archives
import Corpora
import Deidentification
import Records
import Stages

/// What stands in the output for a source's ids, group keys and paths, which may name patients.
///
/// With a key: what the key makes of them, equal in all builds with the key. Without: the number of the
/// record, of the group and of the file in the build, and nothing for an entry's path. A plain hash
/// would be undone by trying all numbers of records.
struct SourcePseudonyms: Sendable {
  private let key: SecretKey?
  private let source: String
  private let files: [String: Int]
  /// The files that the recipe or the command line name themselves, which hides nothing.
  private let named: Set<String>

  init(key: SecretKey?, source: String, files: [InputFile], named: [String]) {
    self.key = key
    self.source = source
    self.files = Dictionary(
      files.enumerated().map { ($0.element.displayPath, $0.offset + 1) },
      uniquingKeysWith: { first, _ in first })
    self.named = Set(
      named.filter { path in !path.contains { "*?[".contains($0) } }
        .map { String($0.split(separator: "/").last ?? "") })
  }

  /// What stands for the path of a file.
  func path(_ path: String) -> String {
    guard !path.isEmpty, !named.contains(path) else { return path }
    return key.map { "file-\($0.pseudonym("path", path))" } ?? "file-\(files[path] ?? 0)"
  }

  /// What stands for the path of an entry.
  func entry(_ path: String) -> String {
    guard !path.isEmpty, !named.contains(path) else { return path }
    return key.map { "entry-\($0.pseudonym("path", path))" } ?? ""
  }

  func hide(_ provenance: inout Provenance) {
    provenance.archive = path(provenance.archive)
    provenance.entry = entry(provenance.entry)
  }

  /// Hides the id of a record that was rejected in pass 1; of those later it is hidden already.
  func hide(_ rejection: inout Rejection) {
    guard !rejection.id.isEmpty else { return }
    rejection.id = key.map { id(rejection.id, $0) } ?? ""
  }

  /// Hides the ids of a record of the spill.
  func hide(_ record: inout Record, number: Int, _ numbers: PlaceholderNumbers) {
    record.id = key.map { id(record.id, $0) } ?? "\(number + 1)"
    for index in record.groups.indices where record.groups[index].kind.isPersonal {
      let group = record.groups[index]
      record.groups[index].value = hidden(group, numbers)
    }
    var encounters: [String: Int] = [:]
    record.editIDs { kind, id in
      guard kind == "encounter" else { return hidden(GroupKey(.patient, id), numbers) }
      if let key { return key.pseudonym(kind, "\(source)\n\(id)") }
      let number = encounters[id] ?? encounters.count + 1
      encounters[id] = number
      return "\(number)"
    }
  }

  private func id(_ id: String, _ key: SecretKey) -> String {
    key.pseudonym("record", "\(source)\n\(id)")
  }

  /// Equal in all sources, for groups are compared across them.
  private func hidden(_ group: GroupKey, _ numbers: PlaceholderNumbers) -> String {
    key.map { $0.pseudonym("group", group.description) } ?? "\(numbers.number(of: group))"
  }
}

extension GroupKey.Kind {
  /// Whether keys of the kind may be a person's: the others are published articles, diseases.
  fileprivate var isPersonal: Bool {
    switch self {
    case .patient, .document, .dialogue, .group, .question: true
    case .pmid, .focus, .chromosome: false
    }
  }
}

extension PlannedSource {
  /// A file's path as the output shows it.
  func shown(_ path: String) -> String { pseudonyms?.path(path) ?? path }

  /// An entry's path as the output shows it.
  func shown(entry path: String) -> String { pseudonyms?.entry(path) ?? path }
}
