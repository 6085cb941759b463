import Formats
import Records

/// A schema with an identifier of its own: what references and anchors are resolved in.
struct SchemaResource: Sendable {
  var uri: SchemaURI
  var root: JSON
  var dialect: SchemaDialect
  /// Plain names and dynamic names → where they stand.
  var anchors: [String: SchemaPlace] = [:]
  var dynamicAnchors: [String: SchemaPlace] = [:]
}

/// A value inside a resource.
struct SchemaPlace: Sendable {
  /// The resource's number.
  var resource: Int
  /// The JSON pointer from the resource's root.
  var pointer: String
  var json: JSON
}

/// All resources of one compilation, found document by document as references ask for them.
struct SchemaResources {
  private(set) var all: [SchemaResource] = []
  private var numbers: [String: Int] = [:]
  private let registry: SchemaRegistry

  init(registry: SchemaRegistry) { self.registry = registry }

  subscript(number: Int) -> SchemaResource { all[number] }

  /// Adds a document and every resource and anchor inside it; returns the number of its root.
  mutating func add(_ document: JSON, as uri: String) throws(SchemaError) -> Int {
    let dialect = try dialect(of: document, at: uri) ?? .draft2020
    return try addResource(document, uri: SchemaURI(uri), dialect: dialect)
  }

  /// The place that a reference names, read inside a resource.
  mutating func resolve(
    _ reference: String, in resource: Int, at location: String
  ) throws(SchemaError) -> SchemaPlace {
    let uri = SchemaURI(reference).resolved(against: all[resource].uri)
    guard let target = try number(of: uri) else {
      throw SchemaError(.unresolvedReference(reference), at: location)
    }
    let fragment = uri.decodedFragment
    if fragment.isEmpty {
      return SchemaPlace(resource: target, pointer: "", json: all[target].root)
    }
    let place =
      fragment.hasPrefix("/") ? self.place(at: fragment, in: target) : all[target].anchors[fragment]
    guard let place else { throw SchemaError(.unresolvedReference(reference), at: location) }
    return place
  }

  /// A value below a place; inside a resource of its own when it has an identifier.
  func child(of place: SchemaPlace, _ token: String) -> SchemaPlace? {
    let json: JSON?
    if case .array = place.json {
      json = Int(token).flatMap { place.json[$0] }
    } else {
      json = place.json[token]
    }
    guard let json else { return nil }
    if let id = identifier(of: json, in: all[place.resource].dialect),
      let inner = numbers[id.resolved(against: all[place.resource].uri).absolute]
    {
      return SchemaPlace(resource: inner, pointer: "", json: json)
    }
    return SchemaPlace(
      resource: place.resource, pointer: "\(place.pointer)/\(token.escapedForPointer)", json: json)
  }

  private func place(at pointer: String, in resource: Int) -> SchemaPlace? {
    var place: SchemaPlace? = SchemaPlace(
      resource: resource, pointer: "", json: all[resource].root)
    for token in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      place = place.flatMap { child(of: $0, String(token).unescapedFromPointer) }
    }
    return place
  }

  private mutating func number(of uri: SchemaURI) throws(SchemaError) -> Int? {
    if let number = numbers[uri.absolute] { return number }
    guard let document = registry.document(uri.absolute) else { return nil }
    let number = try add(document, as: uri.absolute)
    numbers[uri.absolute] = number
    return number
  }
}

// MARK: Finding resources and anchors

extension SchemaResources {
  private mutating func addResource(
    _ json: JSON, uri: SchemaURI, dialect: SchemaDialect
  ) throws(SchemaError) -> Int {
    var uri = uri
    if let id = identifier(of: json, in: dialect) { uri = id.resolved(against: uri) }
    uri.fragment = nil
    if let known = numbers[uri.absolute] {
      guard all[known].root == json else {
        throw SchemaError(.repeatedIdentifier(uri.absolute), at: uri.absolute)
      }
      return known
    }
    all.append(SchemaResource(uri: uri, root: json, dialect: dialect))
    numbers[uri.absolute] = all.count - 1
    let number = all.count - 1
    try scan(SchemaPlace(resource: number, pointer: "", json: json))
    return number
  }

  /// Walks through the schemas in a schema, and notes those with an identifier or anchor.
  private mutating func scan(_ place: SchemaPlace) throws(SchemaError) {
    guard let members = place.json.members else { return }
    let dialect = all[place.resource].dialect
    // Draft-07 §8.3: a `$ref` hides its siblings.
    let isHidden = dialect.draft == .draft7 && place.json["$ref"] != nil
    if !isHidden { noteAnchors(of: place, in: dialect) }
    for member in members {
      guard let keyword = dialect.keyword(member.key) else { continue }
      for tokens in Self.schemaTokens(in: member.value, shape: keyword.shape) {
        try scanChild(of: place, [member.key] + tokens)
      }
    }
  }

