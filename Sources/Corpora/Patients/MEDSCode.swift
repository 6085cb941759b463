import Records

/// A code of a MEDS data set, taken apart: `LAB//50912//mg/dL` is item 50912 in mg/dL.
///
/// The standard leaves codes to those who make the data; parts divided by `//`, the first of which says
/// what it is, are the custom of the ETLs. Those of the MIMIC ETL are known here (DIAGNOSIS//ICD//10//…,
/// MEDICATION//START//…, INFUSION_END//…); of others all parts are the display, in their order.
struct MEDSCode: Equatable {
  var kind = Event.Kind.other
  var code = ""
  var system = ""
  /// The unit, unless it is `UNK`.
  var unit = ""
  /// What happens to the thing: `start`, `Administered`.
  private var phase = ""
  private var name = ""

  init(_ text: String) {
    let parts = Self.parts(of: text)
    let first = parts[0]
    kind = Self.kinds[first] ?? .other
    code = text
    switch (first, parts.count) {
    case ("LAB", 2...), ("SUBJECT_FLUID_OUTPUT", 2...):
      take(item: parts[1], of: first)
      unit = parts.count > 2 ? Self.known(parts[2]) : ""
    case ("SUBJECT_WEIGHT_AT_INFUSION", 2):
      (code, name, unit) = (first, Self.words(first), Self.known(parts[1]))
    case ("DIAGNOSIS", 4), ("PROCEDURE", 4):
      let isDiagnosis = first == "DIAGNOSIS"
      let vocabulary = parts[1] + parts[2] + (isDiagnosis ? "CM" : "PCS")
      let version = Int(parts[2]) ?? 0
      system = Self.vocabularies[vocabulary] ?? vocabulary
      code =
        isDiagnosis
        ? ICDCode.diagnosis(parts[3], version: version)
        : ICDCode.procedure(parts[3], version: version)
      name = "\(Self.words(first)) \(code)"
    case ("PROCEDURE", 3):
      take(item: parts[2], of: first)
      phase = parts[1].lowercased()
    case ("INFUSION_START", 2), ("INFUSION_END", 2):
      take(item: parts[1], of: "INFUSION")
      phase = first == "INFUSION_START" ? "start" : "end"
    case ("MEDICATION", 3...):
      let isOrder = ["START", "STOP"].contains(parts[1])
      name = parts[isOrder ? 2 : 1].trimmed
      phase = isOrder ? parts[1].lowercased() : parts[2]
    case ("DRG", 4): (system, code, name) = (parts[1] + " DRG", parts[2], parts[3])
    default:
      let rest = parts.dropFirst().filter { !Self.known($0).isEmpty }.joined(separator: ", ")
      name = Self.words(first) + (rest.isEmpty ? "" : ": " + rest)
    }
  }

  /// The code in words, as far as it has any itself.
  var display: String { displayed(name) }

  /// A description of the code, with what happens to the thing where the code says that.
  func displayed(_ description: String) -> String {
    phase.isEmpty ? description : "\(description), \(phase)"
  }

  /// System and code of a parent such as `ICD10CM/I95.1`.
  static func parent(_ text: String) -> (system: String, code: String)? {
    guard let slash = text.firstIndex(of: "/"), slash != text.startIndex else { return nil }
    let vocabulary = String(text[..<slash])
    return (vocabularies[vocabulary] ?? vocabulary, String(text[text.index(after: slash)...]))
  }

  private mutating func take(item: String, of first: String) {
    (system, code) = (first, item)
    name = "\(Self.words(first)) \(item)"
  }

  private static func parts(of text: String) -> [String] {
    var parts: [String] = []
    var start = text.utf8.startIndex
    var place = start
    let bytes = text.utf8
    while place < bytes.endIndex {
      let next = bytes.index(after: place)
      guard next < bytes.endIndex, bytes[place] == 0x2f, bytes[next] == 0x2f else {
        place = next
        continue
      }
      parts.append(String(text[start..<place]))
      place = bytes.index(after: next)
      start = place
    }
    return parts + [String(text[start...])]
  }

  private static func known(_ part: String) -> String { part == "UNK" ? "" : part }

  /// `ICU_ADMISSION` → `Icu admission`; what is no such name stays.
  private static func words(_ name: String) -> String {
    let isShouted = name.utf8.contains { $0 == 0x5f } || name.utf8.count > 4
    guard isShouted, name.utf8.allSatisfy({ (0x41...0x5a).contains($0) || $0 == 0x5f }) else {
      return name
    }
    let words = name.split(separator: "_").map {
      acronyms.contains($0) ? $0 : Substring($0.lowercased())
    }
    let text = words.joined(separator: " ")
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  private static let acronyms: Set<Substring> = ["ICU", "ED", "MEDS", "DRG", "HCPCS"]

  private static let kinds: [String: Event.Kind] = [
    "LAB": .observation, "SUBJECT_FLUID_OUTPUT": .observation,
    "SUBJECT_WEIGHT_AT_INFUSION": .observation, "DIAGNOSIS": .diagnosis, "PROCEDURE": .procedure,
    "HCPCS": .procedure, "MEDICATION": .medication, "INFUSION_START": .medication,
    "INFUSION_END": .medication, "HOSPITAL_ADMISSION": .encounter,
    "HOSPITAL_DISCHARGE": .encounter, "ICU_ADMISSION": .encounter, "ICU_DISCHARGE": .encounter,
    "ED_REGISTRATION": .encounter, "ED_OUT": .encounter, "TRANSFER_TO": .transfer,
  ]

  /// OMOP's names of vocabularies, as the usual short ones.
  private static let vocabularies = [
    "ICD9CM": "ICD-9-CM", "ICD10CM": "ICD-10-CM", "ICD9Proc": "ICD-9-CM Procedures",
    "ICD9PCS": "ICD-9-CM Procedures",
    "ICD10PCS": "ICD-10-PCS", "SNOMED": "SNOMED CT",
  ]
}
