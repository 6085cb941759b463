import Records
import Testing

@testable import Stages

struct LicenseGateTests {
  /// What each use refuses, by class of licence, with the agreement accepted.
  private static let refused: [Use: Set<LicenseClass>] = [
    .research: [.unknown],
    .commercial: [.unknown, .agreement, .nonCommercial, .noDerivatives, .siteCopyright],
    .redistribution: [.unknown, .agreement, .noDerivatives, .siteCopyright],
  ]

  @Test(arguments: Use.allCases, License.allCases)
  func `refuses what the use does not allow`(use: Use, license: License) {
    let record = Record(
      id: "7", corpus: "c", license: license, content: .labelledText(.init(text: "")))
    let rejection = LicenseGate(use: use).rejection(of: record, accepted: [license])
    if Self.refused[use]?.contains(license.licenseClass) == true {
      #expect(
        rejection
          == Rejection(
            id: "7", reason: .licenseRefused, stage: "license", value: license.rawValue))
    } else {
      #expect(rejection == nil)
    }
  }

  @Test(arguments: License.allCases.filter(\.needsAcceptance))
  func `an agreement must be accepted by its own name`(license: License) throws {
    let gate = LicenseGate(use: .research)
    let others = License.allCases.filter { $0.needsAcceptance && $0 != license }
    let problem = try #require(
      gate.problem(with: Licenses(license), ofSource: "notes", accepted: others))
    #expect(
      problem.description == """
        error: source 'notes' is under \(license.rawValue), an agreement that the recipe does not accept
        hint: write 'accept_terms: \(license.rawValue)' on the source if you are a party to the \
        agreement, or remove the source
        """)
    #expect(
      gate.problem(with: Licenses(license), ofSource: "notes", accepted: [license]) == nil)
  }

  @Test func `an unknown licence passes a research build that allows it, and no other`() {
    for use in Use.allCases {
      let refusal = LicenseGate(use: use, allowsUnknown: true).refusal(of: License.unknown)
      #expect(refusal == (use == .research ? nil : .unknown))
    }
  }

  @Test func `a record that states a second licence goes where the use refuses that one`() {
    var record = Record(
      id: "7", corpus: "c", license: .ccBy4, content: .labelledText(.init(text: "")))
    record.tags = [Record.conflict(.ccByNC, in: "prose")]
    #expect(
      LicenseGate(use: .commercial).rejection(of: record)?.value == "LicenseRef-CC-BY-NC")
    #expect(LicenseGate(use: .research).rejection(of: record) == nil)
  }

  @Test func `says which licence forbids what, and what to change`() {
    let problem = LicenseGate(use: .commercial).problem(
      with: Licenses(.ccByNC4), ofSource: "x")
    #expect(
      problem?.message == "source 'x' is under CC-BY-NC-4.0, which forbids commercial use")
    #expect(
      problem?.hint
        == "remove the source, or set 'use: research'; if you hold other terms, say so in "
        + "'license:' and 'license_evidence:'")
  }

  @Test func `of several licences names the strictest that is refused`() throws {
    let licenses = try #require(Licenses([.ccByNC4, .mit, .siteCopyright]))
    let refusal = LicenseGate(use: .commercial).refusal(of: licenses)
    #expect(refusal?.license == .siteCopyright)
    #expect(refusal?.reason == .siteCopyright)
    #expect(LicenseGate(use: .research).refusal(of: licenses) == nil)
  }

  @Test(arguments: License.allCases)
  func `what may not be sent to a provider is refused where a dialect is`(license: License) {
    let gate = LicenseGate(
      use: .research, allowsUnknown: true, providerDialects: ["together", "bedrock"])
    let isForbidden = [.siteCopyright, .agreement, .unknown].contains(license.licenseClass)
    #expect(
      gate.refusal(of: license, accepted: [license]) == (isForbidden ? .forbidsProviders : nil))
    guard isForbidden, license != .unknown else { return }
    #expect(
      gate.problem(with: Licenses(license), ofSource: "x", accepted: [license])?.message
        == "source 'x' is under \(license.rawValue), which forbids sending it to a provider, as "
        + "dialects 'together', 'bedrock' would be")
  }

  @Test(arguments: [
    (License.ccBy4, License.ccByNC4), (.mit, .physioNetCredentialed), (.ccByNC4, .ccByNCSA4),
    (.ccBySA4, .ccByNCSA4), (.cc0, .nlmTerms), (.unknown, .ccByNC4),
  ])
  func `an assertion cannot loosen what the corpus declares`(asserted: License, declared: License) {
    #expect(throws: Diagnostic.self) {
      try LicenseGate.licenses(asserted: Licenses(asserted), declared: declared, ofSource: "x")
    }
  }

  @Test(arguments: [
    (License?.none, License?.some(.mit), License.mit), (.ccBy4, nil, .ccBy4), (nil, nil, .unknown),
    (.ccByNC4, .ccBy4, .ccByNC4), (.mit, .unknown, .mit),
    (.physioNetCredentialed, .ccByNCND4, .physioNetCredentialed),
    (.unknown, .mit, .unknown),
  ])
  func `a source is read under the stricter licence`(
    asserted: License?, declared: License?, expected: License
  ) throws {
    let licenses = try LicenseGate.licenses(
      asserted: asserted.map(Licenses.init), declared: declared, ofSource: "x")
    #expect(licenses == Licenses(expected))
  }

  @Test(arguments: [
    (License.umls, License.physioNetCredentialed), (.odbl, .ccBySA4), (.gpl3, .ccBySA4),
  ])
  func `terms that bind by name stay beside what is asserted`(
    asserted: License, declared: License
  ) throws {
    let licenses = try LicenseGate.licenses(
      asserted: Licenses(asserted), declared: declared, ofSource: "x")
    #expect(licenses == Licenses([asserted, declared]))
    if declared.needsAcceptance {
      let gate = LicenseGate(use: .research)
      #expect(gate.refusal(of: licenses, accepted: [asserted])?.license == declared)
    }
  }

  @Test func `an assertion of several licences may add to what the corpus declares`() throws {
    let both = try #require(Licenses([.nlmTerms, .ccBy4]))
    #expect(
      try LicenseGate.licenses(asserted: both, declared: .nlmTerms, ofSource: "x") == both)
  }
}
