import Formats
import Records

/// A FHIR R4 resource: its JSON and what it is called.
struct FHIRResource {
  let node: JSONNode
  let type: String
  /// The logical id; of the `fullUrl` where the resource has none, or empty.
  let id: String
  /// What other entries of its bundle refer to it by, or empty.
  let fullURL: String

  /// A resource; nil when the value is none.
  init?(_ node: JSONNode, fullURL: String = "") {
    guard node.kind == .object, let type = node["resourceType"]?.string, !type.isEmpty else {
      return nil
    }
    self.node = node
    self.type = type
    self.fullURL = fullURL
    id = node["id"]?.string ?? FHIRReference.tail(of: fullURL)
  }

  /// `Observation/42`.
  var name: String { "\(type)/\(id)" }

  /// What others may refer to it by.
  var names: [String] {
    let identifiers = node["identifier"].map { Array($0.elements) } ?? []
    let conditional = identifiers.compactMap { identifier in
      identifier["value"]?.string.map {
        "\(type)?identifier=\(identifier["system"]?.string ?? "")|\($0)"
      }
    }
    return ([id.isEmpty ? "" : name, fullURL] + conditional).filter { !$0.isEmpty }
  }

  /// Whether it was withdrawn as a mistake.
  var isEnteredInError: Bool {
    let statuses = [node["status"]?.string, FHIRConcept(node["verificationStatus"])?.code]
    return statuses.contains("entered-in-error")
  }

  /// The reference to the patient that it is about, as written.
  var patientReference: String? {
    for member in ["subject", "patient", "beneficiary", "individual", "for"] {
      if let reference = node[member]?["reference"]?.string { return reference }
    }
    return nil
  }

  /// Which of two versions of one resource is the later, where they say so.
  func isLater(than other: FHIRResource) -> Bool? {
    if let mine = EventTime(node["meta"]?["lastUpdated"]?.string ?? ""),
      let its = EventTime(other.node["meta"]?["lastUpdated"]?.string ?? ""), mine != its
    {
      return EventTime.precedes(its, mine)
    }
    if let mine = Int(node["meta"]?["versionId"]?.string ?? ""),
      let its = Int(other.node["meta"]?["versionId"]?.string ?? ""), mine != its
    {
      return mine > its
    }
    return nil
  }

  /// The first of the members that is there and no object or array.
  func text(_ members: String...) -> String {
    members.lazy.compactMap { node[$0]?.string }.first { !$0.isEmpty } ?? ""
  }
}

/// References as FHIR writes them (R4, 2.3 "Resource References").
enum FHIRReference {
  /// `Patient/12` from a relative or absolute URL with or without a version; others stay as written.
  static func canonical(_ reference: String) -> String {
    guard !reference.hasPrefix("urn:"), !reference.hasPrefix("#"), !reference.contains("?") else {
      return reference
    }
    var parts = reference.split(separator: "/")
    if let history = parts.firstIndex(of: "_history") { parts.removeSubrange(history...) }
    return parts.suffix(2).joined(separator: "/")
  }

  /// The last part of a reference: the id, or the UUID.
  static func tail(of reference: String) -> String {
    let parts = canonical(reference).split(whereSeparator: { $0 == "/" || $0 == ":" })
    return parts.last.map(String.init) ?? ""
  }

  /// Every reference inside a resource, contained resources included.
  static func all(in node: JSONNode) -> [String] {
    switch node.kind {
    case .object:
      node.members.flatMap { member in
        if member.key.isText("reference"), let text = member.value.string { return [text] }
        return all(in: member.value)
      }
    case .array: node.elements.flatMap(all)
    default: []
    }
  }
}

/// A CodeableConcept: one of its codings, and the words.
struct FHIRConcept {
  let code: String
  let system: String
  let display: String

  /// The concept of a node; nil when it says nothing.
  ///
  /// Of several codings the user's own choice is taken, else the first of a system with a short name,
  /// else the first. The concept's text comes before the coding's words: it is what was meant.
  init?(_ node: JSONNode?) {
    guard let node else { return nil }
    let codings = (node["coding"].map { Array($0.elements) } ?? []).filter { $0["code"] != nil }
    let chosen =
      codings.first { $0["userSelected"]?.bool == true }
      ?? codings.first { CodingSystem.isKnown($0["system"]?.string ?? "") } ?? codings.first
    code = chosen?["code"]?.string ?? ""
    system = code.isEmpty ? "" : CodingSystem.name(of: chosen?["system"]?.string ?? "")
    let words = [
      node["text"]?.string, chosen?["display"]?.string,
      codings.lazy.compactMap { $0["display"]?.string }.first,
    ]
    display = TidyText.line(words.compactMap { $0 }.first { !TidyText.isBlank($0) } ?? "")
    guard !code.isEmpty || !display.isEmpty else { return nil }
  }

  /// A Coding on its own.
  init?(coding: JSONNode?) {
    guard let coding else { return nil }
    code = coding["code"]?.string ?? ""
    system = code.isEmpty ? "" : CodingSystem.name(of: coding["system"]?.string ?? "")
    display = TidyText.line(coding["display"]?.string ?? "")
    guard !code.isEmpty || !display.isEmpty else { return nil }
  }

  init(code: String, system: String, display: String) {
    (self.code, self.system, self.display) = (code, system, display)
  }

  /// The concept with the words of its code, where it has none.
  func named(by words: [String: String]) -> FHIRConcept {
    FHIRConcept(
      code: code, system: system, display: display.isEmpty ? words[code] ?? "" : display)
  }

  /// The words, else the code.
  var words: String { display.isEmpty ? code : display }
}
