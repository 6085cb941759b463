import Formats
import Records
import Schemas
import Testing

/// The schemas of what Materia reads and writes.
struct OwnSchemasTests {
  private func problems(_ schema: String, _ text: String) throws -> [String] {
    try Schema(embedded: schema)
      .problems(in: JSONDocument(parsing: Array(text.utf8)).root).map(\.message)
  }

  @Test(arguments: EmbeddedFiles.schemas.map(\.name))
  func `is strict and fits its metaschema`(name: String) throws {
    let bytes = try #require(EmbeddedFiles.schema(named: name))
    let document = try JSONDocument(parsing: bytes)
    _ = try Schema(embedded: name)
    let metaschema = try Schema(
      compiling: JSON(parsing: #"{"$ref":"https://json-schema.org/draft/2020-12/schema"}"#),
      name: "urn:metaschema")
    #expect(metaschema.problems(in: document.root) == [])
    #expect(document.root["$id"]?.string == "https://materia.invalid/schemas/\(name)")
  }

  @Test func `names every reason of rejection`() throws {
    let schema = try JSON(parsing: try #require(EmbeddedFiles.schema(named: "rejection")))
    let reasons = schema["$defs"]?["reason"]?["enum"]?.array?.compactMap(\.string)
    #expect(reasons == Rejection.Reason.allCases.map(\.rawValue))
  }

  @Test(arguments: [
    (
      "messages",
      #"{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}"#
    ),
    ("text", #"{"text":"a"}"#),
    ("prompt-completion", #"{"prompt":"a","completion":" b"}"#),
    (
      "prompt-completion-conversational",
      #"{"prompt":[{"role":"user","content":"a"}],"completion":[{"role":"assistant","content":"b"}]}"#
    ),
    ("alpaca", #"{"instruction":"a","input":"","output":"b","system":"","history":[["c","d"]]}"#),
    (
      "sharegpt",
      #"{"conversations":[{"from":"system","value":"s"},{"from":"human","value":"a"},{"from":"gpt","value":"b"}]}"#
    ),
    ("duplicate", #"{"cluster":"c","kept":"a","dropped":"b","similarity":0.8125,"kind":"near"}"#),
    (
      "contamination",
      #"{"id":"s:1","benchmark":"b","item":"7","rule":"ngram","score":0.8125,"split":"train","removed":true}"#
    ),
    (
      "rejection",
      #"{"id":"1","source":"s","stage":"read","reason":"empty-answer","archive":"","entry":"e","ordinal":0}"#
    ),
    (
      "attribution",
      #"{"id":"s:1","source":"s","license":"CC-BY-4.0","authors":["A B"],"title":"t","publication":"","year":2015,"url":"https://doi.org/10.1/x"}"#
    ),
    (
      "provenance",
      #"{"id":"1","records":["1"],"source":"s","corpus":"medquad","license":"CC-BY-4.0","groups":["document:1"],"archive":"a","entry":"e","ordinal":0,"split":"train","split_reason":"group","task":"t","template":""}"#
    ),
  ])
  func `accepts a row`(schema: String, row: String) throws {
    #expect(try problems(schema, row) == [])
  }

  @Test func `says what is wrong with a row`() throws {
    #expect(
      try problems(
        "messages",
        #"{"messages":[{"rolle":"user","content":""},{"role":"bot","content":1}],"x":1}"#) == [
          "'rolle' is not a known key", "'content' must not be empty",
          "element 1 of 'messages' lacks 'role'", "'role' must be one of 'user', 'assistant'",
          "'content' must be a string, not a number",
          "'messages' must have at least 1 fitting elements, not 0",
          "'messages' must have at least 1 fitting elements, not 0", "'x' is not a known key",
        ])
  }
}
