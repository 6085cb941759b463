import Formats
import Records

extension FHIRResource {
  /// What a Patient resource knows of the patient and their contacts: names, addresses, telecoms,
  /// identifiers, days of birth and death.
  var knownIdentifiers: [KnownIdentifier] {
    var known = Self.person(node, 0)
    for (number, contact) in Self.list(node["contact"]).enumerated() {
      known += Self.person(contact, number + 1)
    }
    for name in ["birthDate", "deceasedDateTime"] {
      if let date = node[name]?.string { known.append(KnownIdentifier(.date, date)) }
    }
    for identifier in Self.list(node["identifier"]) {
      guard let value = identifier["value"]?.string else { continue }
      known.append(KnownIdentifier(Self.kind(of: identifier), value))
    }
    return known + extensions
  }

  /// The places and names of birth that US Core's and Synthea's extensions tell.
  private var extensions: [KnownIdentifier] {
    Self.list(node["extension"]).flatMap { part -> [KnownIdentifier] in
      if part["url"]?.string?.hasSuffix("patient-mothersMaidenName") == true {
        return part["valueString"]?.string.map { [KnownIdentifier(.name, $0, person: 100)] } ?? []
      }
      return part["valueAddress"].map(Self.address) ?? []
    }
  }

  private static func person(_ node: JSONNode, _ number: Int) -> [KnownIdentifier] {
    names(of: node["name"], number) + list(node["address"]).flatMap(address)
      + list(node["telecom"]).compactMap(telecom)
  }

  private static func names(of node: JSONNode?, _ person: Int) -> [KnownIdentifier] {
    list(node).flatMap { name in
      let parts = list(name["text"]) + list(name["family"]) + list(name["given"])
      return parts.compactMap(\.string).map { KnownIdentifier(.name, $0, person: person) }
    }
  }

  private static func address(_ node: JSONNode) -> [KnownIdentifier] {
    list(node["line"]).compactMap(\.string).map { KnownIdentifier(.street, $0) }
      + [("city", KnownIdentifier.Kind.city), ("district", .city), ("postalCode", .postalCode)]
      .compactMap { name, kind in node[name]?.string.map { KnownIdentifier(kind, $0) } }
  }

  private static func telecom(_ node: JSONNode) -> KnownIdentifier? {
    guard let value = node["value"]?.string else { return nil }
    switch node["system"]?.string {
    case "email": return KnownIdentifier(.email, value)
    case "url": return KnownIdentifier(.url, value)
    case "fax": return KnownIdentifier(.fax, value)
    default: return KnownIdentifier(value.contains("@") ? .email : .phone, value)
    }
  }

  /// HL7 table 0203.
  private static func kind(of identifier: JSONNode) -> KnownIdentifier.Kind {
    let codes = list(identifier["type"]?["coding"]).compactMap { $0["code"]?.string }
    switch codes.first {
    case "SS": return .socialSecurityNumber
    case "DL": return .license
    case "MB", "MC", "MA": return .healthPlanNumber
    case "AN": return .account
    case "MR": return .medicalRecordNumber
    default: return .identifier
    }
  }

  /// The elements of an array, or the one value.
  private static func list(_ node: JSONNode?) -> [JSONNode] {
    guard let node else { return [] }
    return node.kind == .array ? Array(node.elements) : [node]
  }
}
