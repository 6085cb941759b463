import Recipes
import Records
import Stages

/// What a recipe says of a source's licences, held against its corpus and the gate.
struct PlannedLicensing: Sendable {
  /// What the recipe asserts, as an expression; nil where it says nothing.
  private(set) var asserted: LicenseExpression?
  /// What the corpus declares.
  let declared: License?
  /// Whether the recipe says why its licence holds.
  let hasEvidence: Bool
  /// What records are under unless they say otherwise; nil where each record must say.
  private(set) var licenses: Licenses?
  /// The agreements that the recipe accepts by name.
  private(set) var accepted: [License] = []
  /// Where the recipe speaks of the source's licence.
  let position: Position
  private(set) var problems: [Diagnostic] = []

  init(of source: Recipe.Source, _ facts: CorpusFacts, _ gate: LicenseGate) {
    declared = facts.license
    hasEvidence = source.licenseEvidence != nil
    position = source.license?.position ?? source.position
    readAcceptance(source)
    guard readAssertion(source.license) else { return }
    refuseContradiction(source)
    // The gate rules on each record instead.
    guard asserted != nil || !facts.isLicensedByRecord else {
      refuseUnnamed(source, nil)
      return
    }
    do {
      // Evidence settles a conflict: the corpus' own statement then no longer counts.
      let licenses = try LicenseGate.licenses(
        asserted: asserted?.choice, declared: hasEvidence ? nil : declared,
        ofSource: source.name.text, at: position)
      self.licenses = licenses
      refuseUnnamed(source, licenses)
      if let problem = gate.problem(
        with: licenses, ofSource: source.name.text, accepted: accepted, at: position)
      {
        problems.append(problem)
      }
    } catch {
      problems.append(error)
    }
  }

  /// The recipe's expression, where it leaves a choice.
  var offered: String? {
    asserted.flatMap { $0.hasChoice ? $0.description : nil }
  }

  /// The agreements that every record of the source is under; nil where there are none.
  var agreements: Licenses? { licenses.flatMap { Licenses($0.all.filter(\.needsAcceptance)) } }

  /// Reads the recipe's expression; says whether it is one.
  private mutating func readAssertion(_ license: Recipe.Name?) -> Bool {
    guard let license, !license.text.isEmpty else { return true }
    do {
      asserted = try LicenseExpression(parsing: license.text)
      return true
    } catch {
      problems.append(error.diagnostic(of: license))
      return false
    }
  }

  private mutating func readAcceptance(_ source: Recipe.Source) {
    for name in source.acceptedTerms {
      if let license = License(id: name.text), license.needsAcceptance {
        accepted.append(license)
      } else {
        problems.append(
          Diagnostic(
            at: name.position, "there is no agreement '\(name.text)' to accept",
            hint: NearestName.hint(for: name.text, among: Self.agreements)
              ?? "there are \(Self.agreements.joined(separator: ", "))"))
      }
    }
  }

  /// An agreement is accepted by its name: `true` does not say which one was entered.
  private mutating func refuseUnnamed(_ source: Recipe.Source, _ licenses: Licenses?) {
    guard let place = source.unnamedAcceptance else { return }
    let agreements = licenses?.all.filter(\.needsAcceptance) ?? []
    let names = agreements.map(\.rawValue).joined(separator: ", ")
    problems.append(
      Diagnostic(
        at: place, "'accept_terms: true' does not say which agreement is accepted",
        hint: agreements.isEmpty
          ? "remove it: source '\(source.name.text)' is under no agreement"
          : "write 'accept_terms: \(agreements.count == 1 ? names : "[\(names)]")'"))
    // Told once.
    accepted = agreements
  }

  /// Who accepts an agreement holds what is under it: evidence of looser terms does not go with that.
  private mutating func refuseContradiction(_ source: Recipe.Source) {
    guard hasEvidence, let declared, accepted.contains(declared),
      asserted?.choice.contains(declared) == false
    else { return }
    problems.append(
      Diagnostic(
        at: position,
        "source '\(source.name.text)' accepts \(declared.rawValue) and gives evidence that it is not "
          + "under it",
        hint: "remove 'license' and 'license_evidence', or 'accept_terms' if no record is under it")
    )
  }

  private static let agreements = License.allCases.filter(\.needsAcceptance).map(\.rawValue)
}

extension LicenseExpressionError {
  /// The message at a recipe's licence; of an expression it names the character.
  fileprivate func diagnostic(of name: Recipe.Name) -> Diagnostic {
    let isExpression = name.text.contains { $0 == " " || $0 == "(" || $0 == ")" }
    return Diagnostic(
      at: name.position,
      isExpression ? "license '\(name.text)', character \(column): \(message)" : message,
      hint: hint)
  }
}
