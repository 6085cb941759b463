import Archives
import Corpora
import Deidentification
import Emitters
import Glibc
import Recipes
import Records
import Stages

extension RecordDeidentifier {
  /// The stage as a recipe asks for it.
  init(_ recipe: Recipe.Deidentification, key: SecretKey?) {
    self.init(
      mode: Mode(rawValue: recipe.mode.rawValue) ?? .redact,
      texts: TextDeidentifier(classes: recipe.identifierClasses), key: key)
  }
}

extension Recipe.Deidentification {
  /// The classes that are looked for.
  var identifierClasses: Set<IdentifierClass> {
    let wanted = classes.map { Set($0.compactMap(IdentifierClass.init(rawValue:))) }
    return (wanted ?? Set(IdentifierClass.allCases))
      .subtracting(kept.compactMap(IdentifierClass.init(rawValue:)))
  }

  /// Whether a source's ids are hidden in the output.
  func hidesIDs(of source: Recipe.Source, _ facts: CorpusFacts) -> Bool {
    switch hiddenIDs {
    case .none: return false
    case .all: return true
    case .automatic:
      guard mode != .report else { return false }
      let isOfPatients = source.isSensitive ?? facts.isSensitive
      return isOfPatients || facts.shape == .note || facts.shape == .timeline
        || !PlannedBenchmark.hasCorpusIDs(facts)
    }
  }
}

extension KnownIdentifier.Kind {
  /// The kinds by the names that recipes use.
  private static let names: [String: KnownIdentifier.Kind] = [
    "NAME": .name, "STREET": .street, "CITY": .city, "ZIP": .postalCode, "LOCATION": .street,
    "ORGANIZATION": .organization, "DATE": .date, "PHONE": .phone, "FAX": .fax, "EMAIL": .email,
    "URL": .url, "SSN": .socialSecurityNumber, "MRN": .medicalRecordNumber,
    "HEALTH_PLAN": .healthPlanNumber, "ACCOUNT": .account, "LICENSE": .license,
    "VEHICLE": .vehicle, "DEVICE": .device, "ID": .identifier,
  ]

  /// A recipe's lists of columns by the kind that they hold.
  static func columns(_ columns: [String: [String]]) -> [KnownIdentifier.Kind: [String]] {
    Dictionary(
      columns.compactMap { name, list in names[name].map { ($0, list) } },
      uniquingKeysWith: { $0 + $1 })
  }
}

/// The file that holds a secret key.
package enum SecretKeyFile {
  /// Reads a key.
  ///
  /// - Throws: `Diagnostic` when it cannot be read or is too short or too plain.
  package static func key(at path: String, named name: String) throws -> SecretKey {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Diagnostic("the key '\(name)' cannot be read", hint: SecretKeyHint.text)
    }
    let size = Int(status.st_size)
    guard size <= SecretKey.maximumBytes else {
      throw Diagnostic("the key '\(name)' is longer than \(SecretKey.maximumBytes) bytes")
    }
    let bytes = size == 0 ? [] : try FileRange.bytes(of: path, offset: 0, count: size)
    guard let key = SecretKey(bytes) else {
      throw Diagnostic(
        "the key '\(name)' is no secret: it needs at least \(SecretKey.minimumBytes) bytes of chance",
        hint: SecretKeyHint.text)
    }
    return key
  }
}

/// The look at the rules before they are relied on.
package enum DeidentificationCheck {
  /// Stops unless the rules find what they must find.
  ///
  /// - Throws: `PipelineError.untrusted`, with the rules that fail.
  package static func require() throws {
    var failures = DeidentificationSelfTest.failures
    do {
      try IdentifierSelfTest.require()
    } catch {
      failures.append("\(error)")
    }
    guard !failures.isEmpty else { return }
    throw PipelineError.untrusted(
      Diagnostic(
        "the self-test of de-identification fails (\(failures.joined(separator: ", "))); "
          + "nothing is read",
        hint: "this is a bug in materia; please report it"))
  }
}

extension BuildPlan {
  /// What the manifest says of the stage; nil without it.
  func deidentification(of summary: DatasetSummary) -> Manifest.Deidentification? {
    guard let stage = stages.deidentifier, let settings = recipe.deidentification else {
      return nil
    }
    return Manifest.Deidentification(
      mode: stage.mode.rawValue, rules: DeidentificationRules.version,
      classes: IdentifierClass.allCases.filter(stage.texts.classes.contains).map(\.rawValue),
      languages: IdentifierRecognizers.languages.sorted(),
      ids: sources.allSatisfy { $0.pseudonyms == nil }
        ? "kept" : settings.key == nil ? "numbered" : "keyed",
      keyCheck: key?.check)
  }
}

extension DatasetSummary {
  /// That records are in languages that the rules were not written for.
  var deidentificationWarnings: [Diagnostic] {
    sources.compactMap { source in
      let languages = source.account.identifiers.languagesWithoutRules
      guard !languages.isEmpty else { return nil }
      let names = languages.keys.sorted().map { "\($0) \(languages[$0] ?? 0)" }
      return Diagnostic(
        "source '\(source.name)' has records in languages that the rules for identifiers were not "
          + "written for (\(names.joined(separator: ", "))); names and places in them are not found",
        severity: .warning,
        hint: languages["unknown"] == nil ? nil : "say the language with 'language' on the source")
    }
  }
}
