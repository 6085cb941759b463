/// The usual short names of coding systems, which corpora name by URI, OID or in their own spelling.
enum CodingSystem {
  /// The short name of a system; one that is not known keeps the name that the corpus gives it.
  static func name(of system: String) -> String { names[key(of: system)] ?? system }

  /// Whether a system has a short name.
  static func isKnown(_ system: String) -> Bool { names[key(of: system)] != nil }

  /// The name without what spellings differ in: case, `urn:oid:`, the scheme, a slash at the end.
  private static func key(of system: String) -> String {
    var key = Substring(system.lowercased())
    for prefix in ["urn:oid:", "https://", "http://", "www."] where key.hasPrefix(prefix) {
      key = key.dropFirst(prefix.count)
    }
    while key.hasSuffix("/") { key = key.dropLast() }
    return String(key)
  }

  /// URIs of the FHIR terminology pages (R4) with the OIDs that HL7 v2, v3 and C-CDA use instead.
  private static let names: [String: String] = [
    "snomed.info/sct": "SNOMED CT", "2.16.840.1.113883.6.96": "SNOMED CT",
    "snomed-ct": "SNOMED CT", "snomed ct": "SNOMED CT", "snomedct": "SNOMED CT",
    "loinc.org": "LOINC", "2.16.840.1.113883.6.1": "LOINC", "loinc": "LOINC",
    "nlm.nih.gov/research/umls/rxnorm": "RxNorm", "2.16.840.1.113883.6.88": "RxNorm",
    "rxnorm": "RxNorm",
    "hl7.org/fhir/sid/icd-10-cm": "ICD-10-CM", "2.16.840.1.113883.6.90": "ICD-10-CM",
    "hl7.org/fhir/sid/icd-10": "ICD-10", "2.16.840.1.113883.6.3": "ICD-10",
    "cms.gov/medicare/coding/icd10": "ICD-10-PCS", "2.16.840.1.113883.6.4": "ICD-10-PCS",
    "hl7.org/fhir/sid/icd-9-cm": "ICD-9-CM", "2.16.840.1.113883.6.103": "ICD-9-CM",
    "hl7.org/fhir/sid/icd-9-cm/diagnosis": "ICD-9-CM",
    "hl7.org/fhir/sid/icd-9-cm/procedure": "ICD-9-CM Procedures",
    "2.16.840.1.113883.6.104": "ICD-9-CM Procedures",
    "hl7.org/fhir/sid/cvx": "CVX", "2.16.840.1.113883.12.292": "CVX",
    "hl7.org/fhir/sid/ndc": "NDC", "2.16.840.1.113883.6.69": "NDC",
    "ama-assn.org/go/cpt": "CPT", "2.16.840.1.113883.6.12": "CPT",
    "cms.gov/medicare/coding/hcpcsreleasecodesets": "HCPCS",
    "2.16.840.1.113883.6.285": "HCPCS",
    "unitsofmeasure.org": "UCUM", "2.16.840.1.113883.6.8": "UCUM",
    "whocc.no/atc": "ATC", "2.16.840.1.113883.6.73": "ATC",
    "fdasis.nlm.nih.gov": "UNII", "2.16.840.1.113883.4.9": "UNII",
    "hl7.org/fhir/ndfrt": "NDF-RT", "2.16.840.1.113883.3.26.1.5": "NDF-RT",
    "dicom.nema.org/resources/ontology/dcm": "DICOM", "1.2.840.10008.2.16.4": "DICOM",
    "terminology.hl7.org/codesystem/v3-actcode": "HL7 ActCode",
    "2.16.840.1.113883.5.4": "HL7 ActCode",
    "2.16.840.1.113883.6.238": "CDC race and ethnicity",
  ]
}
