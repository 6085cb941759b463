import Formats
import Records

/// The events of one patient's resources.
///
/// A resource without a time of its own takes start and end of its encounter. Fields that say how things
/// came out later (`clinicalStatus`, the status of a request) are left out: as events of their own
/// date they would tell the future.
struct FHIREvents {
  let resolver: FHIRResolver
  let takesClaims: Bool
  /// Attachments whose text could not be had: no text, elsewhere, or damaged.
  private(set) var unreadAttachments = 0

  init(resolver: FHIRResolver, takesClaims: Bool) {
    self.resolver = resolver
    self.takesClaims = takesClaims
  }

  /// The events of a resource; nil when resources of its type make none.
  mutating func events(of resource: FHIRResource) -> [Event]? {
    guard let made = mapped(resource) else { return nil }
    let encounter = encounter(of: resource)
    return made.map { event in
      var event = event
      if event.encounter.isEmpty { event.encounter = encounter.id }
      if event.time.isEmpty {
        event.time = encounter.start
        if event.end.isEmpty { event.end = encounter.end }
      }
      event.time = EventTime.normalised(event.time)
      event.end = EventTime.normalised(event.end)
      return event
    }
  }

  /// The types that make events, with what else is kept of them told by their functions.
  private mutating func mapped(_ resource: FHIRResource) -> [Event]? {
    switch resource.type {
    case "Encounter": encounter(resource)
    case "Condition": condition(resource)
    case "Procedure": procedure(resource)
    case "MedicationRequest", "MedicationStatement", "MedicationAdministration",
      "MedicationDispense":
      medication(resource)
    case "Observation": observation(resource)
    case "DiagnosticReport": report(resource)
    case "Immunization": immunization(resource)
    case "AllergyIntolerance": allergy(resource)
    case "CarePlan": carePlan(resource)
    case "Goal": goal(resource)
    case "Device": device(resource)
    case "ImagingStudy": imaging(resource)
    case "DocumentReference": document(resource)
    case "ServiceRequest": request(resource)
    case "EpisodeOfCare": episode(resource)
    case "Claim", "ExplanationOfBenefit": takesClaims ? claim(resource) : nil
    default: nil
    }
  }

  /// Whether resources of a type belong in a timeline, so that one without a patient is a loss.
  static func isClinical(_ type: String) -> Bool { clinicalTypes.contains(type) }

  private static let clinicalTypes: Set = [
    "Encounter", "Condition", "Procedure", "MedicationRequest", "MedicationStatement",
    "MedicationAdministration", "MedicationDispense", "Observation", "DiagnosticReport",
    "Immunization", "AllergyIntolerance", "CarePlan", "Goal", "ImagingStudy", "DocumentReference",
    "ServiceRequest", "EpisodeOfCare", "Claim", "ExplanationOfBenefit",
  ]

  // MARK: Shared parts

  /// The encounter that a resource belongs to, and when it began and ended.
  private func encounter(of resource: FHIRResource) -> (id: String, start: String, end: String) {
    let node = resource.node
    let named =
      node["encounter"] ?? node["context"]?["encounter"]?[0] ?? node["context"]
    guard let reference = named?["reference"]?.string else { return ("", "", "") }
    guard let found = resolver.resource(reference, from: resource), found.type == "Encounter" else {
      return (FHIRReference.tail(of: reference), "", "")
    }
    let period = span(of: found.node, "period")
    return (found.id, period.start, period.end)
  }

  private func event(
    _ kind: Event.Kind, _ concept: FHIRConcept?, time: String, end: String = ""
  ) -> Event {
    Event(
      kind: kind, time: time, end: end, code: concept?.code ?? "", system: concept?.system ?? "",
      display: concept?.display ?? "")
  }

  /// Start and end of the first of some members that is there: a time, or a period.
  private func span(of node: JSONNode, _ members: String...) -> (start: String, end: String) {
    for member in members {
      guard let value = node[member] else { continue }
      if let time = value.string { return (time, "") }
      let period = (value["start"]?.string ?? "", value["end"]?.string ?? "")
      if period != ("", "") { return period }
    }
    return ("", "")
  }

