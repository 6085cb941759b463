import Formats
import Records

/// Documents of HL7's Clinical Document Architecture (C-CDA), and fragments of them, as notes.
///
///     <ClinicalDocument xmlns="urn:hl7-org:v3"><code code="34133-9" displayName="…"/>
///       <effectiveTime value="20200413"/><recordTarget><patientRole><id root="…" extension="…"/>…
///       <component><structuredBody><component><section>
///         <code code="30954-2"/><title>Results</title><text><table>…</table></text><entry>…
///
/// One record a file, whose id is its path. Each section with narrative text becomes one of the note's
/// (`CCDANarrative`), its code one of the 20 of MTS-Dialog by its LOINC code, else by its title. A
/// fragment without sections (an entry, an observation) gives the texts of its parts. A body that is
/// plain text, also in Base64, is split by `NoteSections`. Rejected are files without narrative text
/// (`empty-text`, with the name of their root), those whose only text is RTF, PDF or a reference
/// (`unsupported-record`) and those that are no well-formed XML (`malformed`). Prefixes that a fragment
/// uses without declaring them are tags `unbound_prefix`, and the files with any are counted. Entries with RTF beside the narrative are
/// counted as `embedded_not_text`.
///
/// Format: HL7 CDA R2 (2005), C-CDA R2.1 (2015); github.com/HL7/C-CDA-Examples.
struct CCDA: CorpusReader {
  static let facts = CorpusFacts(
    name: "c-cda", title: "C-CDA clinical documents", shape: .note, license: nil, language: nil,
    forms: ".xml, .cda",
    tasks: ["note-section-generation", "note-summarisation", "pre-training-text"],
    isSensitive: true, reference: "https://github.com/HL7/C-CDA-Examples",
    options: [NoteForm.groupingOption],
    signatures: [
      .xml(roots: fragments.union(["ClinicalDocument"])),
      .xml(roots: commonNames, elements: ["templateId"]),
    ])

  /// Elements of CDA that are fragments in a file of their own.
  private static let fragments: Set = [
    "assignedAuthor", "authenticator", "componentOf", "custodian", "dataEnterer", "documentationOf",
    "encounterParticipant", "entryRelationship", "externalDocument", "inFulfillmentOf", "informant",
    "informationRecipient", "legalAuthenticator", "manufacturedProduct", "participantRole",
    "recordTarget", "relatedDocument", "relatedSubject", "serviceEvent", "substanceAdministration",
  ]

  /// Others, whose names do not tell them from other XML.
  private static let commonNames: Set = [
    "act", "author", "component", "encounter", "entry", "observation", "organizer", "participant",
    "performer", "procedure", "section", "supply",
  ]

  private let settings: ReaderSettings
  private let form: NoteForm

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    form = try NoteForm(settings)
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ["xml", "cda", "ccda", "ccd"].contains(name.kind) && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let path = entry.path
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      var finding: Finding?
      var fault: XMLError?
      let parser = XMLRecordParser(records: .root)
      do {
        try parser.parse(&entry) { root in
          finding = read(root, path)
          return true
        }
      } catch let error as XMLError {
        fault = error
      }
      let prefixes = parser.unboundPrefixes
      try outlet.count("files_with_unbound_prefixes", prefixes.isEmpty ? 0 : 1, to: sink)
      guard let finding, fault == nil else {
        return try outlet.reject(
          path, .malformed, value: "line \(fault?.position.line ?? 1)",
          at: fault?.position.byteOffset, to: sink)
      }
      try outlet.count("embedded_not_text", finding.embeddedCount, to: sink)
      switch finding.outcome {
      case .success(var record):
        record.tags += prefixes.map { Tag("unbound_prefix", $0) }
        try outlet.pass(record, at: 0, to: sink)
      case .failure(let refusal):
        try outlet.reject(path, refusal.reason, value: refusal.value, at: 0, to: sink)
      }
    }
  }

  /// What a file gives, and how much of it is embedded in a form that is not read.
  private struct Finding {
    var outcome: Result<Record, Refusal>
    var embeddedCount: Int
  }

  private struct Refusal: Error {
    var reason: Rejection.Reason
    var value: String
  }

  private func read(_ root: XMLElement, _ path: String) -> Finding {
    let texts = CCDATexts(of: root)
    let sections = form.grouped(texts.sections)
    guard !sections.isEmpty else {
      let refusal =
        texts.unreadForms.first.map { Refusal(reason: .unsupportedRecord, value: $0) }
        ?? Refusal(reason: .emptyText, value: root.name)
      return Finding(outcome: .failure(refusal), embeddedCount: texts.unreadForms.count)
    }
    let header = CCDAHeader(of: root)
    let note = Note(
      sections: sections, category: header.category, patient: header.patients.first ?? "",
      admission: header.encounter, time: header.time)
    var record = settings.record(
      id: path, language: header.language,
      groups: [GroupKey(.document, path)] + header.patients.map { GroupKey(.patient, $0) },
      tags: [Tag("element", root.name)] + header.tags, content: .note(note))
    record.identifiers = CCDAIdentifiers.known(in: root)
    return Finding(outcome: .success(record), embeddedCount: texts.unreadForms.count)
  }
}

/// What the header of a document says; of a fragment little or nothing.
private struct CCDAHeader {
  let category: String
  let patients: [String]
  let encounter: String
  let time: String
  let language: String?
  let tags: [Tag]

  init(of root: XMLElement) {
    let isDocument = root.isNamed("ClinicalDocument")
    let code = isDocument ? root.first("code") : nil
    let title = isDocument ? root.first("title").map(MarkupText.line) ?? "" : ""
    let name = code?.attribute("displayName") ?? ""
    category = name.isEmpty ? title : name
    patients = root.descendants(named: "patientRole").prefix(1).flatMap { role in
      role.elements(named: "id").compactMap(Self.identifier)
    }
    let visit = root.first("componentOf", "encompassingEncounter")?.first("id")
    encounter = visit.flatMap(Self.identifier) ?? ""
    time =
      isDocument ? HL7Time.iso(root.first("effectiveTime")?.attribute("value") ?? "") : ""
    language =
      isDocument
      ? root.first("languageCode")?.attribute("code").flatMap(LanguageCode.subtag) : nil
    tags = [
      Tag("document_type", code?.attribute("code") ?? ""), Tag("title", title),
    ].filter { !$0.value.isEmpty }
  }

  /// `extension@root`, or the root alone; nil where only its absence is told (`nullFlavor`).
  private static func identifier(_ id: XMLElement) -> String? {
    let root = id.attribute("root") ?? ""
    let number = id.attribute("extension") ?? ""
    guard !number.isEmpty else { return root.isEmpty ? nil : root }
    return root.isEmpty ? number : "\(number)@\(root)"
  }
}
