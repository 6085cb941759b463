import Testing

@testable import Deidentification

@Suite struct PhoneRecognizerTests {
  @Test(arguments: [
    "555-123-4567", "(555) 123-4567", "555.123.4567", "(555)123-4567", "1-555-123-4567",
    "+1 555 123 4567", "+1 (555) 123-4567", "212 555 0199", "+41 (0)96 471 07 95",
    "+44 20 7946 0958",
    "01.84.17.61.18", "0494 92 82 32", "079 2718 1155", "555-0199", "090-1234-5678", "03-1234-5678",
    "13812345678", "138 1234 5678", "981 33 40 00", "0044 20 7946 0958", "555-123-4567 x12",
    "555-123-4567 ext. 1234", "(898)666-3621x0135", "555\u{2011}123\u{2011}4567", "555-\n0199",
    "(555)\u{00A0}123\u{2013}4567", "(617)\n555-0142", "(617)\r\n555-0142", "٥٥٥-١٢٣-٤٥٦٧",
    "2125550199",
  ])
  func `numbers of a telephone's form are found`(number: String) {
    #expect(found("He left \(number), thanks", by: PhoneRecognizer()) == ["PHONE \(number)"])
  }

  @Test(arguments: [
    ("pager 4411", "PHONE 4411"), ("Fax: 981 334 000", "FAX 981 334 000"),
    ("cell is 5550199", "PHONE 5550199"), ("call me at 9472 7916", "PHONE 9472 7916"),
    ("Tel.: 967 597 100", "PHONE 967 597 100"), ("Tfno.+34 945007000", "PHONE +34 945007000"),
    ("call x5555", "PHONE 5555"), ("P: 555-0100", "PHONE 555-0100"), ("ext. 4567", "PHONE 4567"),
    ("電話：03（1234）5678", "PHONE 03（1234）5678"),
    ("手机号13812345678", "PHONE 13812345678"), ("传真：010-12345678", "FAX 010-12345678"),
    ("reached at\n555 0199", "PHONE 555 0199"), ("携帯は 0901234 5678", "PHONE 0901234 5678"),
    ("617-555-0142 x-ray", "PHONE 617-555-0142"), ("617-555-0142 points", "PHONE 617-555-0142"),
    ("082 490 1693-Office", "PHONE 082 490 1693"), ("Phone: 451 5986", "PHONE 451 5986"),
  ])
  func `numbers after or before a word for telephones are found`(text: String, number: String) {
    #expect(found(text, by: PhoneRecognizer()) == [number])
  }

  @Test(arguments: [
    "platelets 150-450", "WBC 4.5-11.0", "NCT01234567", "PMID: 31234567", "BP 120/80, HR 72",
    "05-10-2023 10:30", "1.5-2.5 mg", "2019-2020", "call back in 3 days", "5 10 15 20", "page 12",
    "page 1234-1240",
    "dose 1000-1500 mg", "ISBN 978-3-16-148410-0", "0.05 0.10 0.15", "Norco 5/325", "1,234,567",
    "doi 10.1056/2034577", "range 200-1000", "3-0 vicryl", "12 34", "S1-2 2345", "2010 - 2015",
    "555-0199 x-rays", "100-200 x 300",
  ])
  func `measures, dates and public codes stay`(text: String) {
    #expect(found(text, by: PhoneRecognizer()).isEmpty)
  }
}
