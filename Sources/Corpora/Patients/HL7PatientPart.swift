import Formats
import Records

/// What a message says of one patient: a PID and the segments up to the PID of another.
struct HL7PatientPart {
  /// The segments, what stands before the first PID included.
  private(set) var segments: [HL7Segment]
  private let patient: HL7Segment

  /// The parts of a message; none when it has no PID.
  ///
  /// A PID that names the same patient again, as each group of results does, starts no new part.
  static func parts(of message: HL7Message) -> [HL7PatientPart] {
    var parts: [HL7PatientPart] = []
    var before: [HL7Segment] = []
    for segment in message.segments {
      if segment.name == "PID", parts.last?.identifiers.first != identifiers(in: segment).first {
        parts.append(HL7PatientPart(segments: before, patient: segment))
        before = []
      }
      if parts.isEmpty {
        before.append(segment)
      } else {
        parts[parts.count - 1].segments.append(segment)
      }
    }
    return parts
  }

  private init(segments: [HL7Segment], patient: HL7Segment) {
    self.segments = segments
    self.patient = patient
  }

  /// The patient's identifiers, the first the one that they go by: `4711@HOSPITAL`, with the
  /// authority that gave it where one is named.
  var identifiers: [String] { Self.identifiers(in: patient) }

  private static func identifiers(in patient: HL7Segment) -> [String] {
    let found = [3, 2].lazy.map { number in
      patient[number].repetitions.compactMap { value -> String? in
        let id = value.component(1).text
        let authority = value.component(4).subcomponent(1).text
        return id.isEmpty ? nil : authority.isEmpty ? id : "\(id)@\(authority)"
      }
    }
    return found.first { !$0.isEmpty } ?? []
  }

  /// What identifies the patient and those around them.
  var knownIdentifiers: [KnownIdentifier] { Self.known(of: patient, segments) }

  /// What is known of the patient apart from time.
  var facts: [Tag] {
    let sex = patient.text(8)
    return [
      Tag("sex", Self.sexes[sex] ?? sex), Tag("birth_date", HL7Time.iso(patient.text(7))),
      Tag("death_date", HL7Time.iso(patient.text(29))),
    ].filter { !$0.value.isEmpty }
  }

  /// HL7 table 0001.
  private static let sexes = [
    "M": "male", "F": "female", "O": "other", "U": "unknown", "A": "ambiguous",
    "N": "not applicable",
  ]
}

/// Times of HL7: `YYYY[MM[DD[HH[MM[SS[.S…]]]]]][±ZZZZ]` → ISO 8601.
enum HL7Time {
  /// The time in ISO 8601 as far as it is known; what is no time stays as it is.
  static func iso(_ text: String) -> String {
    let sign = text.firstIndex { $0 == "+" || $0 == "-" } ?? text.endIndex
    let parts = text[..<sign].split(separator: ".", omittingEmptySubsequences: false)
    guard let digits = parts.first, parts.count <= 2, parts.allSatisfy(isNumber),
      (4...14).contains(digits.count), digits.count.isMultiple(of: 2)
    else { return text }
    var iso = String(digits.prefix(4))
    var rest = digits.dropFirst(4)
    for mark in ["-", "-", "T", ":", ":"] where !rest.isEmpty {
      iso += mark + rest.prefix(2)
      rest = rest.dropFirst(2)
    }
    guard digits.count > 8 else { return iso }
    // An hour alone is no time of ISO 8601's extended form.
    if digits.count == 10 { iso += ":00" }
    if parts.count == 2, digits.count == 14 { iso += ".\(parts[1])" }
    return iso + zone(text[sign...])
  }

  private static func zone(_ text: Substring) -> String {
    let digits = text.dropFirst()
    guard digits.count == 4, isNumber(digits) else { return "" }
    return "\(text.prefix(1))\(digits.prefix(2)):\(digits.suffix(2))"
  }

  private static func isNumber(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}

/// A code as HL7 writes it: code, text, system, and the same again for another system.
struct HL7Code {
  let code: String
  let text: String
  let system: String

  /// The first of the two codes that is there; the sender's own words (component 9) where neither
  /// has a text.
  init(_ value: HL7Value) {
    let first = value.repetitions.first ?? value
    let start = first.component(1).isEmpty && !first.component(4).isEmpty ? 4 : 1
    code = first.component(start).text
    let texts = [start + 1, 9, 2, 5].map { first.component($0).text }
    text = texts.first { !$0.isEmpty } ?? ""
    let name = first.component(start + 2).text
    system = Self.systems[name.uppercased()] ?? CodingSystem.name(of: name)
  }

  /// The words, else the code.
  var display: String { text.isEmpty ? code : text }

  /// The code as a unit (`mL` of UCUM); the words where the code is a mere number.
  var unit: String { code.utf8.allSatisfy { (0x30...0x39).contains($0) } ? display : code }

  /// HL7 table 0396.
  private static let systems = [
    "LN": "LOINC", "SCT": "SNOMED CT", "SNM3": "SNOMED", "I9": "ICD-9", "I9C": "ICD-9-CM",
    "I9CDX": "ICD-9-CM", "I9CP": "ICD-9-CM Procedures", "I9M": "ICD-9-CM", "I10": "ICD-10",
    "I10C": "ICD-10-CM", "I10P": "ICD-10-PCS", "C4": "CPT", "C5": "CPT", "RXNORM": "RxNorm",
    "HCPCS": "HCPCS",
  ]
}
