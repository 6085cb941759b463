import Pipeline
import Records
import Testing

struct InspectionLicenseTests {
  @Test(
    arguments: [
      (
        "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a\ncopy of this software and",
        License.mit
      ),
      ("   Apache License\n      Version 2.0, January 2004\n", .apache2),
      ("GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007", .gpl3),
      ("Attribution 4.0 International\n\nCreative Commons", .ccBy4),
      ("Attribution-ShareAlike 4.0 International", .ccBySA4),
      ("Attribution-NonCommercial 4.0 International", .ccByNC4),
      ("Attribution-NonCommercial-ShareAlike 4.0 International", .ccByNCSA4),
      ("see http://creativecommons.org/licenses/by-sa/3.0/", .ccBySA3),
      ("CC0 1.0 Universal", .cc0),
      ("## ODC Open Database License (ODbL)", .odbl),
    ])
  func `knows a licence by its phrases`(text: String, license: License) {
    #expect(InspectionLicense.licenses(in: Array(text.utf8)) == [license])
  }

  @Test func `gives all licences of a file that holds several`() {
    let text = "Annotations: CC BY 4.0. Texts: creativecommons.org/publicdomain/zero/1.0/"
    #expect(InspectionLicense.licenses(in: Array(text.utf8)) == [.cc0, .ccBy4])
  }

  @Test func `finds none in a text without known phrases`() {
    #expect(InspectionLicense.licenses(in: Array("All rights reserved.".utf8)).isEmpty)
    #expect(InspectionLicense.licenses(in: []).isEmpty)
  }

  @Test func `tells two and three clauses of BSD apart`() {
    let grant = """
      Redistribution and use in source and binary forms, with or without modification, are
      permitted provided that the following conditions are met: keep the notice.
      """
    let three = grant + " Neither the name of the holder may be used."
    #expect(InspectionLicense.licenses(in: Array(grant.utf8)) == [.bsd2])
    #expect(InspectionLicense.licenses(in: Array(three.utf8)) == [.bsd3])
  }

  @Test(arguments: ["LICENSE", "a/b/LICENCE.txt", "COPYING", "LICENSE-MIT", "license.md"])
  func `knows a licence file by its name`(path: String) {
    #expect(InspectionLicense.isLicenseName(path))
  }

  @Test(arguments: ["licensed.csv", "LICENSE.csv", "a/data.txt", "LICENSE/data.json"])
  func `takes no data for a licence file`(path: String) {
    #expect(!InspectionLicense.isLicenseName(path))
  }
}
