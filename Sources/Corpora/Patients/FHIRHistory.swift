import Formats
import Records

/// One patient's resources on their way to a timeline.
struct FHIRHistory {
  private let patient: String
  private let shared: FHIRSharedResources
  private let takesClaims: Bool
  private var resources: [FHIRResource] = []
  /// The place of the Patient resource among the items; of the first item when there is none.
  private(set) var place = 0
  private var hasPatient = false
  /// What became of the resources, by name.
  private(set) var tally: [String: Int] = [:]

  init(patient: String, shared: FHIRSharedResources, takesClaims: Bool) {
    self.patient = patient
    self.shared = shared
    self.takesClaims = takesClaims
  }

  /// What is odd about this patient's resources.
  var tags: [Tag] {
    let names = [
      "dangling_references", "conflicting_ids", "unread_attachments", "unreadable_times",
    ]
    let odd = names.compactMap { name in tally[name].map { Tag(name, String($0)) } }
    return (hasPatient ? [] : [Tag("patient_resource", "missing")]) + odd
  }

  /// What the Patient resources know of the patient.
  var knownIdentifiers: [KnownIdentifier] {
    resources.filter { $0.type == "Patient" || $0.type == "RelatedPerson" }.enumerated()
      .flatMap { number, resource in
        // Of relatives, who have resources of their own, the persons are others.
        resource.knownIdentifiers.map { known in
          var known = known
          if resource.type == "RelatedPerson" { known.person += 1000 * (number + 1) }
          return known
        }
      }
  }

  private mutating func count(_ name: String, _ count: Int = 1) {
    if count > 0 { tally[name, default: 0] += count }
  }

  /// Takes the resources, each once: of equal ones the first, of versions the latest.
  ///
  /// Resources that share an id and do not say which is the later all stay.
  mutating func add(_ items: [SpooledResource]) throws {
    var seen: [String: [Int]] = [:]
    var sources: [String] = []
    for (number, item) in items.enumerated() {
      let root = try JSONDocument(parsing: Array(item.json.utf8)).root
      guard let resource = FHIRResource(root, fullURL: item.fullURL) else { continue }
      let others = resource.id.isEmpty ? [] : seen[resource.name, default: []]
      guard !others.contains(where: { sources[$0] == item.json }) else {
        count("duplicate_resources")
        continue
      }
      if let other = others.first, let isLater = resource.isLater(than: resources[other]) {
        count("superseded_resources")
        if isLater { (resources[other], sources[other]) = (resource, item.json) }
        continue
      }
      if !others.isEmpty { count("conflicting_ids") }
      if resource.type == "Patient", !hasPatient { (place, hasPatient) = (number, true) }
      seen[resource.name, default: []].append(resources.count)
      resources.append(resource)
      sources.append(item.json)
    }
  }

  mutating func timeline() -> Timeline {
    let resolver = FHIRResolver(resources, shared)
    var mapping = FHIREvents(resolver: resolver, takesClaims: takesClaims)
    var events: [Event] = []
    for resource in resources {
      countReferences(of: resource, resolver)
      if resource.type == "Patient" {
        count("patients")
      } else if resource.isEnteredInError {
        count("resources_entered_in_error")
      } else if let made = mapping.events(of: resource) {
        count("resources_in_events")
        events += made
      } else {
        count(resource.isClaim ? "claims_left_out" : "resources_unused")
      }
    }
    count("unread_attachments", mapping.unreadAttachments)
    count("unreadable_times", events.count { !$0.time.isEmpty && EventTime($0.time) == nil })
    return Timeline(patient: patient, facts: facts, events: events.inTimeOrder())
  }

  private mutating func countReferences(of resource: FHIRResource, _ resolver: FHIRResolver) {
    for reference in FHIRReference.all(in: resource.node) {
      count("references")
      if reference.hasPrefix("#") { count("contained_references") }
      if !resolver.resolves(reference, from: resource) { count("dangling_references") }
    }
  }

  /// Sex, birth, death, and race and ethnicity as US Core has them.
  private var facts: [Tag] {
    guard let person = resources.first(where: { $0.type == "Patient" }) else { return [] }
    var facts = [
      Tag("sex", person.text("gender")), Tag("birth_date", person.text("birthDate")),
      Tag("death_date", EventTime.normalised(person.text("deceasedDateTime"))),
    ]
    if person.node["deceasedBoolean"]?.bool == true { facts.append(Tag("deceased", "true")) }
    let core = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-"
    for name in ["race", "ethnicity"] {
      let extensions = person.node["extension"].map { Array($0.elements) } ?? []
      let found = extensions.first { $0["url"]?.isText(core + name) == true }
      let parts = found?["extension"].map { Array($0.elements) } ?? []
      let text = parts.compactMap { $0["valueString"]?.string }.first
      let category = parts.compactMap { $0["valueCoding"]?["display"]?.string }.first
      facts.append(Tag(name, text ?? category ?? ""))
    }
    return facts.filter { !$0.value.isEmpty }
  }
}

extension FHIRResource {
  /// Whether it is about payment.
  fileprivate var isClaim: Bool { type == "Claim" || type == "ExplanationOfBenefit" }
}