  private mutating func scanChild(
    of place: SchemaPlace, _ tokens: [String]
  ) throws(SchemaError) {
    var json = place.json
    var pointer = place.pointer
    for token in tokens {
      pointer += "/\(token.escapedForPointer)"
      if case .array(let elements) = json, let index = Int(token) {
        json = elements[index]
      } else if let value = json[token] {
        json = value
      }
    }
    let resource = all[place.resource]
    if identifier(of: json, in: resource.dialect) != nil {
      let inner = try dialect(of: json, at: resource.uri.absolute) ?? resource.dialect
      _ = try addResource(json, uri: resource.uri, dialect: inner)
    } else {
      try scan(SchemaPlace(resource: place.resource, pointer: pointer, json: json))
    }
  }

  private mutating func noteAnchors(of place: SchemaPlace, in dialect: SchemaDialect) {
    if dialect.draft == .draft7 {
      if let id = place.json["$id"]?.string, id.hasPrefix("#"), id.utf8.count > 1 {
        all[place.resource].anchors[String(id.dropFirst())] = place
      }
      return
    }
    if let name = place.json["$anchor"]?.string { all[place.resource].anchors[name] = place }
    if let name = place.json["$dynamicAnchor"]?.string {
      all[place.resource].anchors[name] = place
      all[place.resource].dynamicAnchors[name] = place
    }
  }

  /// The paths, inside a keyword's value, to the schemas it holds.
  static func schemaTokens(in value: JSON, shape: SchemaKeyword.Shape) -> [[String]] {
    switch (shape, value) {
    case (.schema, _), (.schemaOrArray, .object), (.schemaOrArray, .bool): [[]]
    case (.schemaArray, .array(let elements)), (.schemaOrArray, .array(let elements)):
      elements.indices.map { [String($0)] }
    case (.schemaMap, .object(let members)): members.map { [$0.key] }
    case (.dependencies, .object(let members)):
      members.filter { $0.value.array == nil }.map { [$0.key] }
    default: []
    }
  }

  private func identifier(of json: JSON, in dialect: SchemaDialect) -> SchemaURI? {
    guard let id = json["$id"]?.string, !id.hasPrefix("#") else { return nil }
    if dialect.draft == .draft7, json["$ref"] != nil { return nil }
    return SchemaURI(id)
  }

  /// The dialect that a schema names; nil when it names none.
  private func dialect(of json: JSON, at location: String) throws(SchemaError) -> SchemaDialect? {
    guard let uri = json["$schema"]?.string else { return nil }
    switch SchemaURI(uri).absolute {
    case "http://json-schema.org/draft-07/schema", "https://json-schema.org/draft-07/schema":
      return .draft7
    case "https://json-schema.org/draft/2020-12/schema": return .draft2020
    case let other:
      guard let metaschema = registry.document(other) else {
        throw SchemaError(.unknownDialect(uri), at: location)
      }
      return try customDialect(metaschema, uri: other, location: location)
    }
  }

  private func customDialect(
    _ metaschema: JSON, uri: String, location: String
  ) throws(SchemaError) -> SchemaDialect {
    guard metaschema["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema" else {
      throw SchemaError(.unknownDialect(uri), at: location)
    }
    guard let vocabularies = metaschema["$vocabulary"]?.members else { return .draft2020 }
    var dialect = SchemaDialect(draft: .draft2020, vocabularies: [.core])
    for member in vocabularies {
      if let vocabulary = SchemaDialect.vocabulary(member.key) {
        dialect.vocabularies.insert(vocabulary)
      } else if member.value.bool != false {
        throw SchemaError(.unknownVocabulary(member.key), at: location)
      }
    }
    return dialect
  }
}

extension String {
  /// The text as a token of a JSON pointer (RFC 6901 §3).
  var escapedForPointer: String {
    guard utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
      return self
    }
    return split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
      .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
  }

  var unescapedFromPointer: String {
    var text = ""
    var isEscape = false
    for scalar in unicodeScalars {
      switch (isEscape, scalar) {
      case (false, "~"): isEscape = true
      case (true, "0"): (text, isEscape) = (text + "~", false)
      case (true, "1"): (text, isEscape) = (text + "/", false)
      default:
        text.unicodeScalars.append(scalar)
        isEscape = false
      }
    }
    return text
  }
}
