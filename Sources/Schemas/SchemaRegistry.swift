import Formats

/// The documents that schemas may refer to, by URI.
///
/// There is no network behind it. The metaschemas of draft-07 and draft 2020-12 are always there.
package struct SchemaRegistry: Sendable {
  private var documents: [String: JSON] = [:]

  package init() {}

  /// Registers a document under a URI; a reference to its own `$id` finds it too.
  package mutating func register(_ document: JSON, as uri: String) {
    documents[SchemaURI(uri).absolute] = document
    if let id = document["$id"]?.string ?? document["id"]?.string, !id.hasPrefix("#") {
      let resolved = SchemaURI(id).resolved(against: SchemaURI(uri))
      documents[resolved.absolute] = document
    }
  }

  /// Registers a document by bytes.
  package mutating func register(_ bytes: [UInt8], as uri: String) throws(JSONError) {
    register(try JSON(parsing: bytes), as: uri)
  }

  func document(_ uri: String) -> JSON? { documents[uri] ?? Self.metaschemas[uri] }

  private static let metaschemas: [String: JSON] = {
    var found: [String: JSON] = [:]
    for file in EmbeddedFiles.metaschemas {
      guard let document = try? JSON(parsing: file.bytes), let id = document["$id"]?.string else {
        preconditionFailure("the embedded metaschema \(file.name) is no JSON object with an '$id'")
      }
      found[SchemaURI(id).absolute] = document
    }
    return found
  }()
}
