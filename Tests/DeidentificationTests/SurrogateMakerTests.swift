import Testing

@testable import Deidentification

/// Invented values keep the form of those that they stand for, and depend on the key and the patient.
struct SurrogateMakerTests {
  private let maker: SurrogateMaker

  init() throws {
    maker = SurrogateMaker(
      try #require(SecretKey(Array("a key of the tests, 32 bytes at least".utf8))))
  }

  private func surrogate(
    _ words: String, _ kind: IdentifierClass, of patient: String = "p1"
  ) -> String {
    maker.surrogate(for: words, of: kind, patient: patient)
  }

  /// A text with digits as 9 and letters as a or A.
  private func shape(_ text: String) -> String {
    String(text.map { $0.isNumber ? "9" : $0.isLetter ? ($0.isUppercase ? "A" : "a") : $0 })
  }

  @Test func `a name is the same in all forms`() throws {
    let whole = surrogate("Linda Ziegler", .name).split(separator: " ")
    #expect(whole.count == 2)
    #expect(whole[0] != "Linda" && whole[1] != "Ziegler")
    #expect(surrogate("ZIEGLER, LINDA", .name) == "\(whole[1]), \(whole[0])".uppercased())
    #expect(surrogate("Ziegler", .name) == whole[1])
    let first = try #require(whole[0].first)
    #expect(surrogate("L. Ziegler", .name) == "\(first). \(whole[1])")
    #expect(surrogate("Dr. Linda Ziegler's", .name) == "Dr. \(whole[0]) \(whole[1])'s")
    #expect(surrogate("Linda Ziegler", .name, of: "p2") != whole.joined(separator: " "))
  }

  @Test(arguments: [
    "03/09/1957", "3/9/57", "1957-03-09", "9.3.1957", "March 9, 1957", "9 Mar 1957",
    "MARCH 9, 1957",
    "9-MAR-57", "March 9th, 1957", "19570309", "1957年3月9日", "9 de marzo de 1957", "3/1957",
    "March 1957",
  ])
  func `dates are shifted by whole weeks in their form`(text: String) throws {
    let shifted = surrogate(text, .date)
    #expect(shifted != text)
    #expect(DateForm(shifted) != nil)
    let letters = { (text: String) in text.filter { !$0.isNumber && !$0.isLetter } }
    #expect(letters(shifted) == letters(text))
    let days = maker.dayShift(of: "p1")
    #expect(days % 7 == 0 && days != 0 && abs(days) <= 1820)
  }

  @Test func `intervals between a patient's dates stay`() throws {
    func day(_ text: String) -> Int {
      let parts = text.split(separator: "-").compactMap { Int($0) }
      let start = CivilDate(year: parts[0], month: parts[1], day: parts[2])
      return (0...200_000).first {
        CivilDate(year: 1900, month: 1, day: 1).adding(days: $0) == start
      }
        ?? -1
    }
    let dates = ["1999-12-28", "2000-02-29", "2001-03-01"].map { surrogate($0, .date) }
    #expect(day(dates[1]) - day(dates[0]) == 63)
    #expect(day(dates[2]) - day(dates[1]) == 366)
    #expect(maker.shifted("2000-02-29T10:15:00", patient: "p1") == dates[1] + "T10:15:00")
    #expect(maker.shifted("2000-02", patient: "p1") == "2000")
  }

  @Test(arguments: [
    ("(617) 555-0142", IdentifierClass.phone), ("617.555.0142", .phone),
    ("666-12-3456", .socialSecurityNumber),
    ("AB-0012345", .medicalRecordNumber), ("1M8GDM9AXKP042788", .vehicle),
  ])
  func `numbers keep their form`(text: String, kind: IdentifierClass) {
    let invented = surrogate(text, kind)
    #expect(invented != text)
    #expect(shape(invented) == shape(text))
    #expect(surrogate(text, kind) == invented)
  }

  @Test(arguments: [
    ("Don Le", IdentifierClass.name), ("Van Do", .name), ("Al Di", .name), ("LE, DON", .name),
    ("Ludwig van Dorq", .name), ("J. Smith", .name), ("Linda", .name), ("Smith", .name),
    ("5550142", .phone), ("7", .medicalRecordNumber), ("A1", .account), ("Ashbury", .location),
    ("12 Alder St", .location), ("Lakeside Hospital", .organization),
  ])
  func `no surrogate is what it stands for`(text: String, kind: IdentifierClass) {
    let words = { (text: String) in
      Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    }
    for number in 0..<200 {
      let invented = surrogate(text, kind, of: "p\(number)")
      #expect(invented.lowercased() != text.lowercased())
      guard kind == .name else { continue }
      #expect(words(invented).isDisjoint(with: words(text).subtracting(["van"])), "\(invented)")
    }
  }

  @Test func `titles and joints stay`() {
    #expect(surrogate("Dr. Ludwig van Dorq", .name).hasPrefix("Dr. "))
    #expect(surrogate("Dr. Ludwig van Dorq", .name).contains(" van "))
    #expect(surrogate("Maud Dorq, DO", .name).hasSuffix(", DO"))
  }

  @Test func `what is drawn comes from ranges for examples`() {
    #expect(surrogate("617-555-0142", .phone).contains("-555-01"))
    #expect(surrogate("123-45-6789", .socialSecurityNumber).hasPrefix("666-"))
    #expect(surrogate("jo@hospital.org", .email).hasSuffix("@example.com"))
    #expect(surrogate("https://hospital.org/x", .url).hasPrefix("https://www.example.com/"))
    #expect(surrogate("93-year-old", .age) == "90+-year-old")
    #expect(surrogate("12 Alder Street", .location).hasSuffix(" Street"))
    #expect(surrogate("Saint Mary Hospital", .organization).hasSuffix(" Hospital"))
  }

  @Test func `a key must be long and not plain`() {
    #expect(SecretKey(Array("short".utf8)) == nil)
    #expect(SecretKey([UInt8](repeating: 7, count: 64)) == nil)
    let key = SecretKey((0..<32).map { UInt8($0 * 7) })
    #expect(key?.check.count == 32)
    #expect(key?.pseudonym("record", "1") != key?.pseudonym("group", "1"))
  }
}
