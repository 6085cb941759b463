import Testing

@testable import Deidentification

/// The rules for names, by what they find in a sentence.
struct NamesRecognizerTests {
  private func found(_ text: String, _ kind: IdentifierClass) -> [String] {
    let bytes = Array(text.utf8)
    return NamesRecognizer().identifiers(in: MatchText(text)).filter { $0.kind == kind }
      .map { String(decoding: bytes[$0.range], as: UTF8.self) }.sorted()
  }

  @Test(arguments: [
    ("Dr. Bell saw her.", "Bell"),
    ("Seen by Grace Parkinson, RN today.", "Grace Parkinson"),
    ("PATIENT NAME: ALLEGRA, MAY", "ALLEGRA, MAY"),
    ("The patient's mother, Hope, was present.", "Hope"),
    ("Discussed with Mrs. O'Brien-Katz at length.", "O'Brien-Katz"),
    ("Referred by J. R. Fontaine.", "J. R. Fontaine"),
    ("his wife Zsuzsanna called", "Zsuzsanna"),
    ("Patient: Whitcombe, John", "Whitcombe, John"),
    ("Patient: Quandt, Zelmira\nDOB: unknown", "Quandt, Zelmira"),
    ("MR. WHITCOMBE", "WHITCOMBE"),
    ("Today MR. WHITCOMBE was seen.", "WHITCOMBE"),
    ("Today DR. QUANDT was there.", "QUANDT"),
    ("Signed: Ludwig van der Meer, MD", "Ludwig van der Meer"),
    ("dr. nguyen started metformin", "nguyen"),
    ("Krisztián Szöllősy was admitted.", "Krisztián Szöllősy"),
  ])
  func `a person is found`(text: String, name: String) {
    #expect(found(text, .name) == [name])
  }

  @Test(arguments: [
    "History of Parkinson's disease and Bell's palsy.",
    "Foley catheter in place, Glasgow Coma Scale 15.",
    "Wilson disease was ruled out; Babinski negative.",
    "Will start Allegra in May.",
    "Crohn's, Hodgkin lymphoma, Stevens-Johnson syndrome.",
    "Kaplan-Meier curves and Cox regression were used.",
    "She may bill the mark of grace with hope.",
    "BRCA1 and SMAD4 mutations were noted.",
    "Lou Gehrig's disease in a 60-year-old male",
    "Patient: Alert, Oriented",
    "Patient: Afebrile, Tachycardic.",
    "Patient: Stable, Improving",
  ])
  func `what is named after persons stays`(text: String) {
    #expect(NamesRecognizer().identifiers(in: MatchText(text)).isEmpty)
  }

  @Test func `what follows a name given once is found by its parts`() {
    let text = "Patient: Rose Hawthorne. Hawthorne tolerated it. Rose was discharged."
    #expect(found(text, .name) == ["Hawthorne", "Rose", "Rose Hawthorne"])
  }

  @Test(arguments: [
    ("She lives in Chicago with her son.", "Chicago"),
    ("He is from Cedar Falls, Iowa.", "Cedar Falls"),
    ("Moved from King County last year.", "King County"),
  ])
  func `a place below the state is found`(text: String, place: String) {
    #expect(found(text, .location) == [place])
  }

  @Test func `states, countries and peoples are no identifiers`() {
    let text = "An Italian woman from Texas who visited Mexico and West Virginia."
    #expect(NamesRecognizer().identifiers(in: MatchText(text)).isEmpty)
  }

  @Test(arguments: [
    ("Transferred from St. Mary's Hospital today.", "St. Mary's Hospital"),
    ("Followed at the Elm Grove Clinic.", "Elm Grove Clinic"),
    ("treated at UCSF", "UCSF"),
    ("seen at Elmhurst last week", "Elmhurst"),
  ])
  func `an organisation is found`(text: String, organization: String) {
    #expect(found(text, .organization) == [organization])
  }

  @Test func `a clinic that is anywhere stays`() {
    let text = "Follow up in Pain Clinic and the Emergency Center; the hospital course was long."
    #expect(NamesRecognizer().identifiers(in: MatchText(text)).isEmpty)
  }
}
