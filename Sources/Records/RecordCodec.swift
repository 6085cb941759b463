/// Writes values as compact bytes for the record spill between pass 1 and pass 2.
///
/// The form is private to one build: little-endian numbers, lengths before texts, no versions.
package struct SpillWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  package mutating func write(_ number: Int) {
    var rest = UInt64(bitPattern: Int64(number))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  package mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      write(utf8.count)
      bytes.append(contentsOf: utf8)
    }
  }

  package mutating func write(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

  package mutating func write(_ number: Int?) {
    write(number != nil)
    if let number { write(number) }
  }

  package mutating func write(_ text: String?) {
    write(text != nil)
    if let text { write(text) }
  }

  package mutating func write<Value>(
    _ values: [Value], _ body: (inout SpillWriter, Value) -> Void
  ) {
    write(values.count)
    for value in values { body(&self, value) }
  }
}

/// Reads what `SpillWriter` wrote.
///
/// The bytes are our own, so a mismatch is a bug and stops the run.
package struct SpillReader {
  private let bytes: UnsafeRawBufferPointer
  package private(set) var offset = 0

  package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  package var isAtEnd: Bool { offset >= bytes.count }

  package mutating func readInt() -> Int {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = bytes[offset]
      offset += 1
      value |= UInt64(byte & 0x7f) << shift
      guard byte & 0x80 != 0 else { return Int(Int64(bitPattern: value)) }
      shift += 7
    }
  }

  package mutating func readString() -> String {
    let count = readInt()
    precondition(offset + count <= bytes.count, "the spill ends inside a text")
    defer { offset += count }
    let text = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    return String(decoding: text, as: UTF8.self)
  }

  package mutating func readBool() -> Bool {
    defer { offset += 1 }
    return bytes[offset] != 0
  }

  package mutating func readOptionalInt() -> Int? { readBool() ? readInt() : nil }

  package mutating func readOptionalString() -> String? { readBool() ? readString() : nil }

  package mutating func readArray<Value>(_ body: (inout SpillReader) -> Value) -> [Value] {
    let count = readInt()
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(body(&self)) }
    return values
  }

  package mutating func readCase<Value: CaseIterable>(_: Value.Type) -> Value
  where Value.AllCases == [Value] {
    Value.allCases[readInt()]
  }
}

extension SpillWriter {
  /// Writes a reading: a record with its content, a rejection, a withdrawal or a count.
  package mutating func write(_ reading: Reading) {
    switch reading {
    case .record(let record):
      write(0)
      write(record)
    case .rejection(let rejection):
      write(1)
      write(rejection)
    case .withdrawal(let id):
      write(2)
      write(id)
    case .count(let name, let count):
      write(3)
      write(name)
      write(count)
    }
  }

  private mutating func writeCase<Value: CaseIterable & Equatable>(_ value: Value)
  where Value.AllCases == [Value] {
    write(Value.allCases.firstIndex(of: value) ?? 0)
  }

  private mutating func write(_ record: Record) {
    write(record.id)
    write(record.source)
    write(record.corpus)
    write(record.licenses)
    write(record.language)
    write(record.groups) { writer, group in
      writer.writeCase(group.kind)
      writer.write(group.value)
    }
    write(record.officialSplit.map { Split.allCases.firstIndex(of: $0) ?? 0 })
    write(record.revision)
    write(record.tags) { writer, tag in
      writer.write(tag.name)
      writer.write(tag.value)
    }
    write(record.provenance)
    write(record.marks) { $0.write($1) }
    write(record.works) { writer, work in
      writer.write(work.authors)
      writer.write(work.title)
      writer.write(work.publication)
      writer.write(work.year)
      writer.write(work.address)
    }
    write(record.content)
  }

  /// Of several licences their number comes first, behind a place that no licence has.
  private mutating func write(_ licenses: Licenses) {
    if let only = licenses.only { return writeCase(only) }
    write(License.allCases.count)
    write(licenses.all) { $0.writeCase($1) }
  }

  private mutating func write(_ provenance: Provenance) {
    write(provenance.archive)
    write(provenance.entry)
    write(provenance.ordinal)
    write(provenance.byteOffset)
  }

  private mutating func write(_ rejection: Rejection) {
    write(rejection.id)
    writeCase(rejection.reason)
    write(rejection.stage)
    write(rejection.value)
    write(rejection.provenance)
  }

  private mutating func write(_ sections: [NoteSection]) {
    write(sections) { writer, section in
      writer.write(section.code)
      writer.write(section.header)
      writer.write(section.text)
    }
  }

  private mutating func write(_ sections: [AbstractSection]) {
    write(sections) { writer, section in
      writer.write(section.label)
      writer.write(section.category)
      writer.write(section.text)
    }
  }

  private mutating func write(_ turns: [Turn]) {
    write(turns) { writer, turn in
      writer.writeCase(turn.role)
      writer.write(turn.speaker)
      writer.write(turn.text)
    }
  }

