import Testing

@testable import Deidentification

@Suite struct PlaceRecognizerTests {
  @Test(arguments: [
    "128 Maple Street, Apt 4", "12 N. 5th Ave", "1436 Redbud Drive", "99 St. John's Road",
    "7 Elm St.",
    "33 avenue de Provence", "Calle Ramón Gómez de la Cerna 27, 3A", "Av. Pedro Rubio, 36",
    "C/ Juana de Vega, 7", "Avda. de Andalucía, s/n", "Paseo de la Castellana 86. 13 A",
    "P.O. Box 149", "PO Box 12", "PSC 7589, Box 0572", "Unit 5022 Box 1225",
    "Brucker Bundesstrasse 31",
    "Kiannonkatu 98", "Rua Diadema 1903", "ul. Północna 73", "221B Baker Street",
    "22 County Road 5", "RR 2 Box 15", "Musterstr. 12", "Via Roma 131",
  ])
  func `street addresses are found`(address: String) {
    let words = address.hasSuffix(".") ? String(address.dropLast()) : address
    #expect(
      found("Lives at \(address) now", by: StreetAddressRecognizer()) == ["LOCATION \(words)"])
  }

  @Test func `an address after its word is taken to the end of the line`() {
    #expect(
      found("Domicilio: Bizkarreta, 1. Bajo A.\nCP: 1", by: StreetAddressRecognizer())
        == ["LOCATION Bizkarreta, 1. Bajo A"])
    #expect(
      found("Address:\n5 Oak Lane\nPhone", by: StreetAddressRecognizer()) == ["LOCATION 5 Oak Lane"]
    )
  }

  @Test(arguments: [
    "5 mg Dr. Smith", "seen by Dr. Way", "10 Day Course", "via 2 routes", "IP address: 10.0.0.1",
    "3 CT scans", "street drugs", "grade 2 view", "Please address: pain 5", "2 St. Jude leads",
    "AV block 2", "a suite of 5", "10 mg IV place line", "the 5 Hills criteria", "SP-C. ABCA3 gene",
  ])
  func `other uses of the words stay`(text: String) {
    #expect(found(text, by: StreetAddressRecognizer()).isEmpty)
  }

  @Test(arguments: [
    ("Cambridge, MA 02139", "02139"), ("Cambridge, MA 02139-4307", "02139-4307"),
    ("ZIP: 394 13", "394 13"),
    ("ZIP: 7412 SL", "7412 SL"), ("London SW1A 1AA", "SW1A 1AA"), ("Ottawa K1A 0B1", "K1A 0B1"),
    ("〒160-0023", "160-0023"), ("CP: 28319.", "28319"), ("C.P. 28041", "28041"),
    ("Norway 64389", "64389"),
    ("FPO AP 93757", "FPO AP 93757"), ("zip code is 2371", "2371"), ("Texas 75201", "75201"),
    ("lives in Acquafredda 1021 with", "1021"), ("Goya, 12. 28041 Madrid.", "Goya, 12. 28041"),
    (", 20014 Donostia", "20014"),
  ])
  func `postal codes are found`(text: String, code: String) {
    #expect(found(text, by: PostalCodeRecognizer()) == ["LOCATION \(code)"])
  }

  @Test(arguments: [
    "OR 1.25", "IN 10000 patients", "T4 5TH", "L5 S1", "CO 2", "CPK 250", "HLA B27", "L1 2ND",
    "ICD code 25010", "in Study 1021", "GCS E3V3M4", "stage T2N0M0", "from January 2021",
    "WBC: 12500 Hgb", "in 1021 patients",
    "Counts: 5, 12500 neutrophils",
  ])
  func `levels, counts and types stay`(text: String) {
    #expect(found(text, by: PostalCodeRecognizer()).isEmpty)
  }

  @Test(arguments: [
    ("Localidad/ Provincia: Medina del Río.", "Medina del Río"),
    ("City: Salem\nState: OR", "Salem"),
    ("Provincia:47002.", "47002"),
  ])
  func `towns after labels are found`(text: String, town: String) {
    #expect(found(text, by: PlaceLabelRecognizer()) == ["LOCATION \(town)"])
  }

  @Test(arguments: ["city: none", "the county: it", "Village life"])
  func `labels without a town stay`(text: String) {
    #expect(found(text, by: PlaceLabelRecognizer()).isEmpty)
  }

  @Test(arguments: [
    ("住所は東京都新宿区西新宿2丁目8番1号。", "東京都新宿区西新宿2丁目8番1号"),
    ("東京都新宿区西新宿2-8-1", "東京都新宿区西新宿2-8-1"), ("住址：海淀区中关村大街27号", "海淀区中关村大街27号"),
    ("家住南京路12弄3号502室", "南京路12弄3号502室"),
  ])
  func `Japanese and Chinese addresses are found`(text: String, address: String) {
    #expect(found(text, by: EastAsianAddressRecognizer()) == ["LOCATION \(address)"])
  }
}
