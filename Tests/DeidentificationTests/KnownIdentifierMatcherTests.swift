import Records
import Testing

@testable import Deidentification

/// What is known of a patient is found in every form that texts have it in.
struct KnownIdentifierMatcherTests {
  private static let known = [
    KnownIdentifier(.name, "José"), KnownIdentifier(.name, "García-López"),
    KnownIdentifier(.name, "Maud O'Brien", person: 1), KnownIdentifier(.date, "1957-03-09"),
    KnownIdentifier(.medicalRecordNumber, "00412377"), KnownIdentifier(.phone, "(617) 555-0142"),
    KnownIdentifier(.street, "12 Alder Street"), KnownIdentifier(.city, "Brookfell"),
    KnownIdentifier(.postalCode, "02139"), KnownIdentifier(.email, "jose.garcia@example.com"),
    KnownIdentifier(.socialSecurityNumber, "666-12-3456"),
  ]

  private func found(_ text: String, _ known: [KnownIdentifier] = known) -> [String] {
    let bytes = Array(text.utf8)
    let matched = MatchText(text)
    return KnownIdentifierMatcher(known).matches(in: matched).map {
      String(decoding: bytes[matched.origin(of: $0.range)], as: UTF8.self)
    }
  }

  @Test(arguments: [
    "José", "JOSÉ", "jose", "Jose", "Jose\u{301}", "Jo\u{200B}sé", "Ｊｏｓé", "García-López",
    "GARCIA LOPEZ", "Garcia\u{2010}Lopez", "GarciaLopez", "García", "Lopez", "García-\nLópez",
    "José García-López", "José\nGarcía-López", "García-López, José", "J. García-López",
    "J García-López", "García-López J.", "García-López, J", "José M. García-López", "Gar-\ncía",
    "Maud O'Brien", "Maud O\u{2019}Brien", "OBrien", "O Brien", "M. O'Brien", "MAUD",
  ])
  func `names are found whole in every form`(name: String) {
    #expect(found("Seen: \(name) today") == [name])
    #expect(found("\(name)") == [name])
    #expect(found("(\(name))") == [name])
    #expect(found("\(name)'s knee") == [name])
  }

  @Test(arguments: [
    "1957-03-09", "03/09/1957", "3/9/57", "9.3.1957", "09.03.57", "March 9, 1957", "Mar 9 1957",
    "9 March 1957", "9th of March, 1957", "March 9th", "9-MAR-1957", "09-Mar-57", "19570309",
    "03091957", "1957/3/9", "9 de marzo de 1957", "9. März 1957", "1957年3月9日", "昭和32年3月9日",
    "MARCH\n9, 1957", "０３/０９/１９５７", "9 mars 1957",
  ])
  func `the date of birth is found in every form`(date: String) {
    let wanted = date.hasPrefix("昭和") ? String(date.dropFirst(2)) : date
    #expect(found("DOB: \(date).").first == wanted)
  }

  @Test(arguments: [
    "1957-03-09", "1957-03-09T04:00:00Z", "03/09/1957", "9.3.1957", "09.03.57", "19570309",
    "09031957", "9 Mar 1957", "March 9, 1957", "9-MAR-57", "Saturday, 9th of March 1957",
    "3/9/1957 00:00:00", "1957年3月9日", "1957/3/9",
  ])
  func `a known date may be written in any form`(date: String) {
    let known = [KnownIdentifier(.date, date)]
    #expect(found("DOB: 1957-03-09.", known) == ["1957-03-09"])
    #expect(found("born March 9, 1957.", known) == ["March 9, 1957"])
  }

  @Test(arguments: ["1957", "1957-03", "unknown", "13/13/1957", "1957-13-40", "12345678901", ""])
  func `what is no day has no reading`(date: String) {
    #expect(KnownDate.readings(of: date).isEmpty)
  }

