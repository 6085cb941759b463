import Testing

@testable import Corpora

struct ClinicalCodeTests {
  @Test(arguments: [
    ("4019", 9, "401.9"), ("401.9", 9, "401.9"), ("486", 9, "486"), ("0090", 9, "009.0"),
    ("E8120", 9, "E812.0"), ("E812", 9, "E812"), ("V707", 9, "V70.7"), ("V4581", 9, "V45.81"),
    ("I10", 10, "I10"), ("E119", 10, "E11.9"), ("E11.9", 10, "E11.9"), ("S72001A", 10, "S72.001A"),
    ("V4581", 10, "V45.81"), ("", 9, ""),
  ])
  func `diagnoses are dotted as their version asks`(code: String, version: Int, dotted: String) {
    #expect(ICDCode.diagnosis(code, version: version) == dotted)
  }

  @Test(arguments: [
    ("3961", 9, "39.61"), ("39", 9, "39"), ("39.61", 9, "39.61"), ("02100Z9", 10, "02100Z9"),
  ])
  func `procedures of version 9 are dotted after two digits`(
    code: String, version: Int, dotted: String
  ) {
    #expect(ICDCode.procedure(code, version: version) == dotted)
  }

  @Test(arguments: [
    ("http://snomed.info/sct", "SNOMED CT"), ("http://loinc.org", "LOINC"),
    ("http://loinc.org/", "LOINC"), ("urn:oid:2.16.840.1.113883.6.90", "ICD-10-CM"),
    ("http://www.nlm.nih.gov/research/umls/rxnorm", "RxNorm"), ("SNOMED-CT", "SNOMED CT"),
    ("http://hl7.org/fhir/sid/cvx", "CVX"), ("http://unitsofmeasure.org", "UCUM"),
    ("http://lab.example.org/tests", "http://lab.example.org/tests"), ("", ""),
  ])
  func `systems have their short names`(system: String, name: String) {
    #expect(CodingSystem.name(of: system) == name)
  }
}