  private mutating func write(_ texts: [String]) {
    write(texts) { writer, text in writer.write(text) }
  }

  private mutating func write(_ content: Content) {
    writeCase(content.shape)
    switch content {
    case .article(let article):
      write(article.title)
      write(article.abstract)
      write(article.body)
      write(article.plainSummary)
      write(article.meshTerms) { writer, term in
        writer.write(term.descriptor)
        writer.write(term.identifier)
        writer.write(term.isMajorTopic)
        writer.write(term.qualifiers)
      }
      write(article.keywords)
      write(article.publicationTypes)
      write(article.journal)
      write(article.year)
      write(article.isRetracted)
    case .note(let note):
      write(note.sections)
      write(note.category)
      write(note.patient)
      write(note.admission)
      write(note.time)
    case .dialogue(let dialogue):
      write(dialogue.turns)
      write(dialogue.target)
    case .questionAnswer(let item):
      writeCase(item.kind)
      write(item.question)
      write(item.context)
      write(item.answer)
      write(item.longAnswer)
      write(item.focus)
      write(item.questionType)
    case .multipleChoice(let item):
      write(item.stem)
      write(item.options)
      write(item.answers) { writer, index in writer.write(index) }
      write(item.explanation)
      write(item.subject)
    case .labelledText(let item):
      write(item.text)
      write(item.labels)
      write(item.labelSet)
    case .textPair(let pair):
      write(pair.first)
      write(pair.second)
      write(pair.label)
      write(pair.labelSet)
    case .pairedText(let pair):
      writeCase(pair.kind)
      write(pair.sourceText)
      write(pair.targetText)
      write(pair.targetLanguage)
    case .instruction(let item):
      write(item.system)
      write(item.turns)
    case .annotatedText(let item): write(item)
    case .retrieval(let item):
      write(item.query)
      write(item.title)
      write(item.passage)
      write(item.relevance)
    case .timeline(let timeline): write(timeline)
    case .sequence(let sequence): write(sequence)
    }
  }

  private mutating func write(_ item: AnnotatedText) {
    write(item.text)
    write(item.entities) { writer, entity in
      writer.write(entity.id)
      writer.write(entity.type)
      writer.write(entity.spans) { writer, span in
        writer.write(span.start)
        writer.write(span.end)
      }
      writer.write(entity.text)
      writer.write(entity.concepts)
    }
    write(item.relations) { writer, relation in
      writer.write(relation.type)
      writer.write(relation.first)
      writer.write(relation.second)
      writer.write(relation.firstRole)
      writer.write(relation.secondRole)
      writer.write(relation.note)
    }
    write(item.entityTypes)
    write(item.relationTypes)
  }

  private mutating func write(_ timeline: Timeline) {
    write(timeline.patient)
    write(timeline.facts) { writer, fact in
      writer.write(fact.name)
      writer.write(fact.value)
    }
    write(timeline.events) { writer, event in
      writer.writeCase(event.kind)
      writer.write(event.time)
      writer.write(event.end)
      writer.write(event.code)
      writer.write(event.system)
      writer.write(event.display)
      writer.write(event.value)
      writer.write(event.unit)
      writer.write(event.flag)
      writer.write(event.range)
      writer.write(event.status)
      writer.write(event.encounter)
    }
  }

  private mutating func write(_ sequence: BiologicalSequence) {
    writeCase(sequence.alphabet)
    write(sequence.residues)
    write(sequence.tokens)
    write(sequence.assembly)
    write(sequence.name)
    write(sequence.start)
    write(sequence.label)
  }
}

extension SpillReader {
  /// The next reading.
  package mutating func readReading() -> Reading {
    switch readInt() {
    case 0: .record(readRecord())
    case 1: .rejection(readRejection())
    case 2: .withdrawal(id: readString())
    default: .count(readString(), readInt())
    }
  }

  private mutating func readRecord() -> Record {
    let id = readString()
    let source = readString()
    let corpus = readString()
    let licenses = readLicenses()
    let language = readOptionalString()
    let groups = readArray { GroupKey($0.readCase(GroupKey.Kind.self), $0.readString()) }
    let split = readOptionalInt().map { Split.allCases[$0] }
    let revision = readOptionalInt()
    let tags = readTags()
    let provenance = readProvenance()
    let marks = readArray { $0.readInt() }
    let works = readArray {
      Work(
        authors: $0.readStrings(), title: $0.readString(), publication: $0.readString(),
        year: $0.readOptionalInt(), address: $0.readOptionalString())
    }
    var record = Record(
      id: id, corpus: corpus, licenses: licenses, language: language, groups: groups,
      officialSplit: split, revision: revision, tags: tags, content: readContent(),
      provenance: provenance, source: source)
    record.marks = marks
    record.works = works
    return record
  }

