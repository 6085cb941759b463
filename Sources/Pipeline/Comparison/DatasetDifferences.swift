import Records

/// How two builds of a dataset differ.
package struct DatasetDifferences: Sendable {
  /// How a record differs; the first that a person should hear of comes first.
  package enum Kind: String, Sendable, CaseIterable {
    /// Held out before, trained on now: earlier results cannot be compared with those of now.
    case heldOutToTrain = "held-out-to-train"
    /// Trained on before, held out now: a model of the first build has seen the second's test.
    case trainToHeldOut = "train-to-held-out"
    /// From validation to test, or back.
    case moved
    case added
    case removed
    /// Rejected before, and an example now.
    case nowKept = "now-kept"
    case nowRejected = "now-rejected"
    case reason
    case license
    case text
    /// How many examples a record becomes.
    case examples
    /// The task or the wording of its examples.
    case wording
    /// A copy that goes for another record than before.
    case copyOf = "copy-of"
    /// Rejected, and not read in the first build.
    case newlyRead = "newly-read"
    /// Rejected, and not read in the second build.
    case noLongerRead = "no-longer-read"

    /// Whether results of models are no longer what they seem.
    package var isGrave: Bool { self == .heldOutToTrain || self == .trainToHeldOut }
  }

  /// A record that differs.
  package struct Record: Sendable, Equatable {
    package var id: String
    /// Its split, licence, reason or number of examples before and after, as the kind asks.
    package var before: String?
    package var after: String?
    /// Its rows in the compared dialect; only when texts are asked for.
    package var rowBefore: String?
    package var rowAfter: String?
    var placeBefore: RowPlace?
    var placeAfter: RowPlace?
  }

  /// The records of a kind, of which not all may be listed.
  package struct Records: Sendable {
    package var kind: Kind
    package var count = 0
    package var listed: [Record] = []
  }

  /// A dataset that was compared.
  package struct Side: Sendable {
    package var path: String
    package var tool: String
    package var recipe: String
    /// The records that became examples, and those that were rejected.
    package var kept = 0
    package var rejected = 0
  }

  package var before: Side
  package var after: Side
  /// The dialect whose rows were compared; nil when the two have none in lines in common.
  package var dialect: String?
  package var tool: [ValueChange] = []
  package var recipe: [ValueChange] = []
  package var inputs: [ValueChange] = []
  package var counts: [ValueChange] = []
  package var proof: [ValueChange] = []
  package var files: [ValueChange] = []
  /// By kind, in their order, those that do not occur among them.
  package var records: [Records] = Kind.allCases.map { Records(kind: $0) }

  /// The lists of values that were compared, by name.
  package var values: [(name: String, changes: [ValueChange])] {
    [
      ("tool", tool), ("recipe", recipe), ("inputs", inputs), ("counts", counts), ("proof", proof),
      ("files", files),
    ]
  }

  /// Whether nothing differs.
  package var isSame: Bool {
    values.allSatisfy(\.changes.isEmpty) && records.allSatisfy { $0.count == 0 }
  }
}

/// A row of a split, or a rejection, by its place from 0.
struct RowPlace: Sendable, Hashable, Comparable {
  var rank: Int8
  var row: Int

  static func < (first: RowPlace, second: RowPlace) -> Bool {
    (first.rank, first.row) < (second.rank, second.row)
  }
}

extension RowPlace {
  init(_ facts: RecordFacts) { self.init(rank: facts.rank, row: Int(facts.row)) }
}
