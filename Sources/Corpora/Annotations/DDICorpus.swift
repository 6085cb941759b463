import Formats
import Records

/// Sentences of DrugBank and MEDLINE with their drugs and which of these interact.
///
///     <document id="DDI-DrugBank.d1"><sentence id="DDI-DrugBank.d1.s0" text="…">
///       <entity id="DDI-DrugBank.d1.s0.e0" charOffset="0-6;12-15" type="brand" text="…"/>
///       <pair id="DDI-DrugBank.d1.s0.p0" e1="…e0" e2="…e1" ddi="true" type="effect"/></sentence>
///
/// An offset names the last character of its part. A sentence with a pair that interacts but has no type, of
/// which the training set has one, is rejected as `missing-field`. With `as: pairs` each pair becomes
/// a record of its own, of two entities and their relation or none, as the shared task judges them.
/// Folders `Train` and `Test` are the official splits; the group is the document. Options: also
/// those of `AnnotationCheck`.
///
/// Format: github.com/isegura/DDICorpus (SemEval-2013 task 9).
struct DDICorpus: CorpusReader {
  /// What becomes a record.
  private enum Unit: String, CaseIterable {
    case sentences
    case pairs
  }

  static let facts = CorpusFacts(
    name: "ddi", title: "DDI corpus: drugs and their interactions", shape: .annotatedText,
    license: .ccByNC4, language: "en", forms: ".zip of .xml",
    tasks: ["relation-extraction", "relation-classification", "entity-extraction"],
    reference: "https://github.com/isegura/DDICorpus",
    options: AnnotationCheck.options
      + [ReaderOption("as", "sentences", "what becomes a record: `sentences` or `pairs`")],
    signatures: [.xml(roots: ["document"], elements: ["sentence", "entity"])])

  private let settings: ReaderSettings
  private let check: AnnotationCheck
  private let unit: Unit

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    check = try AnnotationCheck(
      settings, entityTypes: ["drug", "brand", "group", "drug_n"],
      relationTypes: ["mechanism", "effect", "advise", "int"])
    unit = try settings.choice("as", default: .sentences)
  }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "xml" && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let split = Split(of: entry)
    var outlet = AnnotationOutlet(settings, check)
    var isCorpus = false
    let path = entry.path
    try EnoughReadings.ends {
      try XMLRecordParser(records: .root).parse(&entry) { root in
        isCorpus = root.isNamed("document")
        guard isCorpus else { return true }
        let group = GroupKey(.document, root.attribute("id") ?? path)
        for sentence in root.elements(named: "sentence") {
          try read(sentence, group, split, &outlet, into: sink)
        }
        return true
      }
    }
    guard isCorpus else {
      throw Diagnostic(
        at: Position(entry: path), "not the DDI corpus: the root element is not 'document'")
    }
  }

  private func read(
    _ sentence: XMLElement, _ group: GroupKey, _ split: Split?, _ outlet: inout AnnotationOutlet,
    into sink: ReadingSink
  ) throws {
    let id = sentence.attribute("id") ?? ""
    guard !id.isEmpty else {
      return try outlet.reject("", .missingField, value: "id, line \(sentence.line)", to: sink)
    }
    var document = AnnotatedText(text: sentence.attribute("text") ?? "")
    for element in sentence.elements(named: "entity") {
      guard let spans = Self.spans(element.attribute("charOffset") ?? "") else {
        return try outlet.reject(
          id, .malformed, value: "charOffset, line \(element.line)", to: sink)
      }
      document.entities.append(
        Entity(
          id: element.attribute("id") ?? "", type: element.attribute("type") ?? "", spans: spans,
          text: element.attribute("text") ?? ""))
    }
    let pairs = Array(sentence.elements(named: "pair"))
    for pair in pairs where pair.attribute("ddi") == "true" {
      guard let type = pair.attribute("type"), !type.isEmpty else {
        return try outlet.reject(id, .missingField, value: "type, line \(pair.line)", to: sink)
      }
      document.relations.append(
        Relation(
          type: type, first: pair.attribute("e1") ?? "", second: pair.attribute("e2") ?? ""))
    }
    guard unit == .pairs else {
      return try outlet.pass(document, id: id, groups: [group], split: split, to: sink)
    }
    for pair in pairs {
      let ends = [pair.attribute("e1") ?? "", pair.attribute("e2") ?? ""]
      var part = document
      part.entities.removeAll { !ends.contains($0.id) }
      part.relations.removeAll { [$0.first, $0.second] != ends }
      try outlet.pass(
        part, id: pair.attribute("id") ?? "\(id)#\(outlet.count)", groups: [group], split: split,
        to: sink)
    }
  }

  /// The spans of `0-6;12-15`, whose ends are inside; nil when they are none.
  private static func spans(_ text: String) -> [TextSpan]? {
    let spans = text.split(separator: ";").map { part -> TextSpan? in
      let ends = part.split(separator: "-").map { Int($0) }
      guard ends.count == 2, let start = ends[0], let last = ends[1], last < .max else {
        return nil
      }
      return TextSpan(start, last + 1)
    }
    return spans.isEmpty || spans.contains(nil) ? nil : spans.compactMap(\.self)
  }
}
