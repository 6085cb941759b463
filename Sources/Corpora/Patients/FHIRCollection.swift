import Formats
import Records

/// The resources of a source, gathered by patient: FHIR bundles and bulk exports alike.
///
/// Resources about a patient wait in a spool as they were written; of the others (practitioners,
/// organisations, places, medications) their names are kept in memory. At the end each patient's
/// resources are parsed again, references are followed, and the events are put in order.
///
/// Every resource is counted once: `patients`, `resources_in_events`, `shared_resources`,
/// `duplicate_resources`, `superseded_resources`, `resources_entered_in_error`, `claims_left_out`,
/// `resources_unused` (of types that say nothing here, such as Specimen), or rejected as
/// `missing-field` because they should name a patient and do not.
struct FHIRCollection: EntryCollection {
  private let settings: ReaderSettings
  private let takesClaims: Bool
  private let form: FHIRForm
  private var spool: PatientSpool<SpooledResource>
  private var shared = FHIRSharedResources()
  private var places: [CollectedPlace] = []
  private var outlet = ReadingOutlet()
  /// What was counted since it was last handed on.
  private var tally: [String: Int] = [:]

  init(_ form: FHIRForm, _ settings: ReaderSettings, takesClaims: Bool, scratchPath: String?) {
    self.form = form
    self.settings = settings
    self.takesClaims = takesClaims
    spool = PatientSpool(folder: scratchPath)
  }

  mutating func take(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    places.append(CollectedPlace(archive: entry.archive, entry: entry.path))
    do {
      try EnoughReadings.ends {
        switch form {
        case .bundle: try takeBundle(&entry, into: sink)
        case .lines: try takeLines(of: &entry, into: sink)
        }
        try outlet.count(&tally, to: sink)
      }
    } catch let error as any DiagnosticError where !(error is ScratchError) {
      throw LostEntryError(error.diagnostic)
    }
  }

  // MARK: Forms

  private mutating func takeBundle(
    _ entry: inout some EntryBytes, into sink: ReadingSink
  ) throws {
    let root = try JSONDocument(parsing: entry.allBytes()).root
    guard let resource = FHIRResource(root) else {
      throw Diagnostic(
        at: Position(entry: entry.path), "not FHIR: the JSON has no 'resourceType'",
        hint: "leave the entry out with 'members: {exclude: [...]}'")
    }
    guard resource.type == "Bundle" else {
      return try take(resource, in: [:], into: sink)
    }
    try take(bundle: root, into: sink)
  }

  private mutating func take(bundle: JSONNode, into sink: ReadingSink) throws {
    var resources: [FHIRResource] = []
    var names: [String: String] = [:]
    var emptyEntries = 0
    let entries = bundle["entry"].map { Array($0.elements) } ?? []
    for entry in entries {
      let url = entry["fullUrl"]?.string ?? ""
      guard let resource = entry["resource"].flatMap({ FHIRResource($0, fullURL: url) }) else {
        emptyEntries += 1
        continue
      }
      if !url.isEmpty { names[url] = resource.name }
      resources.append(resource)
    }
    tally["bundles", default: 0] += 1
    tally["entries", default: 0] += entries.count
    tally["entries_without_resource", default: 0] += emptyEntries
    for resource in resources {
      if resource.type == "Bundle" {
        try take(bundle: resource.node, into: sink)
      } else {
        try take(resource, in: names, into: sink)
      }
    }
  }

  private mutating func takeLines(
    of entry: inout some EntryBytes, into sink: ReadingSink
  ) throws {
    var lines = JSONLines()
    try entry.forEachChunk { chunk in
      try lines.feed(chunk) { try take($0, into: sink) }
    }
    try lines.finish { try take($0, into: sink) }
  }

