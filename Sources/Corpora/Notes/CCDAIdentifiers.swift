import Formats
import Records

/// What the header of a C-CDA document knows of the patient, their guardians and relatives.
enum CCDAIdentifiers {
  static func known(in root: XMLElement) -> [KnownIdentifier] {
    var known: [KnownIdentifier] = []
    for role in root.descendants(named: "patientRole") {
      known += ids(of: role) + contact(of: role)
      for patient in role.elements(named: "patient") {
        known += names(of: patient, 0)
        known += dates(of: patient)
        for (number, guardian) in patient.elements(named: "guardian").enumerated() {
          known += ids(of: guardian) + contact(of: guardian)
          known += guardian.elements(named: "guardianPerson").flatMap { names(of: $0, number + 1) }
        }
        known += patient.elements(named: "birthplace").flatMap { place in
          place.elements(named: "place").flatMap { addresses(of: $0) }
        }
      }
    }
    for (number, entity) in root.descendants(named: "associatedEntity").enumerated() {
      known += contact(of: entity)
      known += entity.elements(named: "associatedPerson").flatMap { names(of: $0, 100 + number) }
    }
    for (number, entity) in root.descendants(named: "relatedEntity").enumerated() {
      known += contact(of: entity)
      known += entity.elements(named: "relatedPerson").flatMap { names(of: $0, 200 + number) }
    }
    return known
  }

  private static func ids(of element: XMLElement) -> [KnownIdentifier] {
    element.elements(named: "id").compactMap { id in
      let root = id.attribute("root") ?? ""
      let number = id.attribute("extension") ?? ""
      guard !number.isEmpty else { return nil }
      return KnownIdentifier(
        root == "2.16.840.1.113883.4.1" ? .socialSecurityNumber : .medicalRecordNumber, number)
    }
  }

  private static func contact(of element: XMLElement) -> [KnownIdentifier] {
    addresses(of: element)
      + element.elements(named: "telecom").compactMap { telecom in
        guard let value = telecom.attribute("value"), !value.isEmpty else { return nil }
        if value.contains("@") { return KnownIdentifier(.email, value) }
        if value.hasPrefix("http") { return KnownIdentifier(.url, value) }
        return KnownIdentifier(value.hasPrefix("fax:") ? .fax : .phone, value)
      }
  }

  private static func addresses(of element: XMLElement) -> [KnownIdentifier] {
    element.elements(named: "addr").flatMap { addr in
      texts(addr.elements(named: "streetAddressLine")).map { KnownIdentifier(.street, $0) }
        + texts(addr.elements(named: "city")).map { KnownIdentifier(.city, $0) }
        + texts(addr.elements(named: "county")).map { KnownIdentifier(.city, $0) }
        + texts(addr.elements(named: "postalCode")).map { KnownIdentifier(.postalCode, $0) }
    }
  }

  private static func names(of element: XMLElement, _ person: Int) -> [KnownIdentifier] {
    element.elements(named: "name").flatMap { name in
      let parts = texts(name.elements(named: "given")) + texts(name.elements(named: "family"))
      let all = parts.isEmpty ? [name.text] : parts
      return all.map { KnownIdentifier(.name, $0, person: person) }
    }
  }

  private static func dates(of element: XMLElement) -> [KnownIdentifier] {
    let times =
      Array(element.elements(named: "birthTime")) + Array(element.elements(named: "deceasedTime"))
    return times.compactMap { $0.attribute("value") }.map { KnownIdentifier(.date, $0) }
  }

  private static func texts(_ elements: XMLChildren) -> [String] {
    elements.map(\.text).filter { $0.contains { !$0.isWhitespace } }
  }
}