  /// ` for asthma` from the reasons given, or nothing.
  private func reason(of resource: FHIRResource) -> String {
    let node = resource.node
    let codes = node["reasonCode"]?.elements.compactMap { FHIRConcept($0)?.words } ?? []
    let references =
      node["reasonReference"]?.elements
      .compactMap { resolver.concept($0, from: resource)?.words } ?? []
    let reasons = (codes + references).reduce(into: [String]()) { unique, reason in
      if !unique.contains(reason) { unique.append(reason) }
    }
    return reasons.isEmpty ? "" : " for \(reasons.joined(separator: ", "))"
  }

  /// A quantity's number as written, and its unit: in words, else its code.
  private func quantity(_ node: JSONNode?) -> (value: String, unit: String)? {
    guard let node, let number = node["value"]?.numberText else { return nil }
    let unit = [node["unit"]?.string, node["code"]?.string].compactMap { $0 }
    return ((node["comparator"]?.string ?? "") + number, unit.first { !$0.isEmpty } ?? "")
  }

  private func words(of nodes: JSONNode?) -> [String] {
    nodes?.elements.compactMap { FHIRConcept($0)?.words } ?? []
  }
}

// MARK: Visits, diagnoses, procedures

extension FHIREvents {
  /// The visit with its class and place, and the discharge as an event of its own.
  private func encounter(_ resource: FHIRResource) -> [Event] {
    let node = resource.node
    let kind = FHIRConcept(coding: node["class"])?.named(by: Self.classes)
    let period = span(of: node, "period")
    var visit = event(.encounter, FHIRConcept(node["type"]?[0]) ?? kind, time: period.start)
    visit.end = period.end
    visit.encounter = resource.id
    visit.display += reason(of: resource)
    if node["type"]?[0] != nil, let kind { visit.display += " (\(kind.words))" }
    let place =
      resolver.concept(node["location"]?[0]?["location"], from: resource)
      ?? resolver.concept(node["serviceProvider"], from: resource)
    visit.value = place?.words ?? ""
    guard let target = FHIRConcept(node["hospitalization"]?["dischargeDisposition"]),
      !period.end.isEmpty
    else { return [visit] }
    let discharge = Event(
      kind: .transfer, time: period.end, display: "Discharge: \(target.words)",
      encounter: resource.id)
    return [visit, discharge]
  }

  /// The classes of encounters (HL7 v3 ActCode), which many systems give without their words.
  private static let classes = [
    "AMB": "ambulatory", "EMER": "emergency", "FLD": "field", "HH": "home health",
    "IMP": "inpatient encounter", "ACUTE": "inpatient acute", "NONAC": "inpatient non-acute",
    "OBSENC": "observation encounter", "PRENC": "pre-admission", "SS": "short stay",
    "VR": "virtual",
  ]

  /// A condition from its onset; from when it was recorded where that is later and no encounter says
  /// when it became known.
  private func condition(_ resource: FHIRResource) -> [Event] {
    let node = resource.node
    var onset = span(of: node, "onsetDateTime", "onsetPeriod").start
    let recorded = node["recordedDate"]?.string ?? ""
    if onset.isEmpty || node["encounter"] == nil && isBefore(onset, recorded) { onset = recorded }
    let end = span(of: node, "abatementDateTime", "abatementPeriod").start
    var event = event(.diagnosis, FHIRConcept(node["code"]), time: onset, end: end)
    if FHIRConcept(node["verificationStatus"])?.code == "refuted" { event.value = "refuted" }
    return [event]
  }

  private func isBefore(_ first: String, _ second: String) -> Bool {
    guard let first = EventTime(first), let second = EventTime(second) else { return false }
    return EventTime.precedes(first, second)
  }

  private func procedure(_ resource: FHIRResource) -> [Event] {
    let node = resource.node
    let span = span(of: node, "performedDateTime", "performedPeriod")
    var event = event(.procedure, FHIRConcept(node["code"]), time: span.start, end: span.end)
    event.display += reason(of: resource)
    if node["status"]?.string == "not-done" { event.value = "not done" }
    return [event]
  }

