import Formats
import Records

/// Clinical notes with Anafora's annotations beside them.
///
///     ID001_clinic_001/ID001_clinic_001                            the note, without extension
///     ID001_clinic_001/ID001_clinic_001.ctakes_4.dave.completed.xml
///       <data><annotations>
///         <entity><id>2@e@ID001@dave</id><span>242,246;250,254</span><type>Disease_Disorder</type>
///           <properties><associatedCode>C0032460</associatedCode>
///             <historyOf>1@e@ID001@dave</historyOf></properties></entity>
///         <relation><id>1@r@ID001@dave</id><type>TLINK</type>
///           <properties><Source>…</Source><Type>CONTAINS</Type><Target>…</Target></properties></relation>
///
/// The files belong together whose names agree up to the first dot; several annotation files of one note
/// are read as one. `associatedCode` is the concept. A property that names an entity becomes a
/// relation of the property's name; a `relation` links the two entities that its properties name, its
/// other properties being its note. What is left alone on either side is rejected as
/// `missing-counterpart`.
///
/// Annotation files do not repeat the mentions, so spans are held to words: none may begin or end
/// between two letters. Where they do, and do not when line ends count as two characters, as in
/// notes that were annotated with CRLF line ends, they are read so, with the tag `offsets=crlf`.
/// Options: those of `AnnotationCheck`, and `patient`, a pattern of paths (`PathPattern`).
///
/// Format: github.com/weitechen/anafora, and Apache cTAKES' examples.
struct Anafora: IndexingReader {
  static let facts = CorpusFacts(
    name: "anafora", title: "Clinical notes with Anafora annotations", shape: .annotatedText,
    license: nil, language: "en", forms: "text, any or no extension, with .xml",
    tasks: ["entity-extraction", "entity-normalisation", "relation-extraction"],
    reference: "https://github.com/weitechen/anafora",
    options: AnnotationCheck.options
      + [ReaderOption("patient", "none", "a pattern of paths with `{patient}` in it")],
    signatures: [.xml(roots: ["data"], elements: ["annotations", "entity", "span"])])

  private let settings: ReaderSettings
  private let check: AnnotationCheck
  private let patientPattern: PathPattern?
  private var annotations: [String: AnaforaAnnotations] = [:]
  private var notes: Set<String> = []

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    check = try AnnotationCheck(settings, holdsToWords: true)
    patientPattern = try settings.text("patient").map { try PathPattern($0, capturing: "patient") }
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ["", "txt", "xml"].contains(name.kind) && !name.isLitter
  }

  func indexes(path: String) -> Bool { accepts(path: path) }

  mutating func index(_ entry: inout some EntryBytes) throws {
    let place = Self.place(of: entry)
    guard EntryName(entry.path).kind == "xml" else {
      notes.insert(place)
      return
    }
    var found = AnaforaAnnotations()
    try XMLRecordParser(records: .named(["entity", "relation"])).parse(&entry) { element in
      found.take(element)
      return true
    }
    annotations[place, default: AnaforaAnnotations()].append(found)
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    var outlet = AnnotationOutlet(settings, check)
    let place = Self.place(of: entry)
    let id = place.split(separator: "/").last.map(String.init) ?? entry.path
    try EnoughReadings.ends {
      guard EntryName(entry.path).kind != "xml" else {
        guard !notes.contains(place) else { return }
        return try outlet.reject(id, .missingCounterpart, value: "no note", to: sink)
      }
      guard let annotations = annotations[place] else {
        return try outlet.reject(id, .missingCounterpart, value: "no annotations", to: sink)
      }
      guard !annotations.isMalformed else {
        return try outlet.reject(id, .malformed, value: "span", to: sink)
      }
      let text: String
      do { text = try entry.wholeText() } catch let error as TextError {
        let place = error.position.byteOffset.map { "byte \($0)" }
        return try outlet.reject(id, .invalidEncoding, value: place, to: sink)
      }
      let (content, tags) = annotations.content(of: text, check)
      let patient = patientPattern?.capture(in: entry.path)
      try outlet.pass(
        content, id: id,
        groups: [patient.map { GroupKey(.patient, $0) } ?? GroupKey(.document, id)],
        split: Split(of: entry), tags: tags, at: 0, to: sink)
    }
  }

  /// The folders and the name up to its first dot.
  private static func place(of entry: some EntryBytes) -> String {
    let name = EntryName(entry.path).stem.split(separator: ".").first.map(String.init) ?? ""
    return (entry.placeFolders + [name]).joined(separator: "/")
  }
}

