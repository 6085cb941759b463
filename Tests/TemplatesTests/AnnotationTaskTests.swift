import Formats
import Records
import Testing

@testable import Templates

/// Every list that is answered parses as JSON and says what the annotators said.
struct AnnotationTaskTests {
  @Test func `entities come back out of the answer as they went in`() throws {
    let answer = try JSON(parsing: output(.entityExtraction, Self.document))

    let entities = try #require(answer.array).map { [$0["text"]?.string, $0["type"]?.string] }
    #expect(
      entities == [
        ["Left knees", "Site"], ["knees", "Site"], ["\"Ödland\"\tfever", "Disease"],
        ["mirazol", "Drug"],
      ])
  }

  @Test func `a text without entities is answered with an empty list`() throws {
    let nothing = AnnotatedText(text: "All is well.")
    #expect(try output(.entityExtraction, nothing) == "[]")
    #expect(try output(.relationExtraction, nothing) == "[]")
    #expect(try output(.entityNormalisation, nothing) == "[]")
  }

  @Test func `a closed set of types stands in the instruction`() {
    #expect(
      slot("kinds", .entityExtraction, sampleAnnotations)
        == "entities of the types Chemical, Disease")
    #expect(slot("kinds", .entityExtraction, AnnotatedText(text: "x")) == "entities")
    #expect(slot("kinds", .relationExtraction, sampleAnnotations) == "relations of the type CID")
    #expect(slot("types", .relationExtraction, sampleAnnotations) == "CID")
  }

  @Test func `concepts stand beside their mentions`() throws {
    let answer = try JSON(parsing: output(.entityNormalisation, Self.document))
    #expect(answer[2]?["concept"]?.string == "D1, D2")
    #expect(answer[0]?["concept"]?.string == "")
  }

  @Test func `text without any concept is no example of normalisation`() {
    var document = Self.document
    for index in document.entities.indices { document.entities[index].concepts = [] }
    #expect(
      TrainingTask.entityNormalisation.filling(of: .sample(.annotatedText(document)))
        == .refused(.noTarget, value: "concepts"))
  }

  @Test func `relations name mentions by id and concepts by their first mention, each once`() throws
  {
    let answer = try JSON(parsing: output(.relationExtraction, Self.document))
    let relations = try #require(answer.array).map { relation in
      ["type", "head", "tail"].map { relation[$0]?.string }
    }
    #expect(
      relations == [
        ["treats", "mirazol", "\"Ödland\"\tfever"], ["part", "knees", "Left knees"],
      ])
    #expect(answer[0]?.members?.count == 3)
  }

  @Test func `what the corpus says of a relation is told when asked for`() throws {
    let text = try #require(slot("noted_relations", .relationExtraction, Self.document))
    let notes = try #require(JSON(parsing: text).array).map { $0["note"]?.string }
    #expect(notes == ["Novel", ""])
  }

  @Test func `a relation whose end no words name is no example`() {
    var document = Self.document
    document.relations = [Relation(type: "treats", first: "C3", second: "D9")]
    #expect(
      TrainingTask.relationExtraction.filling(of: .sample(.annotatedText(document)))
        == .refused(.noTarget, value: "mention of a concept"))
  }

  @Test func `marks the pair in order of occurrence, whether it relates or not`() {
    var pair = sampleAnnotations
    pair.relations = [Relation(type: "CID", first: "D2", second: "C1")]
    #expect(
      slot("text", .relationClassification, pair) == "<< Mirazol >> caused [[ tremor ]].")
    pair.relations = []
    #expect(
      slot("text", .relationClassification, pair) == "<< Mirazol >> caused [[ tremor ]].")
    #expect(slot("label", .relationClassification, pair) == "none")
    #expect(slot("types", .relationClassification, pair) == "CID, none")
  }

  @Test func `puts the type of an identifier in its place, the outermost of nested ones`() {
    let note = AnnotatedText(
      text: "𝔸nna Müller, 61, left on 3 May.",
      entities: [
        Entity(type: "DATE", spans: [TextSpan(25, 30)], text: "3 May"),
        Entity(type: "SURNAME", spans: [TextSpan(5, 11)], text: "Müller"),
        Entity(type: "NAME", spans: [TextSpan(0, 11)], text: "𝔸nna Müller"),
      ])
    #expect(slot("deidentified", .deIdentification, note) == "[NAME], 61, left on [DATE].")
  }

  @Test(arguments: [
    ("2.34", "2.3"), ("4", "4.0"), ("0.25", "0.3"), ("-0.04", "0.0"), ("3.96", "4.0"),
  ])
  func `scores have one decimal`(label: String, score: String) throws {
    let pair = TextPair(first: "a", second: "b", label: label)
    guard
      case .slots(let values) = TrainingTask.semanticSimilarity.filling(
        of: .sample(.textPair(pair)))
    else {
      Issue.record("was refused")
      return
    }
    #expect(values.last == score)
  }

  @Test func `a label that is no number is no score`() {
    #expect(
      TrainingTask.semanticSimilarity.filling(of: .sample(.textPair(samplePair)))
        == .refused(.taskDoesNotFit, value: "label is no number"))
  }

  @Test func `only relevant passages are given for a query`() {
    var item = sampleRetrieval
    item.relevance = 0
    #expect(
      TrainingTask.passageRetrieval.filling(of: .sample(.retrieval(item)))
        == .refused(.noTarget, value: "relevant passage"))
    guard
      case .slots(let values) = TrainingTask.passageRelevance.filling(
        of: .sample(.retrieval(item)))
    else {
      Issue.record("was refused")
      return
    }
    #expect(values.last == "no")
  }

  private static let document = AnnotatedText(
    text: "Left and right knees, \"Ödland\"\tfever, mirazol.",
    entities: [
      Entity(id: "T3", type: "Drug", spans: [TextSpan(38, 45)], text: "mirazol", concepts: ["C3"]),
      Entity(
        id: "T1", type: "Site", spans: [TextSpan(0, 4), TextSpan(15, 20)], text: "Left knees"),
      Entity(id: "T2", type: "Site", spans: [TextSpan(15, 20)], text: "knees"),
      Entity(
        type: "Disease", spans: [TextSpan(22, 36)], text: "\"Ödland\"\tfever",
        concepts: ["D1", "D2"]),
    ],
    relations: [
      Relation(type: "treats", first: "C3", second: "D2", note: "Novel"),
      Relation(type: "treats", first: "T3", second: "D1", note: "Novel"),
      Relation(type: "part", first: "T2", second: "T1"),
    ])

  private func slot(_ name: String, _ task: TrainingTask, _ text: AnnotatedText) -> String? {
    guard case .slots(let values) = task.filling(of: .sample(.annotatedText(text))),
      let index = task.slots.firstIndex(where: { $0.name == name })
    else { return nil }
    return values[index]
  }

  private func output(_ task: TrainingTask, _ text: AnnotatedText) throws -> String {
    let set = try #require(task.defaultTemplates.flatMap(TemplateFile.set(named:)))
    let renderer = try TemplateRenderer(task: task, sets: [set], seed: 5)
    let rendering = renderer.render(.sample(.annotatedText(text)), id: "x")
    return try #require(rendering.conversation).output
  }
}
