import Formats
import Records

/// What was built from what: `manifest.json`.
package struct Manifest: Sendable, Equatable {
  /// The tool with its version: `materia 0.1.0`.
  package var tool: String
  package var name: String
  package var recipeSHA256: String
  package var use: Use
  package var seed: UInt64
  /// The most records that were read per source, when the build was a trial; nil for all.
  package var limit: Int?
  /// Whether every licence in the dataset lets it be passed on, and together with the others.
  package var isRedistributable: Bool
  /// Statements on licences that do not agree; empty where all do.
  package var licenseConflicts: [LicenseConflict] = []
  /// In the recipe's order.
  package var sources: [Source]
  package var splits: [Split: SplitCounts]
  /// How copies were looked for; nil without that stage.
  package var deduplication: Deduplication?
  /// The shares of the splits; nil unless the recipe says how far they may be off.
  package var shares: Shares?
  /// How long the rows are; nil without 'training'.
  package var lengths: Lengths?
  /// What the records were held against, in the recipe's order; empty without that stage.
  package var benchmarks: [Benchmark]
  /// What was done about identifiers; nil without that stage.
  package var deidentification: Deidentification?
  package var files: [File]
  package var proof: Proof

  package init(
    tool: String, name: String, recipeSHA256: String, use: Use, seed: UInt64, limit: Int? = nil,
    isRedistributable: Bool, sources: [Source], splits: [Split: SplitCounts], shares: Shares? = nil,
    deduplication: Deduplication? = nil, benchmarks: [Benchmark] = [], files: [File], proof: Proof
  ) {
    self.tool = tool
    self.name = name
    self.recipeSHA256 = recipeSHA256
    self.use = use
    self.seed = seed
    self.limit = limit
    self.isRedistributable = isRedistributable
    self.sources = sources
    self.splits = splits
    self.deduplication = deduplication
    self.shares = shares
    self.benchmarks = benchmarks
    self.files = files
    self.proof = proof
  }

  /// One source of the recipe: what came in and what became of it.
  package struct Source: Sendable, Equatable {
    package var name: String
    package var corpus: String
    /// The records written under each licence, or under several at once.
    package var licenses: [Licenses: Int]
    /// The examples under each, the records of their worked examples included.
    package var exampleLicenses: [Licenses: Int] = [:]
    /// The recipe's expression, where it leaves a choice.
    package var offeredLicense: String?
    /// The agreements that the recipe accepts by name.
    package var acceptedTerms: [License] = []
    /// The records written in each language, by BCP 47 subtag; `und` where none is known.
    package var languages: [String: Int]
    /// The examples of each task.
    package var tasks: [String: Int]
    package var inputs: [Input]
    package var skipped: [Skipped]
    package var account: Ledger.Account
    /// The share of the training examples, where shares or a total were asked for.
    package var mix: MixShare?

    package init(
      name: String, corpus: String, licenses: [Licenses: Int], languages: [String: Int] = [:],
      tasks: [String: Int] = [:], inputs: [Input],
      skipped: [Skipped] = [], account: Ledger.Account
    ) {
      self.name = name
      self.corpus = corpus
      self.licenses = licenses
      self.languages = languages
      self.tasks = tasks
      self.inputs = inputs
      self.skipped = skipped
      self.account = account
    }
  }

  /// What a source makes up of the training examples.
  package struct MixShare: Sendable, Equatable {
    /// What the recipe asks for; nil for a source that gives what it has.
    package var requested: Double?
    /// What was written.
    package var achieved: Double

    package init(requested: Double? = nil, achieved: Double) {
      self.requested = requested
      self.achieved = achieved
    }
  }

  /// A file that was read.
  package struct Input: Sendable, Equatable {
    /// Relative to the source, never the machine's.
    package var path: String
    package var sha256: String
    package var bytes: Int

    package init(path: String, sha256: String, bytes: Int) {
      self.path = path
      self.sha256 = sha256
      self.bytes = bytes
    }
  }

  /// An entry that was left unread.
  package struct Skipped: Sendable, Equatable {
    package var entry: String
    package var reason: String

    package init(entry: String, reason: String) {
      self.entry = entry
      self.reason = reason
    }
  }

  /// The size of a split.
  package struct SplitCounts: Sendable, Equatable {
    package var records: Int
    package var examples: Int
    package var groups: Int

    package init(records: Int = 0, examples: Int = 0, groups: Int = 0) {
      self.records = records
      self.examples = examples
      self.groups = groups
    }
  }

  /// What share of the drawn records each split has.
  package struct Shares: Sendable, Equatable {
    package struct Share: Sendable, Equatable {
      package var split: Split
      package var wanted: Double
      package var drawn: Double

      package init(split: Split, wanted: Double, drawn: Double) {
        self.split = split
        self.wanted = wanted
        self.drawn = drawn
      }
    }

    package var tolerance: Double
    /// Whether every share is within the tolerance.
    package var isMet: Bool
    package var splits: [Share]

    package init(tolerance: Double, isMet: Bool, splits: [Share]) {
      self.tolerance = tolerance
      self.isMet = isMet
      self.splits = splits
    }
  }

  /// A benchmark that the records were held against.
  package struct Benchmark: Sendable, Equatable {
    package var name: String
    /// The digest of each of its files, joined by `+`.
    package var sha256: String
    package var items: Int
    /// The records that are like an item, in any split, and those of them that were removed.
    package var hits: Int
    package var removed: Int

    package init(name: String, sha256: String, items: Int, hits: Int, removed: Int) {
      self.name = name
      self.sha256 = sha256
      self.items = items
      self.hits = hits
      self.removed = removed
    }
  }

  /// A file that was written, relative to the dataset's folder.
  package struct File: Sendable, Equatable {
    package var path: String
    package var sha256: String
    package var bytes: Int
    /// Nil for files that have no rows.
    package var rows: Int?

    package init(path: String, sha256: String, bytes: Int, rows: Int? = nil) {
      self.path = path
      self.sha256 = sha256
      self.bytes = bytes
      self.rows = rows
    }
  }

  /// What re-reading the written files showed.
  package struct Proof: Sendable, Equatable {
    package var rowsRead: Int
    package var rowsValid: Int
    package var groupsChecked: Int
    package var groupsInTwoSplits: Int

    package init(
      rowsRead: Int = 0, rowsValid: Int = 0, groupsChecked: Int = 0, groupsInTwoSplits: Int = 0
    ) {
      self.rowsRead = rowsRead
      self.rowsValid = rowsValid
      self.groupsChecked = groupsChecked
      self.groupsInTwoSplits = groupsInTwoSplits
    }
  }
}
