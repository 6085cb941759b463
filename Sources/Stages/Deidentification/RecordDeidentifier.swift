import Deidentification
import Records

/// Deals with the identifiers in a record: counts them, takes them out, puts invented ones in their
/// place, or rejects the record.
package struct RecordDeidentifier: Sendable {
  /// What becomes of an identifier.
  package enum Mode: String, Sendable {
    case report
    case redact
    case surrogate
    case fail
  }

  package let mode: Mode
  package let texts: TextDeidentifier
  private let surrogates: SurrogateMaker?
  private let languages: Set<String>

  /// Makes a stage.
  ///
  /// - Parameters:
  ///   - key: What surrogates are made by; they need one.
  ///   - languages: The languages that the rules were written for.
  package init(
    mode: Mode, texts: TextDeidentifier, key: SecretKey? = nil,
    languages: Set<String> = IdentifierRecognizers.languages
  ) {
    precondition(mode != .surrogate || key != nil, "surrogates are made by a key")
    self.mode = mode
    self.texts = texts
    self.languages = languages
    surrogates = mode == .surrogate ? key.map(SurrogateMaker.init) : nil
  }

  /// What became of a record.
  package struct Outcome: Sendable {
    package var rejection: Rejection?
    /// The different values that wait for numbers.
    package var marks: [PlaceholderMark] = []
    /// The numbers that must not be given again.
    package var earlier: [EarlierPlaceholder] = []
    package var counts = DeidentificationCounts()

    package init() {}
  }

  /// Whether texts change.
  package var isRewriting: Bool { mode == .redact || mode == .surrogate }

  /// Deals with a record.
  ///
  /// - Parameter known: what is known of the record's patient from elsewhere.
  package func apply(to record: inout Record, known: [KnownIdentifier] = []) -> Outcome {
    var work = RecordWork(
      deidentifier: self, patient: record.patient ?? record.id,
      known: record.knownIdentifiers(besides: known))
    var outcome = Outcome()
    outcome.counts.records = 1
    outcome.counts.recordsWithKnownIdentifiers =
      known.isEmpty && record.identifiers.isEmpty ? 0 : 1
    outcome.counts.recordsOfListedPatients = known.isEmpty ? 0 : 1
    outcome.counts.recordsOfUnknownPatients =
      known.isEmpty && record.identifiers.isEmpty && record.patient != nil ? 1 : 0
    let language = record.language ?? "unknown"
    if !languages.contains(language) { outcome.counts.languagesWithoutRules[language] = 1 }
    var edited = record
    outcome.counts.widenedMentions = edited.editTexts { work.edits(of: $0) }
    outcome.counts.found = work.found
    outcome.counts.known = work.known
    outcome.counts.recordsWithIdentifiers = work.found.isEmpty ? 0 : 1
    outcome.counts.earlierPlaceholders = work.earlier.count
    switch mode {
    case .report: break
    case .fail: outcome.rejection = rejection(of: record, work.found)
    case .redact, .surrogate:
      edited.marks = work.occurrences
      outcome.marks = work.marks
      outcome.earlier = work.earlier
      if texts.classes.contains(.date) { coarsenDates(of: &edited) }
      record = edited
    }
    record.identifiers = []
    return outcome
  }

  private func rejection(of record: Record, _ found: [String: Int]) -> Rejection? {
    guard !found.isEmpty else { return nil }
    let counts = IdentifierClass.allCases.compactMap { kind in
      found[kind.rawValue].map { "\(kind.rawValue) \($0)" }
    }
    return Rejection(
      id: record.id, reason: .identifierFound, stage: "deidentify",
      value: counts.joined(separator: ", "), provenance: record.provenance)
  }

  /// Of dates in fields of their own the year stays, or they are shifted like those in the texts; the
  /// year of birth goes where it would tell an age above 89.
  private func coarsenDates(of record: inout Record) {
    let patient = record.patient ?? record.id
    if let surrogates {
      record.editDates { surrogates.shifted($0, patient: patient) }
    } else {
      record.editDates { String($0.prefix(4)) }
    }
    record.hideGreatAge()
  }
}

extension Record {
  /// What is known of the record's patient: what its reader and others gave, and its own keys.
  fileprivate func knownIdentifiers(besides others: [KnownIdentifier]) -> [KnownIdentifier] {
    var known = identifiers + others
    for group in groups where group.kind == .patient {
      // Readers put the authority that gave a number behind it: `4711@HOSPITAL`.
      let number = group.value.split(separator: "@").first.map(String.init) ?? group.value
      known.append(KnownIdentifier(.medicalRecordNumber, number))
    }
    if case .note(let note) = content, !note.admission.isEmpty {
      known.append(KnownIdentifier(.identifier, note.admission))
    }
    return known
  }

