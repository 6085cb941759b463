import Formats
import Records
import Schemas

/// A file that is one JSON document, held to a schema.
enum WholeDocument {
  static func check(
    _ bytes: [UInt8], _ schema: Schema?, _ settings: ValidationSettings, at place: Position
  ) -> PieceCheck.Result {
    var result = PieceCheck.Result()
    result.rows = 1
    var found: [(ValidationRule, Diagnostic, String)] = []
    do throws(JSONError) {
      let document = try JSONDocument(parsing: bytes)
      for problem in schema?.problems(in: document.root) ?? [] {
        found.append(
          (.schema, problem.diagnostic, "\(problem.instancePointer) \(problem.keyword)"))
      }
    } catch {
      found.append((.jsonSyntax, error.diagnostic, ""))
    }
    let hash = bytes.withUnsafeBytes { RowHash.of($0) }
    for (rule, diagnostic, detail) in found where settings.isOn(rule) {
      let finding = Finding(
        rule: rule, position: diagnostic.position.within(file: place.file, entry: place.entry),
        message: diagnostic.message, hint: diagnostic.hint,
        fingerprint: RowHash.join(RowHash.of(rule.id), RowHash.of(detail, seed: hash)))
      result.invalidRows = 1
      result.add(finding, settings)
    }
    return result
  }
}