  private func request(_ resource: FHIRResource) -> [Event] {
    var event = event(
      .other, FHIRConcept(resource.node["code"]), time: resource.text("authoredOn"))
    event.display = "Order: \(event.display)\(reason(of: resource))"
    return [event]
  }

  private func episode(_ resource: FHIRResource) -> [Event] {
    let period = span(of: resource.node, "period")
    var event = event(
      .other, FHIRConcept(resource.node["type"]?[0]), time: period.start, end: period.end)
    event.display = ["Episode of care", event.display].filter { !$0.isEmpty }
      .joined(separator: ": ")
    return [event]
  }

  private func claim(_ resource: FHIRResource) -> [Event] {
    let node = resource.node
    let period = span(of: node, "billablePeriod", "created")
    let items = words(ofItems: node["item"])
    return [
      Event(
        kind: .other, time: period.start, end: period.end,
        display: ([resource.type] + items).joined(separator: ", "),
        value: node["total"]?["value"]?.numberText ?? node["total"]?[0]?["amount"]?["value"]?
          .numberText ?? "",
        unit: node["total"]?["currency"]?.string ?? "")
    ]
  }

  private func words(ofItems items: JSONNode?) -> [String] {
    items?.elements.compactMap { FHIRConcept($0["productOrService"])?.words } ?? []
  }
}

// MARK: Medications, immunizations, allergies

extension FHIREvents {
  private func medication(_ resource: FHIRResource) -> [Event] {
    let node = resource.node
    let span = span(
      of: node, "effectiveDateTime", "effectivePeriod", "authoredOn", "whenHandedOver",
      "whenPrepared", "dateAsserted")
    let validity = node["dispenseRequest"]?["validityPeriod"]?["end"]?.string ?? ""
    let concept =
      FHIRConcept(node["medicationCodeableConcept"])
      ?? resolver.concept(node["medicationReference"], from: resource)
    var event = event(
      .medication, concept, time: span.start, end: span.end.isEmpty ? validity : span.end)
    event.display += reason(of: resource)
    (event.value, event.unit) = dose(of: resource)
    if node["doNotPerform"]?.bool == true { event.value = "not to be given" }
    return [event]
  }

  /// The dose as the prescriber wrote it, else as a quantity.
  private func dose(of resource: FHIRResource) -> (value: String, unit: String) {
    let node = resource.node
    let instruction =
      node["dosageInstruction"]?[0]
      ?? (node["dosage"]?.kind == .array ? node["dosage"]?[0] : node["dosage"])
    if let text = instruction?["text"]?.string, !TidyText.isBlank(text) {
      return (TidyText.line(text), "")
    }
    let amount =
      quantity(instruction?["doseAndRate"]?[0]?["doseQuantity"]) ?? quantity(instruction?["dose"])
      ?? quantity(node["quantity"])
    return amount ?? ("", "")
  }

  private func immunization(_ resource: FHIRResource) -> [Event] {
    let time = resource.text("occurrenceDateTime", "recorded")
    var event = event(.immunization, FHIRConcept(resource.node["vaccineCode"]), time: time)
    if resource.node["status"]?.string == "not-done" { event.value = "not done" }
    return [event]
  }

  private func allergy(_ resource: FHIRResource) -> [Event] {
    let node = resource.node
    let time = resource.text("recordedDate", "onsetDateTime")
    var event = event(.allergy, FHIRConcept(node["code"]), time: time)
    let reactions = node["reaction"]?.elements.flatMap { words(of: $0["manifestation"]) } ?? []
    let criticality = node["criticality"]?.string ?? ""
    let risk = criticality.isEmpty ? [] : ["\(criticality) criticality"]
    event.value = (reactions + risk).joined(separator: ", ")
    return [event]
  }
}

// MARK: Findings

extension FHIREvents {
  /// An observation; each of its components as one of its own.
  private func observation(_ resource: FHIRResource) -> [Event] {
    let node = resource.node
    let span = span(of: node, "effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued")
    let components = node["component"].map { Array($0.elements) } ?? []
    let parts = components.map { finding($0, of: resource, span) }
    let whole = finding(node, of: resource, span)
    return whole.value.isEmpty && !parts.isEmpty ? parts : [whole] + parts
  }

