import Records
import Testing

struct LicenseTableTests {
  @Test func `every licence has one row`() {
    #expect(LicenseFacts.all.count == License.allCases.count)
    #expect(Set(LicenseFacts.all.map(\.license)) == Set(License.allCases))
  }

  @Test(arguments: LicenseFacts.all)
  func `the elements of a Creative Commons id are what its row asks for`(facts: LicenseFacts) {
    let id = facts.license.rawValue
    guard id.contains("CC-BY") else { return }
    let elements = Set(id.split(separator: "-"))
    #expect(facts.obligations.contains(.attribution))
    #expect(facts.obligations.contains(.nonCommercial) == elements.contains("NC"))
    #expect(facts.obligations.contains(.shareAlike) == elements.contains("SA"))
    #expect(facts.obligations.contains(.noDerivatives) == elements.contains("ND"))
  }

  @Test(arguments: LicenseFacts.all)
  func `the hub's id is in small letters, and a page is an address`(facts: LicenseFacts) {
    if let id = facts.hubID { #expect(id == id.lowercased()) }
    if let address = facts.address { #expect(address.hasPrefix("https://")) }
    #expect(!facts.license.isSPDX || facts.address != nil)
  }

  @Test(arguments: [
    (License.cc0, Redistribution.yes), (.ccBy4, .withNotice), (.ccBySA4, .sameTerms),
    (.ccByNC4, .withNotice), (.ccByNCSA4, .sameTerms), (.gpl3, .sameTerms), (.ccByND4, .no),
    (.nlmTerms, .withNotice), (.siteCopyright, .no), (.umls, .no), (.unknown, .no),
  ])
  func `says on which condition it may be passed on`(license: License, expected: Redistribution) {
    #expect(license.facts.redistribution == expected)
  }

  @Test(arguments: Use.allCases)
  func `what a use refuses, it refuses of every stricter class that may not be passed on`(use: Use)
  {
    let refused = LicenseClass.allCases.map { LicenseClassFacts.of($0).refusals[use] != nil }
    guard let first = refused.firstIndex(of: true) else { return }
    #expect(refused[first...].allSatisfy { $0 })
  }

  @Test func `several licences are written in one order, whatever they were given in`() throws {
    let licenses = try #require(Licenses([.mit, .ccBy4, .mit]))
    #expect(licenses.expression == "CC-BY-4.0 AND MIT")
    #expect(licenses == Licenses(.ccBy4).union(Licenses(.mit)))
    #expect(Licenses(.mit).union(Licenses(.mit)).all == [.mit])
    #expect(Licenses([]) == nil)
  }

  @Test func `several licences are as strict as the strictest and ask for what each asks`() throws {
    let licenses = try #require(Licenses([.ccBySA4, .ccByNC4]))
    #expect(licenses.licenseClass == .nonCommercial)
    #expect(licenses.obligations == [.attribution, .shareAlike, .nonCommercial])
    #expect(licenses.isRedistributable)
    #expect(!licenses.union(Licenses(.n2c2)).isRedistributable)
  }

  @Test(arguments: [
    ([License.ccBy4, .mit, .cc0], LicenseCompatibility.Ruling.free),
    ([.ccBySA4, .ccBy4], .under(.ccBySA4)), ([.ccBySA2, .ccBySA3], .under(.ccBySA3)),
    ([.ccBySA3, .ccBySA4], .under(.ccBySA4)), ([.ccBySA, .ccBySA25], .under(.ccBySA4)),
    ([.ccBySA4, .gpl3], .under(.gpl3)), ([.gpl3, .gpl3OrLater], .under(.gpl3)),
    ([.ccByNCSA4, .ccByNC4], .under(.ccByNCSA4)),
    ([.ccBySA4, .ccByNCSA4], .incompatible([.ccByNCSA4, .ccBySA4])),
    ([.ccBySA4, .ccByNC4], .incompatible([.ccByNC4, .ccBySA4])),
    ([.ccBySA3, .gpl3], .incompatible([.ccBySA3, .gpl3])),
    ([.odbl, .ccBySA4], .incompatible([.ccBySA4, .odbl])),
  ])
  func `share-alike works go into one file when their terms have one in common`(
    licenses: [License], expected: LicenseCompatibility.Ruling
  ) {
    #expect(LicenseCompatibility.ruling(on: licenses) == expected)
    #expect(LicenseCompatibility.ruling(on: licenses.reversed()) == expected)
  }

  @Test(arguments: [
    (License.ccBy3, License.ccBy4, true), (.ccBy, .ccBy4, true), (.ccBy4, .ccByNC4, false),
    (.cc0, .usGovernment, true), (.mit, .apache2, false), (.ccByNCSA3IGO, .ccByNCSA4, true),
    (.nlmTerms, .bioASQ, false),
  ])
  func `statements agree when only the version differs`(
    first: License, second: License, agree: Bool
  ) {
    #expect(first.agrees(with: second) == agree)
    #expect(second.agrees(with: first) == agree)
  }
}