  private mutating func readLicenses() -> Licenses {
    let place = readInt()
    guard place == License.allCases.count else { return Licenses(License.allCases[place]) }
    return Licenses(readArray { $0.readCase(License.self) }) ?? .unknown
  }

  private mutating func readProvenance() -> Provenance {
    Provenance(
      archive: readString(), entry: readString(), ordinal: readInt(),
      byteOffset: readOptionalInt())
  }

  private mutating func readRejection() -> Rejection {
    Rejection(
      id: readString(), reason: readCase(Rejection.Reason.self), stage: readString(),
      value: readOptionalString(), provenance: readProvenance())
  }

  private mutating func readStrings() -> [String] { readArray { $0.readString() } }

  private mutating func readNoteSections() -> [NoteSection] {
    readArray { NoteSection(code: $0.readString(), header: $0.readString(), text: $0.readString()) }
  }

  private mutating func readAbstractSections() -> [AbstractSection] {
    readArray {
      AbstractSection(label: $0.readString(), category: $0.readString(), text: $0.readString())
    }
  }

  private mutating func readTurns() -> [Turn] {
    readArray {
      Turn(role: $0.readCase(Turn.Role.self), speaker: $0.readString(), text: $0.readString())
    }
  }

  private mutating func readContent() -> Content {
    switch readCase(Content.Shape.self) {
    case .article:
      .article(
        Article(
          title: readString(), abstract: readAbstractSections(), body: readNoteSections(),
          plainSummary: readString(),
          meshTerms: readArray {
            MeSHTerm(
              descriptor: $0.readString(), identifier: $0.readString(),
              isMajorTopic: $0.readBool(), qualifiers: $0.readStrings())
          }, keywords: readStrings(), publicationTypes: readStrings(), journal: readString(),
          year: readOptionalInt(), isRetracted: readBool()))
    case .note:
      .note(
        Note(
          sections: readNoteSections(), category: readString(), patient: readString(),
          admission: readString(), time: readString()))
    case .dialogue: .dialogue(Dialogue(turns: readTurns(), target: readNoteSections()))
    case .questionAnswer:
      .questionAnswer(
        QuestionAnswer(
          kind: readCase(QuestionAnswer.Kind.self), question: readString(),
          context: readAbstractSections(), answer: readString(), longAnswer: readString(),
          focus: readString(), questionType: readString()))
    case .multipleChoice:
      .multipleChoice(
        MultipleChoice(
          stem: readString(), options: readStrings(), answers: readArray { $0.readInt() },
          explanation: readString(), subject: readString()))
    case .labelledText:
      .labelledText(
        LabelledText(text: readString(), labels: readStrings(), labelSet: readStrings()))
    case .textPair:
      .textPair(
        TextPair(
          first: readString(), second: readString(), label: readString(), labelSet: readStrings()))
    case .pairedText:
      .pairedText(
        PairedText(
          kind: readCase(PairedText.Kind.self), sourceText: readString(),
          targetText: readString(), targetLanguage: readString()))
    case .instruction: .instruction(Instruction(system: readString(), turns: readTurns()))
    case .annotatedText: .annotatedText(readAnnotatedText())
    case .retrieval:
      .retrieval(
        Retrieval(
          query: readString(), title: readString(), passage: readString(), relevance: readInt()))
    case .timeline:
      .timeline(Timeline(patient: readString(), facts: readTags(), events: readEvents()))
    case .sequence:
      .sequence(
        BiologicalSequence(
          alphabet: readCase(BiologicalSequence.Alphabet.self), residues: readString(),
          tokens: readString(), assembly: readString(), name: readString(), start: readInt(),
          label: readString()))
    }
  }

  private mutating func readTags() -> [Tag] { readArray { Tag($0.readString(), $0.readString()) } }

  private mutating func readAnnotatedText() -> AnnotatedText {
    AnnotatedText(
      text: readString(),
      entities: readArray { reader in
        Entity(
          id: reader.readString(), type: reader.readString(),
          spans: reader.readArray { TextSpan($0.readInt(), $0.readInt()) },
          text: reader.readString(), concepts: reader.readStrings())
      },
      relations: readArray {
        Relation(
          type: $0.readString(), first: $0.readString(), second: $0.readString(),
          firstRole: $0.readString(), secondRole: $0.readString(), note: $0.readString())
      }, entityTypes: readStrings(), relationTypes: readStrings())
  }

  private mutating func readEvents() -> [Event] {
    readArray {
      Event(
        kind: $0.readCase(Event.Kind.self), time: $0.readString(), end: $0.readString(),
        code: $0.readString(), system: $0.readString(), display: $0.readString(),
        value: $0.readString(), unit: $0.readString(), flag: $0.readString(),
        range: $0.readString(), status: $0.readString(),
        encounter: $0.readString())
    }
  }
}
