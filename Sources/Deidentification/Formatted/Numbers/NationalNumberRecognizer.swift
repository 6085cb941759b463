/// Numbers of states and banks by their forms and check digits, without a word before them: SSN,
/// cards, IBAN, VIN, MBI, DEA, DNI, NIR, resident identity numbers of China, NHS numbers.
package struct NationalNumberRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> {
    [
      .socialSecurityNumber, .account, .vehicle, .healthPlanNumber, .license, .uniqueIdentifier,
      .medicalRecordNumber, .device,
    ]
  }
  package var languages: Set<String> { [] }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    var found: [Identifier] = []
    var index = 0
    let reader = NationalNumberReader(text: text)
    while index < text.tokens.count {
      guard let number = reader.number(at: index) else {
        index += 1
        continue
      }
      found.append(text.identifier(number.kind, index...number.last, rule: number.rule))
      index = number.last + 1
    }
    return found
  }
}
