/// The running count of readings: for every source, what was read, written and rejected, and why.
package struct Ledger: Sendable, Equatable {
  /// One source's column of the ledger.
  package struct Account: Sendable, Equatable {
    /// Records met in the source, those rejected while reading included.
    package var read = 0
    /// Records that at least one example was written for.
    package var written = 0
    package var rejected: [Rejection.Reason: Int] = [:]
    /// Records that the corpus took back (`DeleteCitation`), whether they were present or not.
    package var withdrawals = 0
    /// What the records read hold, by name: `entities`, `turns`, the rows of a table.
    ///
    /// See `Content.structure` and `Reading.count`.
    package var contents: [String: Int] = [:]
    /// The training examples written.
    package var trainingExamples = 0
    /// The special tokens of chat templates met in the texts read, by name.
    package var chatTokens: [String: Int] = [:]
    /// What was found when identifiers were looked for.
    package var identifiers = DeidentificationCounts()
    /// The words of the examples written, each counted once whatever the dialects.
    package var words = 0

    package init() {}

    package var rejectedTotal: Int { rejected.values.reduce(0, +) }

    /// Whether every record read is accounted for.
    package var isBalanced: Bool { read == written + rejectedTotal }

    /// The reasons met, in the order of the output contract, with their counts.
    package var reasons: [(reason: Rejection.Reason, count: Int)] {
      Rejection.Reason.allCases.compactMap { reason in
        rejected[reason].map { (reason, $0) }
      }
    }

    package mutating func reject(_ reason: Rejection.Reason, count: Int = 1) {
      rejected[reason, default: 0] += count
    }

    package mutating func countContents(of content: Content) {
      for (name, count) in content.structure where count > 0 {
        contents[name, default: 0] += count
      }
    }

    package static func += (account: inout Account, other: Account) {
      account.read += other.read
      account.written += other.written
      account.withdrawals += other.withdrawals
      account.words += other.words
      account.identifiers += other.identifiers
      account.trainingExamples += other.trainingExamples
      account.contents.merge(other.contents, uniquingKeysWith: +)
      account.chatTokens.merge(other.chatTokens, uniquingKeysWith: +)
      for (reason, count) in other.rejected { account.reject(reason, count: count) }
    }
  }

  private var accounts: [String: Account] = [:]

  package init() {}

  package subscript(source: String) -> Account {
    get { accounts[source] ?? Account() }
    set { accounts[source] = newValue }
  }

  /// The sources by name, in byte order.
  package var sources: [String] {
    accounts.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Every source's account added up.
  package var total: Account {
    accounts.values.reduce(into: Account()) { $0 += $1 }
  }

  /// The sources whose sum is off: a bug of ours, for which nothing may be published.
  package var unbalancedSources: [String] { sources.filter { !self[$0].isBalanced } }
}
