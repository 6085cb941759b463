/// Proof at the start of every de-identification that the rules are there and work: invented
/// examples of every class that the tool claims, all of which must be found whole.
///
/// Whoever de-identifies calls `require()` first and does nothing when it throws.
package enum IdentifierSelfTest {
  /// An invented text with the words that must be found in it.
  package struct Example: Sendable {
    package var text: String
    package var words: String
    package var kind: IdentifierClass

    package init(_ kind: IdentifierClass, _ words: String, in text: String) {
      self.kind = kind
      self.words = words
      self.text = text
    }
  }

  /// The examples of all recognizers.
  package static let examples: [Example] = formattedExamples + namedExamples

  /// Throws when an example is missed, is found in part, or is taken for another class.
  package static func require(
    _ scanner: IdentifierScanner = IdentifierScanner(), examples: [Example] = examples
  ) throws(IdentifierSelfTestError) {
    for (number, example) in examples.enumerated() {
      guard isFound(example, by: scanner) else {
        throw .missed(kind: example.kind, example: number + 1)
      }
    }
  }

  private static func isFound(_ example: Example, by scanner: IdentifierScanner) -> Bool {
    let bytes = Array(example.text.utf8)
    return scanner.identifiers(in: example.text).contains {
      $0.kind == example.kind && bytes[$0.range].elementsEqual(example.words.utf8)
    }
  }

  static let formattedExamples: [Example] = [
    Example(.date, "03/14/2024", in: "Admitted 03/14/2024 for observation."),
    Example(.date, "March 14th, 2024", in: "Seen on March 14th, 2024 in clinic."),
    Example(.date, "2024年3月14日", in: "2024年3月14日に受診した。"),
    Example(.date, "12 de marzo de 2015", in: "Ingresa el 12 de marzo de 2015."),
    Example(.date, "01021956", in: "DOB 01021956"),
    Example(.age, "93", in: "A 93-year-old woman with a fall."),
    Example(.age, "97", in: "患者は97歳の女性。"),
    Example(.phone, "(555) 010-0199", in: "Call (555) 010-0199 with results."),
    Example(.phone, "５５５-\u{200B}010-0199", in: "Cell: ５５５-\u{200B}010-0199."),
    Example(.fax, "555-010-0143", in: "Fax: 555-010-0143"),
    Example(.email, "jo.doe@example.org", in: "Write to jo.doe@example.org."),
    Example(.url, "https://example.org/~jo", in: "See https://example.org/~jo for photos."),
    Example(.ipAddress, "192.0.2.17", in: "Logged in from 192.0.2.17 at noon."),
    Example(.socialSecurityNumber, "1\u{200B}23-45-6789", in: "SSN 1\u{200B}23-45-6789."),
    Example(.medicalRecordNumber, "AB-0012345", in: "MRN: AB-0012345"),
    Example(.healthPlanNumber, "1EG4-TE5-MK73", in: "Medicare 1EG4-TE5-MK73"),
    Example(.account, "4111 1111 1111 1111", in: "Paid with 4111 1111 1111 1111."),
    Example(.license, "AB1234563", in: "DEA AB1234563"),
    Example(.vehicle, "1M8GDM9AXKP042788", in: "The car, 1M8GDM9AXKP042788, was towed."),
    Example(.device, "PJN123456S", in: "Pacemaker serial number PJN123456S."),
    Example(.uniqueIdentifier, "S24-00123", in: "Accession no. S24-00123"),
    Example(.phone, "555-\n010-0177", in: "Telephone 555-\n010-0177."),
    Example(.phone, "090-0000-0123", in: "電話は090-0000-0123です。"),
    Example(.uniqueIdentifier, "11010519491231002X", in: "身份证号11010519491231002X。"),
    Example(.uniqueIdentifier, "12345678Z", in: "DNI 12345678Z"),
    Example(.medicalRecordNumber, "０012345", in: "住院号：０012345，男"),
    Example(.location, "100-0001", in: "〒100-0001"),
    Example(.name, "山田 太郎", in: "氏名：山田 太郎、男"),
    Example(.location, "128 Maple Street, Apt 4", in: "Lives at 128 Maple Street, Apt 4."),
    Example(.location, "02139-4307", in: "Cambridge, MA 02139-4307"),
  ]
}
