import Records

/// The lines of a brat `.ann` file.
///
/// - `T`: a mention; `a b;c d` are the parts of a discontinuous one.
/// - `R`: a relation with the roles of its two arguments.
/// - `E`: an event, which becomes a relation of its type from its trigger to each argument, with the
///   argument's role; an argument that is an event counts as its trigger.
/// - `*`: things that are the same, which become relations from each to the next.
/// - `N`: a concept of a mention.
/// - `A`, `M`: an attribute, which becomes a tag `attribute` such as `Negation T1`.
/// - `#`: an annotator's remark; not kept.
struct BratAnnotations {
  /// The first line that is none of these, or that names a mention that is not there.
  private(set) var malformedLine: Int?
  private var entities: [Entity] = []
  private var relations: [(relation: Relation, line: Int)] = []
  private var concepts: [(mention: String, concept: String, line: Int)] = []
  private var attributes: [String] = []
  /// The trigger of each event, by the event's id.
  private var triggers: [String: String] = [:]

  init(_ text: String) {
    for (index, line) in text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false)
      .enumerated()
    {
      let line = String(decoding: line.last == 0x0d ? line.dropLast() : line, as: UTF8.self)
      guard !TidyText.isBlank(line), !line.hasPrefix("#") else { continue }
      if !take(line, index + 1) { mark(index + 1) }
    }
    resolve()
  }

  /// The document, its mentions as published; without the text's byte order mark, and with the offsets
  /// that count it moved.
  func content(of text: String, _ check: AnnotationCheck) -> AnnotatedText {
    var content = AnnotatedText(
      text: text, entities: entities, relations: relations.map(\.relation))
    guard text.unicodeScalars.first == "\u{feff}" else { return content }
    content.text = String(text.unicodeScalars.dropFirst())
    guard !check.finds(entities, in: CodePointText(content.text)) else { return content }
    for entity in entities.indices {
      content.entities[entity].spans = entities[entity].spans.map {
        TextSpan($0.start &- 1, $0.end &- 1)
      }
    }
    return content
  }

  /// The attributes.
  var tags: [Tag] { attributes.map { Tag("attribute", $0) } }

  private mutating func mark(_ line: Int) { malformedLine = min(malformedLine ?? line, line) }
}

// MARK: Lines

extension BratAnnotations {
  private mutating func take(_ line: String, _ number: Int) -> Bool {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard fields.count >= 2, let kind = fields[0].first else { return false }
    let words = fields[1].split(separator: " ").map(String.init)
    switch kind {
    case "T": return takeMention(fields)
    case "R": return takeRelation(words, number)
    case "E": return takeEvent(fields[0], words, number)
    case "*": return takeEquals(words, number)
    case "N": return takeConcept(words, number)
    case "A", "M":
      guard words.count >= 2 else { return false }
      attributes.append(words.joined(separator: " "))
      return true
    default: return false
    }
  }

  /// `T2	Cell 762 776;782 787	embryonic stem cells`.
  private mutating func takeMention(_ fields: [String]) -> Bool {
    guard fields.count >= 3, let blank = fields[1].firstIndex(of: " ") else { return false }
    let spans = fields[1][blank...].split(separator: ";").map { part -> TextSpan? in
      let ends = part.split(separator: " ").map { Int($0) }
      guard ends.count == 2, let start = ends[0], let end = ends[1] else { return nil }
      return TextSpan(start, end)
    }
    guard !spans.isEmpty, !spans.contains(nil) else { return false }
    entities.append(
      Entity(
        id: fields[0], type: String(fields[1][..<blank]), spans: spans.compactMap(\.self),
        text: fields[2]))
    return true
  }

  /// `R1	CID Arg1:T1 Arg2:T2`.
  private mutating func takeRelation(_ words: [String], _ line: Int) -> Bool {
    let ends = words.dropFirst().map(Self.argument)
    guard words.count == 3, let first = ends[0], let second = ends[1] else { return false }
    relations.append(
      (
        Relation(
          type: words[0], first: first.id, second: second.id, firstRole: first.role,
          secondRole: second.role), line
      ))
    return true
  }

  /// `E1	Binding:T3 Theme:T1 Theme2:E2`.
  private mutating func takeEvent(_ id: String, _ words: [String], _ line: Int) -> Bool {
    let ends = words.map(Self.argument)
    guard let trigger = ends.first ?? nil, !ends.contains(where: { $0 == nil }) else {
      return false
    }
    triggers[id] = trigger.id
    for end in ends.dropFirst().compactMap(\.self) {
      let relation = Relation(
        type: trigger.role, first: trigger.id, second: end.id, secondRole: end.role)
      relations.append((relation, line))
    }
    return true
  }

  /// `*	Equiv T1 T2 T3`.
  private mutating func takeEquals(_ words: [String], _ line: Int) -> Bool {
    guard words.count >= 3 else { return false }
    for (first, second) in zip(words.dropFirst(), words.dropFirst(2)) {
      relations.append((Relation(type: words[0], first: first, second: second), line))
    }
    return true
  }

  /// `N1	Reference T1 MeSH:D017827`.
  private mutating func takeConcept(_ words: [String], _ line: Int) -> Bool {
    guard words.count >= 3 else { return false }
    concepts.append((words[1], words[2...].joined(separator: " "), line))
    return true
  }

  /// The parts of `Theme:T1`.
  private static func argument(_ word: String) -> (role: String, id: String)? {
    guard let colon = word.firstIndex(of: ":") else { return nil }
    let id = word[word.index(after: colon)...]
    return id.isEmpty ? nil : (String(word[..<colon]), String(id))
  }
}

// MARK: References

extension BratAnnotations {
  /// Hands concepts to their mentions and turns events into their triggers.
  private mutating func resolve() {
    let places = Dictionary(
      entities.indices.map { (entities[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
    for (mention, concept, line) in concepts {
      if let place = places[triggers[mention] ?? mention] {
        entities[place].concepts.append(concept)
      } else {
        mark(line)
      }
    }
    for index in relations.indices {
      let relation = relations[index].relation
      relations[index].relation.first = triggers[relation.first] ?? relation.first
      relations[index].relation.second = triggers[relation.second] ?? relation.second
      let ends = [relations[index].relation.first, relations[index].relation.second]
      if !ends.allSatisfy({ places[$0] != nil }) { mark(relations[index].line) }
    }
  }
}
