import Records

/// Why a file of sequences cannot be read further.
package struct SequenceError: DiagnosticError, Equatable {
  /// What is wrong.
  package enum Kind: Sendable, Equatable {
    case unknownFormat
    /// A line that belongs to no record.
    case noHeader
    case longLine
    /// A FASTQ read with more qualities than letters.
    case unequalQuality
    /// The file, or the next record, begins before the end of this one.
    case truncated
  }

  package var kind: Kind
  package var position: Position

  package init(_ kind: Kind, at position: Position) {
    self.kind = kind
    self.position = position
  }

  package var diagnostic: Diagnostic { Diagnostic(at: position, message, hint: hint) }

  private var message: String {
    switch kind {
    case .unknownFormat: "neither FASTA ('>'), FASTQ ('@') nor GenBank ('LOCUS')"
    case .noHeader: "a line that belongs to no record: there is no header before it"
    case .longLine: "a header line is longer than 1 MiB"
    case .unequalQuality: "the read has more qualities than letters"
    case .truncated: "the record does not end: the file is cut off"
    }
  }

  private var hint: String? {
    kind == .truncated ? "download the file again" : nil
  }
}
