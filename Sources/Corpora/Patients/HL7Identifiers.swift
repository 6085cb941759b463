import Formats
import Records

extension HL7PatientPart {
  /// What the PID and the segments of relatives and insurers know of the patient.
  static func known(of patient: HL7Segment, _ segments: [HL7Segment]) -> [KnownIdentifier] {
    var known: [KnownIdentifier] = []
    for field in [2, 3, 4] { known += values(patient[field], .medicalRecordNumber) }
    known += names(patient[5], 0) + names(patient[9], 0) + names(patient[6], 100)
    known += [7, 29].map { KnownIdentifier(.date, HL7Time.iso(patient.text($0))) }
    known += addresses(patient[11]) + phones(patient[13]) + phones(patient[14])
    known += values(patient[18], .account) + values(patient[19], .socialSecurityNumber)
    known += values(patient[20], .license) + values(patient[23], .city)
    for (number, segment) in segments.enumerated() {
      switch segment.name {
      case "NK1":
        known += names(segment[2], number + 1) + addresses(segment[4])
        known += phones(segment[5]) + phones(segment[6])
      case "GT1":
        known += names(segment[3], number + 1) + addresses(segment[5]) + phones(segment[6])
      case "IN1":
        known += names(segment[16], number + 1) + addresses(segment[19])
        known += values(segment[36], .healthPlanNumber)
      case "PV1": known += values(segment[19], .identifier)
      default: break
      }
    }
    return known.filter { $0.value.contains { !$0.isWhitespace } }
  }

  private static func values(
    _ value: HL7Value, _ kind: KnownIdentifier.Kind
  ) -> [KnownIdentifier] {
    value.repetitions.map { KnownIdentifier(kind, $0.component(1).subcomponent(1).text) }
  }

  /// `family^given^middle`.
  private static func names(_ value: HL7Value, _ person: Int) -> [KnownIdentifier] {
    value.repetitions.flatMap { name in
      [name.component(1).subcomponent(1), name.component(2), name.component(3)]
        .map { KnownIdentifier(.name, $0.text, person: person) }
    }
  }

  /// `street^other^city^state^zip^country^type^other^county`.
  private static func addresses(_ value: HL7Value) -> [KnownIdentifier] {
    value.repetitions.flatMap { address in
      [
        KnownIdentifier(.street, address.component(1).subcomponent(1).text),
        KnownIdentifier(.street, address.component(2).text),
        KnownIdentifier(.city, address.component(3).text),
        KnownIdentifier(.postalCode, address.component(5).text),
        KnownIdentifier(.city, address.component(9).text),
      ]
    }
  }

  /// `(555)555-0142^PRN^PH^address@example.com^country^area^local…^text`.
  private static func phones(_ value: HL7Value) -> [KnownIdentifier] {
    value.repetitions.flatMap { phone in
      [
        KnownIdentifier(.phone, phone.component(1).text),
        KnownIdentifier(.email, phone.component(4).text),
        KnownIdentifier(.phone, phone.component(6).text + phone.component(7).text),
        KnownIdentifier(.phone, phone.component(12).text),
      ]
    }
  }
}
