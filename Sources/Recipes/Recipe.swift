import Records

/// What determines a build, with every default written out.
///
/// Names (corpora, tasks, dialects, adapters, template sets) are only names here; the pipeline looks
/// them up in its registries and reports the unknown ones at the positions kept beside them.
package struct Recipe: Sendable {
  package var name: String
  package var description: String
  package var seed: UInt64
  package var use: Use
  package var allowsUnknownLicense: Bool
  /// Sorted by name, so that the order in the file decides nothing.
  package var sources: [Source]
  package var cleaning: Cleaning
  package var deidentification: Deidentification?
  package var filters: [Filter]
  package var deduplication: Deduplication?
  package var decontamination: Decontamination?
  package var split: SplitPlan
  package var mix: [String: MixRule]
  package var total: MixTotal?
  package var tasks: [TaskUse]
  package var emissions: [Emission]
  package var training: Training?
  package var publication: Publication
  package var report: ReportPlan
  package var expectations: Expectations
  package var limits: Limits

  /// A name with the place it stands at, for messages that come after loading.
  package struct Name: Sendable, Hashable {
    package var text: String
    package var position: Position

    package init(_ text: String, at position: Position = Position()) {
      self.text = text
      self.position = position
    }

    package static func == (first: Name, second: Name) -> Bool { first.text == second.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
  }

  /// A place bytes come from.
  package struct Source: Sendable {
    package var name: Name
    package var corpus: Name
    /// Files, folders and globs as written: relative ones are meant from the recipe's folder.
    ///
    /// Sorted, so that their order in the file decides nothing.
    package var paths: [Name]
    package var license: Name?
    /// Why the licence holds although the corpus declares stricter terms.
    package var licenseEvidence: String?
    /// The agreements that are accepted by name.
    package var acceptedTerms: [Name]
    /// Where `accept_terms: true` stands, which names none.
    package var unnamedAcceptance: Position?
    package var language: String?
    package var priority: Int
    package var isSensitive: Bool?
    /// Whether a damaged entry is left out rather than stopping the build.
    package var rejectsDamage: Bool
    package var includedMembers: [String]
    package var excludedMembers: [String]
    package var filter: Filter?
    package var shape: Content.Shape?
    package var fields: [String: String]
    /// The columns or paths of a row that hold its patient's own identifiers, by kind.
    package var identifiers: [String: [String]]
    package var options: [String: String]
    package var position: Position
  }

  /// Which examples are made of which sources.
  package struct TaskUse: Sendable {
    package var sources: [Name]
    package var task: Name
    /// The named template sets, in the order of the recipe.
    package var templates: [Name]
    package var inlineTemplates: [TemplateSet]
    /// The form that a task of plain text writes its texts in.
    package var profile: Name?
    package var prompting: Prompting?
    /// The task's own options.
    package var options: [String: String]
    package var position: Position
  }

  /// How a task's examples are prompted, beyond the plain request.
  package struct Prompting: Sendable, Equatable {
    /// How many worked examples of training records stand before each request.
    package var shots = 0
    /// Whether they stand above the request in one text, and not as earlier turns.
    package var isOneText = false
    /// Whether the output reasons before it answers.
    package var isChainOfThought = false
    /// In how many orders a training question's options are put; nil for the published order.
    package var shuffledCopies: Int?
    package var selfConsistency: SelfConsistency?
    package var position = Position()

    /// Answers that a model gave, to be voted on.
    package struct SelfConsistency: Sendable, Equatable {
      /// The file of sampled answers as written: a relative path is meant from the recipe's folder.
      package var samples: Name
      package var keep = Keep.first
    }

    /// Which of the samples that agree with the gold answer become targets.
    package enum Keep: String, Sendable, CaseIterable {
      case first
      case all
      case longest
      case shortest
    }
  }

  /// A dialect to write.
  package struct Emission: Sendable {
    package var dialect: Name
    package var form: String?
    package var loss: String?
    /// How rows lie in files; nil for the dialect's own way.
    package var format: String?
    package var shardRows: Int?
    /// Whether the rows of each licence have files of their own.
    package var isPartedByLicense: Bool
    /// How files are packed; nil for the format's own way.
    package var compression: String?
  }

  /// What the build must reach.
  package struct Expectations: Sendable, Equatable {
    package var minimumExamples: [Split: Int] = [:]
    package var maximumExamples: [Split: Int] = [:]
    package var maximumRejectedShare: Double?
  }

  /// Bounds on archives; nil means the tool's default.
  package struct Limits: Sendable, Equatable {
    package var ratio: Int?
    package var entryBytes: Int?
    package var archiveBytes: Int?
    package var entries: Int?
    package var nesting: Int?
  }
}