  /// Takes the date of birth out when the last event is 90 years after.
  fileprivate mutating func hideGreatAge() {
    guard case .timeline(var timeline) = content,
      let birth = timeline.facts.first(where: { $0.name == "birth_date" }),
      let born = Int(birth.value.prefix(4))
    else { return }
    let ends =
      timeline.events.map(\.time)
      + timeline.facts.filter { $0.name == "death_date" }.map(\.value)
    let last = ends.compactMap { Int($0.prefix(4)) }.max() ?? born
    guard last - born >= 90 else { return }
    timeline.facts.removeAll { $0.name == "birth_date" }
    content = .timeline(timeline)
  }
}

/// The running state of one record.
private struct RecordWork {
  let deidentifier: RecordDeidentifier
  let patient: String
  private let matcher: KnownIdentifierMatcher?
  var found: [String: Int] = [:]
  var known: [String: Int] = [:]
  var earlier: [EarlierPlaceholder] = []
  /// The different values, and for every placeholder which of them it stands for.
  var marks: [PlaceholderMark] = []
  var occurrences: [Int] = []
  private var places: [PlaceholderMark: Int] = [:]

  init(deidentifier: RecordDeidentifier, patient: String, known: [KnownIdentifier]) {
    self.deidentifier = deidentifier
    self.patient = patient
    matcher = known.isEmpty ? nil : KnownIdentifierMatcher(known)
  }

  mutating func edits(of text: String) -> TextEdits {
    let findings = deidentifier.texts.findings(in: text, known: matcher)
    earlier += findings.ownPlaceholders.map {
      EarlierPlaceholder(kind: $0.kind, number: $0.number)
    }
    let bytes = deidentifier.mode == .surrogate ? Array(text.utf8) : []
    var edits: [TextEdits.Edit] = []
    for finding in findings.findings {
      found[finding.kind.rawValue, default: 0] += 1
      if finding.isOwn { known[finding.kind.rawValue, default: 0] += 1 }
      guard let replacement = replacement(of: finding, in: bytes) else { continue }
      edits.append(TextEdits.Edit(finding.range, replacement))
    }
    return TextEdits(deidentifier.mode == .redact ? Self.withoutMarks(edits, in: text) : edits)
  }

  /// The edits, in order, with those that take out what looks like a mark: nobody but this stage sets
  /// marks.
  private static func withoutMarks(_ edits: [TextEdits.Edit], in text: String) -> [TextEdits.Edit] {
    let places = Record.markPlaces(in: text)
    guard !places.isEmpty else { return edits }
    var all: [TextEdits.Edit] = []
    var next = 0
    for place in places {
      while next < edits.count, edits[next].range.upperBound <= place.lowerBound {
        all.append(edits[next])
        next += 1
      }
      if next < edits.count, edits[next].range.overlaps(place) { continue }
      all.append(TextEdits.Edit(place, "\u{FFFD}"))
    }
    return all + edits[next...]
  }

  /// What takes a finding's place; nil where nothing does.
  private mutating func replacement(
    of finding: TextDeidentifier.Finding, in bytes: [UInt8]
  ) -> String? {
    switch deidentifier.mode {
    case .report, .fail: return nil
    case .surrogate: return deidentifier.surrogate(of: finding, in: bytes, patient: patient)
    case .redact:
      let mark = PlaceholderMark(
        kind: finding.kind, value: Digest128(of: "\(finding.kind.rawValue)\n\(finding.value)"))
      let place = places[mark] ?? marks.count
      if place == marks.count {
        places[mark] = place
        marks.append(mark)
      }
      occurrences.append(place)
      return "[\(finding.kind.rawValue)\(PlaceholderMark.character)]"
    }
  }
}

extension RecordDeidentifier {
  fileprivate func surrogate(
    of finding: TextDeidentifier.Finding, in bytes: [UInt8], patient: String
  ) -> String? {
    let words = String(decoding: bytes[finding.range], as: UTF8.self)
    return surrogates?.surrogate(for: words, of: finding.kind, patient: patient)
  }
}

extension IdentifierRecognizers {
  /// The languages that the rules for names were written for; dates and numbers are found in more.
  package static var languages: Set<String> {
    all.filter { $0.classes.contains(.name) }.reduce(into: []) { $0.formUnion($1.languages) }
  }
}
