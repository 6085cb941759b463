/// A record left out, with its reason and its place; never with its text.
package struct Rejection: Sendable, Equatable {
  /// Why a record was left out.
  ///
  /// The raw values are part of the output contract.
  package enum Reason: String, Sendable, CaseIterable {
    // Reading
    case malformed
    case invalidEncoding = "invalid-encoding"
    case missingField = "missing-field"
    case emptyText = "empty-text"
    case emptyAnswer = "empty-answer"
    case noAbstract = "no-abstract"
    case errorNote = "error-note"
    case unknownLabel = "unknown-label"
    case unsupportedRecord = "unsupported-record"
    case supersededVersion = "superseded-version"
    case deletedCitation = "deleted-citation"
    case damagedEntry = "damaged-entry"
    case offsetMismatch = "offset-mismatch"
    case missingCounterpart = "missing-counterpart"
    case contradictoryLabel = "contradictory-label"
    case needsPicture = "needs-picture"
    case futureEvent = "future-event"
    // Stages
    case licenseRefused = "license-refused"
    case identifierFound = "identifier-found"
    case retracted
    case tooShort = "too-short"
    case tooLong = "too-long"
    case otherLanguage = "other-language"
    case filteredOut = "filtered-out"
    case shortWords = "short-words"
    case longWords = "long-words"
    case fewLetters = "few-letters"
    case manyDigits = "many-digits"
    case manySymbols = "many-symbols"
    case bulletLines = "bullet-lines"
    case ellipsisLines = "ellipsis-lines"
    case fewStopWords = "few-stop-words"
    case repeatedLines = "repeated-lines"
    case repeatedParagraphs = "repeated-paragraphs"
    case repeatedNGrams = "repeated-ngrams"
    case boilerplate
    case htmlLeftOver = "html-left-over"
    case mojibake
    case refusal
    case truncated
    case unfinished
    case emptyExplanation = "empty-explanation"
    case placeholderAnswer = "placeholder-answer"
    case duplicateOptions = "duplicate-options"
    case goldNotOption = "gold-not-option"
    case conflictingAnswers = "conflicting-answers"
    case chatToken = "chat-token"
    case exactDuplicate = "exact-duplicate"
    case nearDuplicate = "near-duplicate"
    case copiedForward = "copied-forward"
    case contaminated
    case officialSplitConflict = "official-split-conflict"
    case overMixCap = "over-mix-cap"
    case belowMixWeight = "below-mix-weight"
    case overMixShare = "over-mix-share"
    case overMixTotal = "over-mix-total"
    // Rendering
    case taskDoesNotFit = "task-does-not-fit"
    case noTarget = "no-target"
    case targetInPrompt = "target-in-prompt"
    case noExplanation = "no-explanation"
    case answerNotExtractable = "answer-not-extractable"
    case noSamples = "no-samples"
    case voteTie = "vote-tie"
    case voteAgainstGold = "vote-against-gold"
    case tooFewExemplars = "too-few-exemplars"
    case overLong = "over-long"
    case noRejectedAnswer = "no-rejected-answer"
    case schemaViolation = "schema-violation"
  }

  /// The record's id within its source, or empty when it could not be read.
  package var id: String
  package var reason: Reason
  /// Which stage rejected, such as `read`, `license` or `deduplicate`.
  package var stage: String
  /// What was measured against the limit: a count, a licence, a field's name.
  ///
  /// Never corpus text.
  package var value: String?
  package var provenance: Provenance

  package init(
    id: String = "", reason: Reason, stage: String = "read", value: String? = nil,
    provenance: Provenance = Provenance()
  ) {
    self.id = id
    self.reason = reason
    self.stage = stage
    self.value = value
    self.provenance = provenance
  }
}

/// What a reader yields: a record, a rejection, or the news that a corpus takes a record back.
package enum Reading: Sendable, Equatable {
  case record(Record)
  case rejection(Rejection)
  /// The corpus withdraws the record of that id, as `DeleteCitation` does: every such record that
  /// stands before the withdrawal, in the order of files, is rejected as `deleted-citation`.
  case withdrawal(id: String)
  /// So many things more that the reader counts apart from records: the rows of a table that
  /// becomes part of other records. They are listed in the manifest under the source's contents.
  case count(String, Int)
}