/// The annotations of one note.
private struct AnaforaAnnotations {
  private(set) var isMalformed = false
  private var entities: [Entity] = []
  private var links: [(owner: String, type: String, properties: [(name: String, value: String)])] =
    []

  mutating func append(_ other: AnaforaAnnotations) {
    entities += other.entities
    links += other.links
    isMalformed = isMalformed || other.isMalformed
  }

  mutating func take(_ element: XMLElement) {
    let id = TidyText.line(element.text(of: "id") ?? "")
    let type = TidyText.line(element.text(of: "type") ?? "")
    let properties = (element.first("properties").map { Array($0.children) } ?? []).map {
      (name: $0.name, value: TidyText.line($0.text))
    }.filter { !$0.value.isEmpty }
    guard element.isNamed("entity") else { return links.append(("", type, properties)) }
    guard let spans = Self.spans(element.text(of: "span") ?? "") else {
      isMalformed = true
      return
    }
    let concepts = properties.filter { $0.name == "associatedCode" }.map(\.value)
    entities.append(Entity(id: id, type: type, spans: spans, text: "", concepts: concepts))
    links += properties.map { (id, $0.name, [$0]) }
  }

  /// The spans of `242,246;250,254`; nil when they are none.
  private static func spans(_ text: String) -> [TextSpan]? {
    let spans = text.split(separator: ";").map { part -> TextSpan? in
      let ends = part.split(separator: ",").map { Int(TidyText.line(String($0))) }
      guard ends.count == 2, let start = ends[0], let end = ends[1] else { return nil }
      return TextSpan(start, end)
    }
    return spans.isEmpty || spans.contains(nil) ? nil : spans.compactMap(\.self)
  }

  /// The note under the reading of offsets that keeps to its words, and the tag for it.
  func content(of note: String, _ check: AnnotationCheck) -> (AnnotatedText, [Tag]) {
    var content = AnnotatedText(text: note, entities: entities, relations: relations)
    let text = CodePointText(note)
    guard note.utf8.contains(0x0a), !check.finds(entities, in: text) else { return (content, []) }
    let breaks = note.unicodeScalars.enumerated().filter { $0.element == "\n" }.map(\.offset)
    var moved = entities
    for index in moved.indices {
      moved[index].spans = moved[index].spans.map {
        TextSpan(Self.moved($0.start, breaks), Self.moved($0.end, breaks))
      }
    }
    guard check.finds(moved, in: text) else { return (content, []) }
    content.entities = moved
    return (content, [Tag("offsets", "crlf")])
  }

  /// An offset that counts each line end as two characters, counting it as one.
  private static func moved(_ offset: Int, _ breaks: [Int]) -> Int {
    var (low, high) = (0, breaks.count)
    while low < high {
      let middle = (low + high) / 2
      if breaks[middle] + middle < offset { low = middle + 1 } else { high = middle }
    }
    return offset - low
  }

  private var relations: [Relation] {
    let ids = Set(entities.map(\.id))
    return links.compactMap { owner, type, properties in
      let ends = properties.filter { ids.contains($0.value) }
      let note = properties.filter { !ids.contains($0.value) }.map(\.value).joined(separator: " ")
      if ids.contains(owner), let end = ends.first {
        return Relation(type: type, first: owner, second: end.value)
      }
      guard owner.isEmpty, ends.count == 2 else { return nil }
      return Relation(
        type: type, first: ends[0].value, second: ends[1].value, firstRole: ends[0].name,
        secondRole: ends[1].name, note: note)
    }
  }
}
