/// One normalised unit read from a corpus, with its provenance: the vocabulary that readers,
/// stages, templates and emitters share.
package struct Record: Sendable, Equatable {
  /// The identifier within its source: the corpus' own (a PMID, a question id) where it has one.
  ///
  /// The pipeline makes it unique in the build by prefixing the source's name.
  package var id: String
  /// The source's name in the recipe; set by the pipeline.
  package var source: String
  /// The reader's name.
  package var corpus: String
  /// The licences that it is under, all of them at once.
  package var licenses: Licenses
  /// The primary BCP 47 language subtag (`en`, `ja`), or nil when neither the corpus nor the recipe
  /// says.
  package var language: String?
  /// What must never be split: patient, document, focus.
  package var groups: [GroupKey]
  /// The split that the corpus' authors published the record in.
  package var officialSplit: Split?
  /// The version of a record that its corpus publishes again under the same id (a PubMed citation).
  ///
  /// Of such records only the highest revision, then the latest file's, stays.
  package var revision: Int?
  /// Small facts that filters and templates may ask for, in the order given by the reader.
  package var tags: [Tag]
  package var content: Content
  package var provenance: Provenance
  /// The works it is of whose authors must be named; empty where the licence asks for no names.
  package var works: [Work] = []
  /// What identifies the patient and those around them, to be found in the texts; never written.
  package var identifiers: [KnownIdentifier] = []
  /// For every placeholder in the texts that waits for its number, which of the record's values it is.
  package var marks: [Int] = []

  package init(
    id: String, corpus: String, licenses: Licenses, language: String? = nil,
    groups: [GroupKey] = [], officialSplit: Split? = nil, revision: Int? = nil, tags: [Tag] = [],
    content: Content, provenance: Provenance = Provenance(), source: String = ""
  ) {
    self.id = id
    self.source = source
    self.corpus = corpus
    self.licenses = licenses
    self.language = language
    self.groups = groups
    self.officialSplit = officialSplit
    self.revision = revision
    self.tags = tags
    self.content = content
    self.provenance = provenance
  }

  /// A record under one licence.
  package init(
    id: String, corpus: String, license: License, language: String? = nil,
    groups: [GroupKey] = [], officialSplit: Split? = nil, revision: Int? = nil, tags: [Tag] = [],
    content: Content, provenance: Provenance = Provenance(), source: String = ""
  ) {
    self.init(
      id: id, corpus: corpus, licenses: Licenses(license), language: language, groups: groups,
      officialSplit: officialSplit, revision: revision, tags: tags, content: content,
      provenance: provenance, source: source)
  }

  /// The value of the first tag of that name.
  package func tag(_ name: String) -> String? { tags.first { $0.name == name }?.value }
}

extension Record {
  /// A statement on its licence that does not hold, as readers tell it in the tag `license_conflict`.
  package struct LicenseConflict: Sendable {
    /// Where it stands: `prose`, `list`.
    package var evidence: String
    package var license: String
  }

  /// The statements on its licence that do not agree with the one that holds.
  package var licenseConflicts: [LicenseConflict] {
    tags.filter { $0.name == Self.conflictTag }.compactMap { tag in
      let parts = tag.value.split(separator: ": ", maxSplits: 1).map(String.init)
      // A column that a recipe maps to a tag of this name may hold any text.
      guard parts.count == 2, ["prose", "list"].contains(parts[0]),
        (try? LicenseExpression(parsing: parts[1])) != nil
      else { return nil }
      return LicenseConflict(evidence: parts[0], license: parts[1])
    }
  }

  /// The licences that these name.
  package var otherLicenses: [Licenses] {
    licenseConflicts.compactMap { try? LicenseExpression(parsing: $0.license).choice }
  }

  /// The tag of a statement on the licence that does not hold.
  package static func conflict(_ license: License, in evidence: String) -> Tag {
    Tag(conflictTag, "\(evidence): \(license.rawValue)")
  }

  private static let conflictTag = "license_conflict"
}

/// A named fact about a record, such as `qtype: symptoms`.
package struct Tag: Sendable, Hashable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// A key of things that belong together; records that share one never land in two splits.
package struct GroupKey: Sendable, Hashable {
  /// What the key names.
  ///
  /// Keys of one kind are compared across sources.
  package enum Kind: String, Sendable, CaseIterable {
    case patient
    case pmid
    case document
    case focus
    case dialogue
    case question
    case chromosome
    /// A key that the recipe maps, for corpora without a reader of their own.
    case group
  }

  package var kind: Kind
  package var value: String

  package init(_ kind: Kind, _ value: String) {
    self.kind = kind
    self.value = value
  }
}

extension GroupKey: CustomStringConvertible {
  /// `patient:10006`.
  package var description: String { "\(kind.rawValue):\(value)" }
}

/// A part of the dataset.
package enum Split: String, Sendable, CaseIterable, Comparable {
  case train
  case validation
  case test

  package static func < (first: Split, second: Split) -> Bool { first.rank < second.rank }

  private var rank: Int {
    switch self {
    case .train: 0
    case .validation: 1
    case .test: 2
    }
  }
}

/// Where a record came from, so that it can be found again.
package struct Provenance: Sendable, Equatable {
  /// The archive's path as the output names it: relative to the source, never the machine's.
  package var archive: String
  /// The entry's path inside the archive, escaped for printing.
  package var entry: String
  /// The 0-based number of the reading inside the entry, counting rejections too.
  package var ordinal: Int
  /// The reading's 0-based offset in the entry's decompressed bytes, where the format has one.
  package var byteOffset: Int?

  package init(archive: String = "", entry: String = "", ordinal: Int = 0, byteOffset: Int? = nil) {
    self.archive = archive
    self.entry = entry
    self.ordinal = ordinal
    self.byteOffset = byteOffset
  }
}
