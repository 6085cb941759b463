import Formats

/// A JSON Schema, compiled once, that judges any number of values from any number of threads.
///
/// Draft 2020-12 (the default) and draft-07, all keywords; `format` is an annotation. Numbers are
/// compared exactly, by their text. References lead to registered documents only.
package struct Schema: Sendable {
  let program: SchemaProgram
  package let name: String

  /// Compiles a schema.
  ///
  /// - Parameters:
  ///   - name: the URI it has when it names none itself; a plain name will do.
  ///   - isStrict: refuses keywords that JSON Schema does not know, as our own schemas ask.
  package init(
    compiling document: JSON, name: String, registry: SchemaRegistry = SchemaRegistry(),
    isStrict: Bool = false
  ) throws(SchemaError) {
    var compiler = SchemaCompiler(registry: registry, isStrict: isStrict)
    program = try compiler.program(of: document, uri: name)
    self.name = name
  }

  /// Compiles a schema file.
  ///
  /// - Throws: `JSONError` or `SchemaError`.
  package init(
    compiling bytes: [UInt8], name: String, registry: SchemaRegistry = SchemaRegistry(),
    isStrict: Bool = false
  ) throws {
    try self.init(
      compiling: try JSON(parsing: bytes), name: name, registry: registry, isStrict: isStrict)
  }

  /// Whether a node fits; the fast way.
  package func isValid(_ node: JSONNode) -> Bool {
    var run = SchemaRun<JSONNode>(program, limit: 0, isCollecting: false)
    return run.check(program.root, inner: node)
  }

  /// Whether a value of any notation fits.
  package func isValid<Instance: SchemaInstance>(_ instance: Instance) -> Bool {
    var run = SchemaRun<Instance>(program, limit: 0, isCollecting: false)
    return run.check(program.root, inner: instance)
  }

  /// All ways in which a value does not fit, in document order where one exists, up to a limit; none
  /// when it fits.
  package func problems<Instance: SchemaInstance>(
    in instance: Instance, limit: Int = 100
  ) -> [SchemaProblem] {
    guard !isValid(instance) else { return [] }
    var run = SchemaRun<Instance>(program, limit: limit, isCollecting: true)
    _ = run.check(program.root, inner: instance)
    return run.problems
  }
}
