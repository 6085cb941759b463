import CXML
import Glibc

/// The named entities that a document may use besides XML's own five, ready for libxml2.
struct XMLEntities {
  private let texts: [String: String]
  private var prepared: [String: xmlEntityPtr] = [:]

  init(_ texts: [String: String]) { self.texts = texts }

  func text(of name: String) -> String? { texts[name] }

  /// The entity as libxml2 wants it; nil when the table does not have it.
  ///
  /// In text libxml2 passes the content of a *predefined* entity straight on. In an attribute it
  /// would take only the first byte of that, and passes a *general* one on by name, `&name;`, for
  /// `XMLRecordBuilder` to decode.
  mutating func entity(_ name: String, isInAttribute: Bool) -> xmlEntityPtr? {
    guard let text = texts[name] else { return nil }
    let entity = prepared[name] ?? prepare(name, text)
    entity.pointee.etype =
      isInAttribute ? XML_INTERNAL_GENERAL_ENTITY : XML_INTERNAL_PREDEFINED_ENTITY
    return entity
  }

  private mutating func prepare(_ name: String, _ text: String) -> xmlEntityPtr {
    let entity = xmlEntityPtr.allocate(capacity: 1)
    var value = xmlEntity()
    value.type = XML_ENTITY_DECL
    value.name = UnsafePointer(Self.copy(name))
    value.content = Self.copy(text)
    value.length = Int32(text.utf8.count)
    // Marks the content as checked, so that libxml2 does not parse it.
    value.checked = 2
    entity.initialize(to: value)
    prepared[name] = entity
    return entity
  }

  private static func copy(_ text: String) -> UnsafeMutablePointer<xmlChar> {
    let bytes = UnsafeMutablePointer<xmlChar>.allocate(capacity: text.utf8.count + 1)
    for (index, byte) in text.utf8.enumerated() { bytes[index] = byte }
    bytes[text.utf8.count] = 0
    return bytes
  }

  mutating func deallocate() {
    for entity in prepared.values {
      entity.pointee.name?.deallocate()
      entity.pointee.content?.deallocate()
      entity.deallocate()
    }
    prepared = [:]
  }
}