  private func finding(
    _ node: JSONNode, of resource: FHIRResource, _ span: (start: String, end: String)
  ) -> Event {
    var event = event(.observation, FHIRConcept(node["code"]), time: span.start, end: span.end)
    (event.value, event.unit) = value(of: node) ?? absence(of: node)
    event.flag = words(of: node["interpretation"]).joined(separator: ", ")
    event.range = usualRange(of: node["referenceRange"]?[0])
    return event
  }

  /// The usual values in words, else from the low to the high end.
  private func usualRange(of node: JSONNode?) -> String {
    guard let node else { return "" }
    if let text = node["text"]?.string { return TidyText.line(text) }
    let ends = [quantity(node["low"])?.value, quantity(node["high"])?.value]
    switch (ends[0], ends[1]) {
    case (let low?, let high?): return "\(low)-\(high)"
    case (let low?, nil): return ">= \(low)"
    case (nil, let high?): return "<= \(high)"
    case (nil, nil): return ""
    }
  }

  /// The value of an observation in the forms that R4 has.
  private func value(of node: JSONNode) -> (value: String, unit: String)? {
    if let amount = quantity(node["valueQuantity"]) { return amount }
    if let words = FHIRConcept(node["valueCodeableConcept"])?.words { return (words, "") }
    if let text = node["valueString"]?.string { return (text, "") }
    if let flag = node["valueBoolean"]?.bool { return (flag ? "true" : "false", "") }
    if let number = node["valueInteger"]?.numberText { return (number, "") }
    for member in ["valueDateTime", "valueTime"] {
      if let text = node[member]?.string { return (text, "") }
    }
    if let range = node["valueRange"] { return interval(range["low"], range["high"], "–") }
    if let ratio = node["valueRatio"] {
      return interval(ratio["numerator"], ratio["denominator"], "/")
    }
    if let period = node["valuePeriod"] {
      let ends = [period["start"]?.string, period["end"]?.string].compactMap { $0 }
      return (ends.joined(separator: "/"), "")
    }
    if let data = node["valueSampledData"]?["data"]?.string { return (data, "") }
    return nil
  }

  private func interval(
    _ first: JSONNode?, _ second: JSONNode?, _ sign: String
  ) -> (value: String, unit: String) {
    let ends = [quantity(first), quantity(second)].compactMap { $0 }
    let units = ends.map(\.unit).filter { !$0.isEmpty }
    guard units.count == 2, units[0] != units[1] else {
      return (ends.map(\.value).joined(separator: sign), units.first ?? "")
    }
    return (ends.map { "\($0.value) \($0.unit)" }.joined(separator: " \(sign) "), "")
  }

  private func absence(of node: JSONNode) -> (value: String, unit: String) {
    guard let reason = FHIRConcept(node["dataAbsentReason"]) else { return ("", "") }
    return ("no value: \(reason.words)", "")
  }

  /// A report with its conclusion, and what is attached to it as a note.
  private mutating func report(_ resource: FHIRResource) -> [Event] {
    let node = resource.node
    let span = span(of: node, "effectiveDateTime", "effectivePeriod", "issued")
    var report = event(.observation, FHIRConcept(node["code"]), time: span.start, end: span.end)
    let codes = words(of: node["conclusionCode"])
    report.value = node["conclusion"]?.string ?? codes.joined(separator: ", ")
    let attachments = node["presentedForm"].map { Array($0.elements) } ?? []
    let notes = text(of: attachments).map { text in
      var note = report
      note.kind = .note
      note.value = text
      return note
    }
    return [report] + (notes.map { [$0] } ?? [])
  }

  private func imaging(_ resource: FHIRResource) -> [Event] {
    let node = resource.node
    let modality = FHIRConcept(coding: node["modality"]?[0] ?? node["series"]?[0]?["modality"])
    let concept = FHIRConcept(node["procedureCode"]?[0]) ?? modality
    var event = event(.imaging, concept, time: resource.text("started"))
    let site = FHIRConcept(coding: node["series"]?[0]?["bodySite"])?.words ?? ""
    let description = TidyText.line(node["description"]?.string ?? "")
    event.display = [event.display, site, description].filter { !$0.isEmpty }
      .joined(separator: ", ")
    return [event]
  }
}

