/// One patient's record as events in the order of time.
package struct Timeline: Sendable, Equatable {
  package var patient: String
  /// What is known of the patient apart from time, in the reader's order: `sex`, `birth_year`.
  package var facts: [Tag]
  /// The events by time, those without a time first; in the order of the corpus within one time.
  package var events: [Event]

  package init(patient: String, facts: [Tag] = [], events: [Event]) {
    self.patient = patient
    self.facts = facts
    self.events = events
  }
}

/// One thing that happened to a patient or was found.
package struct Event: Sendable, Equatable {
  /// What sort of event it is.
  package enum Kind: String, Sendable, CaseIterable {
    case encounter
    case diagnosis
    case procedure
    case medication
    case observation
    case immunization
    case allergy
    case device
    case carePlan = "care-plan"
    case imaging
    case transfer
    case note
    case other
  }

  package var kind: Kind
  /// When it happened or began, ISO 8601 as far as known (`2150-03-01T10:15:00`), or empty.
  package var time: String
  /// When it ended, or empty.
  package var end: String
  package var code: String
  /// The coding system by its usual short name: `ICD-10-CM`, `LOINC`, `SNOMED CT`, `RxNorm`.
  package var system: String
  /// The code in words.
  package var display: String
  package var value: String
  package var unit: String
  /// How the value stands to its normal range in the corpus' words (`abnormal`, `H`), or empty.
  package var flag: String
  /// The values that are usual, as the corpus writes them (`3.9-5.8`), or empty.
  package var range: String
  /// How far it has come in the corpus' words or code (`F` for a final result), or empty.
  package var status: String
  /// The visit or admission that it belongs to, or empty.
  package var encounter: String

  package init(
    kind: Kind, time: String = "", end: String = "", code: String = "", system: String = "",
    display: String, value: String = "", unit: String = "", flag: String = "",
    range: String = "", status: String = "", encounter: String = ""
  ) {
    self.kind = kind
    self.time = time
    self.end = end
    self.code = code
    self.system = system
    self.display = display
    self.value = value
    self.unit = unit
    self.flag = flag
    self.range = range
    self.status = status
    self.encounter = encounter
  }
}

/// A stretch of DNA, RNA or protein.
package struct BiologicalSequence: Sendable, Equatable {
  /// What the letters stand for.
  package enum Alphabet: String, Sendable, CaseIterable {
    case dna
    case rna
    case protein
  }

  package var alphabet: Alphabet
  /// The letters, upper case unless the reader was told to keep soft masking.
  package var residues: String
  /// The tokens that the sequence is written in (k-mers), separated by blanks; empty for none.
  package var tokens: String
  /// The assembly, such as `GRCh38`, or empty.
  package var assembly: String
  /// The record that it was cut from: a chromosome, an accession.
  package var name: String
  /// The 0-based offset of the first residue in that record.
  package var start: Int
  /// What the stretch is labelled with, or empty.
  package var label: String

  package init(
    alphabet: Alphabet = .dna, residues: String, tokens: String = "", assembly: String = "",
    name: String, start: Int = 0, label: String = ""
  ) {
    self.alphabet = alphabet
    self.residues = residues
    self.tokens = tokens
    self.assembly = assembly
    self.name = name
    self.start = start
    self.label = label
  }
}
