import Testing

@testable import Deidentification

@Suite struct CuedIdentifierRecognizerTests {
  @Test(arguments: [
    ("MRN: 998877", "MRN 998877"), ("(MRN: #SF-998877)?", "MRN SF-998877"),
    ("MRN 12345-NYP?", "MRN 12345-NYP"), ("mrn#MP98765.", "MRN MP98765"),
    ("MRN\n00482913", "MRN 00482913"), ("medical record number is 7788", "MRN 7788"),
    ("record #99881-BCH, s/p", "MRN 99881-BCH"), ("Patient ID 67890", "MRN 67890"),
    ("NHC: 41245.", "MRN 41245"), ("CIPA: nhc-976421", "MRN nhc-976421"),
    ("historia clínica nº 55123", "MRN 55123"), ("NHS number 943 476 5919", "MRN 943 476 5919"),
    ("insurance ID SH-8567", "HEALTH_PLAN SH-8567"),
    ("his plan is HP-987654", "HEALTH_PLAN HP-987654"),
    ("policy #11223344", "HEALTH_PLAN 11223344"),
    ("NASS: 47 39047534 02.", "HEALTH_PLAN 47 39047534 02"),
    ("Insurance: ABC234567", "HEALTH_PLAN ABC234567"), ("SSN: 123456789", "SSN 123456789"),
    ("SSN ***-**-6789", "SSN 6789"), ("Acct#: GRM-998877", "ACCOUNT GRM-998877"),
    ("cc 4288471682657067 on", "ACCOUNT 4288471682657067"),
    ("driver's license number is 5130634", "LICENSE 5130634"),
    ("NºCol: 28 28 62256", "LICENSE 28 28 62256"),
    ("MRN ending in 4432", "MRN 4432"), ("Vers.-Nr. A123456789", "HEALTH_PLAN A123456789"),
    ("M.R. No. 998-12-33", "MRN 998-12-33"), ("card ending in 4242", "ACCOUNT 4242"),
    ("License plate ABC 1234", "VEHICLE ABC 1234"), ("Path No. SP24-001234", "ID SP24-001234"),
    ("license plate 7ABC123", "VEHICLE 7ABC123"), ("S/N: 00123456", "DEVICE 00123456"),
    ("ref# 784-55-2943", "ID 784-55-2943"), ("(ID: 987654321)", "ID 987654321"),
    ("Passport No. X1234567", "ID X1234567"), ("Episodio: 635467", "ID 635467"),
    ("specimen no S24-1234", "ID S24-1234"), ("MRN: 123-\n456-789", "MRN 123-\n456-789"),
    ("ＭＲＮ：９９８８７７", "MRN ９９８８７７"),
  ])
  func `codes after the words that name them are found`(text: String, code: String) {
    #expect(found(text, by: CuedIdentifierRecognizer()) == [code])
  }

  @Test func `several codes after one word are all found`() {
    #expect(
      found("MRNs 12345, 67890 and 24680", by: CuedIdentifierRecognizer())
        == ["MRN 12345", "MRN 67890", "MRN 24680"])
  }

  @Test(arguments: [
    "PMID: 31234567", "trial ID NCT01234567", "Accession number GSE12345", "care plan 3 days",
    "ID consult 2 weeks", "order: 500 mg", "case 2 of 3", "case: 2023", "sample: 1000 patients",
    "MRN: [**1234567**]", "MRN: ___", "MRN pending", "visit 3 of 5", "plan 2024", "group 1",
    "patient 35 years", "chart from 2019", "unit 5", "Gene ID: 672", "record 120/80",
    "card from aunt", "visit on 03/14/2024", "the medical records of 47 patients",
    "reference (2006-2015)", "sample (n = 575)",
    "ng/dL and 266.6", "number 12", "policy since 2012", "sin 2019", "SS 2021", "visa 2019",
  ])
  func `measures, counts, placeholders and public codes stay`(text: String) {
    #expect(found(text, by: CuedIdentifierRecognizer()).isEmpty)
  }

  @Test(arguments: [
    ("カルテ番号：12345", "MRN 12345"), ("患者ID: A-00123", "MRN A-00123"),
    ("住院号 : ZY0100012 床号", "MRN ZY0100012"), ("住院号123456。", "MRN 123456"),
    ("病历号：00987654", "MRN 00987654"), ("门诊号 7654321", "MRN 7654321"),
    ("保険証番号は12345678です", "HEALTH_PLAN 12345678"), ("マイナンバー 1234 5678 9018", "ID 1234 5678 9018"),
    ("身份证号：110105194912310021", "ID 110105194912310021"),
    ("運転免許証番号 301234567890", "LICENSE 301234567890"),
    ("記号 12-34", "HEALTH_PLAN 12-34"), ("カルテ番号：１２３４５", "MRN １２３４５"),
  ])
  func `codes after Japanese and Chinese words are found`(text: String, code: String) {
    #expect(found(text, by: EastAsianCueRecognizer()) == [code])
  }

  @Test(arguments: ["患者 120 人", "入院 10日", "住院100天", "検査 200件", "個人 300"])
  func `counts in Japanese and Chinese stay`(text: String) {
    #expect(found(text, by: EastAsianCueRecognizer()).isEmpty)
  }
}