// MARK: Plans, devices, documents

extension FHIREvents {
  private func carePlan(_ resource: FHIRResource) -> [Event] {
    let node = resource.node
    let period = span(of: node, "period", "created")
    let categories = node["category"].map { Array($0.elements) } ?? []
    let title = [node["title"]?.string, node["description"]?.string].compactMap { $0 }.first
    // US Core's category says only that it is a plan.
    let concept = categories.compactMap { FHIRConcept($0) }.last
    var event = event(.carePlan, concept, time: period.start, end: period.end)
    if let title { event.display = TidyText.line(title) }
    let activities = node["activity"]?.elements.compactMap { activity in
      FHIRConcept(activity["detail"]?["code"])?.words
    }
    event.value = (activities ?? []).joined(separator: "; ")
    return [event]
  }

  private func goal(_ resource: FHIRResource) -> [Event] {
    let node = resource.node
    var event = event(
      .carePlan, FHIRConcept(node["description"]), time: resource.text("startDate", "statusDate"))
    event.display = "Goal: \(event.display)"
    return [event]
  }

  private func device(_ resource: FHIRResource) -> [Event] {
    let node = resource.node
    var event = event(.device, FHIRConcept(node["type"]), time: "")
    if event.display.isEmpty { event.display = node["deviceName"]?[0]?["name"]?.string ?? "" }
    return [event]
  }

  /// A note: when it was written, else the time that it is about.
  private mutating func document(_ resource: FHIRResource) -> [Event] {
    let node = resource.node
    let period = node["context"].map { span(of: $0, "period") } ?? (start: "", end: "")
    let date = resource.text("date")
    var event = event(
      .note, FHIRConcept(node["type"]), time: date.isEmpty ? period.start : date,
      end: date.isEmpty ? period.end : "")
    if event.display.isEmpty { event.display = TidyText.line(node["description"]?.string ?? "") }
    let contents = node["content"].map { Array($0.elements) } ?? []
    event.value = text(of: contents.compactMap { $0["attachment"] }) ?? ""
    return [event]
  }

  /// The first plain text among attachments; those that give none are counted.
  private mutating func text(of attachments: [JSONNode]) -> String? {
    for attachment in attachments {
      if let text = FHIRAttachment.text(of: attachment) { return text }
    }
    unreadAttachments += attachments.count
    return nil
  }
}

/// What is attached to a document.
enum FHIRAttachment {
  /// The plain text of an attachment in `data` or a data URL; nil when it is no plain text, lies
  /// elsewhere or is damaged.
  static func text(of node: JSONNode) -> String? {
    let type = node["contentType"]?.string ?? ""
    if let data = node["data"]?.string {
      return text(type: type, base64: data)
    }
    // `data:text/plain;charset=utf-8;base64,…` (RFC 2397).
    guard let url = node["url"]?.string, url.hasPrefix("data:"),
      let comma = url.firstIndex(of: ","), url[..<comma].hasSuffix(";base64")
    else { return nil }
    let head = url[..<comma].dropFirst(5).dropLast(7)
    return text(
      type: head.isEmpty ? type : String(head), base64: String(url[url.index(after: comma)...]))
  }

  private static func text(type: String, base64: String) -> String? {
    let parts = type.lowercased().split(separator: ";").map { TidyText.line(String($0)) }
    guard parts.isEmpty || parts[0] == "text/plain" else { return nil }
    let charset = parts.first { $0.hasPrefix("charset=") }?.dropFirst(8) ?? "utf-8"
    let name = charset.filter { $0 != "\"" }
    guard let encoding = TextEncoding(name: String(name)),
      let bytes = Base64.decoded(base64.utf8)
    else { return nil }
    return try? bytes.withUnsafeBytes { try TextDecoder.decode($0, as: encoding) }
  }
}
