import Records
import Testing

struct LicenseTests {
  @Test(arguments: License.allCases)
  func `every id is found in any case`(license: License) {
    #expect(License(id: license.rawValue) == license)
    #expect(License(id: license.rawValue.uppercased()) == license)
    #expect(License(id: license.rawValue.lowercased()) == license)
  }

  @Test(arguments: ["", "CC-BY", "CC BY 4.0", "public domain", "GPL-3"])
  func `nothing is guessed from what is no id`(id: String) {
    #expect(License(id: id) == nil)
  }

  @Test(arguments: [
    (License.cc0, LicenseClass.open), (.apache2, .open), (.ccBy4, .open),
    (.ccBySA4, .shareAlike), (.gpl3, .shareAlike), (.ccByNC4, .nonCommercial),
    (.ccByNCSA4, .nonCommercial), (.ccByND4, .noDerivatives), (.ccByNCND4, .noDerivatives),
    (.nlmTerms, .terms), (.siteCopyright, .siteCopyright), (.physioNetCredentialed, .agreement),
    (.umls, .agreement), (.unknown, .unknown),
  ])
  func `a licence has the class that the gate rules by`(license: License, expected: LicenseClass) {
    #expect(license.licenseClass == expected)
  }

  @Test(arguments: License.allCases)
  func `what is under an agreement is never passed on`(license: License) {
    guard license.needsAcceptance else { return }
    #expect(!license.isRedistributable)
  }

  @Test(arguments: [
    (License.cc0, true), (.ccByNC4, true), (.ccBySA3, true), (.nlmTerms, true),
    (.ccByND4, false), (.siteCopyright, false), (.n2c2, false), (.unknown, false),
  ])
  func `a licence says whether the dataset may be passed on`(license: License, may: Bool) {
    #expect(license.isRedistributable == may)
  }
}