  @Test(arguments: [
    "00412377", "412377", "0041 2377", "00-41-23-77", "0041\n2377", "00412\u{200B}377",
    "(617) 555-0142", "617-555-0142", "617.555.0142", "6175550142", "+1 617 555 0142",
    "1-617-555-0142", "555-0142", "5550142", "617/555-0142", "(617)555-0142", "617 555\n0142",
    "666-12-3456", "666123456", "666 12 3456", "jose.garcia@example.com",
    "JOSE.GARCIA@EXAMPLE.COM", "12 Alder Street", "12 Alder St", "12 ALDER ST.", "12 Alder",
    "12 Alder\nStreet", "Brookfell", "BROOKFELL", "02139", "０２１３９",
  ])
  func `numbers and addresses are found in every form`(value: String) {
    let text = "at \(value), and"
    let place = found(text)
    #expect(place.count == 1)
    // What stands before or behind a number, such as `(` and `+`, tells nothing.
    let core = value.drop { !$0.isLetter && !$0.isNumber }
    #expect(
      place.first?.contains(core.filter { $0 != "." || core.last != "." }) == true
        || place.first == String(core.reversed().drop { !$0.isLetter && !$0.isNumber }.reversed()))
  }

  @Test func `names that are words are found with a capital, or beside another`() {
    let known = [KnownIdentifier(.name, "Will"), KnownIdentifier(.name, "May")]
    #expect(found("Will is well and may eat; he will.", known) == ["Will"])
    #expect(found("MAY, WILL", known) == ["MAY, WILL"])
    #expect(found("Mr. May's pain may go", known) == ["May"])
    #expect(found("seen with W. may today", known) == ["W. may"])
  }

  @Test(arguments: ["Don Le", "Van Do", "Al Di", "Le, Don", "Dr. Don Le", "VAN DO"])
  func `names that are particles or titles are found with a capital`(name: String) {
    let known = [KnownIdentifier(.name, name)]
    let parts = name.split { " ,".contains($0) }.suffix(2).map(String.init)
    for part in parts {
      let word = part.prefix(1).uppercased() + part.dropFirst().lowercased()
      #expect(found("seen: \(word) today", known) == [word])
    }
    #expect(found("he will do well, van and al; don it, le di", known) == [])
  }

  @Test func `particles of a longer name are found with a capital, its degree not`() {
    let known = [
      KnownIdentifier(.name, "Minh Le"), KnownIdentifier(.name, "Maud Quim, DO", person: 1),
    ]
    #expect(found("Mr. Le and le mal", known) == ["Le"])
    #expect(found("Do not eat", known) == [])
    #expect(found("Mrs. Quim", known) == ["Quim"])
  }

  @Test func `words that only begin like a name stay`() {
    let known = [KnownIdentifier(.name, "Ann Carson"), KnownIdentifier(.medicalRecordNumber, "17")]
    #expect(found("annual car son of Annette; 17 mg", known).isEmpty)
    #expect(found("MRN 17 of Ann", known) == ["17", "Ann"])
  }

  @Test func `scripts without spaces are searched at every letter`() {
    let known = [KnownIdentifier(.name, "王小明"), KnownIdentifier(.name, "田中 太郎")]
    #expect(found("患者王小明，男，田中太郎さん", known) == ["王小明", "田中太郎"])
  }

  @Test func `umlauts may be written out`() {
    let known = [
      KnownIdentifier(.name, "Jürgen Müller"), KnownIdentifier(.name, "Schroeder", person: 1),
    ]
    #expect(
      found("Herr Mueller, Jurgen; MÜLLER. Schröder", known)
        == ["Mueller, Jurgen", "MÜLLER", "Schröder"])
  }

  /// Invented persons by a generator of a fixed seed, each looked for in forms drawn at random.
  @Test func `no form of any of two thousand persons is missed`() {
    var dice = Dice(state: 20_261_126)
    var missed: [String] = []
    for _ in 0..<2000 {
      let person = InventedPerson(&dice)
      let matcher = KnownIdentifierMatcher(person.known)
      for form in person.forms(&dice) {
        let text = "On exam \(form)\(dice.pick(["", "'s", ",", ".", ";", ")", "\n"])) was noted"
        let matched = MatchText(text)
        let ranges = matcher.matches(in: matched).map { matched.origin(of: $0.range) }
        // Every letter and digit of the form is covered.
        let start = "On exam ".utf8.count
        let bytes = Array(text.utf8)
        for place in start..<start + form.utf8.count where Self.tells(bytes[place]) {
          if !ranges.contains(where: { $0.contains(place) }) {
            missed.append(form)
            break
          }
        }
      }
    }
    #expect(missed.isEmpty, "\(missed.prefix(20))")
  }

  private static func tells(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }
}

