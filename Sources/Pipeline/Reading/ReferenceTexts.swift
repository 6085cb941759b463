import Records
import Stages

/// What is done to the texts of benchmarks and reference sets before records are held against them: what
/// is done to the records, so that the same words give the same prints.
struct ReferenceTexts: Sendable {
  let cleaner: Cleaner
  /// Nil unless the records get placeholders.
  var deidentifier: RecordDeidentifier?

  /// A record as one of the build that says the same would be by now.
  func prepare(_ record: inout Record) {
    cleaner.clean(&record)
    guard let deidentifier else { return }
    _ = deidentifier.apply(to: &record)
  }
}

extension RecordStages {
  /// Invented values are another patient's each time: only placeholders can be like each other.
  var referenceTexts: ReferenceTexts {
    ReferenceTexts(
      cleaner: cleaner, deidentifier: deidentifier.flatMap { $0.mode == .redact ? $0 : nil })
  }
}

extension BuildPlan {
  /// That records were changed where what they are held against was not.
  var referenceWarnings: [Diagnostic] {
    guard let mode = stages.deidentifier?.mode else { return [] }
    let shipped = benchmarks.filter { $0.shippedIndex != nil }.map(\.name)
    switch mode {
    case .surrogate where !(benchmarks + references).isEmpty:
      return [
        Diagnostic(
          "invented values stand in the records but not in the benchmarks and reference sets: "
            + "overlaps across a replaced identifier are missed or score lower",
          severity: .warning, hint: "mode 'redact' treats both alike")
      ]
    case .redact where !shipped.isEmpty:
      return [
        Diagnostic(
          "the index of \(shipped.joined(separator: ", ")) was made without placeholders: overlaps "
            + "across a replaced identifier are missed or score lower",
          severity: .warning, hint: "name the benchmark's own files instead")
      ]
    default: return []
    }
  }
}
