import Formats
import Records

/// What is kept of resources that belong to no patient: what they are called.
struct FHIRSharedResources {
  private var concepts: [String: FHIRConcept] = [:]

  mutating func add(_ resource: FHIRResource) {
    let concept = Self.concept(of: resource)
    for name in resource.names { concepts[name] = concept }
  }

  func concept(named name: String) -> FHIRConcept? { concepts[name] }

  /// What a resource is called: a medication by its code, a person or place by name.
  static func concept(of resource: FHIRResource) -> FHIRConcept {
    let node = resource.node
    if resource.type == "Medication" || resource.type == "Substance" {
      return FHIRConcept(node["code"]) ?? FHIRConcept(code: "", system: "", display: "")
    }
    return FHIRConcept(code: "", system: "", display: name(of: node["name"]))
  }

  private static func name(of node: JSONNode?) -> String {
    if let text = node?.string { return TidyText.line(text) }
    guard let first = node?[0] else { return "" }
    if let text = first["text"]?.string { return TidyText.line(text) }
    let parts = ["prefix", "given"].flatMap { member in
      first[member].map { $0.elements.compactMap(\.string) } ?? []
    }
    return (parts + [first["family"]?.string].compactMap { $0 }).joined(separator: " ")
  }
}

/// Finds what the references of one patient's resources point at.
struct FHIRResolver {
  private let resources: [FHIRResource]
  private let places: [String: Int]
  private let shared: FHIRSharedResources

  init(_ resources: [FHIRResource], _ shared: FHIRSharedResources) {
    self.resources = resources
    self.shared = shared
    var places: [String: Int] = [:]
    for (place, resource) in resources.enumerated() {
      for name in resource.names where places[name] == nil { places[name] = place }
    }
    self.places = places
  }

  /// The patient's own resource that a reference names, or one that its resource contains.
  func resource(_ reference: String, from owner: FHIRResource) -> FHIRResource? {
    if reference.hasPrefix("#") { return Self.contained(reference, in: owner) }
    return (places[reference] ?? places[FHIRReference.canonical(reference)]).map { resources[$0] }
  }

  /// What a Reference is called: by what it points at, else by its own `display`.
  func concept(_ node: JSONNode?, from owner: FHIRResource) -> FHIRConcept? {
    guard let node else { return nil }
    if let reference = node["reference"]?.string {
      let found =
        resource(reference, from: owner).map(concept(of:))
        ?? shared.concept(named: reference)
        ?? shared.concept(named: FHIRReference.canonical(reference))
      if let found, !found.words.isEmpty { return found }
    }
    let display = TidyText.line(node["display"]?.string ?? "")
    return display.isEmpty ? nil : FHIRConcept(code: "", system: "", display: display)
  }

  /// Whether a reference points at something that is there.
  func resolves(_ reference: String, from owner: FHIRResource) -> Bool {
    resource(reference, from: owner) != nil || shared.concept(named: reference) != nil
      || shared.concept(named: FHIRReference.canonical(reference)) != nil
  }

  private func concept(of resource: FHIRResource) -> FHIRConcept {
    FHIRConcept(resource.node["code"]) ?? FHIRSharedResources.concept(of: resource)
  }

  private static func contained(_ reference: String, in owner: FHIRResource) -> FHIRResource? {
    let id = reference.dropFirst()
    let contained = owner.node["contained"].map { Array($0.elements) } ?? []
    return contained.first { $0["id"]?.string.map { $0 == id } ?? false }
      .flatMap { FHIRResource($0) }
  }
}