/// Numbers that look like chance and are the same in every run.
struct Dice {
  var state: UInt64

  mutating func roll(_ sides: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(sides))
  }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[roll(values.count)] }
}

/// A person whose every detail is made up.
struct InventedPerson {
  let given: String
  let family: String
  let record: String
  let phone: String
  let date: (year: Int, month: Int, day: Int)
  let street: String

  private static let syllables = [
    "ba", "dor", "mi", "lén", "ka", "tu", "sha", "ro", "vel", "nü", "gar", "fi", "zo", "quin",
  ]

  init(_ dice: inout Dice) {
    func word(_ dice: inout Dice, _ count: Int) -> String {
      let word = (0..<count).map { _ in dice.pick(Self.syllables) }.joined()
      return word.prefix(1).uppercased() + word.dropFirst()
    }
    given = word(&dice, 2 + dice.roll(2))
    let first = word(&dice, 2 + dice.roll(2))
    family = dice.roll(4) == 0 ? first + "-" + word(&dice, 2) : first
    record = (0..<8).map { _ in String(dice.roll(10)) }.joined()
    phone = "(\(201 + dice.roll(700))) 555-01\(10 + dice.roll(90))"
    date = (1930 + dice.roll(80), 1 + dice.roll(12), 1 + dice.roll(28))
    street = "\(1 + dice.roll(900)) \(word(&dice, 2)) \(dice.pick(["Street", "Ave", "Road"]))"
  }

  var known: [KnownIdentifier] {
    [
      KnownIdentifier(.name, given), KnownIdentifier(.name, family),
      KnownIdentifier(.medicalRecordNumber, record), KnownIdentifier(.phone, phone),
      KnownIdentifier(
        .date,
        "\(date.year)-\(date.month < 10 ? "0" : "")\(date.month)-\(date.day < 10 ? "0" : "")\(date.day)"
      ),
      KnownIdentifier(.street, street),
    ]
  }

  /// One form of each detail.
  func forms(_ dice: inout Dice) -> [String] {
    let initial = given.prefix(1)
    let name = dice.pick([
      given, family, "\(given) \(family)", "\(family), \(given)", "\(initial). \(family)",
      "\(family) \(initial)", "\(given) Q. \(family)", "\(given)\n\(family)",
    ])
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    let (year, month, day) = date
    let written = dice.pick([
      "\(month)/\(day)/\(year)", "\(day).\(month).\(year)", "\(months[month - 1]) \(day), \(year)",
      "\(day) \(months[month - 1].prefix(3)) \(year)", "\(year)-\(month)-\(day)",
      "\(day)-\(months[month - 1].uppercased())-\(year % 100 < 10 ? "0" : "")\(year % 100)",
    ])
    let digits = phone.filter(\.isNumber)
    let dial = dice.pick([
      phone, digits, "1-\(digits)", String(digits.suffix(7)),
      "\(digits.prefix(3)).\(digits.dropFirst(3).prefix(3)).\(digits.suffix(4))",
    ])
    let number = dice.pick([
      record, "\(record.prefix(4)) \(record.suffix(4))",
      "\(record.prefix(2))-\(record.dropFirst(2))",
      "#\(record)",
    ])
    return [disguised(name, &dice), written, dial, number, street.uppercased()]
  }

  /// A name in other letters of the same look or sound.
  private func disguised(_ name: String, _ dice: inout Dice) -> String {
    switch dice.roll(6) {
    case 0: return name.uppercased()
    case 1: return name.filter(\.isASCII) == name ? name.lowercased() : name
    case 2:
      return String(name.map { ["é": "e", "ü": "u"][$0] ?? $0 })
    case 3:
      return String(
        String.UnicodeScalarView(
          name.unicodeScalars.map {
            (0x41...0x7A).contains($0.value) ? Unicode.Scalar($0.value + 0xFEE0) ?? $0 : $0
          }))
    case 4: return name.map { String($0) }.joined(separator: "\u{200B}")
    default: return name
    }
  }
}