  private mutating func take(_ line: JSONLine, into sink: ReadingSink) throws {
    let row: JSONNode
    do throws(JSONError) {
      row = try JSONDocument(parsing: line).root
    } catch {
      let place = "line \(error.line), column \(error.column)"
      return try outlet.reject("", .malformed, value: place, at: line.byteOffset, to: sink)
    }
    guard let resource = FHIRResource(row) else {
      return try outlet.reject(
        "", .missingField, value: "resourceType, line \(line.number)", at: line.byteOffset,
        to: sink)
    }
    try take(resource, in: [:], into: sink)
  }

  // MARK: Resources

  /// - Parameter names: the canonical names of the bundle's `fullUrl`s.
  private mutating func take(
    _ resource: FHIRResource, in names: [String: String], into sink: ReadingSink
  ) throws {
    tally["resources", default: 0] += 1
    tally["resources.\(resource.type)", default: 0] += 1
    if resource.type == "Patient" {
      guard !resource.id.isEmpty else {
        return try outlet.reject(
          "", .missingField, value: "Patient.id", at: resource.node.byteOffset, to: sink)
      }
      return try spool(resource, of: resource.id)
    }
    if let reference = resource.patientReference,
      let patient = Self.patient(of: reference, in: names)
    {
      return try spool(resource, of: patient)
    }
    guard !FHIREvents.isClinical(resource.type) else {
      return try outlet.reject(
        resource.name, .missingField, value: "patient of \(resource.type)",
        at: resource.node.byteOffset, to: sink)
    }
    shared.add(resource)
    tally["shared_resources", default: 0] += 1
  }

  /// The id of the patient that a reference names; nil when it names something else.
  private static func patient(of reference: String, in names: [String: String]) -> String? {
    let name = names[reference] ?? FHIRReference.canonical(reference)
    if name.hasPrefix("Patient/") { return String(name.dropFirst(8)) }
    // A patient of another bundle, whose `fullUrl` is its id as Synthea writes it.
    return name.hasPrefix("urn:uuid:") ? FHIRReference.tail(of: name) : nil
  }

  private mutating func spool(_ resource: FHIRResource, of patient: String) throws {
    let json = resource.node.withSourceBytes { String(decoding: $0, as: UTF8.self) }
    try spool.append(
      SpooledResource(
        entry: places.count - 1, byteOffset: resource.node.byteOffset, fullURL: resource.fullURL,
        json: json),
      of: patient)
  }

  mutating func finish(into sink: ReadingSink) throws {
    guard !outlet.isClosed else { return }
    var spool = PatientSpool<SpooledResource>(folder: nil)
    swap(&spool, &self.spool)
    try EnoughReadings.ends {
      try spool.drain { patient, items in
        var history = FHIRHistory(patient: patient, shared: shared, takesClaims: takesClaims)
        try history.add(items)
        let timeline = history.timeline()
        tally.merge(history.tally, uniquingKeysWith: +)
        var place = places[items[history.place].entry]
        place.byteOffset = items[history.place].byteOffset
        var record = settings.record(
          id: patient, groups: [GroupKey(.patient, patient)], tags: history.tags,
          content: .timeline(timeline))
        record.identifiers = history.knownIdentifiers
        try outlet.pass(record, from: place, to: sink)
      }
      try outlet.count(&tally, to: sink)
    }
  }
}

/// How resources stand in entries.
enum FHIRForm {
  case bundle
  case lines
}

/// A resource as it was written.
struct SpooledResource: SpoolItem {
  let entry: Int
  let byteOffset: Int
  let fullURL: String
  let json: String

  init(entry: Int, byteOffset: Int, fullURL: String, json: String) {
    self.entry = entry
    self.byteOffset = byteOffset
    self.fullURL = fullURL
    self.json = json
  }

  init(from reader: inout SpillReader) {
    entry = reader.readInt()
    byteOffset = reader.readInt()
    fullURL = reader.readString()
    json = reader.readString()
  }

  func write(to writer: inout SpillWriter) {
    writer.write(entry)
    writer.write(byteOffset)
    writer.write(fullURL)
    writer.write(json)
  }
}
