import Formats
import Records
import Testing

@testable import Corpora

/// Licences as articles state them.
struct LicenseWordingTests {
  @Test(arguments: [
    ("http://creativecommons.org/licenses/by/4.0/", License.ccBy4),
    ("https://creativecommons.org/licenses/by/2.0", .ccBy2),
    ("http://www.creativecommons.Org/licenses/by/2.5/", .ccBy25),
    ("http://creativecommons.org/licenses/by/3/", .ccBy3),
    ("http://creativecommons.org/licenses/by/", .ccBy),
    ("https://creativecommons.org/licenses/by/4.0/legalcode", .ccBy4),
    ("(http://creativecommons.org/licenses/by-nc/4.0).", .ccByNC4),
    ("http://creativecommons.org/licenses/nc-nd/3.0/", nil),
    ("http://creativecommons.org/licenses/by-nc-nd/3.0/igo/", .ccByNCND3IGO),
    ("http://creativecommons.org/licenses/by-nc-sa/9.0/", .ccByNCSA),
    ("http://creativecommons.org/publicdomain/zero/1.0/", .cc0),
    ("http://creativecommons.org/publicdomain/mark/1.0/", .ccPDM),
    (
      "http://creativecommons.org/publicdomain/zero/1.0/ http://creativecommons.org/licenses/by/4.0/",
      .ccBy4
    ),
    ("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", .ogl3),
    ("http://www.example.org/licenseagreement", nil), ("", nil),
  ])
  func `an address names the licence of the work`(text: String, license: License?) {
    #expect(LicenseWording.license(addressIn: text) == license)
  }

  @Test(arguments: [
    ("CC BY", License.ccBy), ("cc-by", .ccBy), ("CC BY-NC-ND", .ccByNCND), ("CC0", .cc0),
    ("creativeCommonsBy", .ccBy), ("creativeCommonsBy-nc-nd", .ccByNCND), ("ccby-nc-sa", .ccByNCSA),
    ("CC BY 4.0", .ccBy4), ("TDM", .pmcTextMining), ("public-domain", .ccPDM),
    ("open-access", nil), ("OpenAccess", nil), ("NO-CC CODE", nil), ("none", nil), ("", nil),
  ])
  func `a code names a licence or nothing`(code: String, license: License?) {
    #expect(LicenseWording.license(code: code) == license)
  }

  @Test(arguments: [
    (
      "distributed under the terms of the Creative Commons Attribution License, which permits use",
      License.ccBy
    ),
    ("a Creative Commons Attribution 4.0 International License", .ccBy4),
    ("Creative Commons Attribution–NonCommercial–ShareAlike 3.0 Unported License", .ccByNCSA3),
    ("the Creative Commons Attribution Non-Commercial No Derivatives License", .ccByNCND),
    ("Open access under CC BY-NC-ND license.", .ccByNCND),
    ("for commercial and non-commercial purposes under CC BY 4.0", .ccBy4),
    ("Attribution 2.5, of Creative Commons, which does not permit commercial use", .ccByNC),
    ("made available under the Creative Commons CC0 public domain dedication", .cc0),
    ("under the terms of the Creative Commons Public Domain declaration", .cc0),
    (
      "Creative Commons Attribution License. The Creative Commons Public Domain Dedication waiver "
        + "applies to the data", .ccBy
    ),
    ("This is a work of the U.S. Government and is not subject to copyright", .usGovernment),
    ("Publication lies in the public domain and is therefore without copyright.", .ccPDM),
    ("© Crown copyright. Licensed under the Open Government Licence.", .ogl3),
    ("© Crown copyright 2020.", nil), ("All rights reserved.", nil),
    ("Open access: unrestricted use is permitted.", nil), ("a Creative Commons licence", nil),
  ])
  func `prose names a licence or nothing`(prose: String, license: License?) {
    #expect(LicenseWording.license(prose: prose) == license)
  }

  @Test func `versions and forms of the public domain agree`() {
    #expect(License.ccBy.agrees(with: .ccBy4))
    #expect(License.ccByNCND3IGO.agrees(with: .ccByNCND))
    #expect(License.cc0.agrees(with: .ccPDM))
    #expect(!License.ccBy4.agrees(with: .ccByNC4))
    #expect(!License.ccByNCSA.agrees(with: .ccByNCND))
    #expect(License.pmcTextMining.agrees(with: .pmcTextMining))
  }
}
