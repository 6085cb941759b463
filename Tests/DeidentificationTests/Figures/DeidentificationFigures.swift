import Deidentification
import Foundation
import Testing

/// The figures of the whole scanner on the public suites, as a table a type.
///
///     swift test --filter DeidentificationFigures
///
/// Each suite is cut in two halves by a hash of the text. Rules may be tuned on what is missed in
/// the one (`MATERIA_MISSES=1` prints it), and the figures that count are those of the other.
@Suite(.enabled(if: LabelledSuite.isAtHand, "the suites are not there (MATERIA_SHARED)"))
struct DeidentificationFigures {
  @Test(arguments: LabelledSuite.allCases)
  func `recall by type, with interval`(suite: LabelledSuite) throws {
    let figures = RecallFigures(of: try suite.texts(), with: IdentifierScanner())
    print(FigureTable(suite: suite, figures: figures).text)
    let formatted = figures.total(of: suite.formattedTypes, in: .reporting)
    #expect(formatted.recall >= suite.recallFloor)
    if let clean = figures.clean[.reporting], clean.texts > 0 {
      #expect(Double(clean.changed) <= 0.2 * Double(clean.texts))
    }
    if ProcessInfo.processInfo.environment["MATERIA_MISSES"] != nil { printMisses(of: figures) }
  }

  private func printMisses(of figures: RecallFigures) {
    for miss in figures.misses {
      print("miss \(miss.value.type) |\(miss.value.text)| in |\(miss.text)|")
    }
    for excess in figures.excesses { print("excess \(excess.rule) |\(excess.words)|") }
  }
}
