import Testing

@testable import Deidentification

@Suite struct NumberRecognizerTests {
  @Test(arguments: [
    ("123-45-6789", "SSN"), ("078-05-\n1120", "SSN"), ("123 45 6789", "SSN"),
    ("912-78-1234", "SSN"), ("xxx-xx-6789", "SSN"),
    ("1\u{200B}23-45-6789", "SSN"), ("4111 1111 1111 1111", "ACCOUNT"),
    ("378282246310005", "ACCOUNT"),
    ("3782-822463-10005", "ACCOUNT"), ("GB29 NWBK 6016 1331 9268 19", "ACCOUNT"),
    ("DE89370400440532013000", "ACCOUNT"), ("1M8GDM9AXKP042788", "VEHICLE"),
    ("1EG4TE5MK73", "HEALTH_PLAN"), ("1EG4-TE5-MK73", "HEALTH_PLAN"), ("AB1234563", "LICENSE"),
    ("12345678Z", "ID"), ("12345678-Z", "ID"), ("X1234567L", "ID"), ("943 476 5919", "MRN"),
    ("11010519491231002X", "ID"), ("2 69 05 49 588 157 80", "SSN"), ("269054958815780", "SSN"),
    ("123456789018", "ID"), ("123e4567-e89b-12d3-a456-426614174000", "ID"),
    ("(01)00844588003288(17)141120(10)7654321D", "DEVICE"),
  ])
  func `numbers with a form or a check digit are found`(number: String, kind: String) {
    #expect(found("The \(number), noted", by: NationalNumberRecognizer()) == ["\(kind) \(number)"])
  }

  @Test(arguments: [
    "4111 1111 1111 1112", "GB29 NWBK 6016 1331 9268 18", "1M8GDM9A1KP042788", "12345678A",
    "AB1234560",
    "11010519491231002Y", "120 80 1999", "12-34-5678", "CD4 350 cells", "120 98 72 18",
    "PMID 378282246310005",
    "500 mg 10 20", "123-456-789",
  ])
  func `numbers that fail the check stay`(text: String) {
    #expect(found("The \(text), noted", by: NationalNumberRecognizer()).isEmpty)
  }

  @Test func `bare long numbers are someone's, counts and public codes are not`() {
    #expect(found("noted (#88776)", by: LongNumberRecognizer()) == ["ID 88776"])
    #expect(found("noted 987654321.", by: LongNumberRecognizer()) == ["ID 987654321"])
    for text in ["12345678", "1000000000 copies", "NCT012345678", "PMID 123456789", "1.234567890"] {
      #expect(found(text, by: LongNumberRecognizer()).isEmpty)
    }
  }

  @Test func `codes of letters and digits are someone's, those of substances are not`() {
    #expect(found("noted RM-123456.", by: LetteredNumberRecognizer()) == ["ID RM-123456"])
    for text in ["PF-06463922", "BMS-986165", "CD-20", "COVID-19", "rm-123456", "A-123456-7"] {
      #expect(found(text, by: LetteredNumberRecognizer()).isEmpty)
    }
  }

  @Test(arguments: [
    ("A 92-year-old man", "92"), ("a ninety-three-year-old man", "ninety-three"),
    ("aged 101,", "101"), ("94 yo F", "94"), ("95 y/o M", "95"),
    ("age: 90", "90"),
    ("97yo", "97"), ("91 years old", "91"), ("a 99 year-old", "99"), ("93F with", "93"),
    ("97 M presents", "97"),
    ("ninety-three years old", "ninety-three"), ("one hundred and two year old", "hundred and two"),
    ("in her nineties", "nineties"), ("a nonagenarian", "nonagenarian"),
    ("paciente de 92 años", "92"),
    ("Edad: 95", "95"), ("92歳女性", "92"), ("患者，95岁", "95"), ("at the age of 96", "96"),
    ("９２歳", "９２"), ("de noventa y tres años", "noventa y tres"), ("in her late 90s", "90s"),
    ("号：0012345，95岁", "95"),
  ])
  func `ages over 89 are found`(text: String, age: String) {
    #expect(found(text, by: AgeRecognizer()) == ["AGE \(age)"])
  }

  @Test(arguments: [
    "89-year-old", "SpO2 93%", "HR 95", "95 mg", "aged 45", "over 90 days", "95% CI", "92 patients",
    "glucose 110", "ninety tablets", "one hundred M G", "in the high nineties", "100 M NaCl",
    "90 mL", "a hundred patients", "age 9",
  ])
  func `younger ages and measures stay`(text: String) {
    #expect(found(text, by: AgeRecognizer()).isEmpty)
  }
}
